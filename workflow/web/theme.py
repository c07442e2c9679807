"""Dark, light or as the system has it: chosen in a browser, remembered in a cookie, known for a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

THEMES = ("system", "light", "dark")
COOKIE = "theme"
_now: ContextVar[str] = ContextVar("theme", default=THEMES[0])


def theme() -> str:
    """The theme of the request at hand."""
    return _now.get()


@contextmanager
def use_theme(cookies: Mapping[str, str]) -> Iterator[None]:
    """Show what a request's browser has chosen."""
    chosen = cookies.get(COOKIE, "")
    token = _now.set(chosen if chosen in THEMES else THEMES[0])
    try:
        yield
    finally:
        _now.reset(token)
