"""Signing in by a provider that knows people already, and who at the desk that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from workflow import openid, people
from workflow.desk_records import desk_records_of
from workflow.openid import LoginAttempt, NotConfirmed, OpenId, Visitor
from workflow.states import Role
from workflow.store import Person
from workflow.web.base_path import desk_path, safe_redirect_target
from workflow.web.services import Services, ServicesDep
from workflow.web.sign_in import first_half, form

router = APIRouter()
_MINUTES = 10


@router.get("/sign-in/openid/leave")
def leave(
    request: Request, services: ServicesDep, onward: Annotated[str, Query(alias="next")] = ""
) -> Response:
    """Send a browser to the provider, with what it has to come back with in a cookie."""
    provider = _provider(services)
    attempt = openid.new_attempt(safe_redirect_target(onward))
    try:
        address = provider.authorization_url(attempt, services.public(request, desk_path(openid.BACK)))
    except NotConfirmed as error:
        return form(services, onward=onward, failed="unconfirmed", reason=error.message, status=502)
    response = RedirectResponse(address, status_code=303)
    response.set_cookie(
        _cookie(services),
        openid.serialise_attempt(attempt),
        max_age=_MINUTES * 60,
        path=services.sessions.root or "/",
        secure=services.sessions.secure,
        httponly=True,
        samesite="lax",
    )
    return response


@router.get(openid.BACK)
def back(request: Request, services: ServicesDep) -> Response:
    """Let in who comes back from the provider, once for each time they were sent there."""
    provider = _provider(services)
    response = _arrived(
        request, services, provider, openid.parse_attempt(request.cookies.get(_cookie(services), ""))
    )
    response.delete_cookie(
        _cookie(services),
        path=services.sessions.root or "/",
        secure=services.sessions.secure,
        httponly=True,
        samesite="lax",
    )
    return response


def _arrived(
    request: Request, services: Services, provider: OpenId, attempt: LoginAttempt | None
) -> Response:
    name = f"openid {request.client.host if request.client else ''}"
    if not services.throttle.admit(name):
        return form(services, failed="blocked", status=429)
    if attempt is None:
        return form(services, failed="unconfirmed", reason=openid.STRANGE, status=401)
    try:
        answer: Mapping[str, str] = request.query_params
        visitor = provider.visitor(attempt, services.public(request, desk_path(openid.BACK)), answer)
    except NotConfirmed as error:
        return form(services, failed="unconfirmed", reason=error.message, status=401)
    services.throttle.forgive(name)
    person = _existing_person(services, visitor) or _new(services, visitor, provider.provider.newcomers)
    if person is None:
        return form(services, failed="unknown", status=403)
    return first_half(request, services, person, safe_redirect_target(attempt.onward), ())


def _existing_person(services: Services, visitor: Visitor) -> Person | None:
    """Who was invited under an e-mail address, or else the one person who gave it as theirs."""
    store = services.desk.ledger.store
    if invited := store.person_by_login(visitor.email):
        return invited
    person_ids = desk_records_of(store).with_email(visitor.email)
    return store.person(person_ids[0]) if len(person_ids) == 1 else None


def _new(services: Services, visitor: Visitor, roles: Mapping[str, Role]) -> Person | None:
    """Somebody nobody knew, with the roles of newcomers; None where there are none of them."""
    store, now = services.desk.ledger.store, services.desk.ledger.clock()
    if not roles or desk_records_of(store).with_email(visitor.email):
        return None
    person = people.create(store, login=visitor.email[:200], name=visitor.name[:200], roles=roles)
    notes = desk_records_of(store)
    notes.save_account(replace(notes.account(person.id), email=visitor.email))
    notes.note(now, person.id, "newcomer")
    return person


def _provider(services: Services) -> OpenId:
    if services.openid is None:
        raise HTTPException(404)
    return services.openid


def _cookie(services: Services) -> str:
    return f"{services.sessions.cookie}-openid"
