"""What can be wrong about where a page leads, and about what it takes from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import groupby
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urlsplit

from l10n.model import Severity
from l10n.phones import digits_of
from l10n.site import urls
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import FEEDS, ParsedPage, Tag
from l10n.site.lint.site import SiteFiles, covers, joined
from l10n.site.lint.summary import PageLink, PageSummary

_PLACES = frozenset({"href", "src", "poster", "data", "srcset"})
_MAIL = re.compile(r"[^@\s,]+@[^@\s,]+\.[^@\s,]+")
_DIALLED = re.compile(r"\+?[0-9*#().\s-]*[0-9][0-9*#().\s-]*(?:;.*)?")
_CALLED = re.compile(r"\+?[\d\s().\u00a0\u202f/-]{8,}")
_LOCAL_NUMBER = 7
_SHOWN = re.compile(r"(?:https?://(?:www\.)?|www\.)([\w.-]+\.\w{2,})(?![\w@])", re.IGNORECASE)
_PRIVATE = re.compile(
    r"(?:127|10)(?:\.\d+){3}\Z|192\.168(?:\.\d+){2}\Z|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}\Z"
)
_HOSTLESS = re.compile(r"https?:(?!//[^/])", re.IGNORECASE)
_WRONG_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_MISSPELT = ("http", "https", "mailto")
_SCHEMES = frozenset({*_MISSPELT, "tel", "sms", "data", "ftp", "ftps", "sftp", "shttp"})
_PREVIEWS = ("og:image", "og:video", "og:audio", "twitter:image")


class Address(NamedTuple):
    """An address on a page: the element and attribute it stands in, as written, whole, and its file.

    ``path`` is "" where there is no such file, None where it is outside the site.
    """

    tag: Tag
    name: str
    link: str
    whole: str
    path: str | None


def addresses(site: SiteFiles, sheet: ParsedPage) -> list[Address]:
    """Every address that a page leads to or takes something from."""
    base = joined(
        site.address(sheet.path), next((tag.attributes.get("href", "") for tag in sheet.named("base")), "")
    )
    found = []
    for tag in sheet.tags:
        if not tag.attributes:
            continue
        for name, value in tag.attributes.items():
            if name not in _PLACES or (name == "data" and tag.name != "object"):
                continue
            for link in _addresses(name, value):
                whole = joined(base, link)
                found.append(Address(tag, name, link, whole, site.path(whole)))
    return found


def faults(site: SiteFiles, sheet: ParsedPage, found: Sequence[Address]) -> Iterator[Fault]:
    """What is wrong about where a page leads, as far as its own source and the names of the files tell."""
    ids = {name for name, _ in sheet.ids}
    for one in found:
        if one.tag.name == "link" and "hreflang" in one.tag.attributes:
            continue
        yield from _unencrypted(site, one)
        if one.path is None or " " in one.link:
            yield from _elsewhere(one.tag, one.link, one.whole)
        if one.path == "":
            yield Fault("link", one.tag.line, f"{one.link} leads nowhere")
        elif _WRONG_ESCAPE.search(one.link) and one.name != "srcset" and not one.link.startswith("data:"):
            yield Fault("link", one.tag.line, f"{one.link} has a % that stands for nothing")
        elif one.path == sheet.path and (anchor := _anchor(one.whole)) and anchor not in ids:
            yield Fault("link", one.tag.line, f"{one.link} leads to no place on its page")
        elif one.path and one.tag.attributes.get("type", "").lower() in FEEDS:
            yield from _to_a_feed(site, one)
    yield from _empty(sheet)
    yield from _given_by_others(found)
    for tag, words in worded(sheet):
        if _misleading(tag.attributes["href"].strip(), words):
            message = f"{words!r} leads to another address, {tag.attributes['href']}"
            yield Fault("link", tag.line, message)
    yield from _previews(site, sheet)
    yield from _onward(site, sheet)


def kept(sheet: ParsedPage, found: Sequence[Address]) -> Iterator[PageLink]:
    """The links of a page that expect something of the page that they lead to."""
    for one in found:
        tag = one.tag
        if (
            not one.path
            or not one.path.endswith(".html")
            or (tag.name == "link" and "hreflang" in tag.attributes)
        ):
            continue
        anchor = _anchor(one.whole) if one.path != sheet.path else ""
        lang = tag.attributes.get("hreflang", "") if tag.name == "a" else ""
        if anchor or lang:
            own = lang == tag.attributes.get("lang") and one.name == "href"
            yield PageLink(tag.line, one.link, one.path, anchor, lang, own)


def onward(site: SiteFiles, sheet: ParsedPage) -> tuple[int, str, str] | None:
    """Where a page leads on to by itself: the line, as written, and the file; None where it does not."""
    refresh = sheet.refresh
    if refresh is None or not refresh.where:
        return None
    path = site.path(joined(site.address(sheet.path), refresh.where))
    return None if path is None else (refresh.line, refresh.where, path)


def between(site: SiteFiles, page: PageSummary) -> Iterator[Fault]:
    """What is wrong between the links of a page and the pages that they lead to."""
    for link in page.links:
        target = site.pages.get(link.path)
        if target is None:
            continue
        if link.anchor and link.anchor not in target.ids:
            yield Fault("link", link.line, f"{link.link} leads to no place on its page")
        if link.lang and target.lang and not covers(link.lang, target.lang) and urldefrag(link.link)[0]:
            message = f"{link.link} is said to be in {link.lang}, and is in {target.lang}"
            yield Fault("link", link.line, message)
    if page.onward is not None:
        line, where, path = page.onward
        if path != page.path and path in site.pages and site.pages[path].onward:
            yield Fault("redirect", line, f"{where} only leads on to another page", Severity.WARNING)


def _anchor(address: str) -> str:
    return unquote(address.partition("#")[2]) if "#" in address else ""


def worded(sheet: ParsedPage) -> Iterator[tuple[Tag, str]]:
    """The links of a page with all of their words."""
    for _, runs in groupby(sheet.link_words, key=lambda pair: id(pair[0])):
        pairs = list(runs)
        yield pairs[0][0], " ".join("".join(words for _, words in pairs).split())


def _misleading(link: str, words: str) -> bool:
    """Whether a link's words are an address, and not the one that it leads to."""
    scheme, _, rest = link.partition(":")
    scheme = scheme.lower()
    if scheme == "mailto":
        return bool(_MAIL.fullmatch(words)) and words.lower() not in unquote(rest).lower()
    if scheme == "tel":
        said, dialled = digits_of(words), digits_of(rest.partition(";")[0])
        return bool(_CALLED.fullmatch(words)) and said[-_LOCAL_NUMBER:] != dialled[-_LOCAL_NUMBER:]
    if scheme in {"http", "https"} and (shown := _SHOWN.match(words)):
        host = urls.taken_apart(link).netloc.rpartition("@")[2].partition(":")[0]
        return shown[1].lower() != host.lower().removeprefix("www.")
    return False


def _addresses(name: str, value: str) -> Iterator[str]:
    if name == "srcset":
        yield from (piece.split()[0] for piece in value.split(",") if piece.strip())
    elif value.strip():
        yield value.strip()


def _empty(sheet: ParsedPage) -> Iterator[Fault]:
    for tag in sheet.named("a", "img", "iframe", "script", "link"):
        for name in ("href", "src"):
            if name in tag.attributes and not tag.attributes[name].strip():
                yield Fault("link", tag.line, f"{name} of <{tag.name}> is empty")


def _given_by_others(found: Sequence[Address]) -> Iterator[Fault]:
    """Styles and scripts of other hosts, which nothing keeps from changing (subresource integrity)."""
    for one in found:
        tag = one.tag
        rel = tag.attributes.get("rel", "").lower().split() if tag.name == "link" else ()
        takes = tag.name == "script" or "stylesheet" in rel or "preload" in rel
        if takes and one.path is None and "integrity" not in tag.attributes and one.whole[:6] == "https:":
            message = f"{one.link} is taken from another host, which learns who reads the page"
            yield Fault("elsewhere", tag.line, message, Severity.WARNING)


def _to_a_feed(site: SiteFiles, one: Address) -> Iterator[Fault]:
    told, lang = site.language(one.path or ""), one.tag.lang
    if told and lang and told.lower() != lang.lower():
        message = f"{one.link} is a feed in {told}, the page is in {lang}"
        yield Fault("feed", one.tag.line, message, Severity.WARNING)


def _unencrypted(site: SiteFiles, one: Address) -> Iterator[Fault]:
    tag, address = one.tag, one.whole
    if not (address.startswith("http:") and site.url.startswith("https:")):
        return
    plain = f"http:{site.url.removeprefix('https:')}"
    if one.name != "href" or (
        tag.name == "link" and "stylesheet" in tag.attributes.get("rel", "").lower().split()
    ):
        yield Fault("mixed", tag.line, f"{one.link} is not encrypted, the page is")
    elif address == plain or address.startswith(f"{plain}/"):
        yield Fault("mixed", tag.line, f"{one.link} leads to the site itself, not encrypted")


def _elsewhere(tag: Tag, link: str, address: str) -> Iterator[Fault]:
    """Addresses that lead nowhere wherever the site stands."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        yield Fault("link", tag.line, f"{link} is no address")
        return
    if message := (f"{link} is on no host" if _HOSTLESS.match(link) else _odd(link, parts.scheme, host)):
        yield Fault("link", tag.line, message)
    elif parts.scheme == "file" or (parts.scheme in {"http", "https"} and _local(host)):
        yield Fault("link", tag.line, f"{link} leads to the machine of whoever wrote it")
    elif parts.scheme == "javascript":
        yield Fault("link", tag.line, f"{link} leads nowhere without a script", Severity.WARNING)
    elif parts.scheme == "mailto":
        mailboxes = [unquote(mailbox).strip() for mailbox in parts.path.split(",") if mailbox.strip()]
        if not all(_MAIL.fullmatch(mailbox) for mailbox in mailboxes):
            yield Fault("link", tag.line, f"{link} is no address of mail")
        elif not mailboxes and not parts.query:
            yield Fault("link", tag.line, f"{link} is for nobody")
    elif parts.scheme == "tel" and not _DIALLED.fullmatch(parts.path):
        yield Fault("link", tag.line, f"{link} is no phone number (RFC 3966)")
    elif parts.scheme in {"http", "https"} and " " in link:
        yield Fault(
            "link", tag.line, f"{link} has a blank in it, written %20 in an address", Severity.WARNING
        )


def _odd(link: str, scheme: str, host: str) -> str:
    """What is wrong with the beginning of an address, "" where nothing is."""
    if scheme in {"http", "https"}:
        return f"{link} is on no host that there can be" if _is_no_host(host) and not _local(host) else ""
    misspelt = scheme and scheme not in _SCHEMES and get_close_matches(scheme, _MISSPELT, 1, 0.7)
    return f"{link} begins with {scheme}:, which no browser knows" if misspelt else ""


def _is_no_host(host: str) -> bool:
    """Whether a name is none that a host on the network has (RFC 1123, 2.1)."""
    return not host or ("." not in host and ":" not in host) or ".." in host or host.startswith((".", "-"))


def _local(host: str) -> bool:
    """Whether a machine is one that nobody else reaches (RFC 1918, RFC 6761, RFC 6762)."""
    return (
        host in {"localhost", "::1"}
        or host.endswith((".local", ".localhost", ".internal"))
        or _PRIVATE.match(host) is not None
    )


def _previews(site: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:
    """Pictures that networks show: by absolute addresses, and there."""
    for name in _PREVIEWS:
        for tag in sheet.metas(name):
            address = tag.attributes.get("content", "").strip()
            if not address.startswith(("http://", "https://")):
                yield Fault("open-graph", tag.line, f"{name} is {address!r}, which is no whole address")
            elif site.path(address) == "":
                yield Fault("open-graph", tag.line, f"{name} is {address}, where there is nothing")


def _onward(site: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:
    """A page that only leads on: to one that is there, and not to itself."""
    found = onward(site, sheet)
    if found is None:
        return
    line, where, path = found
    if path == "":
        yield Fault("redirect", line, f"{where} leads nowhere")
    elif path == sheet.path:
        yield Fault("redirect", line, "the page leads to itself")
