"""Signing in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from workflow import people
from workflow.store import Person
from workflow.web.pages import page
from workflow.web.rooms import InRooms, Rooms

router = APIRouter()
_Field = Annotated[str, Form()]


@router.get("/sign-in")
def sign_in_form(onward: Annotated[str, Query(alias="next")] = "/") -> Response:
    """The form for a login and a password."""
    return _form(onward=onward)


@router.post("/sign-in")
def sign_in(
    request: Request, here: InRooms, login: _Field = "", password: _Field = "", onward: _Field = "/"
) -> Response:
    """Sign in by password."""
    address = request.client.host if request.client else ""
    names = (f"login {login.strip().lower()}", f"address {address}")
    if here.throttle.blocked(*names):
        return _form(onward=onward, login=login, failed="blocked", status=429)
    person = people.by_password(here.desk.ledger.store, login, password)
    if person is None:
        here.throttle.failed(*names)
        return _form(onward=onward, login=login, failed="wrong", status=401)
    return _welcome(here, person, onward)


@router.get("/sign-in/{token}")
def sign_in_link(token: str) -> Response:
    """Where a sign-in link leads: a button, so that a mail program's preview does not use it up."""
    return _form(token=token)


@router.post("/sign-in/{token}")
def use_link(here: InRooms, token: str) -> Response:
    """Sign in by link."""
    ledger = here.desk.ledger
    person = people.by_link(ledger.store, token, now=ledger.clock())
    return _welcome(here, person, "/") if person else _form(failed="used", status=401)


@router.post("/sign-out")
def sign_out(request: Request, here: InRooms) -> Response:
    """Sign out."""
    response = RedirectResponse("/sign-in", status_code=303)
    here.sessions.end(request, response)
    return response


def inside(address: str) -> str:
    """An address within the desk, "/" instead of any other."""
    leads_out = not address.startswith("/") or address.startswith("//") or "\\" in address
    return "/" if leads_out or not address.isprintable() else address


def _form(
    *, onward: str = "/", login: str = "", failed: str = "", token: str = "", status: int = 200
) -> Response:
    return page("sign_in.html", status=status, onward=inside(onward), login=login, failed=failed, token=token)


def _welcome(here: Rooms, person: Person, onward: str) -> Response:
    response = RedirectResponse(inside(onward), status_code=303)
    here.sessions.start(response, person)
    return response
