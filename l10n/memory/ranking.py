"""From sources found in the memory to the matches a translator is offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from l10n import conventions
from l10n.memory.reading import Reading, read
from l10n.memory.scoring import EXACT, FORM, NUMBERS, fuzzy
from l10n.model import Match, State
from l10n.substitution import substituted


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for."""

    source: str
    reading: Reading
    source_locale: str
    target_locale: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Stored:
    """A target in the memory with the (before, after) of each place it stood in."""

    locale: str
    text: str
    origin: str
    state: str
    places: tuple[tuple[Any, ...], ...]


def gathered(rows: Iterable[tuple[Any, ...]]) -> list[Stored]:
    """Rows of (id, locale, text, origin, state, before, after), those of one id together."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    for id_, *rest in rows:
        found.setdefault(id_, []).append(tuple(rest))
    return [
        Stored(locale, text, origin, state, tuple(row[4:] for row in same))
        for same in found.values()
        for locale, text, origin, state, *_ in same[:1]
    ]


def near_matches(wanted: Wanted, source: str, targets: list[Stored]) -> Iterator[Match]:
    """Matches from a source that is the same, or differs in form or numbers alone."""
    if source == wanted.source:
        yield from _exact(wanted, source, targets)
        return
    reading = read(source)
    if reading.shape != wanted.reading.shape:
        return
    for stored, less in _related(wanted, targets):
        if reading.numbers == wanted.reading.numbers:
            yield _match(stored, FORM - less, source)
            continue
        locales = wanted.source_locale, stored.locale
        changed = substituted(wanted.source, source, stored.text, locales)
        if changed is None:
            score = fuzzy(wanted.reading, reading, alike=1.0, locale=wanted.source_locale)
            yield _match(stored, score - less, source)
        else:
            form = reading.codes != wanted.reading.codes
            yield _match(stored, NUMBERS - less - form, source, changed)


def _exact(wanted: Wanted, source: str, targets: list[Stored]) -> Iterator[Match]:
    related = list(_related(wanted, targets))
    several = len({stored.text for stored, less in related if not less}) > 1
    for stored, less in related:
        same = max(_same_neighbours(wanted, place) for place in stored.places)
        if same and not less:
            yield _match(stored, EXACT + same, source)
        else:
            yield _match(stored, (FORM if several else EXACT) - less, source)


def _same_neighbours(wanted: Wanted, place: tuple[Any, ...]) -> int:
    before, after = place
    return (wanted.before is not None and wanted.before == before) + (
        wanted.after is not None and wanted.after == after
    )


def fuzzy_matches(wanted: Wanted, source: str, score: int, targets: list[Stored]) -> Iterator[Match]:
    """Matches from a source that is similar."""
    for stored, less in _related(wanted, targets):
        yield _match(stored, score - less, source)


def best(matches: Iterable[Match], limit: int, threshold: float) -> list[Match]:
    """The best matches that differ in their targets, best first, the earlier of equals first."""
    chosen: dict[str, Match] = {}
    for match in sorted(matches, key=lambda match: -match.score):
        if match.score >= 100 * threshold:
            chosen.setdefault(match.target, match)
    return list(chosen.values())[:limit]


def _related(wanted: Wanted, targets: list[Stored]) -> Iterator[tuple[Stored, int]]:
    """The targets of a locale and of its variants, with what they lose for it."""
    for stored in targets:
        if stored.locale == wanted.target_locale:
            yield stored, int(not _approved(stored))
        elif _siblings(stored.locale, wanted.target_locale):
            yield stored, 1 + int(not _approved(stored))


def _approved(stored: Stored) -> bool:
    return stored.state in {State.REVIEWED, State.FINAL}


def _siblings(one: str, other: str) -> bool:
    """Whether two locales are variants of one language in one script."""
    if one.partition("-")[0].lower() != other.partition("-")[0].lower():
        return False
    return conventions.load(one).script == conventions.load(other).script


def _match(stored: Stored, score: int, source: str, target: str | None = None) -> Match:
    kind = "icm" if score > EXACT else "tm"
    return Match(stored.text if target is None else target, kind, score, f"tm:{stored.origin}", source)
