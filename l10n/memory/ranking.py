"""From sources found in the memory to the matches a translator is offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter

from l10n import conventions
from l10n.memory.normalising import NormalisedSource, normalise
from l10n.memory.penalties import Penalties
from l10n.memory.scoring import EXACT, FORM, NUMBERS, fuzzy
from l10n.model import Match
from l10n.substitution import differ_in_numbers, substituted

_by_score = attrgetter("score")


@dataclass(frozen=True, slots=True)
class LookupQuery:
    """What is looked for, and what matches lose.

    ``before`` and ``after`` stand for the neighbours, 0 when nobody knows them; ``today`` is 0 when nobody
    knows it.
    """

    source: str
    reading: NormalisedSource
    source_locale: str
    target_locale: str
    before: int
    after: int
    penalties: Penalties
    today: int


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


def near_matches(wanted: LookupQuery, source: str, targets: list[Stored]) -> Iterator[Match]:
    """Matches from a source that is the same, or differs in form or numbers alone."""
    if source == wanted.source:
        yield from exact_matches(wanted, source, targets)
        return
    reading = normalise(source)
    if reading.shape != wanted.reading.shape:
        return
    form = reading.codes != wanted.reading.codes
    for stored, place, less in _related(wanted, targets):
        if reading.numbers == wanted.reading.numbers:
            yield _match(stored.text, place, FORM - less, source)
        elif changed := _substituted(wanted, source, stored):
            yield _match(changed, place, NUMBERS - less - form, source)
        else:
            yield _match(stored.text, place, alike(wanted, reading, 1.0) - less, source)


def alike(wanted: LookupQuery, found: NormalisedSource, likeness: float) -> int:
    """The score of a source that is as near as a likeness."""
    return fuzzy(
        wanted.reading,
        found,
        alike=likeness,
        locale=wanted.source_locale,
        penalties=wanted.penalties,
    )


def _substituted(wanted: LookupQuery, source: str, stored: Stored) -> str | None:
    locales = wanted.source_locale, stored.locale
    return substituted(wanted.source, source, stored.text, locales)


def exact_matches(wanted: LookupQuery, source: str, targets: list[Stored]) -> Iterator[Match]:
    """Matches from a source that is the same, or the same as a part."""
    related = list(_related(wanted, targets))
    several = len(related) > 1 and len({stored.text for stored, _, less in related if not less}) > 1
    for stored, place, less in related:
        same, there = _same_neighbours(wanted, stored) if wanted.before or wanted.after else (0, place)
        if same:
            yield _match(stored.text, there, EXACT + same, source)
        else:
            yield _match(stored.text, place, (FORM if several else EXACT) - less, source)


def _same_neighbours(wanted: LookupQuery, stored: Stored) -> tuple[int, Place]:
    """How many neighbours are the same at the best place of a target that loses nothing there."""
    most, there = 0, stored.places[0]
    for one in stored.places:
        same = (wanted.before != 0 and wanted.before == one.before) + (
            wanted.after != 0 and wanted.after == one.after
        )
        if same > most and not _loss(wanted, stored, one):
            most, there = same, one
    return most, there


def fuzzy_matches(wanted: LookupQuery, source: str, score: int, targets: list[Stored]) -> Iterator[Match]:
    """Matches from a source that is similar; it may be the same but for numbers and names of months."""
    dated = differ_in_numbers(source, wanted.source, wanted.source_locale)
    for stored, place, less in _related(wanted, targets):
        if dated and (changed := _substituted(wanted, source, stored)):
            yield _match(changed, place, NUMBERS - less, source)
        else:
            yield _match(stored.text, place, score - less, source)


def best(matches: Iterable[Match], limit: int, threshold: float) -> list[Match]:
    """The best matches that differ in their targets, best first, the earlier of equals first."""
    good = [match for match in matches if match.score >= 100 * threshold]
    if len(good) < 2:
        return good[:limit]
    good.sort(key=_by_score, reverse=True)
    chosen: dict[str, Match] = {}
    for match in good:
        chosen.setdefault(match.target, match)
    return list(chosen.values())[:limit]


def _related(wanted: LookupQuery, targets: list[Stored]) -> Iterator[tuple[Stored, Place, int]]:
    """The targets of a locale and of its variants, each with its best place and what it loses."""
    for stored in targets:
        if stored.locale != wanted.target_locale and not _siblings(stored.locale, wanted.target_locale):
            continue
        losses = [_loss(wanted, stored, one) for one in stored.places]
        less = min(losses)
        yield stored, stored.places[losses.index(less)], less


def _loss(wanted: LookupQuery, stored: Stored, place: Place) -> int:
    """What a target loses for where it comes from."""
    lost = wanted.penalties
    return (
        lost.variant * (stored.locale != wanted.target_locale)
        + lost.unreviewed * (not place.approved)
        + lost.elsewhere * (not place.own)
        + lost.of_age(place.day, wanted.today)
    )


def _siblings(one: str, other: str) -> bool:
    """Whether two locales are variants of one language in one script."""
    if one.partition("-")[0].lower() != other.partition("-")[0].lower():
        return False
    return conventions.load(one).script == conventions.load(other).script


def _match(target: str, place: Place, score: int, source: str) -> Match:
    kind = "icm" if score > EXACT else "tm"
    return Match(target, kind, score, f"tm:{place.origin}", source)
