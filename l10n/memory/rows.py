"""The rows that are the memory: sources, their targets, and where each stood."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from l10n.memory.database import Database, Row
from l10n.memory.ranking import Place, Stored
from l10n.memory.reading import Reading, key, read, short_key
from l10n.memory.unit import TranslationUnit
from l10n.model import State

_PLACES = 500  # places of a source's targets that are looked at
_SAME_SHAPE = 50  # sources that differ in numbers alone, of which no more are looked at
_UNKNOWN = 0
_ID_AND_ORIGIN = itemgetter(0, 1)
_APPROVED = frozenset({State.REVIEWED.value, State.FINAL.value})


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a unit: the rows of its source and its target, and whether it said something new.

    ``reading`` is that of the source when its language has not been spoken there before, so that the
    source has to be made findable.
    """

    source: int
    target: int
    is_new: bool
    reading: Reading | None


def add(database: Database, unit: TranslationUnit, origin: int) -> Taken:
    """Put a unit in its rows."""
    reading = read(unit.source)
    shape = key(reading.shape)
    source = _exact(database, unit.source, shape)
    fresh = source is None
    if source is None:
        ((source,),) = database.all(
            "INSERT INTO source (text, shape_key, text_key) VALUES (?, ?, ?) RETURNING id",
            (unit.source, shape, short_key(unit.source)),
        )
    known = [] if fresh else database.all("SELECT id, locale, text FROM target WHERE source = ?", (source,))
    target = next((id_ for id_, *said in known if said == [unit.target_locale, unit.target]), None)
    is_new = target is None
    if target is None:
        ((target,),) = database.all(
            "INSERT INTO target (source, locale, text) VALUES (?, ?, ?) RETURNING id",
            (source, unit.target_locale, unit.target),
        )
    spoken = {language(locale) for _, locale, _ in known}
    placed = _put(database, target, unit, origin, fresh=is_new)
    return Taken(
        source, target, is_new or placed, None if language(unit.target_locale) in spoken else reading
    )


def _put(database: Database, target: int, unit: TranslationUnit, origin: int, *, fresh: bool) -> bool:
    """Note where a target stood; whether nobody knew."""
    place = (target, neighbour(unit.before), neighbour(unit.after))
    known = not fresh and database.all(
        "SELECT 1 FROM place WHERE target = ? AND before = ? AND after = ? LIMIT 1", place
    )
    database.all(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (target, before, after, origin)"
        " DO UPDATE SET approved = excluded.approved, day = excluded.day",
        (*place, origin, int(unit.state in _APPROVED), unit.day),
    )
    return not known


def origin_of(database: Database, name: str, *, own: bool) -> int:
    """The row of an origin, made when there is none."""
    wanted = (name, int(own))
    database.all("INSERT INTO origin (name, own) VALUES (?, ?) ON CONFLICT DO NOTHING", wanted)
    ((found,),) = database.all("SELECT id FROM origin WHERE name = ? AND own = ?", wanted)
    return int(found)


def forget(database: Database, name: str, *, own: bool) -> None:
    """Forget what an origin alone has told."""
    for (origin,) in database.all("SELECT id FROM origin WHERE name = ? AND own = ?", (name, int(own))):
        database.all("DELETE FROM place WHERE origin = ?", (origin,))
    database.all("DELETE FROM target WHERE NOT EXISTS (SELECT 1 FROM place WHERE place.target = target.id)")


def neighbour(text: str | None) -> int:
    """What stands for a neighbouring source."""
    return _UNKNOWN if text is None else key(text)


def language(locale: str) -> str:
    """The language of a locale."""
    return locale.partition("-")[0].lower()


def same_shape(database: Database, source: str, reading: Reading) -> dict[int, str]:
    """Sources that differ from one in case, space, codes and numbers at most; itself first."""
    shape = key(reading.shape)
    found = _newest(
        database, "SELECT id, text FROM source WHERE shape_key = ?", "id DESC", (shape,), _SAME_SHAPE
    )
    rows: dict[int, str] = dict(sorted(found, reverse=True))
    if source in rows.values():
        return dict(sorted(rows.items(), key=lambda row: row[1] != source))
    itself = _exact(database, source, shape) if len(rows) == _SAME_SHAPE else None
    return rows if itself is None else {itself: source} | rows


def _exact(database: Database, source: str, shape: int) -> int | None:
    found = database.all(
        "SELECT id FROM source WHERE shape_key = ? AND text_key = ? AND text = ?",
        (shape, short_key(source), source),
    )
    return int(found[0][0]) if found else None


def _newest(database: Database, question: str, order: str, values: Sequence[object], most: int) -> list[Row]:
    """The newest answers, in any order: the database sorts only where there are more than so many."""
    found = database.all(f"{question} LIMIT ?", (*values, most))
    return (
        found if len(found) < most else database.all(f"{question} ORDER BY {order} LIMIT ?", (*values, most))
    )


def texts(database: Database, sources: Collection[int]) -> dict[int, str]:
    """Sources by their rows."""
    return dict(
        database.all(f"SELECT id, text FROM source WHERE id IN ({marks(sources)})", tuple(sources))  # noqa: S608
        if sources
        else ()
    )


def targets(database: Database, sources: Collection[int]) -> dict[int, list[Stored]]:
    """The targets of sources with their places, the newest first."""
    if not sources:
        return {}
    found = _newest(
        database,
        "SELECT target.id, place.origin, target.source, locale, text, before, after, name, own, approved, day"  # noqa: S608
        " FROM target JOIN place ON place.target = target.id JOIN origin ON origin.id = place.origin"
        f" WHERE target.source IN ({marks(sources)})",
        "target.id DESC, place.origin DESC",
        tuple(sources),
        _PLACES * len(sources),
    )
    by_target: dict[int, tuple[int, str, str, list[Place]]] = {}
    for id_, _, source, locale, text, before, after, name, own, approved, day in sorted(
        found, key=_ID_AND_ORIGIN, reverse=True
    ):
        *_, places = by_target.setdefault(id_, (source, locale, text, []))
        places.append(Place(before, after, name, bool(own), bool(approved), day))
    by_source: dict[int, list[Stored]] = {source: [] for source in sources}
    for source, locale, text, places in by_target.values():
        by_source[source].append(Stored(locale, text, tuple(places)))
    return by_source


def units(database: Database, locale: str) -> Iterator[TranslationUnit]:
    """Every pair, or those of one target locale, those of a source together, without neighbours."""
    found = database.each(
        "SELECT source.text, target.text, target.locale, min(name), min(own), max(approved), max(day)"
        " FROM source JOIN target ON target.source = source.id JOIN place ON place.target = target.id"
        " JOIN origin ON origin.id = place.origin WHERE ? IN ('', target.locale)"
        " GROUP BY source.id, source.text, target.id, target.text, target.locale"
        " ORDER BY source.id, target.id",
        (locale,),
    )
    for source, target, spoken, origin, own, approved, day in found:
        state = State.REVIEWED if approved else State.TRANSLATED
        yield TranslationUnit(source, target, spoken, None, None, origin, state, bool(own), day)


def counts(database: Database) -> tuple[int, dict[str, int], dict[str, int]]:
    """How many distinct sources have a target; pairs by target locale; places by origin."""
    ((sources,),) = database.all("SELECT count(DISTINCT source) FROM target")
    by_locale = database.all("SELECT locale, count(*) FROM target GROUP BY locale ORDER BY locale")
    by_origin = database.all(
        "SELECT name, count(*) FROM place JOIN origin ON origin.id = place.origin GROUP BY name ORDER BY name"
    )
    return int(sources), dict(by_locale), dict(by_origin)


def since(database: Database, after: int, upto: int) -> Iterator[tuple[int, str, str]]:
    """(source, its text, locale) of the targets later than one up to another, those of a source together."""
    return database.each(
        "SELECT source.id, source.text, target.locale FROM target JOIN source ON source.id = target.source"
        " WHERE target.id > ? AND target.id <= ? ORDER BY source.id",
        (after, upto),
    )


def last_target(database: Database) -> int:
    """The row of the latest target, 0 when there is none."""
    ((found,),) = database.all("SELECT max(id) FROM target")
    return int(found or 0)


def last_source(database: Database) -> int:
    """The row of the latest source, 0 when there is none."""
    ((found,),) = database.all("SELECT max(id) FROM source")
    return int(found or 0)


def about(database: Database) -> dict[str, str]:
    """What the memory notes about itself."""
    return dict(database.all("SELECT name, value FROM about"))


def say(database: Database, name: str, value: str) -> None:
    """Note something about the memory."""
    database.all(
        "INSERT INTO about VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def marks(values: Iterable[object]) -> str:
    """A question mark for each value."""
    return ",".join("?" for _ in values)
