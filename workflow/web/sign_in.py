"""Signing in and out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from l10n.messages import INTERFACE_LANGUAGES
from workflow import people
from workflow.desk_records import desk_records_of
from workflow.store import Person
from workflow.web import theme
from workflow.web.account import second_factor
from workflow.web.base_path import desk_path, safe_redirect_target
from workflow.web.carried_forms import Fields, packed, unpacked
from workflow.web.interface_language import COOKIE, current_language
from workflow.web.services import Services, ServicesDep
from workflow.web.templating import page

router = APIRouter()
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Given:
    """What the sign-in form sends; ``again`` is a form that was sent when the session was over."""

    login: Annotated[str, Form()] = ""
    password: Annotated[str, Form()] = ""
    onward: Annotated[str, Form()] = ""
    again: Annotated[str, Form()] = ""
    half: Annotated[str, Form()] = ""
    code: Annotated[str, Form()] = ""


@router.get("/sign-in")
def sign_in_form(services: ServicesDep, onward: Annotated[str, Query(alias="next")] = "") -> Response:
    """The form for a login and a password."""
    return form(services, onward=onward)


@router.post("/sign-in")
def sign_in(request: Request, services: ServicesDep, given: Annotated[Given, Depends()]) -> Response:
    """Sign in by password."""
    again, onward = unpacked(given.again), safe_redirect_target(given.onward)
    address = request.client.host if request.client else ""
    names = (f"login {given.login.strip().lower()}", f"address {address}")
    if not services.throttle.admit(*names):
        return _no(
            request, services, onward=onward, login=given.login, failed="blocked", again=again, status=429
        )
    with services.throttle.turns:
        person = people.by_password(services.desk.ledger.store, given.login, given.password)
    if person is None:
        _missed(services, given.login, address)
        return _no(
            request, services, onward=onward, login=given.login, failed="wrong", again=again, status=401
        )
    services.throttle.forgive(*names)
    return first_half(request, services, person, onward, again)


@router.post("/sign-in/code")
def sign_in_code(request: Request, services: ServicesDep, given: Annotated[Given, Depends()]) -> Response:
    """Sign in by the code of the second factor, after a password or a link."""
    ledger = services.desk.ledger
    again, onward = unpacked(given.again), safe_redirect_target(given.onward)
    person = people.by_half(ledger.store, given.half, now=ledger.clock())
    if person is None:
        return _no(request, services, onward=onward, failed="used", again=again, status=401)
    name = f"code {person.login}"
    if not services.throttle.admit(name):
        return _ask_code(request, given.half, onward, again, failed="blocked", status=429)
    if not second_factor(services, desk_records_of(ledger.store), person, given.code):
        return _ask_code(request, given.half, onward, again, failed="wrong", status=401)
    services.throttle.forgive(name)
    people.end_half(ledger.store, given.half)
    return _in(request, services, person, onward, again)


@router.get("/sign-in/{token}")
def sign_in_link(services: ServicesDep, token: str) -> Response:
    """Where a sign-in link leads: a button, so that a mail program's preview does not use it up."""
    return form(services, token=token)


@router.post("/sign-in/{token}")
def use_link(request: Request, services: ServicesDep, token: str) -> Response:
    """Sign in by link."""
    ledger = services.desk.ledger
    person = people.by_link(ledger.store, token, now=ledger.clock())
    if person is None:
        return form(services, failed="used", status=401)
    return first_half(request, services, person, desk_path("/"), ())


@router.post("/sign-out")
def sign_out(request: Request, services: ServicesDep) -> Response:
    """Sign out."""
    response = RedirectResponse(desk_path("/sign-in"), status_code=303)
    services.sessions.end(request, response)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@router.post("/language")
def speak(
    request: Request,
    services: ServicesDep,
    language: Annotated[str, Form()] = "",
    onward: Annotated[str, Form()] = "",
) -> Response:
    """Choose the language of the interface, for this browser."""
    if language in INTERFACE_LANGUAGES and (person := services.sessions.person(request)):
        desk_records_of(services.desk.ledger.store).speak(person.id, language)
    return _chosen(services, COOKIE, language if language in INTERFACE_LANGUAGES else "", onward)


@router.post("/theme")
def show(
    services: ServicesDep,
    wanted: Annotated[str, Form(alias="theme")] = "",
    onward: Annotated[str, Form()] = "",
) -> Response:
    """Choose dark, light, or what the system has, for this browser."""
    return _chosen(services, theme.COOKIE, wanted if wanted in theme.THEMES else "", onward)


def _chosen(services: Services, cookie: str, value: str, onward: str) -> Response:
    """Back to the page, with a choice remembered in the browser for a year, "" for none."""
    response = RedirectResponse(safe_redirect_target(onward), status_code=303)
    if value:
        _remember(services, response, cookie, value)
    return response


def _remember(services: Services, response: Response, cookie: str, value: str) -> None:
    response.set_cookie(
        cookie,
        value,
        max_age=_YEAR,
        path=desk_path("/"),
        secure=services.sessions.secure,
        httponly=True,
        samesite="lax",
    )


def form(
    services: Services,
    *,
    onward: str = "",
    login: str = "",
    failed: str = "",
    token: str = "",
    again: Fields = (),
    reason: str = "",
    status: int = 200,
) -> Response:
    """The sign-in page; ``again`` holds the fields of a form to be sent once somebody is in.

    ``failed`` says what went wrong, ``reason`` more of it, in English.
    """
    return page(
        "sign_in.html",
        status=status,
        onward=safe_redirect_target(onward),
        login=login,
        failed=failed,
        reason=reason,
        token=token,
        elsewhere=services.openid.provider.name if services.openid else "",
        again=again,
        packed=packed(again),
    )


def _missed(services: Services, login: str, address: str) -> None:
    """Remember a wrong password for an account there is; others are nobody's to see."""
    ledger = services.desk.ledger
    if person := ledger.store.person_by_login(login.strip().lower()):
        desk_records_of(ledger.store).note(ledger.clock(), person.id, "missed", address)


def first_half(request: Request, services: Services, person: Person, onward: str, again: Fields) -> Response:
    """Let in who has no second factor, and ask for its code who has one; ``onward`` lies within the desk."""
    ledger = services.desk.ledger
    if desk_records_of(ledger.store).account(person.id).totp:
        half = people.half_token(ledger.store, person, now=ledger.clock())
        return _ask_code(request, half, onward, again)
    return _in(request, services, person, onward, again)


def _in(request: Request, services: Services, person: Person, onward: str, again: Fields) -> Response:
    if again:
        return _welcome(request, services, person, _sent_again(person, again, onward))
    return _welcome(request, services, person, RedirectResponse(onward, status_code=303))


def _sent_again(person: Person, again: Fields, onward: str) -> Response:
    """The form that was sent in a session that was over, to be sent once more."""
    action = dict(again).get("action", "")
    return page("resend.html", person=person, again=again, action=action, onward=onward)


def _no(request: Request, services: Services, *, failed: str, status: int, **fields: Any) -> Response:  # noqa: ANN401 - as form takes
    """Why somebody is not let in, on the sign-in page or to the script that asked."""
    if _by_script(request):
        return JSONResponse({"failed": failed, "half": ""}, status_code=status)
    return form(services, failed=failed, status=status, **fields)


def _by_script(request: Request) -> bool:
    return request.headers.get("accept") == "application/json"


def _ask_code(
    request: Request,
    half: str,
    onward: str,
    again: Fields,
    *,
    failed: str = "",
    status: int = 200,
) -> Response:
    if _by_script(request):
        return JSONResponse({"failed": f"code-{failed}" if failed else "", "half": half}, status_code=status)
    return page(
        "second_factor.html", status=status, half=half, onward=onward, packed=packed(again), failed=failed
    )


def _welcome(request: Request, services: Services, person: Person, response: Response) -> Response:
    services.sessions.start(request, response, person)
    address = request.client.host if request.client else ""
    notes = desk_records_of(services.desk.ledger.store)
    notes.note(services.desk.ledger.clock(), person.id, "sign-in", address)
    language = notes.account(person.id).language
    if request.cookies.get(COOKIE) in INTERFACE_LANGUAGES or language not in INTERFACE_LANGUAGES:
        if language != current_language():
            notes.speak(person.id, current_language())
    elif language != current_language():
        # What somebody chose goes before what a new browser asks for.
        _remember(services, response, COOKIE, language)
    return response
