"""Where the desk begins: at the root of a host of its own, or under a path of somebody else's.

All addresses in pages, redirects and forms are those a browser asks for, with that path in front.
Like the language it is the same for a whole request, and passes through functions that have nothing to
do with it; a context variable carries it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from starlette.types import Scope

_now: ContextVar[str] = ContextVar("where the desk begins", default="")


def desk_path(path: str) -> str:
    """The address of a page of the desk, which starts with a slash, as a browser has to ask for it."""
    return _now.get() + path


@contextmanager
def use_base_path(root: str) -> Iterator[None]:
    """Begin at a path, "" for the root of the host."""
    token = _now.set(root)
    try:
        yield
    finally:
        _now.reset(token)


def with_base_path(scope: Scope, root: str) -> Scope:
    """A request below a path, whether the proxy in front left the path there or took it away."""
    path = scope["path"]
    if not root:
        return scope
    full_path = path if path == root or path.startswith(f"{root}/") else root + path
    return {**scope, "path": full_path, "root_path": root}


def path_within_desk(scope: Scope) -> str:
    """The path a request asks for within the desk."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", "")) or "/"


def safe_redirect_target(address: str) -> str:
    """The address when it lies within the desk, else the desk's first page: no open redirects."""
    home = desk_path("/")
    leads_out = not address.startswith(home) or address.startswith("//") or "\\" in address
    climbs = any(part in {".", ".."} for part in address.partition("?")[0].split("/"))
    return home if leads_out or climbs or not address.isprintable() else address
