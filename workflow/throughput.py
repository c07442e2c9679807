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
    same = (
        (before.c.release == mine.c.release)
        & (before.c.locale == mine.c.locale)
        & (before.c.segment == mine.c.segment)
        & (before.c.digest == mine.c.base)
        & (before.c.id < mine.c.id)
    )
    asked = (
        select(mine, before.c.target.label("was"), before.c.origin.label("came"))
        .select_from(mine.outerjoin(before, same))
        .where(mine.c.actor != "", mine.c.at > rows.stamp(since))
        .order_by(mine.c.id.desc(), before.c.id.desc())
        .limit(_MOST)
    )
    with store.reading() as connection:
        found = connection.execute(asked).all()
    # A text that stood more than once before is joined as often; the last time is what was started from.
    kept = {row.id: row for row in reversed(found)}
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
        for row in reversed(kept.values())
    )


def pace(found: Iterable[PersonDecision], today: dt.date, *, days: int = DAYS) -> Pace:
    """What decisions of the last days say about the next."""
    listed = list(found)
    approved = [one for one in listed if one.action is Action.APPROVE]
    by_day = Counter(one.at.date() for one in approved)
    start = today - dt.timedelta(days=days - 1)
    every = tuple((start + dt.timedelta(days=n), by_day[start + dt.timedelta(days=n)]) for n in range(days))
    saves: Counter[str] = Counter(one.actor for one in listed if one.action is Action.SAVE)
    approvals: Counter[str] = Counter(one.actor for one in approved)
    actors = sorted({*saves, *approvals}, key=lambda one: (-saves[one] - approvals[one], one))
    return Pace(
        every,
        tuple((actor, saves[actor], approvals[actor]) for actor in actors),
        _efforts(listed),
        _daily(approved),
    )


def _efforts(listed: Iterable[PersonDecision]) -> tuple[Effort, ...]:
    kept: dict[str, list[float]] = defaultdict(list)
    for one in listed:
        kind = one.origin.partition(":")[0]
        if kind in {"mt", "tm"} and one.was and one.action in {Action.APPROVE, Action.SAVE}:
            same = Levenshtein.normalized_similarity(one.was, one.target)
            kept[kind if kind == "tm" else origins.plain(one.origin)].append(same)
    return tuple(
        Effort(origin, len(found), sum(value == 1.0 for value in found), sum(found) / len(found))
        for origin, found in sorted(kept.items())
    )


def _daily(approved: Iterable[PersonDecision]) -> Mapping[str, float]:
    """Words approved on a day when somebody worked, by language."""
    words: Counter[str] = Counter()
    days: dict[str, set[dt.date]] = defaultdict(set)
    for one in approved:
        words[one.locale] += one.words
        days[one.locale].add(one.at.date())
    return {locale: words[locale] / len(days[locale]) for locale in words}
