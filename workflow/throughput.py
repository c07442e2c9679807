"""How many decisions people take, and how much of the drafts they change."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein
from sqlalchemy import func, select

from l10n import origins
from l10n.catalogue.counts import source_words
from workflow.states import Action
from workflow.store import rows
from workflow.store.database import DatabaseStore
from workflow.store.schema import decisions

DAYS = 30
WEEK = 7
_MOST = 20_000
_WORK = frozenset({Action.SAVE, Action.APPROVE, Action.SEND_BACK})


@dataclass(frozen=True, slots=True)
class PersonDecision:
    """A person's decision: ``was`` is the target it started from, ``origin`` where that came from.

    ``id`` is its number in the store.
    """

    at: dt.datetime
    actor: str
    action: Action
    release: str
    locale: str
    words: int
    target: str
    was: str
    origin: str
    segment: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """Words of sources whose targets were written or approved, each segment once.

    ``lately`` is in the last week, the others in all the days that were looked at.
    """

    written: int = 0
    approved: int = 0
    written_lately: int = 0
    approved_lately: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody decided, each segment once: how many segments, and the words of their sources."""

    segments: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Effort:
    """What a kind of draft cost: how many were decided, and how much of them stayed, 0.0 to 1.0."""

    origin: str
    number: int
    untouched: int
    kept: float


@dataclass(frozen=True, slots=True)
class Pace:
    """What was done in the last days; ``days`` has the approvals of each, the oldest first.

    ``words`` is how many a day are approved, by language; ``people`` and ``locales`` have what was done by
    each and into each.
    """

    days: tuple[tuple[dt.date, int], ...] = ()
    people: Mapping[str, Tally] = field(default_factory=dict)
    locales: Mapping[str, Tally] = field(default_factory=dict)
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


def recent_decisions(
    store: DatabaseStore, since: dt.datetime, *, after: int = 0
) -> tuple[PersonDecision, ...]:
    """What people decided since a moment, the newest first; with ``after`` only what has a higher number."""
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
        .where(mine.c.actor != "", mine.c.at > rows.stamp(since), mine.c.id > after)
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
            source_words(row.source),
            row.target,
            row.was or "",
            row.came or "",
            row.segment,
            row.id,
        )
        for row in reversed(latest.values())
    )


def own_work(store: DatabaseStore, person: str, today: dt.date) -> tuple[Work, Work]:
    """What a person decided today, and in the last week with today.

    What they have taken back since is not counted.  Days are those of UTC.
    """
    first = dt.datetime.combine(today - dt.timedelta(days=WEEK - 1), dt.time(), dt.UTC)
    # Looked for from the end, as there is no index by time: no more is read than was decided since.
    before = (
        select(decisions.c.id)
        .where(decisions.c.at < rows.stamp(first))
        .order_by(decisions.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(*(decisions.c[name] for name in ("at", "action", "release", "locale", "segment", "source")))
        .where(decisions.c.id > func.coalesce(before, 0), decisions.c.actor == person)
        .order_by(decisions.c.id)
    )
    with store.reading() as connection:
        deeds = connection.execute(query).all()
    last = {(deed.release, deed.locale, deed.segment): deed for deed in deeds}
    counted = [deed for deed in last.values() if Action(deed.action) in _WORK]
    of_today = [deed for deed in counted if rows.moment(deed.at).date() == today]
    return _work(deed.source for deed in of_today), _work(deed.source for deed in counted)


def _work(sources: Iterable[str]) -> Work:
    words = [source_words(source) for source in sources]
    return Work(len(words), sum(words))


def pace(decided: Iterable[PersonDecision], today: dt.date, *, days: int = DAYS) -> Pace:
    """What decisions of the last days, the newest first, say about the next."""
    listed = list(decided)
    approved = [decision for decision in listed if decision.action is Action.APPROVE]
    by_day = Counter(decision.at.date() for decision in approved)
    start = today - dt.timedelta(days=days - 1)
    approvals_by_day = tuple(
        (start + dt.timedelta(days=n), by_day[start + dt.timedelta(days=n)]) for n in range(days)
    )
    return Pace(
        approvals_by_day,
        _tallies(listed, today, lambda decision: decision.actor),
        _tallies(listed, today, lambda decision: decision.locale),
        _efforts(listed),
        _daily(approved),
    )


def _tallies(
    decided: Iterable[PersonDecision], today: dt.date, whose: Callable[[PersonDecision], str]
) -> Mapping[str, Tally]:
    """The words that were written and approved, by what ``whose`` says of a decision, the newest first.

    What was decided anew since, as when it was taken back, was not approved.
    """
    week = today - dt.timedelta(days=WEEK)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    counted: set[tuple[str, ...]] = set()
    for decision in decided:
        name = whose(decision)
        place = name, decision.release, decision.locale, decision.segment
        for deed in _deeds(decision, last=place not in counted):
            for column in (deed, f"{deed}_lately") if decision.at.date() > week else (deed,):
                if (*place, column) not in counted:
                    counted.add((*place, column))
                    counts[name][column] += decision.words
        counted.add(place)
    return {name: Tally(**columns) for name, columns in counts.items()}


def _deeds(decision: PersonDecision, *, last: bool) -> Iterator[str]:
    if decision.action in {Action.SAVE, Action.APPROVE} and decision.target not in {"", decision.was}:
        yield "written"
    if last and decision.action is Action.APPROVE:
        yield "approved"


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
