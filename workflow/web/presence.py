"""Who has which segment open at this moment, as their pages say every few seconds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from threading import Lock

from workflow.ledger import Clock

Place = tuple[str, str, str]
HERE_FOR = dt.timedelta(seconds=25)
_RENEWED = dt.timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Presence:
    """Kept in this process alone: who is here says so again after a restart.

    A lease is the ledger's; this only shows people each other, also whoever came second.
    """

    clock: Clock
    _seen: dict[Place, dict[str, dt.datetime]] = field(default_factory=dict, repr=False)
    _renewed: dict[tuple[Place, str], dt.datetime] = field(default_factory=dict, repr=False)
    _last: dict[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def mark_open(self, place: Place, person: str) -> bool:
        """Somebody has a segment open; whether it is time to renew their lease."""
        now = self.clock()
        with self._lock:
            for abandoned in [
                seen_place for seen_place, people in self._seen.items() if not self._fresh(people, now)
            ]:
                del self._seen[abandoned]
            self._seen.setdefault(place, {})[person] = now
            self._last[person] = place[:2]
            for stale in [key for key, at in self._renewed.items() if at <= now - 2 * _RENEWED]:
                del self._renewed[stale]
            last = self._renewed.get((place, person))
            if last is not None and last > now - _RENEWED:
                return False
            self._renewed[place, person] = now
            return True

    def mark_closed(self, place: Place, person: str) -> None:
        """Note that a person closed a segment."""
        with self._lock:
            self._seen.get(place, {}).pop(person, None)
            self._renewed.pop((place, person), None)

    def last(self, person: str) -> tuple[str, str] | None:
        """The release and language that somebody had a segment of open last."""
        with self._lock:
            return self._last.get(person)

    def others(self, place: Place, person: str) -> tuple[str, ...]:
        """Who else has a segment open."""
        with self._lock:
            return tuple(
                other for other in self._fresh(self._seen.get(place, {}), self.clock()) if other != person
            )

    def everywhere(self, release: str, locale: str) -> dict[str, tuple[str, ...]]:
        """Who has which segment of a release in a language open."""
        now = self.clock()
        with self._lock:
            return {
                place[2]: tuple(present)
                for place, people in self._seen.items()
                if place[:2] == (release, locale) and (present := self._fresh(people, now))
            }

    def _fresh(self, people: dict[str, dt.datetime], now: dt.datetime) -> list[str]:
        return [person for person, at in people.items() if at > now - HERE_FOR]
