"""ASGI middleware that answers plain decisions without FastAPI's routing and dependencies.

Everything else (nobody signed in, a decision that is refused or comes too late, another action) goes on to
the application, which handles the request from the start.
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
from workflow.decision_rules import DecisionBatch
from workflow.store import Decision, Unavailable
from workflow.web import editor_api, segment
from workflow.web.base_path import path_within_desk
from workflow.web.context import desk_context
from workflow.web.editor_api import PlainDecision
from workflow.web.services import Services, SignInNeeded

_PLACE = re.compile(r"/releases/([^/]+)/([^/]+)/([0-9a-f]{16})(/decision)?")


@dataclass(frozen=True, slots=True)
class _SegmentAddress:
    """Which segment an address names."""

    release: str
    locale: str
    segment: str


class FastDecisionMiddleware:
    """The application behind a shortcut for plain decisions; it is inside the guard.

    ``on_error`` makes the error page when the database is unavailable.
    """

    def __init__(
        self, app: ASGIApp, services: Services, on_error: Callable[[Request, Exception], Response]
    ) -> None:
        self._app = app
        self._services = services
        self._on_error = on_error

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        short = scope["type"] == "http" and scope["method"] == "POST"
        found = _PLACE.fullmatch(path_within_desk(scope)) if short else None
        answer = await self._decided(scope, found) if found else None
        await (answer or self._app)(scope, receive, send)

    async def _decided(self, scope: Scope, found: re.Match[str]) -> Response | None:
        """The answer to a plain decision that was taken."""
        wanted = (editor_api.plain if found[4] else segment.plain)(scope["state"]["body"])
        if wanted is None:
            return None
        request, place = Request(scope), _SegmentAddress(found[1], found[2], found[3])
        try:
            (kept,) = await self._services.batching.take(
                partial(self._asked, self._services.sessions.token(request), place, wanted)
            )
        except Unavailable as error:
            # Asked for again it might be there already: nothing is done twice.
            return self._on_error(request, error)
        except (SignInNeeded, L10nError):
            return None
        return self._answered(place, wanted, kept)

    def _asked(self, token: str, place: _SegmentAddress, wanted: PlainDecision) -> DecisionBatch:
        """What the ledger is asked for.  Raises what stands in the way."""
        desk = self._services.desk
        ledger = desk.ledger
        person = people.by_session(ledger.store, token, now=ledger.clock()) if token else None
        if person is None:
            raise SignInNeeded
        at = desk_context(self._services, person, place.release, place.locale)
        asked = partial(desk.typed_batch, person, at.release, at.locale, place.segment, wanted.action)
        return asked(target=wanted.target, base=wanted.base, note=wanted.note)

    def _answered(self, place: _SegmentAddress, wanted: PlainDecision, kept: Decision) -> Response:
        self._services.presence.mark_closed((place.release, place.locale, place.segment), kept.actor)
        return wanted.answer(kept)
