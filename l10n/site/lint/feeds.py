"""Lint rules for feeds: Atom (RFC 4287), JSON Feed 1.1, and agreement with their pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from l10n.model import Severity
from l10n.site.lint import dates, rss, signs
from l10n.site.lint.fault import Fault
from l10n.site.lint.pages import known, other_language, share
from l10n.site.lint.reader import texts_in
from l10n.site.lint.site import SiteFiles, texts_of, xml_of
from l10n.site.urls import taken_apart
from l10n.xml_elements import LANG

_ATOM = "{http://www.w3.org/2005/Atom}"
_FEED = re.compile(rb"<(?:rss|feed)[\s>]")
_HEAD = 2000
# How often an element may stand in a feed and in an entry (RFC 4287, 4.1.1 and 4.1.2).
_ONCE = ("id", "title", "updated")
_AT_MOST_ONCE = {
    "feed": ("generator", "icon", "logo", "rights", "subtitle"),
    "entry": ("content", "published", "rights", "source", "summary"),
}
_NAMED = {
    "feed": "the feed",
    "entry": "an entry",
    "author": "an author",
    "contributor": "a contributor",
}
_MARKUP = re.compile(r"</?[a-z]+\d?(?:\s[^<>]*)?/?>|&(?:[a-z]+|#\d+);", re.IGNORECASE)
_TYPES = {None, "text", "html", "xhtml"}
_VERSIONS = {"https://jsonfeed.org/version/1.1", "https://jsonfeed.org/version/1"}


def faults(site: SiteFiles) -> Iterator[tuple[str, Fault]]:
    """What is wrong with the feeds of a site, each with the file it is wrong in."""
    for name in site.files:
        if name.endswith(".xml"):
            yield from ((name, fault) for fault in _xml(site, name, site.files[name]))
        elif name.startswith("feed/") and name.endswith(".json"):
            yield from ((name, fault) for fault in _json(site, name, site.files[name]))


def _wrong(message: str, severity: Severity = Severity.ERROR) -> Fault:
    return Fault("feed", 1, message, severity)


def _xml(site: SiteFiles, name: str, data: bytes) -> Iterator[Fault]:
    """A feed in whatever form of XML; other files in XML are only asked to be that."""
    if not (name.startswith("feed/") or _FEED.search(data, 0, _HEAD)):
        if (
            b"<!DOCTYPE" not in data[:_HEAD]
            and data
            and not name.startswith("sitemap")
            and xml_of(data) is None
        ):
            yield Fault("file", 1, "the file is no XML")
        return
    root = xml_of(data)
    if root is not None and root.tag == f"{_ATOM}feed":
        yield from _atom(site, name, root)
    elif root is not None and root.tag == "rss":
        yield from rss.faults(site, name, root)
    else:
        yield _wrong("the feed is no Atom")
        return
    yield from signs.in_data(texts_of(root))


def _atom(site: SiteFiles, name: str, root: ET.Element) -> Iterator[Fault]:
    entries = root.findall(f"{_ATOM}entry")
    yield from _element(root, "feed")
    if [site.path(href) for href in _links(root, "self")] != [name]:
        yield _wrong("the feed does not say where it stands (a link to itself)")
    if root.find(f"{_ATOM}author") is None and any(entry.find(f"{_ATOM}author") is None for entry in entries):
        yield _wrong("an entry has no author, and the feed has none")
    if any(LANG not in root.attrib.keys() | entry.attrib.keys() for entry in entries):
        yield _wrong("the feed does not say which language it is in (xml:lang)", Severity.WARNING)
    counted = Counter(entry.findtext(f"{_ATOM}id") for entry in entries)
    if any(number > 1 for number in counted.values()):
        yield _wrong("two entries have one id")
    moments = [entry.findtext(f"{_ATOM}updated") or "" for entry in entries]
    newest, feed_moment = max(moments, default=""), root.findtext(f"{_ATOM}updated") or ""
    if newest.endswith("Z") and feed_moment.endswith("Z") and feed_moment < newest:
        yield _wrong(f"an entry changed after the feed did ({newest}, {feed_moment})")
    if site.now is not None and (moment := dates.moment(feed_moment)) and moment > site.now + dates.A_DAY:
        yield _wrong(f"the feed changed in the future ({feed_moment})")
    yield from _order([entry.findtext(f"{_ATOM}published") or "" for entry in entries])
    yield from _twice([href for entry in entries for href in _links(entry, "alternate")])
    locales = _languages(site)
    for entry in entries:
        yield from _entry(entry)
        for part in (*entry.findall(f"{_ATOM}title"), *entry.findall(f"{_ATOM}summary")):
            spoken = part.get(LANG) or entry.get(LANG) or root.get(LANG) or ""
            yield from _words(part.text or "", spoken, locales)
        for href in _links(entry, "alternate"):
            yield from _page(
                site,
                href,
                root.get(LANG, ""),
                entry.findtext(f"{_ATOM}title") or "",
                entry.findtext(f"{_ATOM}published") or "",
            )


def _entry(entry: ET.Element) -> Iterator[Fault]:
    yield from _element(entry, "entry")
    if entry.find(f"{_ATOM}content") is None and not _links(entry, "alternate"):
        yield _wrong("an entry has neither content nor a link to it")
    published, changed = entry.findtext(f"{_ATOM}published"), entry.findtext(f"{_ATOM}updated")
    if published and changed and changed < published:
        yield _wrong(f"an entry changed before it was published ({changed}, {published})")


def _element(element: ET.Element, name: str) -> Iterator[Fault]:
    """What a feed and an entry have in common."""
    counted = Counter(child.tag for child in element)
    for child_name in _ONCE:
        if (
            counted[f"{_ATOM}{child_name}"] != 1
            or not (element.findtext(f"{_ATOM}{child_name}") or "").strip()
        ):
            yield _wrong(f"{_a(name)} has no {child_name}, or several")
    for child_name in _AT_MOST_ONCE[name]:
        if counted[f"{_ATOM}{child_name}"] > 1:
            yield _wrong(f"{_a(name)} has more than one {child_name}")
    if not _absolute(element.findtext(f"{_ATOM}id") or ""):
        yield _wrong(f"the id of {_a(name)} is no address (IRI)")
    for child in element:
        yield from _construct(child)
    links = Counter(
        (link.get("type"), link.get("hreflang"))
        for link in element.findall(f"{_ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    )
    if any(number > 1 for number in links.values()):
        yield _wrong(f"{_a(name)} has two alternates of one type and language")


def _construct(child: ET.Element) -> Iterator[Fault]:
    """What the kinds of elements ask for: moments, texts, persons, categories, links, languages."""
    name = child.tag.removeprefix(_ATOM)
    text = (child.text or "").strip()
    if name in {"updated", "published"} and not dates.is_for_feeds(text):
        yield _wrong(f"{text!r} is no moment (RFC 3339)")
    if name in {"title", "summary", "rights", "subtitle"} and child.get("type") not in _TYPES:
        yield _wrong(f"{child.get('type')!r} is no type of a text")
    if name == "title" and child.get("type", "text") == "text" and _MARKUP.search(text):
        yield _wrong(f"the title {text[:40]!r} shows markup to readers")
    if name in {"author", "contributor"} and not (child.findtext(f"{_ATOM}name") or "").strip():
        yield _wrong(f"{_a(name)} has no name")
    if name == "category" and not child.get("term"):
        yield _wrong("a category has no term")
    if name == "link" and not child.get("href"):
        yield _wrong("a link leads nowhere")
    elif name == "link" and not _absolute(child.get("href", "")):
        yield _wrong(f"{child.get('href')} is no whole address: readers of feeds do not know whose it is")
    for tag in (child.get(LANG), child.get("hreflang")):
        if tag and not known(tag):
            yield _wrong(f"{tag!r} is no language tag that is known")


def _links(element: ET.Element, rel: str) -> list[str]:
    links = element.findall(f"{_ATOM}link")
    return [link.get("href", "") for link in links if link.get("rel", "alternate") == rel]


def _order(published: list[str]) -> Iterator[Fault]:
    """Readers show entries in their order: the newest first."""
    moments = [moment for text in published if (moment := dates.moment(text)) is not None]
    if len(moments) == len(published) and moments != sorted(moments, reverse=True):
        yield _wrong("the entries are not in the order in which they were published", Severity.WARNING)


def _twice(addresses: list[str]) -> Iterator[Fault]:
    counted = Counter(addresses)
    for address in (address for address, number in counted.items() if number > 1):
        yield _wrong(f"two entries lead to {address}")


def _json(site: SiteFiles, name: str, data: bytes) -> Iterator[Fault]:
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError):
        feed = None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        yield _wrong("the feed is no JSON Feed")
        return
    yield from _json_head(site, name, feed)
    items = [item for item in feed["items"] if isinstance(item, dict)]
    if len({str(item.get("id")) for item in items}) != len(feed["items"]):
        yield _wrong("two entries have one id")
    yield from _order([_text(item.get("date_published")) for item in items])
    yield from _twice([url for item in items if (url := _text(item.get("url")))])
    yield from signs.in_data(texts_in(feed))
    for item in items:
        yield from _item(item)
        yield from _own_language(item, _text(feed.get("language")))
        for key in ("url", "external_url", "image", "banner_image"):
            if key in item and not _absolute(_text(item[key])):
                yield _wrong(f"{key} is {item[key]!r}, which is no whole address")
        told = (_text(item.get(key)) for key in ("title", "date_published"))
        yield from _page(site, _text(item.get("url")), _text(feed.get("language")), *told)


def _languages(site: SiteFiles) -> frozenset[str]:
    return frozenset(page.lang for page in site.pages.values() if known(page.lang))


def _words(text: str, lang: str, locales: frozenset[str]) -> Iterator[Fault]:
    """A text in the words of another language of the site than its own."""
    if known(lang) and (real := other_language(text, lang, locales)):
        excerpt = " ".join(text.split())[:40]
        yield _wrong(f"{excerpt!r} is said to be {lang}, and is {real}", Severity.WARNING)


def _own_language(item: dict[str, Any], of_feed: str) -> Iterator[Fault]:
    """An entry may be in another language than its feed, and then has the words of that."""
    lang = _text(item.get("language"))
    if not (lang and of_feed and known(lang) and known(of_feed)) or lang.lower() == of_feed.lower():
        return
    text = f"{_text(item.get('title'))} {_text(item.get('content_text'))}"
    if share(text, of_feed) > share(text, lang):
        yield _wrong(f"an entry is said to be in {lang}, its words are {of_feed}", Severity.WARNING)


def _json_head(site: SiteFiles, name: str, feed: dict[str, Any]) -> Iterator[Fault]:
    if feed.get("version") not in _VERSIONS:
        yield _wrong(f"{feed.get('version')!r} is no version of JSON Feed")
    if not _text(feed.get("title")):
        yield _wrong("the feed has no title")
    lang = _text(feed.get("language"))
    if lang and not known(lang):
        yield _wrong(f"{lang!r} is no language tag that is known")
    if "home_page_url" in feed and not site.path(_text(feed["home_page_url"])):
        yield _wrong(f"home_page_url is {feed['home_page_url']!r}, where there is nothing")
    if "feed_url" in feed and site.path(_text(feed["feed_url"])) != name:
        yield _wrong(f"the feed says it stands at {feed['feed_url']!r}")
    yield from _authors(feed)


def _item(item: dict[str, Any]) -> Iterator[Fault]:
    if not _text(item.get("id")):
        yield _wrong("an entry has no id, or one that is no text")
    if not (_text(item.get("content_text")) or _text(item.get("content_html"))):
        yield _wrong("an entry has no content")
    moments = [_text(item[key]) for key in ("date_published", "date_modified") if key in item]
    for moment in moments:
        if not dates.is_for_feeds(moment):
            yield _wrong(f"{moment!r} is no moment (RFC 3339)")
    if moments != sorted(moments):
        yield _wrong(f"an entry changed before it was published ({moments[1]}, {moments[0]})")
    tags = item.get("tags", [])
    if not isinstance(tags, list) or not all(_text(tag) for tag in tags):
        yield _wrong("the tags of an entry are no texts")
    if _text(item.get("language")) and not known(_text(item["language"])):
        yield _wrong(f"{item['language']!r} is no language tag that is known")
    yield from _authors(item)


def _authors(content: dict[str, Any]) -> Iterator[Fault]:
    authors = content.get("authors", [])
    sound = isinstance(authors, list) and all(
        isinstance(author, dict) and any(_text(author.get(key)) for key in ("name", "url", "avatar"))
        for author in authors
    )
    if not sound:
        yield _wrong("an author has no name")


def _page(site: SiteFiles, address: str, lang: str, title: str, moment: str) -> Iterator[Fault]:
    page = site.page(address)
    if page is None:
        yield _wrong(f"{address} is no page of the site")
        return
    if lang and page.lang != lang:
        yield _wrong(f"{address} is in {page.lang}, the feed in {lang}", Severity.WARNING)
    elif not (site.says(page, title) or site.says(page, _without_slug(title, address))):
        yield _wrong(f"{address} does not say {title[:60]!r}, its title in the feed", Severity.WARNING)
    published, told = dates.day(page.published), dates.day(moment)
    # A moment in another time zone may be of the day before or after.
    if published and told and abs((published - told).days) > 1:
        yield Fault("agreement", 1, f"{address} is of {published}, in the feed of {told}")


def _without_slug(title: str, address: str) -> str:
    """A title without what may tell it from another of the same words: the name of the page's folder."""
    return title.removesuffix(f" ({unquote(address.rstrip('/').rpartition('/')[2])})")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _absolute(address: str) -> bool:
    return bool(taken_apart(address).scheme)


def _a(name: str) -> str:
    return _NAMED.get(name, name)
