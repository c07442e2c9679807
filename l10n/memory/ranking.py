"""Turns sources found in the memory into scored matches."""

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
class TargetPlace:
    """Where a target stood: between which neighbours, in what, and whether it was approved there."""

    before: int
    after: int
    origin: str
    own: bool
    approved: bool
    day: int


@dataclass(frozen=True, slots=True)
class StoredTarget:
    """A target in the memory with the places it stood in, the newest first."""

    locale: str
    text: str
    places: tuple[TargetPlace, ...]


def near_matches(query: LookupQuery, source: str, targets: list[StoredTarget]) -> Iterator[Match]:
    """Matches from a source that is the same, or differs in form or numbers alone."""
    if source == query.source:
        yield from exact_matches(query, source, targets)
        return
    reading = normalise(source)
    if reading.shape != query.reading.shape:
        return
    form = reading.codes != query.reading.codes
    for stored, place, loss in _related(query, targets):
        if reading.numbers == query.reading.numbers:
            yield _match(stored.text, place, FORM - loss, source)
        elif changed := _substituted(query, source, stored):
            yield _match(changed, place, NUMBERS - loss - form, source)
        else:
            yield _match(stored.text, place, alike(query, reading, 1.0) - loss, source)


def alike(query: LookupQuery, reading: NormalisedSource, likeness: float) -> int:
    """The score of a source that is as near as a likeness."""
    return fuzzy(
        query.reading,
        reading,
        alike=likeness,
        locale=query.source_locale,
        penalties=query.penalties,
    )


def _substituted(query: LookupQuery, source: str, stored: StoredTarget) -> str | None:
    locales = query.source_locale, stored.locale
    return substituted(query.source, source, stored.text, locales)


def exact_matches(query: LookupQuery, source: str, targets: list[StoredTarget]) -> Iterator[Match]:
    """Matches from a source that is the same, or the same as a part."""
    related = list(_related(query, targets))
    several = len(related) > 1 and len({stored.text for stored, _, loss in related if not loss}) > 1
    for stored, place, loss in related:
        same_neighbours, best_place = (
            _same_neighbours(query, stored) if query.before or query.after else (0, place)
        )
        if same_neighbours:
            yield _match(stored.text, best_place, EXACT + same_neighbours, source)
        else:
            yield _match(stored.text, place, (FORM if several else EXACT) - loss, source)


def _same_neighbours(query: LookupQuery, stored: StoredTarget) -> tuple[int, TargetPlace]:
    """How many neighbours are the same at the best place of a target that loses nothing there."""
    most, best_place = 0, stored.places[0]
    for place in stored.places:
        same = (query.before != 0 and query.before == place.before) + (
            query.after != 0 and query.after == place.after
        )
        if same > most and not _loss(query, stored, place):
            most, best_place = same, place
    return most, best_place


def fuzzy_matches(
    query: LookupQuery, source: str, score: int, targets: list[StoredTarget]
) -> Iterator[Match]:
    """Matches from a source that is similar; it may be the same but for numbers and names of months."""
    dated = differ_in_numbers(source, query.source, query.source_locale)
    for stored, place, loss in _related(query, targets):
        if dated and (changed := _substituted(query, source, stored)):
            yield _match(changed, place, NUMBERS - loss, source)
        else:
            yield _match(stored.text, place, score - loss, source)


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


def _related(
    query: LookupQuery, targets: list[StoredTarget]
) -> Iterator[tuple[StoredTarget, TargetPlace, int]]:
    """The targets of a locale and of its variants, each with its best place and what it loses."""
    for stored in targets:
        if stored.locale != query.target_locale and not _siblings(stored.locale, query.target_locale):
            continue
        losses = [_loss(query, stored, place) for place in stored.places]
        loss = min(losses)
        yield stored, stored.places[losses.index(loss)], loss


def _loss(query: LookupQuery, stored: StoredTarget, place: TargetPlace) -> int:
    """What a target loses for where it comes from."""
    penalties = query.penalties
    return (
        penalties.variant * (stored.locale != query.target_locale)
        + penalties.unreviewed * (not place.approved)
        + penalties.elsewhere * (not place.own)
        + penalties.of_age(place.day, query.today)
    )


def _siblings(one: str, other: str) -> bool:
    """Whether two locales are variants of one language in one script."""
    if one.partition("-")[0].lower() != other.partition("-")[0].lower():
        return False
    return conventions.load(one).script == conventions.load(other).script


def _match(target: str, place: TargetPlace, score: int, source: str) -> Match:
    kind = "icm" if score > EXACT else "tm"
    return Match(target, kind, score, f"tm:{place.origin}", source)
