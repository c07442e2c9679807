"""How many decisions people take, and how much of the drafts they change."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein
from sqlalchemy import select

from l10n import origins
from workflow.states import Action
from workflow.store import rows
from workflow.store.database import DatabaseStore
from workflow.store.schema import decisions

DAYS = 30
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class PersonDecision:
    """A person's decision: ``was`` is the target it started from, ``origin`` where that came from."""

    at: dt.datetime
    actor: str
    action: Action
    release: str
    locale: str
    words: int
    target: str
    was: str
    origin: str


@dataclass(frozen=True, slots=True)
class Effort:
    """What a kind of draft cost: how many were decided, and how much of them stayed, 0.0 to 1.0."""

    origin: str
    number: int
    untouched: int
    kept: float


@dataclass(frozen=True, slots=True)
class Pace:
    """What was done in the last days; ``days`` has the approvals of each, the oldest first."""

    days: tuple[tuple[dt.date, int], ...] = ()
    people: tuple[tuple[str, int, int], ...] = ()
    efforts: tuple[Effort, ...] = ()
    words: Mapping[str, float] = field(default_factory=dict)

    @property
    def most(self) -> int:
        """The approvals of the best day, 1 when there were none."""
        return max((count for _, count in self.days), default=0) or 1

    def forecast(self, locale: str, words_left: int) -> int | None:
        """In how many days a language is done at the pace so far, None when nobody works on it."""
        daily = self.words.get(locale, 0.0)
        return -int(-words_left // daily) if daily and words_left else None


def recent_decisions(store: DatabaseStore, since: dt.datetime) -> tuple[PersonDecision, ...]:
    """What people decided since a moment, the newest first."""
    mine, before = decisions.alias("mine"), decisions.alias("before")
    same_text = (
        (before.c.release == mine.c.release)
        & (before.c.locale == mine.c.locale)
        & (before.c.segment == mine.c.segment)
        & (before.c.digest == mine.c.base)
        & (before.c.id < mine.c.id)
    )
    query = (
        select(mine, before.c.target.label("was"), before.c.origin.label("came"))
        .select_from(mine.outerjoin(before, same_text))
        .where(mine.c.actor != "", mine.c.at > rows.stamp(since))
        .order_by(mine.c.id.desc(), before.c.id.desc())
        .limit(_MOST)
    )
    with store.reading() as connection:
        joined = connection.execute(query).all()
    # A text that stood more than once before is joined as often; the last time is what was started from.
    latest = {row.id: row for row in reversed(joined)}
    return tuple(
        PersonDecision(
            rows.moment(row.at),
            row.actor,
            Action(row.action),
            row.release,
            row.locale,
            len(row.source.split()),
            row.target,
            row.was or "",
            row.came or "",
        )
        for row in reversed(latest.values())
    )


def pace(decided: Iterable[PersonDecision], today: dt.date, *, days: int = DAYS) -> Pace:
    """What decisions of the last days say about the next."""
    listed = list(decided)
    approved = [decision for decision in listed if decision.action is Action.APPROVE]
    by_day = Counter(decision.at.date() for decision in approved)
    start = today - dt.timedelta(days=days - 1)
    approvals_by_day = tuple(
        (start + dt.timedelta(days=n), by_day[start + dt.timedelta(days=n)]) for n in range(days)
    )
    saves: Counter[str] = Counter(decision.actor for decision in listed if decision.action is Action.SAVE)
    approvals: Counter[str] = Counter(decision.actor for decision in approved)
    actors = sorted({*saves, *approvals}, key=lambda actor: (-saves[actor] - approvals[actor], actor))
    return Pace(
        approvals_by_day,
        tuple((actor, saves[actor], approvals[actor]) for actor in actors),
        _efforts(listed),
        _daily(approved),
    )


def _efforts(decided: Iterable[PersonDecision]) -> tuple[Effort, ...]:
    similarities: dict[str, list[float]] = defaultdict(list)
    for decision in decided:
        kind = decision.origin.partition(":")[0]
        if kind in {"mt", "tm"} and decision.was and decision.action in {Action.APPROVE, Action.SAVE}:
            similarity = Levenshtein.normalized_similarity(decision.was, decision.target)
            similarities[kind if kind == "tm" else origins.plain(decision.origin)].append(similarity)
    return tuple(
        Effort(origin, len(values), sum(value == 1.0 for value in values), sum(values) / len(values))
        for origin, values in sorted(similarities.items())
    )


def _daily(approved: Iterable[PersonDecision]) -> Mapping[str, float]:
    """Words approved on a day when somebody worked, by language."""
    words: Counter[str] = Counter()
    days: dict[str, set[dt.date]] = defaultdict(set)
    for decision in approved:
        words[decision.locale] += decision.words
        days[decision.locale].add(decision.at.date())
    return {locale: words[locale] / len(days[locale]) for locale in words}
