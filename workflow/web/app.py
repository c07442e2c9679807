"""The application: what it is made of, and the pages for what goes wrong."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from starlette.middleware.trustedhost import TrustedHostMiddleware

from l10n.errors import L10nError, UsageError
from workflow.desk import Desk
from workflow.ledger import Ledger
from workflow.states import Refused
from workflow.web import door, work
from workflow.web.guard import Guard
from workflow.web.pages import page, stylesheet
from workflow.web.rooms import Rooms, SignInNeeded
from workflow.web.sessions import Sessions, Throttle


@dataclass(frozen=True, slots=True)
class WebSettings:
    """How the desk is reached: the host names it answers to, and whether over HTTPS."""

    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    secure: bool = False


def create_app(ledger: Ledger, settings: WebSettings | None = None) -> FastAPI:
    """The desk over a ledger."""
    settings = settings or WebSettings()
    app = FastAPI(title="Passerelle", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.rooms = Rooms(
        Desk(ledger), Sessions(ledger.store, ledger.clock, settings.secure), Throttle(ledger.clock)
    )
    app.add_middleware(Guard)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(settings.hosts))
    app.include_router(door.router)
    app.include_router(work.router)
    app.add_api_route("/healthz", _health)
    app.add_api_route("/assets/{name}", _asset)
    app.add_exception_handler(SignInNeeded, _sign_in_first)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(L10nError, _told)
    return app


def _health() -> Response:
    return PlainTextResponse("ok")


def _asset(name: str) -> Response:
    sheet = stylesheet()
    if name != sheet.name:
        raise HTTPException(404, "There is no such file.")
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(sheet.data, media_type="text/css", headers=headers)


def _sign_in_first(request: Request, _error: Exception) -> Response:
    onward = request.url.path if request.method == "GET" else "/"
    return RedirectResponse(f"/sign-in?{urlencode({'next': onward})}", status_code=303)


def _refused(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = str(error.detail) if isinstance(error, HTTPException) else ""
    return page("message.html", status=status, title="This page is not here", text=detail, remedy="")


def _told(_request: Request, error: Exception) -> Response:
    status = 404 if isinstance(error, UsageError) else 403 if isinstance(error, Refused) else 500
    text, remedy = (error.message, error.remedy) if isinstance(error, L10nError) else (str(error), "")
    return page("message.html", status=status, title="This did not work", text=text, remedy=remedy)
