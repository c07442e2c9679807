"""The store in a SQLite file: durable before it answers, one writer at a time."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, create_engine, delete, event, func, insert, select, update
from sqlalchemy.exc import DatabaseError, IntegrityError

from l10n.errors import InputError
from l10n.model import State
from workflow.states import Action, Refused, Role
from workflow.store import Claim, Decision, Key, Person, Stale, TokenKind, schema, segment_id

_BUSY_SECONDS = 30


class DatabaseStore:
    """A Store on SQLAlchemy Core."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with self._writing() as connection:
            found = schema.bring_up_to_date(connection)
        if found > schema.VERSION:
            raise InputError(
                f"the ledger is of version {found}, this program knows {schema.VERSION}",
                remedy="Use a newer version of Passerelle.",
            )

    def append(self, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
        """See Store."""
        with self._writing() as connection:
            return tuple(_append(connection, decision) for decision in decisions)

    def current(self, release: str, locale: str) -> Mapping[Key, Decision]:
        """See Store."""
        heads, table = schema.heads, schema.decisions
        asked = (
            select(table)
            .join(heads, heads.c.decision == table.c.id)
            .where(heads.c.release == release, heads.c.locale == locale)
            .order_by(table.c.id)
        )
        with self._engine.connect() as connection:
            found = map(_decision, connection.execute(asked))
            return {decision.key: decision for decision in found}

    def history(self, release: str, locale: str, key: Key) -> tuple[Decision, ...]:
        """See Store."""
        table = schema.decisions
        asked = select(table).where(
            table.c.release == release, table.c.locale == locale, table.c.segment == segment_id(key)
        )
        with self._engine.connect() as connection:
            return tuple(map(_decision, connection.execute(asked.order_by(table.c.id))))

    def newest(self, release: str, locale: str) -> int:
        """See Store."""
        heads = schema.heads
        asked = select(func.max(heads.c.decision)).where(heads.c.release == release, heads.c.locale == locale)
        with self._engine.connect() as connection:
            return connection.execute(asked).scalar() or 0

    def projection(self, release: str, locale: str) -> tuple[str, int]:
        """See Store."""
        table = schema.projections
        asked = select(table.c.digest, table.c.upto).where(
            table.c.release == release, table.c.locale == locale
        )
        with self._engine.connect() as connection:
            found = connection.execute(asked).first()
        return (found.digest, found.upto) if found else ("", 0)

    def projected(self, release: str, locale: str, digest: str, upto: int) -> None:
        """See Store."""
        table = schema.projections
        with self._writing() as connection:
            connection.execute(delete(table).where(table.c.release == release, table.c.locale == locale))
            connection.execute(insert(table).values(release=release, locale=locale, digest=digest, upto=upto))

    def claim(
        self, release: str, locale: str, segment: str, person: str, *, now: dt.datetime, until: dt.datetime
    ) -> Claim:
        """See Store."""
        table = schema.claims
        which = (table.c.release == release, table.c.locale == locale, table.c.segment == segment)
        with self._writing() as connection:
            held = connection.execute(select(table).where(*which)).first()
            if held and held.person != person and _moment(held.expires) > now:
                return _claim(held)
            connection.execute(delete(table).where(*which))
            mine = Claim(release, locale, segment, person, until)
            connection.execute(insert(table).values({**asdict(mine), "expires": _stamp(until)}))
            return mine

    def unclaim(self, release: str, locale: str, segment: str, person: str) -> None:
        """See Store."""
        table = schema.claims
        with self._writing() as connection:
            connection.execute(
                delete(table).where(
                    table.c.release == release,
                    table.c.locale == locale,
                    table.c.segment == segment,
                    table.c.person == person,
                )
            )

    def claims(self, release: str, locale: str, *, now: dt.datetime) -> Mapping[str, Claim]:
        """See Store."""
        table = schema.claims
        asked = select(table).where(
            table.c.release == release, table.c.locale == locale, table.c.expires > _stamp(now)
        )
        with self._engine.connect() as connection:
            found = map(_claim, connection.execute(asked))
            return {claim.segment: claim for claim in found}

    def save_person(self, person: Person) -> None:
        """See Store."""
        table = schema.people
        row = {
            "login": person.login,
            "name": person.name,
            "roles": json.dumps(dict(person.roles), sort_keys=True),
            "password": person.password,
        }
        try:
            with self._writing() as connection:
                done = connection.execute(update(table).where(table.c.id == person.id).values(row))
                if not done.rowcount:
                    connection.execute(insert(table).values(id=person.id, **row))
        except IntegrityError:
            raise Refused(f"the login {person.login!r} is taken", remedy="Choose another.") from None

    def person(self, person_id: str) -> Person | None:
        """See Store."""
        return self._person(schema.people.c.id == person_id)

    def person_by_login(self, login: str) -> Person | None:
        """See Store."""
        return self._person(schema.people.c.login == login)

    def people(self) -> tuple[Person, ...]:
        """See Store."""
        table = schema.people
        with self._engine.connect() as connection:
            return tuple(map(_person, connection.execute(select(table).order_by(table.c.name, table.c.id))))

    def save_token(self, kind: TokenKind, digest: str, person: str, expires: dt.datetime) -> None:
        """See Store."""
        with self._writing() as connection:
            connection.execute(
                insert(schema.tokens).values(kind=kind, digest=digest, person=person, expires=_stamp(expires))
            )

    def token(self, kind: TokenKind, digest: str, *, now: dt.datetime) -> str | None:
        """See Store."""
        table = schema.tokens
        asked = select(table.c.person).where(
            table.c.kind == kind, table.c.digest == digest, table.c.expires > _stamp(now)
        )
        with self._engine.connect() as connection:
            return connection.execute(asked).scalar()

    def take_token(self, kind: TokenKind, digest: str, *, now: dt.datetime) -> str | None:
        """See Store."""
        table = schema.tokens
        gone = (
            delete(table)
            .where(table.c.kind == kind, table.c.digest == digest, table.c.expires > _stamp(now))
            .returning(table.c.person)
        )
        with self._writing() as connection:
            return connection.execute(gone).scalar()

    def drop_token(self, kind: TokenKind, digest: str) -> None:
        """See Store."""
        table = schema.tokens
        with self._writing() as connection:
            connection.execute(delete(table).where(table.c.kind == kind, table.c.digest == digest))

    def close(self) -> None:
        """See Store."""
        self._engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            writing = connection.execution_options(writing=True)
            with writing.begin():
                yield writing

    def _person(self, condition: Any) -> Person | None:  # noqa: ANN401 - a column expression
        with self._engine.connect() as connection:
            found = connection.execute(select(schema.people).where(condition)).first()
        return _person(found) if found else None


def open_sqlite(path: Path) -> DatabaseStore:
    """The store in a SQLite file, made when it is not there.

    Raises InputError when the file is no ledger.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": _BUSY_SECONDS})
    _speak_plain_sqlite(engine)
    try:
        return DatabaseStore(engine)
    except DatabaseError as error:
        raise InputError(
            f"cannot be used as a ledger: {error.orig}",
            path=path,
            remedy="Move it away; it is made again from the catalogues.",
        ) from None


def _speak_plain_sqlite(engine: Engine) -> None:
    """Transactions begin where we say, writers wait for each other, commits reach the disk."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _append(connection: Connection, decision: Decision) -> Decision:
    heads, table = schema.heads, schema.decisions
    segment = segment_id(decision.key)
    which = (
        heads.c.release == decision.release,
        heads.c.locale == decision.locale,
        heads.c.segment == segment,
    )
    head = connection.execute(select(heads.c.decision, heads.c.digest).where(*which)).first()
    if (head.digest if head else "") != decision.base:
        now = connection.execute(select(table).where(table.c.id == head.decision)).first() if head else None
        raise Stale(_decision(now) if now else None)
    row = asdict(decision) | {"segment": segment, "at": _stamp(decision.at)}
    del row["id"]
    added = connection.execute(insert(table).values(row)).inserted_primary_key
    number = int(added[0]) if added else 0
    if head:
        connection.execute(update(heads).where(*which).values(decision=number, digest=decision.digest))
    else:
        connection.execute(
            insert(heads).values(
                release=decision.release,
                locale=decision.locale,
                segment=segment,
                decision=number,
                digest=decision.digest,
            )
        )
    return replace(decision, id=number)


def _stamp(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _moment(stamp: str) -> dt.datetime:
    return dt.datetime.fromisoformat(stamp)


def _decision(row: Row[Any]) -> Decision:
    fields = {name: value for name, value in row._mapping.items() if name != "segment"}  # noqa: SLF001 - its public face
    fields |= {
        "state": State(fields["state"]),
        "action": Action(fields["action"]),
        "at": _moment(fields["at"]),
    }
    return Decision(**fields)


def _claim(row: Row[Any]) -> Claim:
    return Claim(row.release, row.locale, row.segment, row.person, _moment(row.expires))


def _person(row: Row[Any]) -> Person:
    roles = {locale: Role(role) for locale, role in json.loads(row.roles).items()}
    return Person(row.id, row.login, row.name, roles, row.password)
