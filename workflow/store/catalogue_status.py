"""The status of each catalogue in the database: what was last written of it, and its newest decision."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, text

from workflow.store import CatalogueStatus, statements

_FAULTS = text(
    "SELECT h.segment, d.outstanding FROM heads h JOIN decisions d ON d.id = h.decision"
    " WHERE h.release = :release AND h.locale = :locale AND d.outstanding <> ''"
)


def of(connection: Connection, release: str, locale: str) -> CatalogueStatus:
    """What is known of one catalogue; a lookup, however many decisions there are."""
    row = statements.STANDING.run(connection, {"release": release, "locale": locale}).fetchone()
    return CatalogueStatus(*row) if row else CatalogueStatus()


def every(connection: Connection) -> Mapping[tuple[str, str], CatalogueStatus]:
    """What is known of every catalogue, by release and locale."""
    rows = statements.STANDINGS.run(connection, {}).fetchall()
    return {(release, locale): CatalogueStatus(*columns) for release, locale, *columns in rows}


def faults(connection: Connection, release: str, locale: str) -> Mapping[str, tuple[str, ...]]:
    """The checks that still found something in the newest decision on a segment, where any did."""
    rows = connection.execute(_FAULTS, {"release": release, "locale": locale})
    return {row.segment: tuple(row.outstanding.split()) for row in rows}


def written(connection: Connection, release: str, locale: str, digest: str, upto: int) -> None:
    """Remember a catalogue as it was written."""
    values = {"release": release, "locale": locale, "digest": digest, "upto": upto}
    statements.WRITTEN.run(connection, values)


def decided(connection: Connection, release: str, locale: str, newest: int) -> None:
    """Remember the newest decision on a catalogue."""
    statements.DECIDED.run(connection, {"release": release, "locale": locale, "newest": newest})
