"""Lint rules across pages: links, alternates, the sitemap, the feeds."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urldefrag, urljoin
from xml.etree import ElementTree as ET

from l10n.site.lint import feeds
from l10n.site.lint.pages import Fault
from l10n.site.lint.reader import ParsedPage
from l10n.site.lint.site import SiteFiles, xml_of

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
MOST = 50_000

Found = tuple[str, Fault]


def faults(whole: SiteFiles) -> Iterator[Found]:
    """What is wrong between pages, each with the file it is wrong in."""
    for path, sheet in whole.sheets.items():
        for fault in (*_links(whole, sheet), *_canonical(whole, sheet), *_alternates(whole, sheet)):
            yield path, fault
    yield from _sitemap(whole)
    yield from feeds.faults(whole)


def _links(whole: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:
    base = whole.address(sheet.path)
    for tag in sheet.tags:
        for name in ("href", "src"):
            told = tag.given.get(name, "").strip()
            if not told or (tag.name == "link" and "hreflang" in tag.given):
                continue
            address = urljoin(base, told)
            if name == "src" and whole.url.startswith("https:") and address.startswith("http:"):
                yield Fault("mixed", tag.line, f"{told} is not encrypted, the page is")
            found = whole.path(address)
            if found == "":
                yield Fault("link", tag.line, f"{told} leads nowhere")
            elif found is not None and found in whole.anchors:
                anchor = unquote(urldefrag(address)[1])
                if anchor and anchor not in whole.anchors[found]:
                    yield Fault("link", tag.line, f"{told} leads to no place on its page")


def _canonical(whole: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:
    told = [tag.given.get("href", "") for tag in sheet.links("canonical")]
    if sheet.hidden:
        return
    if len(told) != 1:
        yield Fault("canonical", 1, "the page has no canonical address, or several")
    elif told[0] != whole.address(sheet.path):
        yield Fault("canonical", 1, f"its canonical address is {told[0]}, not its own")


def _alternates(whole: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:
    told = sheet.hreflang
    if not told:
        return
    own = whole.address(sheet.path)
    if own not in told.values():
        yield Fault("hreflang", 1, "the page is not among its own alternates")
    if "x-default" not in told:
        yield Fault("hreflang", 1, "no alternate is for readers of other languages (x-default)")
    for lang, address in told.items():
        found = whole.path(address)
        other = whole.sheets.get(found or "")
        if other is None:
            yield Fault("hreflang", 1, f"{address} ({lang}) is no page of the site")
            continue
        if lang not in {"x-default", other.lang}:
            yield Fault("hreflang", 1, f"{address} is said to be {lang} and says it is {other.lang}")
        if own not in other.hreflang.values():
            yield Fault("hreflang", 1, f"{address} ({lang}) does not name this page in return")
        if other.hidden:
            yield Fault("hreflang", 1, f"{address} ({lang}) is not for search engines")


def _sitemap(whole: SiteFiles) -> Iterator[Found]:
    listed: set[str] = set()
    names = [name for name in whole.files if name.startswith("sitemap") and name.endswith(".xml")]
    for name in names:
        root = xml_of(whole.files[name])
        if root is None:
            yield name, Fault("sitemap", 1, "the sitemap is no XML")
            continue
        yield from ((name, fault) for fault in _map(whole, root))
        listed.update(url.text or "" for url in root.iter(f"{_SITEMAP}loc"))
    if "sitemap.xml" not in names:
        yield "sitemap.xml", Fault("sitemap", 1, "there is no sitemap")
        return
    for path, sheet in whole.sheets.items():
        if not sheet.hidden and whole.address(path) not in listed:
            yield path, Fault("sitemap", 1, "the page is not in the sitemap")


def _map(whole: SiteFiles, root: ET.Element) -> Iterator[Fault]:
    if root.tag == f"{_SITEMAP}sitemapindex":
        for part in root.iter(f"{_SITEMAP}loc"):
            if not whole.path(part.text or ""):
                yield Fault("sitemap", 1, f"{part.text} is not there")
        return
    if len(root) > MOST:
        yield Fault("sitemap", 1, f"more than {MOST} addresses")
    for url in root.iter(f"{_SITEMAP}url"):
        yield from _listed(whole, url.findtext(f"{_SITEMAP}loc") or "", url)


def _listed(whole: SiteFiles, address: str, url: ET.Element) -> Iterator[Fault]:
    sheet = whole.sheets.get(whole.path(address) or "")
    if sheet is None:
        yield Fault("sitemap", 1, f"{address} is no page of the site")
        return
    if sheet.hidden:
        yield Fault("sitemap", 1, f"{address} is not for search engines")
    told = {each.get("hreflang", ""): each.get("href", "") for each in url.iter(f"{_XHTML}link")}
    if told != sheet.hreflang:
        yield Fault("sitemap", 1, f"{address} has other alternates in the sitemap than on its page")
