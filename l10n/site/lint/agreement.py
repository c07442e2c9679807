"""What a release is called and when it was published: one answer on its page, in lists and in the search."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import urljoin

from l10n.model import Severity
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage, Tag
from l10n.site.lint.site import SiteFiles

_HEADINGS = frozenset({"h2", "h3", "h4"})
_PARTS = re.compile(r"passerelle\.add\((.*)\);?\s*", re.DOTALL)
_INDEX = re.compile(r"search/(?P<locale>.+?)-\d{4}\.js")
_BLANK = re.compile(r"\s+")


def faults(site: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:
    """Where a page contradicts itself, or the releases that it lists."""
    yield from _own(sheet)
    yield from _listed(site, sheet)
    yield from _switched(site, sheet)


def search_faults(site: SiteFiles) -> Iterator[tuple[str, Fault]]:
    """What is wrong in the search index, and in the pages that name its files."""
    for path, data in site.files.items():
        if name := _INDEX.fullmatch(path):
            yield from ((path, fault) for fault in _index(site, data, name["locale"]))
    for path, sheet in site.sheets.items():
        for tag in sheet.named("form"):
            for file in tag.attributes.get("data-files", "").split():
                address = urljoin(site.address(path), tag.attributes.get("data-root", "") + file)
                if site.path(address) == "":
                    yield path, Fault("search", tag.line, f"{file} is not there: nothing in it is found")


def article(sheet: ParsedPage) -> dict[str, Any]:
    """What the structured data of a page say of the release on it, {} where there is none."""
    for _, text in sheet.data:
        try:
            data = json.loads(text)
        except ValueError:
            continue
        if isinstance(data, dict) and "Article" in str(data.get("@type")):
            return data
    return {}


def day(text: object) -> dt.date | None:
    """The day of a moment (ISO 8601), None where it is none."""
    try:
        return dt.date.fromisoformat(text[:10]) if isinstance(text, str) else None
    except ValueError:
        return None


def _is_of(shown: dt.date, moment: object) -> bool:
    """Whether a day may be that of a moment, which in another time zone may be of the day before or after."""
    told = day(moment)
    return told is None or abs((told - shown).days) <= ("T" in str(moment))


def _own(sheet: ParsedPage) -> Iterator[Fault]:
    data = article(sheet)
    published = data.get("datePublished")
    shown = {day(tag.attributes.get("datetime")) for tag in sheet.named("time")} - {None}
    if shown and not any(_is_of(shown_day, published) for shown_day in shown if shown_day):
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


def _listed(site: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:
    """Releases in a list: items with a date and a heading that leads to one."""
    words: dict[int, str] = {}
    for tag, text in sheet.link_words:
        words[id(tag)] = words.get(id(tag), "") + text
    dated: Tag | None = None
    for before, tag in pairwise(sheet.tags):
        if tag.name == "li":
            dated = None
        elif tag.name == "time":
            dated = tag
        elif tag.name == "a" and before.name in _HEADINGS and dated is not None:
            yield from _teaser(site, sheet, tag, words.get(id(tag), ""), dated)
            dated = None


def _teaser(site: SiteFiles, sheet: ParsedPage, link: Tag, words: str, dated: Tag) -> Iterator[Fault]:
    page = _page_at(site, sheet, link)
    if page is None or not (data := article(page)):
        return
    listed, published = day(dated.attributes.get("datetime")), data.get("datePublished")
    if listed and not _is_of(listed, published):
        yield Fault(
            "agreement", dated.line, f"{words.strip()[:40]!r} is of {listed} here, its page of {published}"
        )
    if page.lang and link.lang and page.lang.lower() != link.lang.lower():
        message = f"{words.strip()[:40]!r} leads to a page in {page.lang}, the list is in {link.lang}"
        yield Fault("agreement", link.line, message, Severity.WARNING)
    elif words.strip() and page.heading and not _same(words, page.heading):
        message = f"{words.strip()[:40]!r} leads to {page.heading.strip()[:40]!r}"
        yield Fault("agreement", link.line, message, Severity.WARNING)


def _page_at(site: SiteFiles, sheet: ParsedPage, link: Tag) -> ParsedPage | None:
    try:
        address = urljoin(site.address(sheet.path), link.attributes.get("href", "").strip())
    except ValueError:
        return None
    return site.sheets.get(site.path(address) or "")


def _switched(site: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:
    """A choice of languages (links in their own languages) leads to the page's own alternates."""
    first: dict[str, Tag] = {}
    for tag in sheet.named("a"):
        lang = tag.attributes.get("hreflang", "")
        if lang and lang == tag.attributes.get("lang") and "href" in tag.attributes:
            first.setdefault(lang, tag)
    if len(first) < 2:
        return
    for lang, tag in first.items():
        alternate = site.path(sheet.hreflang.get(lang, "")) if lang in sheet.hreflang else None
        page = _page_at(site, sheet, tag)
        if alternate and page is not None and page.path != alternate and page.lang == lang:
            yield Fault(
                "hreflang", tag.line, f"the choice of languages leads to {page.path}, not to {alternate}"
            )


def _index(site: SiteFiles, data: bytes, locale: str) -> Iterator[Fault]:
    text = _PARTS.fullmatch(data.decode("utf-8", "replace"))
    try:
        entries = json.loads(text[1]) if text else None
    except ValueError:
        entries = None
    if not isinstance(entries, list):
        yield Fault("search", 1, "the search index cannot be read")
        return
    for entry in entries:
        if not (isinstance(entry, list) and len(entry) > 2 and all(isinstance(part, str) for part in entry)):
            yield Fault("search", 1, "an entry is no address with a title and a day")
            continue
        yield from _entry(site, locale, *entry[:3])


def _entry(site: SiteFiles, locale: str, where: str, title: str, moment: str) -> Iterator[Fault]:
    page = site.sheets.get(site.path(urljoin(f"{site.url}/", where)) or "")
    if page is None:
        yield Fault("search", 1, f"{where} is no page of the site, and {title[:40]!r} is found")
        return
    if page.lang.lower() != locale.lower():
        yield Fault("search", 1, f"{where} is in {page.lang}, found in {locale}")
    elif page.heading and not _same(title, page.heading):
        yield Fault("search", 1, f"{where} is found as {title[:40]!r}, and is {page.heading.strip()[:40]!r}")
    published, found = article(page).get("datePublished"), day(moment)
    if found and not _is_of(found, published):
        yield Fault("search", 1, f"{where} is found as of {moment}, and is of {published}")
