"""What every route has at hand, and who is asking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from workflow.desk import Desk
from workflow.jobs import Runner
from workflow.mail import Mailer
from workflow.openid import OpenId
from workflow.store import Person
from workflow.web.batching import GroupCommit
from workflow.web.foresight import Foresight
from workflow.web.presence import Presence
from workflow.web.recent_work import RecentWork
from workflow.web.sessions import Sessions, Throttle
from workflow.web.templating import known


@dataclass(frozen=True, slots=True)
class Services:
    """What every route has at hand."""

    desk: Desk
    sessions: Sessions
    throttle: Throttle
    presence: Presence
    post: Mailer
    runner: Runner
    batching: GroupCommit
    foresight: Foresight
    recent_work: RecentWork
    openid: OpenId | None = None

    def name_of(self, actor: str) -> str:
        """What to call somebody on a page."""
        return known(self.desk.name_of(actor))

    def public(self, request: Request, address: str) -> str:
        """An address with its host in front, for links that leave the desk."""
        return f"{'https' if self.sessions.secure else 'http'}://{request.headers['host']}{address}"


class SignInNeeded(Exception):
    """Nobody is signed in; the page asked for is shown afterwards."""


def services_of(request: Request) -> Services:
    """The services of the application a request came to."""
    services: Services = request.app.state.services
    return services


async def services(request: Request) -> Services:
    """As ``services_of``, for routes: a coroutine, since a function would wait for a thread to do nothing."""
    return services_of(request)


def signed_in(request: Request) -> Person:
    """Who is asking.  Raises SignInNeeded when nobody is signed in."""
    person = services_of(request).sessions.person(request)
    if person is None:
        raise SignInNeeded
    return person


ServicesDep = Annotated[Services, Depends(services)]
SignedIn = Annotated[Person, Depends(signed_in)]
