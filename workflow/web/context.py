"""The context of a desk route: services, person, release and locale, from the address and the session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.routing import Route

from l10n.errors import UsageError
from l10n.project import Release
from workflow.states import Refused
from workflow.store import Person
from workflow.web.base_path import desk_path
from workflow.web.services import Services, services_of, signed_in


@dataclass(frozen=True, slots=True)
class DeskContext:
    """What routes under ``/releases/{release_id}/{locale}`` work with."""

    services: Services
    person: Person
    release: Release
    locale: str

    def address(self, segment: str = "") -> str:
        """The address of the list, or of a segment."""
        return address_of(self.release.id, self.locale, segment)


def address_of(release_id: str, locale: str, segment: str = "") -> str:
    """The address of a release in a language, or of a segment there."""
    address = desk_path(f"/releases/{quote(release_id)}/{quote(locale)}")
    return f"{address}/{quote(segment)}" if segment else address


def desk_context(services: Services, person: Person, release_id: str, locale: str) -> DeskContext:
    """The context of an address.  Raises UsageError when there is none, Refused without a role there."""
    release = services.desk.cache.release(release_id)
    if locale not in release.locales:
        raise UsageError("this release is not translated into this language")
    if person.role(locale) is None:
        raise Refused("you have no role in this language", remedy="Ask an administrator for one.")
    return DeskContext(services, person, release, locale)


def single_thread_route(
    method: str, path: str
) -> Callable[[Callable[[DeskContext, Request], Response]], Route]:
    """Decorator: a route under ``/releases/{release_id}/{locale}`` that runs in one turn of one thread.

    For the routes that are requested most: FastAPI waits for a thread for each dependency and reads forms
    in Python, which costs more than the work of some of them.
    """

    def decorate(work: Callable[[DeskContext, Request], Response]) -> Route:
        def turn(request: Request) -> Response:
            parameters = request.path_params
            return work(context_of_request(request, parameters["release_id"], parameters["locale"]), request)

        async def route(request: Request) -> Response:
            return await run_in_threadpool(turn, request)

        return Route(path, route, methods=[method])

    return decorate


def context_of_request(request: Request, release_id: str, locale: str) -> DeskContext:
    """The context of a request, as one dependency that waits for a thread once.

    Raises SignInNeeded when nobody is signed in, and what ``desk_context`` raises.
    """
    return desk_context(services_of(request), signed_in(request), release_id, locale)


DeskContextDep = Annotated[DeskContext, Depends(context_of_request)]
