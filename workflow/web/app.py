"""The application: what it is made of, and the pages for what goes wrong."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from l10n.errors import L10nError, UsageError
from workflow.desk import Desk
from workflow.desk_records import desk_records_of
from workflow.jobs import Runner
from workflow.jobs.work import open_runner
from workflow.ledger import Ledger
from workflow.mail import Mailer, discard
from workflow.openid import OpenId, Provider
from workflow.states import Refused
from workflow.store import Unavailable
from workflow.web import (
    account,
    administration,
    api,
    discussion,
    editor_api,
    error_pages,
    glossary,
    jobs,
    new_release,
    openid,
    preview,
    progress,
    publishing,
    queue,
    release_events,
    segment,
    segment_list,
    shared_preview,
    sign_in,
    source_replacement,
    taking_back,
    versions,
    words,
    workspace,
)
from workflow.web.assets import assets
from workflow.web.base_path import desk_path, path_within_desk
from workflow.web.batching import GroupCommit
from workflow.web.carried_forms import sent_fields
from workflow.web.compression import GzipMiddleware, takes_gzip
from workflow.web.error_files import place_of
from workflow.web.fast_decisions import FastDecisionMiddleware
from workflow.web.foresight import Foresight
from workflow.web.guard import PATIENCE, PATIENCE_WITH_UPLOADS, Guard, bracketed
from workflow.web.presence import Presence
from workflow.web.recent_work import RecentWork
from workflow.web.services import Services, SignInNeeded, services_of
from workflow.web.sessions import Sessions, Throttle
from workflow.web.warmup import warm_up

THREADS = 16
_ROOT = re.compile(r"(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WebSettings:
    """How the desk is reached, and how letters go out.

    ``hosts`` are the host names it answers to, ``secure`` is whether over HTTPS, ``root`` the path it
    lies under, "" or as in "/desk", ``provider`` whose word on who somebody is is taken.
    ``patience`` is how many seconds a form may take to arrive, and a file.
    """

    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    secure: bool = False
    root: str = ""
    post: Mailer = discard
    provider: Provider | None = None
    patience: tuple[float, float] = (PATIENCE, PATIENCE_WITH_UPLOADS)


def reached_at(url: str) -> WebSettings:
    """How a desk is reached whose public address is ``url``.  Raises UsageError for what is none."""
    parts = urlsplit(url)
    root = parts.path.rstrip("/")
    if parts.scheme not in {"http", "https"} or not parts.hostname or not _ROOT.fullmatch(root):
        raise UsageError(f"{url!r} is no address of a desk", remedy="As in https://example.org/desk.")
    return WebSettings(hosts=(bracketed(parts.hostname),), secure=parts.scheme == "https", root=root)


# Of two routes that match an address the first answers: /releases/{id}/{locale}/{segment} is the last, since
# the lists, previews and comments of a release begin like it.
ROUTERS = (
    openid.router,
    sign_in.router,
    account.router,
    new_release.router,
    administration.router,
    glossary.router,
    editor_api.router,
    discussion.router,
    queue.router,
    workspace.router,
    segment_list.router,
    taking_back.router,
    preview.router,
    progress.router,
    publishing.router,
    versions.router,
    jobs.router,
    release_events.router,
    source_replacement.router,
    shared_preview.router,
    segment.router,
)


def create_app(ledger: Ledger, settings: WebSettings | None = None, runner: Runner | None = None) -> FastAPI:
    """The desk over a ledger; ``runner`` is asked to do what takes longer than a request should."""
    settings = settings or WebSettings()
    app = FastAPI(
        title="Passerelle",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=_lifespan,
        # Asked for most, and so looked for first.
        routes=[editor_api.decision, editor_api.findings, editor_api.changes, workspace.following],
    )
    desk = Desk(ledger)
    app.state.services = Services(
        desk=desk,
        sessions=Sessions(ledger.store, ledger.clock, settings.secure, settings.root),
        throttle=Throttle(ledger.clock),
        presence=Presence(ledger.clock),
        post=settings.post,
        runner=runner or open_runner(ledger, "local"),
        batching=GroupCommit(ledger),
        foresight=Foresight(desk),
        recent_work=RecentWork(desk_records_of(ledger.store).store),
        openid=OpenId(settings.provider, ledger.clock) if settings.provider else None,
    )
    app.add_middleware(GzipMiddleware)
    app.add_middleware(FastDecisionMiddleware, services=app.state.services, on_error=_l10n_error)
    app.add_middleware(
        Guard,
        hosts=settings.hosts,
        secure=settings.secure,
        root=settings.root,
        patience=settings.patience,
    )
    for router in ROUTERS:
        app.include_router(router, include_in_schema=False)
    app.router.routes += [segment.segment_page, segment.decide, words.words_page]
    app.include_router(api.router)
    app.add_api_route("/healthz", _health, include_in_schema=False)
    app.add_api_route("/assets/{version}/{name}", _asset, include_in_schema=False)
    app.add_exception_handler(api.TokenNeeded, _api_unauthorized)
    app.add_exception_handler(SignInNeeded, _redirect_to_sign_in)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid_form)
    app.add_exception_handler(L10nError, _l10n_error)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Limit the thread pool and fill the caches; more threads would use memory and wait for each other."""
    current_default_thread_limiter().total_tokens = THREADS
    await run_in_threadpool(warm_up, app.state.services.desk)
    yield


def _health() -> Response:
    return PlainTextResponse("ok")


def _asset(request: Request, version: str, name: str) -> Response:
    bundle = assets()
    if version != bundle.version or name not in bundle.files:
        raise HTTPException(404)
    data, media_type = bundle.files[name]
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if takes_gzip(request.headers.get("accept-encoding", "")):
        data, headers["Content-Encoding"] = bundle.packed[name], "gzip"
    return Response(data, media_type=media_type, headers=headers)


def _redirect_to_sign_in(request: Request, _error: Exception) -> Response:
    """Ask who it is; what was typed meanwhile goes along and is sent again afterwards."""
    if request.method == "GET":
        onward = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
        return RedirectResponse(desk_path(f"/sign-in?{urlencode({'next': onward})}"), status_code=303)
    fields = sent_fields(request.headers, request.state.body)
    if not fields:
        return RedirectResponse(desk_path("/sign-in"), status_code=303)
    return sign_in.form(services_of(request), onward=request.url.path, again=fields, status=401)


def _api_unauthorized(_request: Request, _error: Exception) -> Response:
    problem = {
        "message": "this needs a token",
        "remedy": "Send Authorization: Bearer and one that may do it.",
    }
    return JSONResponse(problem, status_code=401, headers={"WWW-Authenticate": "Bearer"})


def _error_response(request: Request, status: int, text: str, remedy: str = "") -> Response:
    """What went wrong, as a page for people and as JSON for programs."""
    return _for_programs(request, status, text, remedy) or error_pages.answer(request, status, text, remedy)


def _for_programs(request: Request, status: int, text: str, remedy: str) -> Response | None:
    if not path_within_desk(request.scope).startswith("/api/"):
        return None
    return JSONResponse({"message": text, "remedy": remedy}, status_code=status)


def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    texts = {
        400: "The desk does not understand this request.",
        404: "There is no such page.",
        405: "This address is not asked in this way.",
    }
    return _error_response(request, status, texts.get(status, "This did not work."))


def _invalid_form(request: Request, _error: Exception) -> Response:
    return _error_response(request, 400, "A part of the form is missing or not what it should be.")


def _l10n_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, L10nError):
        raise error
    status = 404 if isinstance(error, UsageError) else 403 if isinstance(error, Refused) else 500
    if status == 500:
        _LOG.error("%s: %s:%s", type(error).__name__, error.path, error.line)
        return _for_programs(request, status, error.message, error.remedy) or error_pages.answer(
            request,
            status,
            error.message,
            error.remedy,
            place=_place(request, error),
            again=error_pages.sent(request),
            onward=request.url.path,
            ledger_answers=not isinstance(error, Unavailable),
        )
    return _error_response(request, status, error.message, error.remedy)


def _place(request: Request, error: L10nError) -> str:
    """The file an error is about, for people who work here: "" on the pages that are open to others."""
    if error_pages.is_open_to_others(request):
        return ""
    return place_of(error, services_of(request).desk.ledger.project.root)
