"""Which heading of a page is its headline, by what the page says of itself in its head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from l10n.formats.html.entities import decode
from l10n.formats.html.tokens import Sort, Token, attribute_values

_PART_OF_TITLE = 0.25
_LONGEST_TITLE = 500  # characters
_HEADINGS = frozenset({"h1", "h2", "h3"})
_PARTS_OF_TITLE = re.compile(r"\s*[_|–—·•«»]+\s*|(?:\s+-+|:)\s+")
_QUOTES = str.maketrans("‘’“”", "''\"\"")
# What other sites show of a page, which is its headline without the site's name.
_STATED = frozenset({"og:title", "twitter:title"})


class Heading(NamedTuple):
    """A heading of a page: the index of its element, its name and words, whether most of them are a link."""

    element: int
    name: str
    words: str
    linked: bool


@dataclass(frozen=True, slots=True)
class Titles:
    """A page's title and the ``parts`` of it, what it is ``stated`` to be elsewhere, the ``site``'s name."""

    parts: frozenset[str]
    stated: frozenset[str]
    site: str


def titles(text: str, every: Sequence[Token]) -> Titles:
    """What a page says of itself in its head."""
    said = next(
        (text[one.start : one.end] for one in every if one.sort is Sort.RCDATA and one.name == "title"), ""
    )
    title = folded(decode(said[:_LONGEST_TITLE]))
    stated: set[str] = set()
    site = ""
    for token in every:
        if token.sort is Sort.START and token.name == "meta":
            values = attribute_values(text, token)
            name = (values.get("property") or values.get("name", "")).strip().lower()
            if name in _STATED:
                stated.add(folded(values.get("content", "")))
            elif name == "og:site_name":
                site = folded(values.get("content", ""))
    parts = filter(None, (title, *_PARTS_OF_TITLE.split(title)))
    return Titles(frozenset(parts), frozenset(stated - {"", site}), site)


def headline(headings: Iterable[Heading], said: Titles) -> Heading | None:
    """The heading that has most of the page's title, else the only one of the first rank.

    Of equals it is the one of the highest rank, then the first.  A link counts half: the site's name is one
    more often than a headline.
    """
    told: list[tuple[float, str, int, Heading]] = []
    first: list[Heading] = []
    for heading in headings:
        if heading.name in _HEADINGS:
            if shared := _shared(folded(heading.words), said.parts):
                told.append((-shared / (1 + heading.linked), heading.name, heading.element, heading))
            if heading.name == "h1" and not heading.linked:
                first.append(heading)
    if told:
        return min(told)[3]
    return first[0] if len(first) == 1 else None


def is_plain(heading: Heading, said: Titles) -> bool:
    """Whether a heading is beyond doubt the page's headline and not the name of the site.

    It is what the page is stated to be, or most of its title; a site's name is a link or a lesser part of it.
    """
    words = folded(heading.words)
    if words == said.site:
        return False
    if words in said.stated:
        return True
    longest = max(said.parts, key=len, default="")
    others = max((len(part) for part in said.parts if part not in {longest, words}), default=0)
    known = words in said.parts or bool(_shared(words, said.parts))
    return known and not heading.linked and len(words) > others


def _shared(words: str, title: frozenset[str]) -> int:
    """How many characters of a page's title some words have, where either holds the other.

    None where they are less than a fourth of it, and no part: any word might be.
    """
    if words in title:
        return len(words)
    shared = max((min(len(part), len(words)) for part in title if part in words or words in part), default=0)
    return shared if shared >= _PART_OF_TITLE * max(map(len, title), default=0) else 0


def folded(words: str) -> str:
    """Words as they are compared: in small letters, with single spaces and straight quotation marks."""
    return " ".join(words.casefold().split()).translate(_QUOTES)
