"""The page for what went wrong: whoever is signed in keeps the menu, a way back, and what they typed."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from l10n.errors import L10nError
from workflow.store import Person
from workflow.web.base_path import desk_path, path_within_desk, safe_redirect_target
from workflow.web.carried_forms import Fields, sent_fields, typed_texts
from workflow.web.services import services_of
from workflow.web.templating import error_page

_LOG = logging.getLogger(__name__)
# Open to people who do not work here, or not yet.
_OPEN = ("/shared/", "/sign-in")


def answer(
    request: Request,
    status: int,
    text: str,
    remedy: str = "",
    *,
    place: str = "",
    again: Fields = (),
    onward: str = "",
    ledger_answers: bool = True,
) -> Response:
    """The page for what went wrong with a request that came from a page of ours, or asks for one.

    What was typed is shown, to be copied, where it is not offered to be sent ``again``.  Who asks is not
    looked up where it is known that the ledger does not answer.
    """
    person = _person(request) if ledger_answers else None
    typed = () if again or not person else typed_texts(sent(request))
    loses = bool(typed) or (request.method == "POST" and not hasattr(request.state, "body"))
    before = page_before(request) if person and not loses else ""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return error_page(
        status,
        text,
        remedy,
        place=place,
        again=again,
        onward=onward,
        person=person,
        typed=typed,
        before=before,
        onward_here=safe_redirect_target(here if request.method == "GET" else before or desk_path("/")),
    )


def page_before(request: Request) -> str:
    """The page of the desk that a request was made from, "" where it is not told or is the one asked for."""
    try:
        parts = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return ""
    address = f"{parts.path}?{parts.query}" if parts.query else parts.path
    asked_for = request.method == "GET" and parts.path == request.url.path
    if parts.netloc != request.headers.get("host") or asked_for:
        return ""
    if path_within_desk({**request.scope, "path": parts.path}).startswith(_OPEN):
        return ""
    return address if safe_redirect_target(address) == address != desk_path("/") else ""


def sent(request: Request) -> Fields:
    """The fields of the form that a request brought, none where its body was not read."""
    return sent_fields(request.headers, getattr(request.state, "body", b""))


def is_open_to_others(request: Request) -> bool:
    """Whether a page is asked for that people see who do not work here."""
    return path_within_desk(request.scope).startswith(_OPEN)


def _person(request: Request) -> Person | None:
    """Who is signed in, None also where that cannot be found out: the ledger may be what went wrong."""
    if is_open_to_others(request):
        return None
    try:
        return services_of(request).sessions.person(request)
    except (L10nError, OSError) as error:
        _LOG.error("nobody can be named: %s", type(error).__name__)
        return None
