"""A plain decision by the shortest way, past all that the application does for any page.

What is not plain (nobody signed in, a decision that is refused or comes too late, another action) is given
to the application, which looks at it anew and answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from l10n.errors import L10nError
from workflow import people
from workflow.deciding import Asked
from workflow.desk.main import typed
from workflow.store import Decision, Unavailable
from workflow.web import helping, segment
from workflow.web.helping import Plain
from workflow.web.rooms import Rooms, SignInNeeded
from workflow.web.root import local
from workflow.web.spots import spot

_PLACE = re.compile(r"/releases/([^/]+)/([^/]+)/([0-9a-f]{16})(/decision)?")


@dataclass(frozen=True, slots=True)
class _Place:
    """Which segment an address names."""

    release: str
    locale: str
    segment: str


class Express:
    """The application with a shorter way in front of it.

    ``guarded`` puts the guard around that way; ``told`` makes a page of what the database did not take.
    """

    def __init__(
        self,
        app: ASGIApp,
        rooms: Rooms,
        guarded: Callable[[ASGIApp], ASGIApp],
        told: Callable[[Request, Exception], Response],
    ) -> None:
        self._app = app
        self._rooms = rooms
        self._told = told
        self._guarded = guarded(self._decided)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        short = scope["type"] == "http" and scope["method"] == "POST" and "/releases/" in scope["path"]
        await (self._guarded if short else self._app)(scope, receive, send)

    async def _decided(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = _PLACE.fullmatch(local(scope))
        read = helping.plain if found and found[4] else segment.plain
        wanted = read(scope["state"]["body"]) if found else None
        if found is None or wanted is None:
            await self._app(scope, receive, send)
            return
        request, place = Request(scope), _Place(found[1], found[2], found[3])
        try:
            (kept,) = await self._rooms.together.take(
                partial(self._asked, self._rooms.sessions.token(request), place, wanted)
            )
        except Unavailable as error:
            # Asked for again it might be there already: nothing is done twice.
            answer = self._told(request, error)
        except (SignInNeeded, L10nError):
            answer = None
        else:
            answer = self._answered(place, wanted, kept)
        await (answer or self._app)(scope, receive, send)

    def _asked(self, token: str, place: _Place, wanted: Plain) -> Asked:
        """What the ledger is asked for.  Raises what stands in the way."""
        desk = self._rooms.desk
        ledger = desk.ledger
        person = people.by_session(ledger.store, token, now=ledger.clock()) if token else None
        if person is None:
            raise SignInNeeded
        at = spot(self._rooms, person, place.release, place.locale)
        row = desk.row_of(at.release, at.locale, place.segment)
        wish = typed(row, wanted.action, target=wanted.target, base=wanted.base, note=wanted.note)
        return desk.asked(person, at.release, at.locale, row, wish)

    def _answered(self, place: _Place, wanted: Plain, kept: Decision) -> Response:
        self._rooms.presence.gone((place.release, place.locale, place.segment), kept.actor)
        return wanted.answer(kept)
