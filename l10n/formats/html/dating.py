"""The day a page says it was published on, where search engines and feed readers look for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.formats.html.linked import TYPE
from l10n.formats.html.tokens import Sort, attribute_values, tokens

# Open Graph, Dublin Core, Google Scholar, Parse.ly, and what older systems write; the surest first.
_META = (
    "article:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "citation_publication_date",
    "parsely-pub-date",
    "publish-date",
    "publishdate",
    "pubdate",
    "dcterms.date",
    "dc.date",
    "date",
)
_IN_DATA, _MARKED = len(_META), len(_META) + 1
_KEY = re.compile(r'"datePublished"\s*:\s*"([^"\\]*)"')
# schema.org, HTML 5 as first drafted, the h-entry microformat, WordPress themes.
_PUBLISHED = frozenset({"datepublished", "dt-published", "entry-date", "published"})


def stated_date(text: str) -> str:
    """That day as the page writes it, "" where it says none; of several the one that is surest."""
    return min(_stated(text), default=(0, ""), key=lambda found: found[0])[1]


def _stated(text: str) -> Iterator[tuple[int, str]]:
    """Each place that says it: its rank, and the date."""
    in_data = False
    for token in tokens(text):
        if token.sort is Sort.START:
            in_data = token.name == "script" and attribute_values(text, token).get("type", "").lower() == TYPE
            if token.name == "meta":
                yield from _of_meta(attribute_values(text, token))
            elif token.name == "time":
                yield from _of_time(attribute_values(text, token))
        elif in_data and token.sort is Sort.RAW:
            for found in _KEY.finditer(text, token.start, token.end):
                yield _IN_DATA, found[1]


def _of_meta(values: dict[str, str]) -> Iterator[tuple[int, str]]:
    names = (values.get(key, "").strip().lower() for key in ("property", "name", "itemprop"))
    for name in names:
        if name in _META:
            yield _META.index(name), values.get("content", "").strip()


def _of_time(values: dict[str, str]) -> Iterator[tuple[int, str]]:
    marks = f"{values.get('itemprop', '')} {values.get('class', '')}".lower().split()
    if "pubdate" in values or not _PUBLISHED.isdisjoint(marks):
        yield _MARKED, values.get("datetime", "").strip()
