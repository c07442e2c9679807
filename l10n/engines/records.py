"""What is stored about engines: cached answers, budgets used, rate-limit slots and circuit-breaker state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol

from l10n.engines import Draft
from l10n.engines.limits import Limits, Usage


class Records(Protocol):
    """Stores the state of engines.

    Contract, held by ``tests/contracts/test_records_contract.py``: what ``remember`` was given
    is there once it returns, for every process; two that reserve at once never spend more than
    the limits together; no minute holds more turns than were allowed, whoever takes them.
    """

    def answers(self, keys: Iterable[str]) -> Mapping[str, Draft]:
        """The cached drafts by key."""

    def remember(self, drafts: Mapping[str, Draft], now: dt.datetime) -> None:
        """Store drafts by key."""

    def forget(self, before: dt.datetime) -> int:
        """Delete the drafts stored before a moment; returns how many."""

    def reserve(self, engine: str, characters: int, limits: Limits, day: dt.date) -> bool:
        """Take characters from the budgets of a day and its month; False, and nothing taken, if too many."""

    def usage(self, engine: str, day: dt.date) -> Usage:
        """The characters taken from the budgets of a day and its month so far."""

    def turn(self, engine: str, per_minute: int, now: dt.datetime) -> dt.datetime:
        """Reserve the next moment, now or later, at which the rate limit allows a request."""

    def closed_until(self, engine: str, pair: str) -> dt.datetime | None:
        """When a circuit that is open for a language pair closes, None if it is closed."""

    def failed(self, engine: str, pair: str, now: dt.datetime) -> None:
        """Count a failure; from the third in a row on the circuit opens, each time for longer."""

    def worked(self, engine: str, pair: str) -> None:
        """Reset the count of failures."""


THIRD = 3
MINUTE = dt.timedelta(minutes=1)


def pause_after(failures: int) -> dt.timedelta | None:
    """How long the circuit stays open after so many failures in a row: a minute, doubled, up to an hour."""
    if failures < THIRD:
        return None
    return dt.timedelta(minutes=min(2 ** min(failures - THIRD, 10), 60))


def next_turn(turns: Sequence[dt.datetime], per_minute: int, now: dt.datetime) -> dt.datetime:
    """The moment of the next request, given those of earlier ones, the newest first.

    It comes after all of them and a minute after the one that is ``per_minute`` requests back.
    """
    after = [turns[per_minute - 1] + MINUTE] if len(turns) >= per_minute else []
    return max([now, *turns[:1], *after])


@dataclass(slots=True)
class InMemoryRecords:
    """Records that last as long as the process."""

    _drafts: dict[str, tuple[Draft, dt.datetime]] = field(default_factory=dict)
    _turns: dict[str, list[dt.datetime]] = field(default_factory=dict)
    _spent: dict[tuple[str, dt.date], int] = field(default_factory=dict)
    _failures: dict[tuple[str, str], tuple[int, dt.datetime | None]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def answers(self, keys: Iterable[str]) -> Mapping[str, Draft]:
        """See Records."""
        return {key: self._drafts[key][0] for key in keys if key in self._drafts}

    def remember(self, drafts: Mapping[str, Draft], now: dt.datetime) -> None:
        """See Records."""
        self._drafts.update({key: (draft, now) for key, draft in drafts.items()})

    def forget(self, before: dt.datetime) -> int:
        """See Records."""
        with self._lock:
            old = [key for key, (_, at) in self._drafts.items() if at < before]
            for key in old:
                del self._drafts[key]
        return len(old)

    def reserve(self, engine: str, characters: int, limits: Limits, day: dt.date) -> bool:
        """See Records."""
        with self._lock:
            spent = {at: count for (name, at), count in self._spent.items() if name == engine}
            if not affordable(spent, characters, limits, day):
                return False
            self._spent[engine, day] = spent.get(day, 0) + characters
            return True

    def usage(self, engine: str, day: dt.date) -> Usage:
        """See Records."""
        with self._lock:
            return total({at: count for (name, at), count in self._spent.items() if name == engine}, day)

    def turn(self, engine: str, per_minute: int, now: dt.datetime) -> dt.datetime:
        """See Records."""
        with self._lock:
            turns = self._turns.get(engine, [])
            moment = next_turn(turns, per_minute, now)
            self._turns[engine] = [moment, *turns[: per_minute - 1]]
        return moment

    def closed_until(self, engine: str, pair: str) -> dt.datetime | None:
        """See Records."""
        return self._failures.get((engine, pair), (0, None))[1]

    def failed(self, engine: str, pair: str, now: dt.datetime) -> None:
        """See Records."""
        with self._lock:
            failures = self._failures.get((engine, pair), (0, None))[0] + 1
            pause = pause_after(failures)
            self._failures[engine, pair] = failures, now + pause if pause else None

    def worked(self, engine: str, pair: str) -> None:
        """See Records."""
        self._failures.pop((engine, pair), None)


def total(spent: Mapping[dt.date, int], day: dt.date) -> Usage:
    """What was spent on a day and in its month, of what was spent on each day."""
    month = sum(count for at, count in spent.items() if (at.year, at.month) == (day.year, day.month))
    return Usage(spent.get(day, 0), month)


def affordable(spent: Mapping[dt.date, int], characters: int, limits: Limits, day: dt.date) -> bool:
    """Whether a day's and its month's budgets allow so many characters more."""
    so_far = total(spent, day)
    in_day = not limits.per_day or so_far.day + characters <= limits.per_day
    return in_day and (not limits.per_month or so_far.month + characters <= limits.per_month)
