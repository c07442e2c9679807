"""What every request has to pass: size, host, origin; and what every answer carries."""

from __future__ import annotations

import asyncio
import logging
import re
import traceback
from collections.abc import Collection, Iterable, Iterator, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request, cookie_parser
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workflow.web import error_pages
from workflow.web.base_path import path_within_desk, use_base_path, with_base_path
from workflow.web.carried_forms import sent_fields
from workflow.web.interface_language import negotiate_language, use_language
from workflow.web.templating import error_page
from workflow.web.theme import use_theme

LARGEST_BODY = 256 * 1024
LARGEST_UPLOAD = 5 * 1024 * 1024
_UPLOADS = re.compile(r"/new|/sign-in(?:/code)?|/publishing/[^/]+/source|/releases/[^/]+/[^/]+/(?:po|bulk)")
PATIENCE, PATIENCE_WITH_UPLOADS = 60.0, 300.0
"""Seconds that a form, and a file, may take to arrive."""

_DRAINED = 32 * 1024 * 1024  # a browser shows an answer only once it has sent its request
_SAFE = {"GET", "HEAD", "OPTIONS"}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; frame-src 'self'; form-action 'self'; require-trusted-types-for 'script'; "
        "trusted-types 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
_LOG = logging.getLogger(__name__)


class ClientDisconnected(Exception):
    """The browser disconnected before it had sent the whole body."""


class Guard:
    """Refuses what no page of ours would send, and turns whatever fails inside into a page."""

    def __init__(
        self,
        app: ASGIApp,
        hosts: Collection[str],
        *,
        secure: bool,
        root: str = "",
        patience: tuple[float, float] = (PATIENCE, PATIENCE_WITH_UPLOADS),
    ) -> None:
        self.app = app
        self.patience = patience
        self.hosts = frozenset(bracketed(host) for host in hosts)
        self.secure = secure
        self.root = root
        carried = _HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if secure else {})
        self.carried = [(name.lower().encode(), value.encode()) for name, value in carried.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope = with_base_path(scope, self.root)
        started = False

        async def answer(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = [*message["headers"], *self._dress(message["headers"])]
            await send(message)

        headers = _headers(scope)
        cookies = cookie_parser(headers.get("cookie", ""))
        language = negotiate_language(cookies, headers.get("accept-language", ""))
        with use_base_path(self.root), use_theme(cookies), use_language(language):
            try:
                await self._serve(scope, headers, receive, answer)
            except ClientDisconnected:
                return
            except Exception as error:  # noqa: BLE001 - nothing may reach a log with its texts
                _LOG.error("%s", account(scope, error))
                if not started:
                    await (await run_in_threadpool(_failure, scope))(scope, receive, answer)

    def _dress(self, headers: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
        """What every answer carries and this one does not yet."""
        present = {name for name, _ in headers}
        return (pair for pair in self.carried if pair[0] not in present)

    async def _serve(self, scope: Scope, headers: Mapping[str, str], receive: Receive, answer: Send) -> None:
        if host_of(headers) not in self.hosts:
            await error_page(400, "The desk does not answer to this name.")(scope, receive, answer)
            return
        if scope["method"] in _SAFE:
            await self.app(scope, receive, answer)
            return
        if not same_origin(headers, secure=self.secure):
            await error_page(403, "This request came from another site.")(scope, receive, answer)
            return
        uploads = bool(_UPLOADS.fullmatch(path_within_desk(scope)))
        try:
            async with asyncio.timeout(self.patience[uploads]):
                body = await _body(receive, LARGEST_UPLOAD if uploads else LARGEST_BODY)
        except TimeoutError:
            response = await _refusal(
                scope, 408, "This took too long to arrive.", "Try again over a better connection."
            )
            response.headers["Connection"] = "close"
            await response(scope, receive, answer)
            return
        if body is None:
            response = await _refusal(
                scope,
                413,
                "This is more than the desk takes at once.",
                "Go back in your browser and shorten it.",
            )
            await response(scope, receive, answer)
            return
        scope.setdefault("state", {})["body"] = body
        await self.app(scope, _replay(body, receive), answer)


async def _refusal(scope: Scope, status: int, text: str, remedy: str) -> Response:
    """The page for a form that did not arrive; who sent it is looked up, which may take its time."""
    return await run_in_threadpool(error_pages.answer, Request(scope), status, text, remedy)


def _headers(scope: Scope) -> Mapping[str, str]:
    """The headers of a request by their names in small letters; of one that comes twice the first."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in reversed(scope["headers"])}


def same_origin(headers: Mapping[str, str], *, secure: bool) -> bool:
    """Whether a request that changes something was made by a page of ours.

    Browsers say so in Sec-Fetch-Site; older ones in Origin.  A program that sends neither is no
    browser that could be tricked.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin, host = headers.get("origin"), headers.get("host", "")
    return origin is None or origin == f"https://{host}" or (not secure and origin == f"http://{host}")


def host_of(headers: Mapping[str, str]) -> str:
    """The host name a request asks for, in small letters and without its port."""
    host = headers.get("host", "").lower()
    if host.startswith("["):
        return host[: host.find("]") + 1]
    return host.partition(":")[0]


def bracketed(host: str) -> str:
    """A host name as it stands in a Host header: an IPv6 address has brackets."""
    return f"[{host}]".lower() if ":" in host and not host.startswith("[") else host.lower()


def account(scope: Scope, error: BaseException) -> str:
    """What failed and where, without texts: neither messages nor addresses, which carry tokens."""
    route = getattr(scope.get("route"), "path", "no route")
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    places = " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames))
    return f"{scope['method']} {route} failed: {type(error).__name__} at {places}"


def _failure(scope: Scope) -> Response:
    try:
        return failure(scope)
    except Exception as error:  # noqa: BLE001 - the templates themselves may be what is broken
        _LOG.error("%s", account(scope, error))
        return PlainTextResponse("Something went wrong here.", status_code=500)


def failure(scope: Scope) -> Response:
    """The page for what nobody foresaw; it carries what was typed, to be sent once more."""
    again = sent_fields(_headers(scope), scope.get("state", {}).get("body", b""))
    onward = scope["path"] if again and not path_within_desk(scope).startswith("/sign-in") else ""
    return error_pages.answer(
        Request(scope),
        500,
        "Something went wrong here.",
        "It has been noted. Try again; if it stays, tell your administrator.",
        again=again if onward else (),
        onward=onward,
    )


async def _body(receive: Receive, largest: int) -> bytes | None:
    """The whole body, None when it is too large.  Raises ClientDisconnected when the rest never comes."""
    received = bytearray()
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnected
        part = message.get("body", b"")
        size += len(part)
        if size <= largest:
            received += part
        if size > _DRAINED or not message.get("more_body", False):
            return bytes(received) if size <= largest else None


def _replay(body: bytes, receive: Receive) -> Receive:
    pending = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return pending.pop() if pending else await receive()

    return again
