"""What on a page can harm its readers, or tells what only its makers should know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from l10n.model import Severity
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage, Tag

_PLACES = frozenset({"href", "src", "action", "formaction", "data"})
# Browsers leave out blanks and controls where they look for a scheme (URL standard, 4.4).
_BLANKS = re.compile(r"[\x00-\x20]+")
_RUNS = ("javascript:", "vbscript:", "data:text/html", "data:application/xhtml", "data:image/svg+xml;script")
_SECRETS = frozenset(
    {
        "token",
        "access_token",
        "auth_token",
        "api_key",
        "apikey",
        "password",
        "passwd",
        "secret",
        "sig",
        "signature",
    }
)
_SECRET_LENGTH = 12
_MACHINE = re.compile(r"(?<![\w./-])/(?:home|Users)/[\w.-]+/[\w.-]+|\b[A-Z]:\\Users\\[^\s\\<>\"]+\\")

_PLACES_ON_MACHINES = ("/home/", "/Users/", ":\\Users\\")


def faults(sheet: ParsedPage) -> Iterator[Fault]:
    """What on a page can harm its readers, or tells too much."""
    for tag in sheet.tags:
        for name, value in tag.attributes.items():
            if name[:2] == "on":
                yield Fault(
                    "unsafe", tag.line, f"{name} runs a script from within the page", Severity.WARNING
                )
            elif name in _PLACES and value:
                yield from _place(tag, value)
        if "rel" in tag.attributes and "opener" in tag.attributes["rel"].lower().split():
            yield Fault("unsafe", tag.line, "the page that opens can put another in the place of this one")
    if not any(place in sheet.text for place in _PLACES_ON_MACHINES):
        return
    for match in _MACHINE.finditer(sheet.text):
        line = sheet.text.count("\n", 0, match.start()) + 1
        message = f"{match[0]} is a place on the machine of whoever made the page"
        yield Fault("unsafe", line, message, Severity.WARNING)


def _place(tag: Tag, link: str) -> Iterator[Fault]:
    bare = _BLANKS.sub("", link).lower()
    if bare.startswith(_RUNS) and not (tag.name == "a" and link.strip().lower().startswith("javascript:")):
        yield Fault("unsafe", tag.line, f"{link[:60]!r} runs a script")
    if not ("@" in link or "?" in link) or not bare.startswith(("http:", "https:", "//", "/", "?", ".")):
        return
    try:
        parts = urlsplit(link.strip())
        password = parts.password
    except ValueError:
        return
    if password:
        yield Fault("unsafe", tag.line, f"a link has the password of {parts.username} in it")
    secrets = [
        key
        for key, value in parse_qsl(parts.query)
        if key.lower() in _SECRETS and len(value) >= _SECRET_LENGTH
    ]
    if secrets:
        yield Fault("unsafe", tag.line, f"a link has a key of somebody in it ({secrets[0]})")
