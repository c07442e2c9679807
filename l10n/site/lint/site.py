"""A site as the linter sees it: its files, what it keeps of every page, and which file is at an address."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urldefrag
from xml.etree import ElementTree as ET

from l10n.site import urls
from l10n.site.lint.reader import parse, unspaced
from l10n.site.lint.summary import PageSummary
from l10n.site.picture_size import size

_COUNTRY = re.compile("-(?:[a-z]{2}|[0-9]{3})")
_WHOLE = re.compile(r"https?://[^/?#\\\s]+/(?:[^\s/.?#;][^\s/?#;]*/)*(?:[^\s/.?#;][^\s/?#;]*)?")
_BELOW = re.compile(r"((?:\.\./)*+)((?:[\w%-][\w%.-]*/)*(?:[\w%-][\w%.-]*)?(?:#[\w-]+)?)", re.ASCII)


@dataclass(frozen=True)
class SiteFiles:
    """All files of a site; ``url`` is its address without a closing slash.

    ``pages`` is what is kept of every page, empty as long as they are being read; ``now``, where
    it is known, is the moment at which it is looked at.
    """

    files: Mapping[str, bytes]
    url: str
    pages: Mapping[str, PageSummary] = field(default_factory=dict)
    now: dt.datetime | None = None
    _languages: dict[str, str] = field(default_factory=dict, repr=False)
    _pictures: dict[str, tuple[int, tuple[int, int] | None]] = field(default_factory=dict, repr=False)

    def address(self, path: str) -> str:
        """The absolute address of a file."""
        return f"{self.url}/{quote(path.removesuffix('index.html'))}"

    def own_address(self, page: PageSummary) -> str:
        """The address a page says it has where it is found there, also without a closing slash."""
        return page.canonical if self.path(page.canonical) == page.path else self.address(page.path)

    def path(self, address: str) -> str | None:
        """The file at an address, "" where there is none, None where it is outside the site."""
        if not address.startswith(self.url):
            return None
        bare = urldefrag(address)[0]
        if bare != self.url and not bare.startswith(f"{self.url}/"):
            return None
        path = bare.removeprefix(self.url).removeprefix("/").partition("?")[0]
        if "%" in path:
            path = unquote(path)
        for name in (path, f"{path}index.html", f"{path}/index.html"):
            if name in self.files:
                return name
        return ""

    def page(self, address: str) -> PageSummary | None:
        """What is kept of the page at an address, None where there is none."""
        return self.pages.get(self.path(address) or "")

    def says(self, page: PageSummary, text: str) -> bool:
        """Whether a text stands on a page, whatever blanks and elements divide it."""
        wanted = unspaced(text)
        if wanted in unspaced(page.heading) or wanted in unspaced(page.title):
            return True
        return parse(page.path, self.files[page.path].decode("utf-8", "replace")).says(text)

    def picture(self, path: str) -> tuple[int, tuple[int, int] | None]:
        """The weight of a picture in bytes, and its size where its file says it."""
        if path not in self._pictures:
            data = self.files[path]
            self._pictures[path] = (len(data), size(data))
        return self._pictures[path]

    def language(self, path: str) -> str:
        """The language a feed says it is in, "" where it does not."""
        if path not in self._languages:
            data = self.files[path]
            if path.endswith(".json"):
                match = re.search(rb'"language"\s*:\s*"([A-Za-z0-9-]+)"', data)
            else:
                match = re.search(rb"<(?:feed|rss)[^>]*\sxml:lang=[\"']([A-Za-z0-9-]+)", data)
            self._languages[path] = match[1].decode() if match else ""
        return self._languages[path]


def is_lost(path: str) -> bool:
    """Whether a file is the page for addresses that lead nowhere, which has no address of its own."""
    return path.rpartition("/")[2] == "404.html"


def covers(tag: str, lang: str) -> bool:
    """Whether a page in a language is what a tag for it promises.

    A tag may be wider than the page's (RFC 4647, 3.3.1), or name a country that a page is meant for.
    """
    tag, lang = tag.lower(), lang.lower()
    if lang == tag or lang.startswith(f"{tag}-"):
        return True
    return tag.startswith(f"{lang}-") and _COUNTRY.fullmatch(tag[len(lang) :]) is not None


def joined(base: str, link: str) -> str:
    """The address that a link leads to from a base; the link itself where it is none.

    What most links are is told without `urljoin`, which takes half of the time of all else about a link.
    """
    if _WHOLE.fullmatch(link):
        return link
    if link and link[0] != "#" and (relative := _BELOW.fullmatch(link)):
        place = base.rpartition("/")[0]
        for _ in range(len(relative[1]) // 3):
            place = place.rpartition("/")[0]
        if place.count("/") > 1:
            return f"{place}/{relative[2]}"
    return urls.joined(base, link)


def texts_of(root: ET.Element) -> Iterator[str]:
    """Every text of an XML file, and every text that an attribute says to readers."""
    for element in root.iter():
        if element.text and element.text.strip():
            yield element.text.strip()
        yield from (element.get(name, "") for name in ("title", "label") if element.get(name))


def xml_of(data: bytes) -> ET.Element | None:
    """What an XML file says, None when it is none."""
    if b"<!DOCTYPE" in data[:2000]:
        return None
    try:
        return ET.fromstring(data)  # noqa: S314 - without a document type there are no entities to expand
    except ET.ParseError:
        return None
