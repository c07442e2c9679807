"""The page as it will look, in a frame of its own that runs nothing: its source is somebody else's HTML."""

from __future__ import annotations

import re

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from l10n.errors import UsageError
from l10n.site.preview import preview, style
from workflow.states import Refused
from workflow.web.context import DeskContextDep
from workflow.web.services import ServicesDep, SignedIn
from workflow.web.templating import page

router = APIRouter()
_SHEET = re.compile(r"site\.\w+\.css")
_HEAD = re.compile(rb"<head\b[^>]*>", re.IGNORECASE)
# A frame that may open no window: its links lead nowhere, instead of to what cannot be shown in it.
_LEADING_NOWHERE = rb'\g<0><base target="_blank">'
# A style that stands in the page reaches nothing outside it, and readers will see it.
_POLICY = (
    "sandbox; default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


@router.get("/releases/{release_id}/{locale}/page")
def framed(context: DeskContextDep) -> Response:
    """The page in a frame, with the way back to the document and the list."""
    desk = context.services.desk
    return page(
        "page.html",
        person=context.person,
        at=context,
        title=desk.title(context.release),
        onward_here=f"{context.address()}/page",
    )


@router.get("/preview/assets/{name}")
def sheet(services: ServicesDep, name: str) -> Response:
    """The style sheet of the pages, which is public: the frame that asks for it belongs to nobody."""
    if not _SHEET.fullmatch(name):
        raise HTTPException(404)
    headers = {"Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(style(services.desk.ledger.project), media_type="text/css", headers=headers)


@router.get("/preview/{locale}/{release_id}/")
def shown(services: ServicesDep, person: SignedIn, locale: str, release_id: str) -> Response:
    """The page by itself: everything that is written, approved or not."""
    release = services.desk.cache.release(release_id)
    if locale not in release.languages:
        raise UsageError("this release is not translated into this language")
    # Whoever works on a release in some language reads its source; nobody else does.
    readable_for = release.locales if locale == release.locale else (locale,)
    if not any(map(person.role, readable_for)):
        raise Refused("you have no role in this language", remedy="Ask an administrator for one.")
    catalogue = services.desk.cache.catalogue(release, locale) if locale != release.locale else None
    html = preview(services.desk.ledger.project, release, locale, catalogue)
    headers = {"Content-Security-Policy": _POLICY, "X-Frame-Options": "SAMEORIGIN"}
    html = _HEAD.sub(_LEADING_NOWHERE, html, count=1)
    return Response(html, media_type="text/html; charset=utf-8", headers=headers)
