"""Queries over the tables of the memory: sources, targets, and the places where targets stood."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from operator import itemgetter

from l10n.memory.database import Database, Row
from l10n.memory.normalising import NormalisedSource, key, short_key
from l10n.memory.ranking import StoredTarget, TargetPlace
from l10n.memory.unit import TranslationUnit
from l10n.model import State

_PLACES = 500  # places of a source's targets that are looked at
_SAME_SHAPE = 50  # sources that differ in numbers alone, of which no more are looked at
_UNKNOWN = 0
_NEWEST = itemgetter(0, 2, 5)  # of the answers to _PLACED: by source, target and origin
_PLACED = (
    "SELECT source.id, source.text, target.id, locale, target.text, origin.id, name, own,"
    " before, after, approved, day FROM source JOIN place ON place.source = source.id"
    " JOIN target ON target.id = place.target JOIN origin ON origin.id = place.origin"
)
_UNITS = (
    "SELECT target.id, source.text, target.text, locale, name, own, approved, day FROM target"
    " JOIN source ON source.id = target.source JOIN place ON place.source = target.source"
    " AND language = ? AND place.target = target.id JOIN origin ON origin.id = place.origin"
)
_OF_SHAPE = f"{_PLACED} WHERE shape_key = ? AND language = ? LIMIT ?"
_OF_TEXT = f"{_PLACED} WHERE shape_key = ? AND text_key = ? AND language = ? LIMIT ?"


SourceTargets = tuple[int, str, list[StoredTarget]]  # a source, its text, and its targets


def forget(database: Database, name: str, *, own: bool) -> None:
    """Delete what comes from one origin only."""
    for (origin,) in database.fetch_all("SELECT id FROM origin WHERE name = ? AND own = ?", (name, int(own))):
        database.fetch_all("DELETE FROM place WHERE origin = ?", (origin,))
    database.fetch_all(
        "DELETE FROM target WHERE NOT EXISTS"
        " (SELECT 1 FROM place WHERE place.source = target.source AND place.target = target.id)"
    )


def neighbour(text: str | None) -> int:
    """The key of a neighbouring source."""
    return _UNKNOWN if text is None else key(text)


def language(locale: str) -> str:
    """The language of a locale."""
    return locale.partition("-")[0].lower()


def same_shape(
    database: Database, source: str, normalised: NormalisedSource, spoken: str
) -> list[SourceTargets]:
    """Sources that differ from one in case, space, codes and numbers at most, with their targets.

    Itself first, then the newest; the targets are those in the language ``spoken``.
    """
    shape = key(normalised.shape)
    answers = database.fetch_all(_OF_SHAPE, (shape, spoken, _SAME_SHAPE))
    if len(answers) < _SAME_SHAPE:
        sources = _by_source(answers)
        return (
            sources
            if sources and sources[0][1] == source
            else sorted(sources, key=lambda entry: entry[1] != source)
        )
    newest = database.fetch_all(
        "SELECT id, text FROM source WHERE shape_key = ? ORDER BY id DESC LIMIT ?", (shape, _SAME_SHAPE)
    )
    rows: dict[int, str] = dict(newest)
    if source not in rows.values() and (itself := _exact(database, source, shape)) is not None:
        rows[itself] = source
    stored = targets(database, rows, spoken)
    order = sorted(rows.items(), key=lambda row: row[1] != source)
    return [(row, text, stored[row]) for row, text in order]


def same_text(
    database: Database, source: str, normalised: NormalisedSource, spoken: str
) -> list[SourceTargets]:
    """The source itself with its targets in a language; none when it has none."""
    answers = database.fetch_all(_OF_TEXT, (key(normalised.shape), short_key(source), spoken, _PLACES))
    sources = [entry for entry in _by_source(answers) if entry[1] == source]
    if len(answers) == _PLACES and sources:
        ((row, text, _),) = sources
        return [(row, text, targets(database, [row], spoken)[row])]
    return sources


def _exact(database: Database, source: str, shape: int) -> int | None:
    answers = database.fetch_all(
        "SELECT id FROM source WHERE shape_key = ? AND text_key = ? AND text = ?",
        (shape, short_key(source), source),
    )
    return int(answers[0][0]) if answers else None


def texts(database: Database, sources: Collection[int]) -> dict[int, str]:
    """Sources by their rows."""
    if not sources:
        return {}
    query = f"SELECT id, text FROM source WHERE id IN ({placeholders(sources)})"  # noqa: S608
    return dict(database.fetch_all(query, tuple(sources)))


def targets(database: Database, sources: Collection[int], spoken: str) -> dict[int, list[StoredTarget]]:
    """The targets of sources in a language with their places, the newest first."""
    if not sources:
        return {}
    values = (*sources, spoken)
    query = f"{_PLACED} WHERE place.source IN ({placeholders(sources)}) AND language = ?"
    most = _PLACES * len(sources)
    answers = database.fetch_all(f"{query} LIMIT ?", (*values, most))
    if len(answers) == most:
        # Sorted only where there are more than so many.
        newest = f"{query} ORDER BY target.id DESC, place.origin DESC LIMIT ?"
        answers = database.fetch_all(newest, (*values, most))
    by_source = {source: stored for source, _, stored in _by_source(answers)}
    return {source: by_source.get(source, []) for source in sources}


def _by_source(answers: list[Row]) -> list[SourceTargets]:
    """The answers to ``_PLACED`` by their sources, the newest of all first."""
    if len(answers) == 1:
        ((source, source_text, _, locale, text, _, name, own, before, after, approved, day),) = answers
        place = TargetPlace(before, after, name, bool(own), bool(approved), day)
        return [(source, source_text, [StoredTarget(locale, text, (place,))])]
    answers.sort(key=_NEWEST, reverse=True)
    by_source: dict[int, tuple[str, dict[int, tuple[str, str, list[TargetPlace]]]]] = {}
    for source, source_text, target, locale, text, _, name, own, before, after, approved, day in answers:
        _, by_target = by_source.setdefault(source, (source_text, {}))
        *_, places = by_target.setdefault(target, (locale, text, []))
        places.append(TargetPlace(before, after, name, bool(own), bool(approved), day))
    return [
        (
            source,
            source_text,
            [StoredTarget(locale, text, tuple(places)) for locale, text, places in by_target.values()],
        )
        for source, (source_text, by_target) in by_source.items()
    ]


def units(database: Database, locale: str) -> Iterator[TranslationUnit]:
    """Every pair, or those of a target locale, those of a source together, without neighbours.

    A language stands for its regions too: "pt" for all of "pt-BR" and "pt-PT".
    """
    answers = database.iterate(
        # In the order of the places' key, and grouped by nothing else: a million are not sorted first.
        "SELECT min(source.text), min(target.text), min(target.locale), min(name), min(own), max(approved),"
        " max(day)"
        " FROM place JOIN source ON source.id = place.source JOIN target ON target.id = place.target"
        " JOIN origin ON origin.id = place.origin WHERE ? IN ('', target.locale, language)"
        " GROUP BY place.source, language, place.target"
        " ORDER BY place.source, language, place.target",
        (locale,),
    )
    for source, target, target_locale, origin, own, approved, day in answers:
        state = State.REVIEWED if approved else State.TRANSLATED
        yield TranslationUnit(source, target, target_locale, None, None, origin, state, bool(own), day)


def counts(database: Database) -> tuple[int, dict[str, int], dict[str, int]]:
    """How many distinct sources have a target; pairs by target locale; places by origin."""
    ((sources,),) = database.fetch_all("SELECT count(DISTINCT source) FROM target")
    by_locale = database.fetch_all("SELECT locale, count(*) FROM target GROUP BY locale ORDER BY locale")
    by_origin = database.fetch_all(
        "SELECT name, count(*) FROM place JOIN origin ON origin.id = place.origin GROUP BY name ORDER BY name"
    )
    return int(sources), dict(by_locale), dict(by_origin)


def since(database: Database, after: int, upto: int) -> Iterator[tuple[int, str, str]]:
    """(source, its text, locale) of the targets later than one up to another, those of a source together."""
    return database.iterate(
        "SELECT source.id, source.text, target.locale FROM target JOIN source ON source.id = target.source"
        " WHERE target.id > ? AND target.id <= ? ORDER BY source.id",
        (after, upto),
    )


def pairs_behind(database: Database, after: int, most: int) -> list[tuple[int, str, str, str]]:
    """(target, source's text, target's text, locale) of the first targets later than one."""
    answers = database.fetch_all(
        "SELECT target.id, source.text, target.text, target.locale FROM target"
        " JOIN source ON source.id = target.source WHERE target.id > ? ORDER BY target.id LIMIT ?",
        (after, most),
    )
    return [(target, source, text, locale) for target, source, text, locale in answers]


def units_of(database: Database, targets: Collection[int], spoken: str) -> dict[int, TranslationUnit]:
    """The pairs of some targets in a language by their rows, each from where it stood last."""
    if not targets:
        return {}
    query = f"{_UNITS} WHERE target.id IN ({placeholders(targets)}) ORDER BY day, origin.id"
    answers = database.fetch_all(query, (spoken, *targets))
    stored: dict[int, TranslationUnit] = {}
    for row, source, target, locale, origin, own, approved, day in answers:
        state = State.REVIEWED if approved else State.TRANSLATED
        stored[row] = TranslationUnit(source, target, locale, None, None, origin, state, bool(own), day)
    return stored


def last_target(database: Database) -> int:
    """The row of the latest target, 0 when there is none."""
    ((row,),) = database.fetch_all("SELECT max(id) FROM target")
    return int(row or 0)


def last_source(database: Database) -> int:
    """The row of the latest source, 0 when there is none."""
    ((row,),) = database.fetch_all("SELECT max(id) FROM source")
    return int(row or 0)


def read_notes(database: Database) -> dict[str, str]:
    """The notes that the memory keeps about itself, by name."""
    return dict(database.fetch_all("SELECT name, value FROM about"))


def set_note(database: Database, name: str, value: str) -> None:
    """Store a note about the memory."""
    database.fetch_all(
        "INSERT INTO about VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def placeholders(values: Iterable[object]) -> str:
    """A comma-separated ``?`` for each value."""
    return ",".join("?" for _ in values)
