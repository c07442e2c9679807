"""What people made of drafts, by where those came from, and the thresholds that this would justify."""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from l10n import origins
from l10n.review_routing import TrustSettings
from workflow.states import Action
from workflow.throughput import PersonDecision

BANDS = ((100, 102), (95, 99), (90, 94), (85, 89), (75, 84))
"""Scores of memory matches that are looked at together."""
ENOUGH = 30  # drafts: with fewer nothing is proposed
STAYED = 0.8  # of the drafts have to stay as they were, at the lower end of what the sample allows
AWAY = 600.0  # seconds: who takes longer was not only at this
TOGETHER = 0.5  # seconds: what is decided sooner was decided with others, at once
_BARS = 10
_CERTAINTY = 1.96  # standard deviations: 95 %


@dataclass(frozen=True, slots=True)
class Insight:
    """What became of one kind of draft in one language.

    ``origin`` is an engine ("mt:apertium") or a band of the memory ("tm 95–99"); ``untouched`` counts
    drafts approved or saved as they were, ``likely`` is the range (0 to 1) in which their share lies
    with 95 % certainty (Wilson's interval); ``kept`` is the mean share of characters that stayed;
    ``spread`` counts drafts by tenths of that share, the worst first.  ``seconds`` is the median time a
    person took, ``timed`` how many decisions that is known of.
    """

    origin: str
    locale: str
    number: int
    untouched: int
    likely: tuple[float, float]
    kept: float
    spread: tuple[int, ...]
    seconds: float = 0.0
    timed: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A setting that the evidence speaks for; ``why`` says it."""

    setting: str
    why: str


def insights(decided: Iterable[PersonDecision]) -> tuple[Insight, ...]:
    """What became of drafts, by origin and language; the first decision on each draft counts."""
    similarities: dict[tuple[str, str], list[float]] = defaultdict(list)
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    seen: set[tuple[str, str, str, str]] = set()
    for decision, seconds in _timed(sorted(decided, key=lambda decision: decision.at)):
        kind = _kind(decision.origin)
        draft = decision.release, decision.locale, decision.origin, decision.was
        if kind and decision.was and decision.action in {Action.APPROVE, Action.SAVE} and draft not in seen:
            seen.add(draft)
            similarities[kind, decision.locale].append(
                Levenshtein.normalized_similarity(decision.was, decision.target)
            )
            if TOGETHER <= seconds <= AWAY:
                times[kind, decision.locale].append(seconds)
    return tuple(_insight(*key, shares, times[key]) for key, shares in sorted(similarities.items()))


def _timed(decided: Iterable[PersonDecision]) -> Iterator[tuple[PersonDecision, float]]:
    """Each decision with the seconds since the same person's one before, which opened its segment."""
    latest: dict[tuple[str, str, str], dt.datetime] = {}
    for decision in decided:
        sitting = decision.actor, decision.release, decision.locale
        yield decision, (decision.at - latest[sitting]).total_seconds() if sitting in latest else math.inf
        latest[sitting] = decision.at


def _kind(origin: str) -> str:
    """An engine, or the band of a memory match; "" for what no machine wrote."""
    if origins.engine(origin):
        return origins.plain(origin)
    if not origin.startswith("tm"):
        return ""
    score = origins.score(origin)
    return next((f"tm {low}–{high}" for low, high in BANDS if low <= score <= high), "")


def _insight(origin: str, locale: str, shares: Sequence[float], times: Sequence[float]) -> Insight:
    untouched = sum(share == 1.0 for share in shares)
    spread = [0] * _BARS
    for share in shares:
        spread[min(int(share * _BARS), _BARS - 1)] += 1
    mean = sum(shares) / len(shares)
    return Insight(
        origin,
        locale,
        len(shares),
        untouched,
        wilson(untouched, len(shares)),
        mean,
        tuple(spread),
        statistics.median(times) if times else 0.0,
        len(times),
    )


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share after Wilson (1927); 0 to 1 when there is nothing."""
    if not whole:
        return 0.0, 1.0
    share, square = part / whole, _CERTAINTY**2
    middle = share + square / (2 * whole)
    half = _CERTAINTY * math.sqrt(share * (1 - share) / whole + square / (4 * whole**2))
    scale = 1 + square / whole
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def proposals(measured: Iterable[Insight], rules: TrustSettings) -> tuple[Proposal, ...]:
    """Changes to `[review]` that the evidence speaks for; languages are taken together."""
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for insight in measured:
        totals[insight.origin][0] += insight.untouched
        totals[insight.origin][1] += insight.number
    engines = {name: total for origin, total in sorted(totals.items()) if (name := origins.engine(origin))}
    changes = [_on_engine(name, total[0], total[1], rules) for name, total in engines.items()]
    return tuple(filter(None, (*changes, _on_memory(totals, rules))))


def _on_engine(name: str, untouched: int, number: int, rules: TrustSettings) -> Proposal | None:
    low, high = wilson(untouched, number)
    evidence = _evidence(untouched, number, (low, high))
    if number >= ENOUGH and low >= STAYED and name not in rules.trusted:
        return Proposal(f'trusted: add "{name}"', f"drafts of {name}: {evidence}")
    if number >= ENOUGH and high < STAYED and name in rules.trusted:
        return Proposal(f'trusted: remove "{name}"', f"drafts of {name}: {evidence}")
    return None


def _on_memory(totals: dict[str, list[int]], rules: TrustSettings) -> Proposal | None:
    """The lowest band from which on enough stays untouched."""
    best, why = 0, ""
    for low, high in BANDS[1:]:
        untouched, number = totals.get(f"tm {low}–{high}", [0, 0])
        likely = wilson(untouched, number)
        if number < ENOUGH or likely[0] < STAYED:
            break
        best, why = low, f"matches of {low} to {high} %: {_evidence(untouched, number, likely)}"
    if best and best != rules.light_from:
        return Proposal(f"light_from = {best}", why)
    return None


def _evidence(untouched: int, number: int, likely: tuple[float, float]) -> str:
    low, high = (round(100 * end) for end in likely)
    return f"{untouched} of {number} stayed as they were ({low} to {high} %)"


def plot(spread: Sequence[int]) -> str:
    """The spread as a row of bars, the drafts that were changed most on the left."""
    most = max(spread, default=0) or 1
    return "".join("▁▂▃▄▅▆▇█"[min(7, 8 * count // (most + 1))] if count else "·" for count in spread)
