"""What can be wrong in robots.txt: rules for crawlers (RFC 9309), and where the sitemap is."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple

from l10n.model import Severity
from l10n.site.lint.fault import Fault
from l10n.site.lint.site import SiteFiles
from l10n.site.urls import taken_apart

_MEANT = ("user-agent", "allow", "disallow", "sitemap", "crawl-delay")
_KNOWN = frozenset(_MEANT) | {
    "host",
    "clean-param",
    "request-rate",
    "visit-time",
    "content-signal",
    "noindex",
}


class _Line(NamedTuple):
    """A line of the file: number, whole text, name in small letters ("" of no rule), value."""

    number: int
    text: str
    name: str
    value: str


def faults(site: SiteFiles) -> Iterator[Fault]:
    """What is wrong in robots.txt, where there is one."""
    if "robots.txt" not in site.files:
        return
    lines = list(_lines(site.files["robots.txt"].decode("utf-8", "replace")))
    for line in lines:
        yield from _words(line)
    yield from _groups(site, lines)
    maps = [line for line in lines if line.name == "sitemap"]
    for line in maps:
        if site.path(line.value) == "" or not taken_apart(line.value).scheme:
            yield Fault("robots", line.number, f"{line.value} is no sitemap of the site")
    if not maps:
        yield Fault("robots", 1, "it does not say where the sitemap is", Severity.WARNING)


def _lines(text: str) -> Iterator[_Line]:
    for number, whole in enumerate(text.splitlines(), 1):
        said = whole.partition("#")[0]
        if said.strip():
            name, colon, value = (part.strip() for part in said.partition(":"))
            yield _Line(number, whole.strip(), name.lower() if colon else "", value)


def _words(line: _Line) -> Iterator[Fault]:
    """A line by itself."""
    if not line.name:
        yield Fault("robots", line.number, f"{line.text!r} is no rule", Severity.WARNING)
    elif line.name not in _KNOWN:
        meant = next(iter(get_close_matches(line.name, _MEANT, 1)), "")
        hint = f": {meant}?" if meant else ""
        message = f"{line.name!r} is no rule that crawlers know{hint}"
        yield Fault("robots", line.number, message, Severity.WARNING)
    elif line.name == "user-agent" and not line.value:
        yield Fault("robots", line.number, "a rule is for no crawler")
    elif line.name in {"allow", "disallow"} and line.value and not line.value.startswith(("/", "*")):
        yield Fault(
            "robots", line.number, f"{line.value!r} is no path: it begins without /", Severity.WARNING
        )


def _groups(site: SiteFiles, lines: list[_Line]) -> Iterator[Fault]:
    """What the lines say together: for which crawlers each rule is."""
    everyone, rules, groups = False, False, 0
    for line in lines:
        if line.name == "user-agent":
            everyone, rules = line.value == "*" or (everyone and not rules), False
            groups += 1
        elif line.name in {"allow", "disallow"}:
            rules = True
            if not groups:
                message = "a rule stands before it is said which crawlers it is for"
                yield Fault("robots", line.number, message)
            elif everyone and line.name == "disallow" and line.value:
                yield from _shut(site, line)


def _shut(site: SiteFiles, line: _Line) -> Iterator[Fault]:
    if line.value == "/":
        yield Fault("robots", line.number, "every crawler is kept away from the whole site")
    elif page := _listed_below(site, line.value):
        yield Fault("robots", line.number, f"{line.value} keeps crawlers from pages of the sitemap, {page}")


def _listed_below(site: SiteFiles, prefix: str) -> str:
    """A page for search engines below a path without wildcards, "" where there is none."""
    if "*" in prefix or "$" in prefix:
        return ""
    addresses = (site.address(path) for path, page in site.pages.items() if not page.hidden)
    return next((address for address in addresses if taken_apart(address).path.startswith(prefix)), "")
