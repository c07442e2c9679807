"""Who is asking: the session cookie, and slowing down whoever guesses passwords."""

from __future__ import annotations

import datetime as dt
from collections import deque
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock

from starlette.requests import Request
from starlette.responses import Response

from workflow import people
from workflow.ledger import Clock
from workflow.store import Person, Store

WINDOW = dt.timedelta(minutes=15)
TRIES = 10
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Sessions:
    """Sessions in the store, named by a cookie.

    Over HTTPS the cookie has the ``__Host-`` prefix, which no other host or path can set.  On a host that
    the desk shares with others, under a ``root`` of its own, it is bound to that path instead.
    """

    store: Store
    clock: Clock
    secure: bool = False
    root: str = ""

    @property
    def cookie(self) -> str:
        """The cookie's name."""
        if not self.secure:
            return "desk"
        return "__Secure-desk" if self.root else "__Host-desk"

    def token(self, request: Request) -> str:
        """The token of the session a request belongs to, "" without one."""
        return request.cookies.get(self.cookie, "")

    def person(self, request: Request) -> Person | None:
        """Who a request is from, None when nobody is signed in."""
        token = self.token(request)
        return people.by_session(self.store, token, now=self.clock()) if token else None

    def start(self, request: Request, response: Response, person: Person) -> None:
        """Sign a person in, with a new token; the session the browser had before is over."""
        if before := request.cookies.get(self.cookie):
            people.end_session(self.store, before)
        about = request.headers.get("user-agent", "")[:120]
        token = people.start_session(self.store, person, now=self.clock(), about=about)
        response.set_cookie(
            self.cookie,
            token,
            max_age=int(people.SESSION_LIFETIME.total_seconds()),
            path=self.root or "/",
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )

    def end(self, request: Request, response: Response) -> None:
        """Sign out whoever asks."""
        if token := request.cookies.get(self.cookie):
            people.end_session(self.store, token)
        response.delete_cookie(
            self.cookie, path=self.root or "/", secure=self.secure, httponly=True, samesite="lax"
        )


@dataclass(frozen=True, slots=True)
class Throttle:
    """At most ten failed sign-ins in fifteen minutes for a login or an address.

    ``turns`` lets two at a time have their password compared: each takes 64 MB of memory.
    """

    clock: Clock
    turns: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(2), repr=False)
    _tries: dict[str, deque[dt.datetime]] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def admit(self, *names: str) -> bool:
        """Count a try for each of the names, unless one of them has failed too often lately."""
        now = self.clock()
        with self._lock:
            if any(sum(at > now - WINDOW for at in self._tries.get(name, ())) >= TRIES for name in names):
                return False
            while len(self._tries) > _REMEMBERED:
                del self._tries[next(iter(self._tries))]
            for name in names:
                self._tries.setdefault(name, deque(maxlen=TRIES)).append(now)
            return True

    def forgive(self, *names: str) -> None:
        """Take a try back: it was no failure."""
        with self._lock:
            for name in names:
                if self._tries.get(name):
                    self._tries[name].pop()
