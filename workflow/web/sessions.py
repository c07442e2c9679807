"""Who is asking: the session cookie, and slowing down whoever guesses passwords."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from starlette.requests import Request
from starlette.responses import Response

from workflow import people
from workflow.store import Person, Store

Clock = Callable[[], dt.datetime]
_WINDOW = dt.timedelta(minutes=15)
_TRIES = 10
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Sessions:
    """Sessions in the store, named by a cookie.

    Over HTTPS the cookie has the ``__Host-`` prefix, which no other host or path can set.
    """

    store: Store
    clock: Clock
    secure: bool = False

    @property
    def cookie(self) -> str:
        """The cookie's name."""
        return "__Host-desk" if self.secure else "desk"

    def person(self, request: Request) -> Person | None:
        """Who a request is from, None when nobody is signed in."""
        token = request.cookies.get(self.cookie)
        return people.by_session(self.store, token, now=self.clock()) if token else None

    def start(self, response: Response, person: Person) -> None:
        """Sign a person in."""
        token = people.start_session(self.store, person, now=self.clock())
        response.set_cookie(
            self.cookie,
            token,
            max_age=int(people.SESSION_LIFETIME.total_seconds()),
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )

    def end(self, request: Request, response: Response) -> None:
        """Sign out whoever asks."""
        if token := request.cookies.get(self.cookie):
            people.end_session(self.store, token)
        response.delete_cookie(self.cookie, secure=self.secure, httponly=True, samesite="lax")


@dataclass(frozen=True, slots=True)
class Throttle:
    """At most ten failed sign-ins in fifteen minutes for a login or an address."""

    clock: Clock
    _failures: dict[str, deque[dt.datetime]] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def blocked(self, *names: str) -> bool:
        """Whether any of the names has failed too often lately."""
        since = self.clock() - _WINDOW
        with self._lock:
            return any(sum(at > since for at in self._failures.get(name, ())) >= _TRIES for name in names)

    def failed(self, *names: str) -> None:
        """Count a failure for each of the names."""
        with self._lock:
            while len(self._failures) > _REMEMBERED:
                del self._failures[next(iter(self._failures))]
            for name in names:
                self._failures.setdefault(name, deque(maxlen=_TRIES)).append(self.clock())
