"""Signing in by a provider that knows people already, and who at the desk that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from workflow import openid, people
from workflow.notes import desk_records_of
from workflow.openid import NotConfirmed, OpenId, Visitor, Way
from workflow.states import Role
from workflow.store import Person
from workflow.web.base_path import desk_path, safe_redirect_target
from workflow.web.services import Services, ServicesDep
from workflow.web.sign_in import first_half, form

router = APIRouter()
_MINUTES = 10


@router.get("/sign-in/openid/leave")
def leave(request: Request, here: ServicesDep, onward: Annotated[str, Query(alias="next")] = "") -> Response:
    """Send a browser to the provider, with what it has to come back with in a cookie."""
    provider = _provider(here)
    way = openid.new_way(safe_redirect_target(onward))
    try:
        address = provider.leave(way, here.public(request, desk_path(openid.BACK)))
    except NotConfirmed as error:
        return form(here, onward=onward, failed="unconfirmed", reason=error.message, status=502)
    response = RedirectResponse(address, status_code=303)
    response.set_cookie(
        _cookie(here),
        openid.written(way),
        max_age=_MINUTES * 60,
        path=here.sessions.root or "/",
        secure=here.sessions.secure,
        httponly=True,
        samesite="lax",
    )
    return response


@router.get(openid.BACK)
def back(request: Request, here: ServicesDep) -> Response:
    """Let in who comes back from the provider, once for each time they were sent there."""
    provider = _provider(here)
    response = _arrived(request, here, provider, openid.read(request.cookies.get(_cookie(here), "")))
    response.delete_cookie(
        _cookie(here),
        path=here.sessions.root or "/",
        secure=here.sessions.secure,
        httponly=True,
        samesite="lax",
    )
    return response


def _arrived(request: Request, here: Services, provider: OpenId, way: Way | None) -> Response:
    name = f"openid {request.client.host if request.client else ''}"
    if not here.throttle.admit(name):
        return form(here, failed="blocked", status=429)
    if way is None:
        return form(here, failed="unconfirmed", reason=openid.STRANGE, status=401)
    try:
        told: Mapping[str, str] = request.query_params
        visitor = provider.arrive(way, here.public(request, desk_path(openid.BACK)), told)
    except NotConfirmed as error:
        return form(here, failed="unconfirmed", reason=error.message, status=401)
    here.throttle.forgive(name)
    person = _known(here, visitor) or _new(here, visitor, provider.provider.newcomers)
    if person is None:
        return form(here, failed="unknown", status=403)
    return first_half(request, here, person, safe_redirect_target(way.onward), {})


def _known(here: Services, visitor: Visitor) -> Person | None:
    """Who was invited under an e-mail address, or else the one person who gave it as theirs."""
    store = here.desk.ledger.store
    if invited := store.person_by_login(visitor.email):
        return invited
    theirs = desk_records_of(store).with_email(visitor.email)
    return store.person(theirs[0]) if len(theirs) == 1 else None


def _new(here: Services, visitor: Visitor, roles: Mapping[str, Role]) -> Person | None:
    """Somebody nobody knew, with the roles of newcomers; None where there are none of them."""
    store, now = here.desk.ledger.store, here.desk.ledger.clock()
    if not roles or desk_records_of(store).with_email(visitor.email):
        return None
    made = people.create(store, login=visitor.email[:200], name=visitor.name[:200], roles=roles)
    notes = desk_records_of(store)
    notes.save_account(replace(notes.account(made.id), email=visitor.email))
    notes.note(now, made.id, "newcomer")
    return made


def _provider(here: Services) -> OpenId:
    if here.openid is None:
        raise HTTPException(404)
    return here.openid


def _cookie(here: Services) -> str:
    return f"{here.sessions.cookie}-openid"
