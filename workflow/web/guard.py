"""What every request has to pass: size, host, origin; and the headers every answer carries."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 256 * 1024
_SAFE = {"GET", "HEAD", "OPTIONS"}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Refuses requests from other sites and bodies that are too large; adds security headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        headers = Headers(scope=scope)
        if scope["method"] not in _SAFE and not same_origin(headers):
            refusal = PlainTextResponse("This request came from another site.", status_code=403)
            await refusal(scope, receive, answer)
            return
        body = await _body(headers, receive) if scope["method"] not in _SAFE else b""
        if body is None:
            refusal = PlainTextResponse("This is too large.", status_code=413)
            await refusal(scope, receive, answer)
            return
        await self.app(scope, _replay(body, receive), answer)


def same_origin(headers: Headers) -> bool:
    """Whether a request that changes something was made by a page of ours.

    Browsers say so in Sec-Fetch-Site; older ones in Origin.  A program that sends neither is no
    browser that could be tricked.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


async def _body(headers: Headers, receive: Receive) -> bytes | None:
    """The whole body, None when it is too large."""
    declared = headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > LARGEST_BODY:
        return None
    received = bytearray()
    while True:
        message = await receive()
        received += message.get("body", b"")
        if len(received) > LARGEST_BODY:
            return None
        if not message.get("more_body", False):
            return bytes(received)


def _replay(body: bytes, receive: Receive) -> Receive:
    pending = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return pending.pop() if pending else await receive()

    return again
