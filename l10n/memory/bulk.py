"""Inserts translation units in bulk, since each statement may be a network round trip."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from l10n.memory.database import Database, Row
from l10n.memory.normalising import NormalisedSource, key, normalise, short_key
from l10n.memory.rows import language, neighbour, placeholders
from l10n.memory.unit import TranslationUnit
from l10n.model import State

_AT_ONCE = 300  # rows per statement, since SQLite may take no more than 999 values
_APPROVED = frozenset({State.REVIEWED.value, State.FINAL.value})

TargetKey = tuple[int, str, str]  # the row of a source, the locale of a target, its text


@dataclass(frozen=True, slots=True)
class StoredUnit:
    """The ids of the source and the target of a unit, and whether the unit was new.

    ``reading`` is the normalised source if it had no target in this language before, so that it has to be
    added to the index; else None.
    """

    source: int
    target: int
    is_new: bool
    reading: NormalisedSource | None


def add(database: Database, units: Sequence[tuple[TranslationUnit, int]]) -> list[StoredUnit]:
    """Insert units, each with the id of its origin."""
    readings = {unit.source: normalise(unit.source) for unit, _ in units}
    sources, known_sources = _sources(database, readings)
    target_keys = dict.fromkeys(_target_key(unit, sources) for unit, _ in units)
    targets = _known_targets(database, known_sources)
    covered = {(source, language(locale)) for source, locale, _ in targets}
    known_keys = [target_key for target_key in target_keys if target_key in targets]
    places = _known_places(
        database,
        [(source, language(locale), targets[source, locale, text]) for source, locale, text in known_keys],
    )
    targets |= _new_targets(database, [target_key for target_key in target_keys if target_key not in targets])
    stored: list[StoredUnit] = []
    place_rows: list[Sequence[object]] = []
    for unit, origin in units:
        target_key = _target_key(unit, sources)
        place = (targets[target_key], neighbour(unit.before), neighbour(unit.after))
        source_language = (target_key[0], language(unit.target_locale))
        reading = None if source_language in covered else readings[unit.source]
        stored.append(StoredUnit(target_key[0], targets[target_key], place not in places, reading))
        place_rows.append((*source_language, *place, origin, int(unit.state in _APPROVED), unit.day))
        places.add(place)
        covered.add(source_language)
    database.execute_many(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (source, language, target, before, after, origin)"
        " DO UPDATE SET approved = excluded.approved, day = excluded.day",
        place_rows,
    )
    return stored


def origin_of(database: Database, name: str, *, own: bool) -> int:
    """The id of an origin, inserted when it is new."""
    values = (name, int(own))
    database.fetch_all("INSERT INTO origin (name, own) VALUES (?, ?) ON CONFLICT DO NOTHING", values)
    ((row,),) = database.fetch_all("SELECT id FROM origin WHERE name = ? AND own = ?", values)
    return int(row)


def _target_key(unit: TranslationUnit, sources: dict[str, int]) -> TargetKey:
    return sources[unit.source], unit.target_locale, unit.target


def _sources(database: Database, readings: dict[str, NormalisedSource]) -> tuple[dict[str, int], list[int]]:
    """The ids of sources, inserted where they are new, and the ids of those that were not."""
    keys = {text: (key(reading.shape), short_key(text)) for text, reading in readings.items()}
    rows: dict[str, int] = {}
    for chunk in _chunks(list(keys.items())):
        pairs = [pair for _, pair in chunk]
        for row, text in database.fetch_all(
            f"WITH wanted (shape, said) AS (VALUES {_tuples(pairs)})"  # noqa: S608
            " SELECT id, text FROM wanted JOIN source ON shape_key = shape AND text_key = said",
            _flat(pairs),
        ):
            if text in keys:
                rows[text] = int(row)
    known_rows = list(rows.values())
    for chunk in _chunks([(text, *pair) for text, pair in keys.items() if text not in rows]):
        for row, text in database.fetch_all(
            f"INSERT INTO source (text, shape_key, text_key) VALUES {_tuples(chunk)} RETURNING id, text",  # noqa: S608
            _flat(chunk),
        ):
            rows[text] = int(row)
    return rows, known_rows


def _known_targets(database: Database, sources: list[int]) -> dict[TargetKey, int]:
    targets: dict[TargetKey, int] = {}
    for chunk in _chunks(sources):
        query = (
            "SELECT id, source, locale, text FROM target"  # noqa: S608
            f" WHERE id IN (SELECT target FROM place WHERE source IN ({placeholders(chunk)}))"
        )
        targets |= {
            (source, locale, text): row for row, source, locale, text in database.fetch_all(query, chunk)
        }
    return targets


def _new_targets(database: Database, target_keys: list[TargetKey]) -> dict[TargetKey, int]:
    targets: dict[TargetKey, int] = {}
    for chunk in _chunks(target_keys):
        query = (
            f"INSERT INTO target (source, locale, text) VALUES {_tuples(chunk)}"  # noqa: S608
            " RETURNING id, source, locale, text"
        )
        inserted = database.fetch_all(query, _flat(chunk))
        targets |= {(source, locale, text): row for row, source, locale, text in inserted}
    return targets


def _known_places(database: Database, triples: list[tuple[int, str, int]]) -> set[tuple[int, int, int]]:
    """(target, before, after) of the stored places of triples (source, language, target)."""
    places: set[tuple[int, int, int]] = set()
    for chunk in _chunks(triples):
        query = (
            f"WITH wanted (said, tongue, heard) AS (VALUES {_tuples(chunk)})"  # noqa: S608
            " SELECT target, before, after FROM wanted"
            " JOIN place ON source = said AND language = tongue AND target = heard"
        )
        places.update(
            (target, before, after) for target, before, after in database.fetch_all(query, _flat(chunk))
        )
    return places


def _chunks(values: list[Any]) -> Iterator[list[Any]]:
    for at in range(0, len(values), _AT_ONCE):
        yield values[at : at + _AT_ONCE]


def _tuples(rows: Collection[Row]) -> str:
    """A parenthesised list of placeholders for each row."""
    return ",".join(f"({placeholders(row)})" for row in rows)


def _flat(rows: Collection[Row]) -> list[object]:
    return [value for row in rows for value in row]
