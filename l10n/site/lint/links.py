"""What can be wrong about where a page leads, and about what it takes from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from l10n.model import Severity
from l10n.phones import digits_of
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage, Tag
from l10n.site.lint.site import SiteFiles

_PLACES = ("href", "src", "poster", "data", "srcset")
_MAIL = re.compile(r"[^@\s,]+@[^@\s,]+\.[^@\s,]+")
_DIALLED = re.compile(r"\+?[0-9*#().\s-]*[0-9][0-9*#().\s-]*(?:;.*)?")
_CALLED = re.compile(r"\+?[\d\s().\u00a0\u202f/-]{8,}")
_LOCAL_NUMBER = 7
_SHOWN = re.compile(r"(?:https?://(?:www\.)?|www\.)([\w.-]+\.\w{2,})(?![\w@])", re.IGNORECASE)
_PRIVATE = re.compile(
    r"(?:127|10)(?:\.\d+){3}\Z|192\.168(?:\.\d+){2}\Z|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}\Z"
)
_FEEDS = {"application/atom+xml", "application/rss+xml", "application/feed+json"}
_PREVIEWS = ("og:image", "og:video", "og:audio", "twitter:image")


def faults(site: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:
    """What is wrong about where a page leads."""
    base = _joined(
        site.address(sheet.path), next((tag.attributes.get("href", "") for tag in sheet.named("base")), "")
    )
    for tag in sheet.tags:
        for name in _PLACES:
            if name in tag.attributes and not (name == "data" and tag.name != "object"):
                for link in _addresses(name, tag.attributes[name]):
                    yield from _one(site, tag, name, link, _joined(base, link))
    for tag, words in _worded(sheet):
        if _misleading(tag.attributes["href"].strip(), words):
            message = f"{words!r} leads to another address, {tag.attributes['href']}"
            yield Fault("link", tag.line, message)
    yield from _previews(site, sheet)
    yield from _onward(site, sheet)


def _worded(sheet: ParsedPage) -> Iterator[tuple[Tag, str]]:
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
        host = urlsplit(link).netloc.rpartition("@")[2].partition(":")[0]
        return shown[1].lower() != host.lower().removeprefix("www.")
    return False


def _addresses(name: str, value: str) -> Iterator[str]:
    if name == "srcset":
        yield from (piece.split()[0] for piece in value.split(",") if piece.strip())
    elif value.strip():
        yield value.strip()


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def _one(site: SiteFiles, tag: Tag, name: str, link: str, address: str) -> Iterator[Fault]:
    if tag.name == "link" and "hreflang" in tag.attributes:
        return
    yield from _unencrypted(site, tag, name, link, address)
    yield from _elsewhere(tag, link, address)
    path = site.path(address)
    if path == "":
        yield Fault("link", tag.line, f"{link} leads nowhere")
    elif path is not None and path in site.anchors:
        yield from _at_a_page(site, tag, link, path, unquote(urldefrag(address)[1]))
    elif path and tag.attributes.get("type", "").lower() in _FEEDS:
        feed_language = site.language(path)
        if feed_language and tag.lang and feed_language.lower() != tag.lang.lower():
            message = f"{link} is a feed in {feed_language}, the page is in {tag.lang}"
            yield Fault("feed", tag.line, message, Severity.WARNING)


def _unencrypted(site: SiteFiles, tag: Tag, name: str, link: str, address: str) -> Iterator[Fault]:
    if not (site.url.startswith("https:") and address.startswith("http:")):
        return
    plain = f"http:{site.url.removeprefix('https:')}"
    if name != "href" or (
        tag.name == "link" and "stylesheet" in tag.attributes.get("rel", "").lower().split()
    ):
        yield Fault("mixed", tag.line, f"{link} is not encrypted, the page is")
    elif address == plain or address.startswith(f"{plain}/"):
        yield Fault("mixed", tag.line, f"{link} leads to the site itself, not encrypted")


def _at_a_page(site: SiteFiles, tag: Tag, link: str, path: str, anchor: str) -> Iterator[Fault]:
    if anchor and anchor not in site.anchors[path]:
        yield Fault("link", tag.line, f"{link} leads to no place on its page")
    lang, page_language = tag.attributes.get("hreflang", ""), site.sheets[path].lang
    if (
        tag.name == "a"
        and lang
        and page_language
        and lang.lower() != page_language.lower()
        and urldefrag(link)[0]
    ):
        yield Fault("link", tag.line, f"{link} is said to be in {lang}, and is in {page_language}")


def _elsewhere(tag: Tag, link: str, address: str) -> Iterator[Fault]:
    """Addresses that lead nowhere wherever the site stands."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        yield Fault("link", tag.line, f"{link} is no address")
        return
    if parts.scheme == "file" or (parts.scheme in {"http", "https"} and _local(host)):
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
    """A page that only leads on: to one that is there, and does not lead on itself."""
    refresh = sheet.refresh
    if refresh is None or not refresh.where:
        return
    path = site.path(_joined(site.address(sheet.path), refresh.where))
    if path == "":
        yield Fault("redirect", refresh.line, f"{refresh.where} leads nowhere")
    elif path == sheet.path:
        yield Fault("redirect", refresh.line, "the page leads to itself")
    elif path and path in site.sheets and site.sheets[path].refresh:
        yield Fault(
            "redirect", refresh.line, f"{refresh.where} only leads on to another page", Severity.WARNING
        )
