"""From sources found in the memory to the matches a translator is offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from l10n import conventions
from l10n.memory.reading import Reading, read
from l10n.memory.scoring import EXACT, FORM, NUMBERS, fuzzy
from l10n.model import Match
from l10n.substitution import substituted


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; ``before`` and ``after`` stand for the neighbours, 0 when nobody knows them."""

    source: str
    reading: Reading
    source_locale: str
    target_locale: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a target stood: between which neighbours, in what, and whether it was approved there."""

    before: int
    after: int
    origin: str
    own: bool
    approved: bool
    day: int


@dataclass(frozen=True, slots=True)
class Stored:
    """A target in the memory with the places it stood in, the newest first."""

    locale: str
    text: str
    places: tuple[Place, ...]


def near_matches(wanted: Wanted, source: str, targets: list[Stored]) -> Iterator[Match]:
    """Matches from a source that is the same, or differs in form or numbers alone."""
    if source == wanted.source:
        yield from _exact(wanted, source, targets)
        return
    reading = read(source)
    if reading.shape != wanted.reading.shape:
        return
    for stored, place, less in _related(wanted, targets):
        if reading.numbers == wanted.reading.numbers:
            yield _match(stored.text, place, FORM - less, source)
            continue
        locales = wanted.source_locale, stored.locale
        changed = substituted(wanted.source, source, stored.text, locales)
        if changed is None:
            score = fuzzy(wanted.reading, reading, alike=1.0, locale=wanted.source_locale)
            yield _match(stored.text, place, score - less, source)
        else:
            form = reading.codes != wanted.reading.codes
            yield _match(changed, place, NUMBERS - less - form, source)


def _exact(wanted: Wanted, source: str, targets: list[Stored]) -> Iterator[Match]:
    related = list(_related(wanted, targets))
    several = len({stored.text for stored, _, less in related if not less}) > 1
    for stored, place, less in related:
        known = [one for one in stored.places if one.approved] if not less else []
        same, there = max(
            ((_same_neighbours(wanted, one), one) for one in known),
            key=lambda pair: pair[0],
            default=(0, place),
        )
        if same:
            yield _match(stored.text, there, EXACT + same, source)
        else:
            yield _match(stored.text, place, (FORM if several else EXACT) - less, source)


def _same_neighbours(wanted: Wanted, place: Place) -> int:
    return (wanted.before != 0 and wanted.before == place.before) + (
        wanted.after != 0 and wanted.after == place.after
    )


def fuzzy_matches(wanted: Wanted, source: str, score: int, targets: list[Stored]) -> Iterator[Match]:
    """Matches from a source that is similar."""
    for stored, place, less in _related(wanted, targets):
        yield _match(stored.text, place, score - less, source)


def best(matches: Iterable[Match], limit: int, threshold: float) -> list[Match]:
    """The best matches that differ in their targets, best first, the earlier of equals first."""
    chosen: dict[str, Match] = {}
    for match in sorted(matches, key=lambda match: -match.score):
        if match.score >= 100 * threshold:
            chosen.setdefault(match.target, match)
    return list(chosen.values())[:limit]


def _related(wanted: Wanted, targets: list[Stored]) -> Iterator[tuple[Stored, Place, int]]:
    """The targets of a locale and of its variants, each with its best place and what it loses."""
    for stored in targets:
        variant = stored.locale != wanted.target_locale
        if variant and not _siblings(stored.locale, wanted.target_locale):
            continue
        place = next((one for one in stored.places if one.approved), stored.places[0])
        yield stored, place, variant + (not place.approved)


def _siblings(one: str, other: str) -> bool:
    """Whether two locales are variants of one language in one script."""
    if one.partition("-")[0].lower() != other.partition("-")[0].lower():
        return False
    return conventions.load(one).script == conventions.load(other).script


def _match(target: str, place: Place, score: int, source: str) -> Match:
    kind = "icm" if score > EXACT else "tm"
    return Match(target, kind, score, f"tm:{place.origin}", source)
