"""A site as the linter sees it: files, parsed pages, and address resolution."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, unquote, urldefrag
from xml.etree import ElementTree as ET

from l10n.site.lint.reader import ParsedPage


@dataclass(frozen=True)
class SiteFiles:
    """All files of a site, with the pages among them; ``url`` is its address without a closing slash."""

    files: Mapping[str, bytes]
    sheets: Mapping[str, ParsedPage]
    url: str

    def address(self, path: str) -> str:
        """The absolute address of a file."""
        return f"{self.url}/{quote(path.removesuffix('index.html'))}"

    def path(self, address: str) -> str | None:
        """The file at an address, "" where there is none, None where it is outside the site."""
        bare = urldefrag(address)[0]
        if bare != self.url and not bare.startswith(f"{self.url}/"):
            return None
        path = unquote(bare.removeprefix(self.url).removeprefix("/").partition("?")[0])
        for name in (path, f"{path}index.html", f"{path}/index.html"):
            if name in self.files:
                return name
        return ""

    def language(self, path: str) -> str:
        """The language a feed says it is in, "" where it does not."""
        data = self.files[path]
        if path.endswith(".json"):
            match = re.search(rb'"language"\s*:\s*"([A-Za-z0-9-]+)"', data)
        else:
            match = re.search(rb"<(?:feed|rss)[^>]*\sxml:lang=[\"']([A-Za-z0-9-]+)", data)
        return match[1].decode() if match else ""

    @cached_property
    def anchors(self) -> Mapping[str, frozenset[str]]:
        """The ids of each page."""
        return {path: frozenset(name for name, _ in sheet.ids) for path, sheet in self.sheets.items()}


def xml_of(data: bytes) -> ET.Element | None:
    """What an XML file says, None when it is none."""
    if b"<!DOCTYPE" in data[:2000]:
        return None
    try:
        return ET.fromstring(data)  # noqa: S314 - without a document type there are no entities to expand
    except ET.ParseError:
        return None
