"""What a release is called and when it was published: one answer on its page, in lists and in the search."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise

from l10n.model import Severity
from l10n.site.lint import signs
from l10n.site.lint.dates import day, is_of
from l10n.site.lint.fault import Fault
from l10n.site.lint.links import worded
from l10n.site.lint.reader import ParsedPage, Tag, texts_in
from l10n.site.lint.site import SiteFiles, joined
from l10n.site.lint.summary import PageLink, PageSummary, Teaser

_HEADINGS = frozenset({"h2", "h3", "h4"})
_PARTS = re.compile(r"passerelle\.add\((.*)\);?\s*", re.DOTALL)
_INDEX = re.compile(r"search/(?P<locale>.+?)-\d{4}\.js")
_BLANK = re.compile(r"\s+")


def faults(site: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:
    """Where a page contradicts itself, or asks for parts of a search index that are not there."""
    yield from _own(sheet)
    for tag in sheet.named("form"):
        for file in tag.attributes.get("data-files", "").split():
            address = joined(site.address(sheet.path), tag.attributes.get("data-root", "") + file)
            if site.path(address) == "":
                yield Fault("search", tag.line, f"{file} is not there: nothing in it is found")


def between(site: SiteFiles, page: PageSummary) -> Iterator[Fault]:
    """Where a page contradicts the releases that it lists, or its own alternates."""
    for teaser in page.teasers:
        yield from _teaser(site, teaser)
    yield from _switched(site, page)


def search_faults(site: SiteFiles) -> Iterator[tuple[str, Fault]]:
    """What is wrong in the search index."""
    for path in site.files:
        if name := _INDEX.fullmatch(path):
            yield from ((path, fault) for fault in _index(site, site.files[path], name["locale"]))


def _own(sheet: ParsedPage) -> Iterator[Fault]:
    data = sheet.article
    published = data.get("datePublished")
    shown = {day(tag.attributes.get("datetime")) for tag in sheet.named("time")} - {None}
    if shown and not any(is_of(shown_day, published) for shown_day in shown if shown_day):
        yield Fault("agreement", 1, f"its structured data give a day that is not on the page, {published}")
    heading = sheet.heading
    if not data or not heading.strip():
        return
    told = {
        "title": sheet.title,
        "og:title": sheet.meta("og:title"),
        "twitter:title": sheet.meta("twitter:title"),
    }
    told["headline"] = str(data.get("headline") or "")
    for name, said in told.items():
        if said.strip() and not _same(said, heading):
            message = f"its {name} is {said.strip()[:50]!r}, its heading {heading.strip()[:50]!r}"
            yield Fault("agreement", 1, message, Severity.WARNING)


def _same(said: str, heading: str) -> bool:
    """Whether one of two titles is the other with something around it, the name of the site or a state."""
    one, other = (_BLANK.sub("", text).casefold() for text in (said, heading))
    return one in other or other in one


def listed(site: SiteFiles, sheet: ParsedPage) -> Iterator[Teaser]:
    """The releases in the lists of a page: items with a date and a heading that leads to one."""
    words = {id(tag): text for tag, text in worded(sheet)}
    base = site.address(sheet.path)
    dated: Tag | None = None
    for before, tag in pairwise(sheet.tags):
        if tag.name == "li":
            dated = None
        elif tag.name == "time":
            dated = tag
        elif tag.name == "a" and before.name in _HEADINGS and dated is not None:
            path = site.path(joined(base, tag.attributes.get("href", "").strip()))
            if path and path.endswith(".html"):
                moment = dated.attributes.get("datetime", "")
                yield Teaser(tag.line, path, words.get(id(tag), ""), tag.lang, dated.line, moment)
            dated = None


def _teaser(site: SiteFiles, teaser: Teaser) -> Iterator[Fault]:
    page = site.pages.get(teaser.path)
    if page is None or not page.article:
        return
    listed_day, words = day(teaser.dated), teaser.words
    if listed_day and not is_of(listed_day, page.published):
        message = f"{words[:40]!r} is of {listed_day} here, its page of {page.published}"
        yield Fault("agreement", teaser.dated_line, message)
    if page.lang and teaser.lang and page.lang.lower() != teaser.lang.lower():
        message = f"{words[:40]!r} leads to a page in {page.lang}, the list is in {teaser.lang}"
        yield Fault("agreement", teaser.line, message, Severity.WARNING)
    elif words and page.heading and not _same(words, page.heading):
        message = f"{words[:40]!r} leads to {page.heading.strip()[:40]!r}"
        yield Fault("agreement", teaser.line, message, Severity.WARNING)


def _switched(site: SiteFiles, page: PageSummary) -> Iterator[Fault]:
    """A choice of languages (links in their own languages) leads to the page's own alternates."""
    first: dict[str, PageLink] = {}
    for link in page.links:
        if link.own:
            first.setdefault(link.lang, link)
    if len(first) < 2:
        return
    for lang, link in first.items():
        alternate = site.path(page.hreflang.get(lang, "")) if lang in page.hreflang else None
        target = site.pages.get(link.path)
        if alternate and target is not None and target.path != alternate and target.lang == lang:
            yield Fault(
                "hreflang", link.line, f"the choice of languages leads to {target.path}, not to {alternate}"
            )


def _index(site: SiteFiles, data: bytes, locale: str) -> Iterator[Fault]:
    text = _PARTS.fullmatch(data.decode("utf-8", "replace"))
    try:
        entries = json.loads(text[1]) if text else None
    except (ValueError, RecursionError):
        entries = None
    if not isinstance(entries, list):
        yield Fault("search", 1, "the search index cannot be read")
        return
    yield from signs.in_data(texts_in(entries))
    told: set[str] = set()
    for entry in entries:
        if not (isinstance(entry, list) and len(entry) > 2 and all(isinstance(part, str) for part in entry)):
            yield Fault("search", 1, "an entry is no address with a title and a day")
            continue
        if entry[0] in told:
            yield Fault("search", 1, f"{entry[0]} is found twice")
        told.add(entry[0])
        yield from _entry(site, locale, *entry[:3])


def _entry(site: SiteFiles, locale: str, where: str, title: str, moment: str) -> Iterator[Fault]:
    page = site.page(joined(f"{site.url}/", where))
    if page is None:
        yield Fault("search", 1, f"{where} is no page of the site, and {title[:40]!r} is found")
        return
    if page.lang.lower() != locale.lower():
        yield Fault("search", 1, f"{where} is in {page.lang}, found in {locale}")
    elif page.heading and not _same(title, page.heading):
        yield Fault("search", 1, f"{where} is found as {title[:40]!r}, and is {page.heading.strip()[:40]!r}")
    published, found = page.published, day(moment)
    if page.hidden:
        yield Fault("search", 1, f"{where} is not for search engines, and is found here", Severity.WARNING)
    if moment and found is None:
        yield Fault("search", 1, f"{where} is found as of {moment!r}, which is no day")
    if found and not is_of(found, published):
        yield Fault("search", 1, f"{where} is found as of {moment}, and is of {published}")
