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
        match = _PLACE.fullmatch(path_within_desk(scope)) if short else None
        answer = await self._decided(scope, match) if match else None
        await (answer or self._app)(scope, receive, send)

    async def _decided(self, scope: Scope, match: re.Match[str]) -> Response | None:
        """The answer to a plain decision that was taken."""
        plain_decision = (editor_api.plain if match[4] else segment.plain)(scope["state"]["body"])
        if plain_decision is None:
            return None
        request, place = Request(scope), _SegmentAddress(match[1], match[2], match[3])
        try:
            (decision,) = await self._services.batching.take(
                partial(self._asked, self._services.sessions.token(request), place, plain_decision)
            )
        except Unavailable as error:
            # Asked for again it might be there already: nothing is done twice.
            return self._on_error(request, error)
        except (SignInNeeded, L10nError):
            return None
        return self._answered(place, plain_decision, decision)

    def _asked(self, token: str, place: _SegmentAddress, plain_decision: PlainDecision) -> DecisionBatch:
        """What the ledger is asked for.  Raises what stands in the way."""
        desk = self._services.desk
        ledger = desk.ledger
        person = people.by_session(ledger.store, token, now=ledger.clock()) if token else None
        if person is None:
            raise SignInNeeded
        context = desk_context(self._services, person, place.release, place.locale)
        typed_batch = partial(
            desk.typed_batch, person, context.release, context.locale, place.segment, plain_decision.action
        )
        return typed_batch(target=plain_decision.target, base=plain_decision.base, note=plain_decision.note)

    def _answered(
        self, place: _SegmentAddress, plain_decision: PlainDecision, decision: Decision
    ) -> Response:
        self._services.presence.mark_closed((place.release, place.locale, place.segment), decision.actor)
        return plain_decision.answer(decision)
