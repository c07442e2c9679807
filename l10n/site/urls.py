"""Addresses as pages have them, also those that are none, which `urllib.parse` raises ValueError for."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit


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
