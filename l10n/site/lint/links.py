"""What can be wrong about where a page leads, and about what it takes from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from l10n.model import Severity
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage, Tag
from l10n.site.lint.site import SiteFiles

_PLACES = ("href", "src", "poster", "data", "srcset")
_MAIL = re.compile(r"[^@\s,]+@[^@\s,]+\.[^@\s,]+")
_FEEDS = {"application/atom+xml", "application/rss+xml", "application/feed+json"}
_PREVIEWS = ("og:image", "og:video", "og:audio", "twitter:image")


def faults(whole: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:
    """What is wrong about where a page leads."""
    base = _joined(
        whole.address(sheet.path), next((tag.given.get("href", "") for tag in sheet.named("base")), "")
    )
    for tag in sheet.tags:
        for name in _PLACES:
            if name in tag.given and not (name == "data" and tag.name != "object"):
                for told in _addresses(name, tag.given[name]):
                    yield from _one(whole, tag, name, told, _joined(base, told))
    yield from _previews(whole, sheet)
    yield from _onward(whole, sheet)


def _addresses(name: str, value: str) -> Iterator[str]:
    if name == "srcset":
        yield from (piece.split()[0] for piece in value.split(",") if piece.strip())
    elif value.strip():
        yield value.strip()


def _joined(base: str, told: str) -> str:
    try:
        return urljoin(base, told)
    except ValueError:
        return told


def _one(whole: SiteFiles, tag: Tag, name: str, told: str, address: str) -> Iterator[Fault]:
    if tag.name == "link" and "hreflang" in tag.given:
        return
    yield from _unencrypted(whole, tag, name, told, address)
    yield from _elsewhere(tag, told, address)
    found = whole.path(address)
    if found == "":
        yield Fault("link", tag.line, f"{told} leads nowhere")
    elif found is not None and found in whole.anchors:
        yield from _at_a_page(whole, tag, told, found, unquote(urldefrag(address)[1]))
    elif found and tag.given.get("type", "").lower() in _FEEDS:
        its = whole.language(found)
        if its and tag.lang and its.lower() != tag.lang.lower():
            said = f"{told} is a feed in {its}, the page is in {tag.lang}"
            yield Fault("feed", tag.line, said, Severity.WARNING)


def _unencrypted(whole: SiteFiles, tag: Tag, name: str, told: str, address: str) -> Iterator[Fault]:
    if not (whole.url.startswith("https:") and address.startswith("http:")):
        return
    plain = f"http:{whole.url.removeprefix('https:')}"
    if name != "href" or (tag.name == "link" and "stylesheet" in tag.given.get("rel", "").lower().split()):
        yield Fault("mixed", tag.line, f"{told} is not encrypted, the page is")
    elif address == plain or address.startswith(f"{plain}/"):
        yield Fault("mixed", tag.line, f"{told} leads to the site itself, not encrypted")


def _at_a_page(whole: SiteFiles, tag: Tag, told: str, found: str, anchor: str) -> Iterator[Fault]:
    if anchor and anchor not in whole.anchors[found]:
        yield Fault("link", tag.line, f"{told} leads to no place on its page")
    lang, its = tag.given.get("hreflang", ""), whole.sheets[found].lang
    if tag.name == "a" and lang and its and lang.lower() != its.lower() and urldefrag(told)[0]:
        yield Fault("link", tag.line, f"{told} is said to be in {lang}, and is in {its}")


def _elsewhere(tag: Tag, told: str, address: str) -> Iterator[Fault]:
    """Addresses that lead nowhere wherever the site stands."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        yield Fault("link", tag.line, f"{told} is no address")
        return
    if parts.scheme == "file" or (parts.scheme in {"http", "https"} and _local(host)):
        yield Fault("link", tag.line, f"{told} leads to the machine of whoever wrote it")
    elif parts.scheme == "javascript":
        yield Fault("link", tag.line, f"{told} leads nowhere without a script", Severity.WARNING)
    elif parts.scheme == "mailto":
        named = [unquote(each).strip() for each in parts.path.split(",") if each.strip()]
        if not all(_MAIL.fullmatch(each) for each in named):
            yield Fault("link", tag.line, f"{told} is no address of mail")


def _local(host: str) -> bool:
    return host in {"localhost", "::1"} or host.endswith((".local", ".localhost")) or host.startswith("127.")


def _previews(whole: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:
    """Pictures that networks show: by absolute addresses, and there."""
    for name in _PREVIEWS:
        for tag in sheet.metas(name):
            told = tag.given.get("content", "").strip()
            if not told.startswith(("http://", "https://")):
                yield Fault("open-graph", tag.line, f"{name} is {told!r}, which is no whole address")
            elif whole.path(told) == "":
                yield Fault("open-graph", tag.line, f"{name} is {told}, where there is nothing")


def _onward(whole: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:
    """A page that only leads on: to one that is there, and does not lead on itself."""
    again = sheet.refresh
    if again is None or not again.where:
        return
    found = whole.path(_joined(whole.address(sheet.path), again.where))
    if found == "":
        yield Fault("redirect", again.line, f"{again.where} leads nowhere")
    elif found == sheet.path:
        yield Fault("redirect", again.line, "the page leads to itself")
    elif found and found in whole.sheets and whole.sheets[found].refresh:
        yield Fault("redirect", again.line, f"{again.where} only leads on to another page", Severity.WARNING)
