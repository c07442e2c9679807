"""Statements asked with every page and every decision, in SQL that both databases read.

They go to the driver as they are: a lookup by its key takes 8 µs there, and 300 by way of what SQLAlchemy
makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError

from workflow.store import rows

_NAME = re.compile(r":(\w+)")


@dataclass(frozen=True)
class Statement:
    """SQL with ``:names`` for its values; it has no other colon and no percent sign."""

    sql: str

    def text(self, dialect: Dialect) -> str:
        """The SQL as a driver reads it."""
        return self.sql if dialect.name == "sqlite" else self._percent

    @cached_property
    def _percent(self) -> str:
        return _NAME.sub(r"%(\1)s", self.sql)

    def run(self, connection: Connection, values: dict[str, Any]) -> Any:  # noqa: ANN401 - a driver's cursor
        """The driver's cursor, in the transaction of a connection where it has begun one.

        Raises what SQLAlchemy raises when the database fails.
        """
        dialect = connection.dialect
        driver: Any = connection.connection.driver_connection
        try:
            return driver.execute(self.text(dialect), values)
        except dialect.loaded_dbapi.Error as error:
            raise self._told(error, dialect) from None

    def run_each(self, connection: Connection, values: Sequence[dict[str, Any]]) -> None:
        """Run it with one after another.  Raises what ``run`` raises."""
        dialect = connection.dialect
        driver: Any = connection.connection.driver_connection
        try:
            driver.cursor().executemany(self.text(dialect), values)
        except dialect.loaded_dbapi.Error as error:
            raise self._told(error, dialect) from None

    def _told(self, error: Exception, dialect: Dialect) -> BaseException:
        """What a driver raised, as SQLAlchemy would raise it."""
        base = dialect.loaded_dbapi.Error
        return DBAPIError.instance(self.sql, None, error, base, hide_parameters=True, dialect=dialect)


BEGUN, KEPT = Statement("SAVEPOINT piece"), Statement("RELEASE SAVEPOINT piece")
TAKEN_BACK = Statement("ROLLBACK TO SAVEPOINT piece")

_SEGMENT = "release = :release AND locale = :locale AND segment = :segment"
_DECIDED = ", ".join(f"decisions.{name}" for name in rows.DECISION)
_ROW = (*(name for name in rows.DECISION if name != "id"), "segment", "place", "salt", "link", "seals")

HEAD = Statement(f"SELECT decision, digest FROM heads WHERE {_SEGMENT}")
HEADS = Statement("SELECT segment, decision, digest FROM heads WHERE release = :release AND locale = :locale")
NEW_HEAD = Statement(
    "INSERT INTO heads (release, locale, segment, decision, digest)"
    " VALUES (:release, :locale, :segment, :decision, :digest)"
    " ON CONFLICT (release, locale, segment)"
    " DO UPDATE SET decision = excluded.decision, digest = excluded.digest"
)
LAST_LINK = Statement("SELECT link, length FROM chains WHERE release = :release")
NEXT_LINK = Statement(
    "INSERT INTO chains (release, link, length) VALUES (:release, :link, :length)"
    " ON CONFLICT (release) DO UPDATE SET link = excluded.link, length = excluded.length"
)
NEW_DECISION = Statement(
    f"INSERT INTO decisions ({', '.join(_ROW)}) VALUES ({', '.join(f':{name}' for name in _ROW)})"
    " RETURNING id"
)
DECISION = Statement(f"SELECT {_DECIDED} FROM decisions WHERE id = :id")
HEAD_DECISION = Statement(
    f"SELECT {_DECIDED} FROM heads JOIN decisions ON decisions.id = heads.decision"
    " WHERE heads.release = :release AND heads.locale = :locale AND heads.segment = :segment"
)
HISTORY = Statement(f"SELECT {_DECIDED} FROM decisions WHERE {_SEGMENT} ORDER BY id")

CLAIMS = Statement(
    "SELECT release, locale, segment, person, expires FROM claims"
    " WHERE release = :release AND locale = :locale AND expires > :now AND expires <= :latest"
)
CLAIM = Statement(f"SELECT release, locale, segment, person, expires FROM claims WHERE {_SEGMENT}")
NEW_CLAIM = Statement(
    "INSERT INTO claims (release, locale, segment, person, expires)"
    " VALUES (:release, :locale, :segment, :person, :expires)"
    " ON CONFLICT (release, locale, segment)"
    " DO UPDATE SET person = excluded.person, expires = excluded.expires"
)
NO_CLAIM = Statement(f"DELETE FROM claims WHERE {_SEGMENT} AND person = :person")

PERSON = Statement("SELECT id, login, name, roles, password FROM people WHERE id = :id")
HOLDER = Statement(
    "SELECT people.id, login, name, roles, password FROM tokens JOIN people ON people.id = tokens.person"
    " WHERE tokens.kind = :kind AND tokens.digest = :digest AND tokens.expires > :now"
)

STANDING = Statement(
    "SELECT digest, upto, newest FROM projections WHERE release = :release AND locale = :locale"
)
STANDINGS = Statement("SELECT release, locale, digest, upto, newest FROM projections")
WRITTEN = Statement(
    "INSERT INTO projections (release, locale, digest, upto) VALUES (:release, :locale, :digest, :upto)"
    " ON CONFLICT (release, locale) DO UPDATE SET digest = excluded.digest, upto = excluded.upto"
)
DECIDED = Statement(
    "INSERT INTO projections (release, locale, digest, upto, newest)"
    " VALUES (:release, :locale, '', 0, :newest)"
    " ON CONFLICT (release, locale) DO UPDATE SET newest = excluded.newest"
)
