"""ASGI middleware that compresses pages for browsers that accept gzip."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from workflow.web.base_path import path_within_desk

_SMALL = 1500  # bytes that go into one packet anyway


class GzipMiddleware:
    """The application with its pages compressed; assets are compressed once, when they are read.

    Cookies are Lax, so that another site can have pages opened but learns nothing from their size: those
    that tell a secret answer a POST.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._packed = GZipMiddleware(app, minimum_size=_SMALL, compresslevel=4)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        packed = (
            scope["type"] == "http"
            and not path_within_desk(scope).startswith("/assets/")
            and takes_gzip(Headers(scope=scope).get("accept-encoding", ""))
        )
        await (self._packed if packed else self._app)(scope, receive, send)


def takes_gzip(accepted: str) -> bool:
    """Whether a browser reads gzip; one that forbids it by a weight of nothing does not."""
    for part in accepted.replace(" ", "").lower().split(","):
        name, _, weight = part.partition(";q=")
        if name == "gzip":
            return not weight or weight.strip("0.") != ""
    return False
