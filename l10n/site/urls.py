"""Addresses as pages have them, also those that are none, which `urllib.parse` raises ValueError for."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

_LETTERS = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")


def joined(base: str, link: str) -> str:
    """The address that a link leads to from a base; the link itself where it is none ("http://[x")."""
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def taken_apart(address: str) -> SplitResult:
    """The parts of an address, all empty where it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def readable(address: str) -> str:
    """An address as people read and type it: letters beyond ASCII as themselves (RFC 3987, 3.2)."""
    return _LETTERS.sub(_decoded, address) if "%" in address else address


def _decoded(escapes: re.Match[str]) -> str:
    text = unquote(escapes[0], errors="replace")
    return text if text.isprintable() and "\ufffd" not in text else escapes[0]
