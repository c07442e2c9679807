"""Lint rules for RSS 2.0 (the specification of its advisory board), and agreement with the pages."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

from l10n.model import Severity
from l10n.site.lint import dates
from l10n.site.lint.fault import Fault
from l10n.site.lint.pages import known
from l10n.site.lint.site import SiteFiles

_SELF = "{http://www.w3.org/2005/Atom}link"
_NEEDED = ("title", "link", "description")


def faults(site: SiteFiles, name: str, root: ET.Element) -> Iterator[Fault]:
    """What is wrong with a feed whose XML is that."""
    channel = root.find("channel")
    if channel is None:
        yield _wrong("the feed has no channel")
        return
    for needed in _NEEDED:
        if not (channel.findtext(needed) or "").strip():
            yield _wrong(f"the feed has no {needed}")
    lang = (channel.findtext("language") or "").strip()
    if lang and not known(lang):
        yield _wrong(f"{lang!r} is no language tag that is known")
    own = [link.get("href", "") for link in channel.findall(_SELF) if link.get("rel") == "self"]
    if own and site.path(own[0]) != name:
        yield _wrong(f"the feed says it stands at {own[0]!r}")
    items = channel.findall("item")
    counted = Counter(item.findtext("guid") or item.findtext("link") for item in items)
    if any(key and number > 1 for key, number in counted.items()):
        yield _wrong("two entries have one id")
    yield from _order(items)
    for item in items:
        yield from _item(site, item, lang)


def _item(site: SiteFiles, item: ET.Element, lang: str) -> Iterator[Fault]:
    title, link = (item.findtext("title") or "").strip(), (item.findtext("link") or "").strip()
    if not title and not (item.findtext("description") or "").strip():
        yield _wrong("an entry has neither title nor description")
    published = item.findtext("pubDate")
    if published is not None and _moment(published) is None:
        yield _wrong(f"{published!r} is no moment (RFC 822)")
    if link and not link.startswith(("http://", "https://")):
        yield _wrong(f"{link} is no whole address")
    elif link and site.path(link) == "":
        yield _wrong(f"{link} is no page of the site")
    elif (page := site.page(link)) is not None:
        day, told = dates.day(page.published), _moment(published or "")
        if day and told and abs((day - told.date()).days) > 1:
            yield Fault("agreement", 1, f"{link} is of {day}, in the feed of {told.date()}")
        if lang and page.lang and lang.lower().split("-")[0] != page.lang.lower().split("-")[0]:
            yield _wrong(f"{link} is in {page.lang}, the feed in {lang}", Severity.WARNING)
        elif title and not site.says(page, title):
            yield _wrong(f"{link} does not say {title[:60]!r}, its title in the feed", Severity.WARNING)


def _order(items: list[ET.Element]) -> Iterator[Fault]:
    told = [item.findtext("pubDate") or "" for item in items]
    moments = [found for text in told if (found := _moment(text)) is not None]
    if len(moments) == len(told) and moments != sorted(moments, reverse=True):
        yield _wrong("the entries are not in the order in which they were published", Severity.WARNING)


def _moment(text: str) -> dt.datetime | None:
    """The moment that a date of mail says, None where it is none."""
    try:
        return dates.moment(parsedate_to_datetime(text.strip()).isoformat())
    except (ValueError, IndexError, TypeError):
        return None


def _wrong(message: str, severity: Severity = Severity.ERROR) -> Fault:
    return Fault("feed", 1, message, severity)
