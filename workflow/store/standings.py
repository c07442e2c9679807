"""Where each catalogue stands: what was last written of it, and its newest decision."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select, text

from workflow.store import Standing, schema

# Asked with every page, so as text: what SQLAlchemy makes of it costs more than the answer.
_OF = text("SELECT digest, upto, newest FROM projections WHERE release = :release AND locale = :locale")
_WRITTEN = text(
    "INSERT INTO projections (release, locale, digest, upto) VALUES (:release, :locale, :digest, :upto)"
    " ON CONFLICT (release, locale) DO UPDATE SET digest = excluded.digest, upto = excluded.upto"
)
_DECIDED = text(
    "INSERT INTO projections (release, locale, digest, upto, newest)"
    " VALUES (:release, :locale, '', 0, :newest)"
    " ON CONFLICT (release, locale) DO UPDATE SET newest = excluded.newest"
)


def of(connection: Connection, release: str, locale: str) -> Standing:
    """What is known of one catalogue; a lookup, however many decisions there are."""
    found = connection.execute(_OF, {"release": release, "locale": locale}).first()
    return Standing(found.digest, found.upto, found.newest) if found else Standing()


def every(connection: Connection) -> Mapping[tuple[str, str], Standing]:
    """What is known of every catalogue, by release and locale."""
    return {
        (row.release, row.locale): Standing(row.digest, row.upto, row.newest)
        for row in connection.execute(select(schema.projections))
    }


def written(connection: Connection, release: str, locale: str, digest: str, upto: int) -> None:
    """Remember a catalogue as it was written."""
    connection.execute(_WRITTEN, {"release": release, "locale": locale, "digest": digest, "upto": upto})


def decided(connection: Connection, release: str, locale: str, newest: int) -> None:
    """Remember the newest decision on a catalogue."""
    connection.execute(_DECIDED, {"release": release, "locale": locale, "newest": newest})
