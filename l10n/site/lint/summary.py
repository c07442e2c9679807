"""What is kept of a page when its tree is given up: what other pages, feeds and the sitemap may ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class PageLink(NamedTuple):
    """A link to a page of which something is expected: a place on it, or its language.

    ``own`` says that the link is in the language that it says its page is in, as in a choice of languages.
    """

    line: int
    link: str
    path: str
    anchor: str
    lang: str
    own: bool


class Teaser(NamedTuple):
    """A release in a list: its link, the words and language of it, and the date beside it."""

    line: int
    path: str
    words: str
    lang: str
    dated_line: int
    dated: str


@dataclass(frozen=True, slots=True)
class PageSummary:
    """What is kept of a page.

    ``published`` is when its structured data say that it was published, None without any; ``article`` says
    that they say something of a release; ``onward`` is the file that it leads on to by itself and the line
    that says so.
    """

    path: str
    lang: str
    title: str
    heading: str
    hidden: bool
    canonical: str
    hreflang: Mapping[str, str]
    ids: frozenset[str]
    article: bool
    published: str | None
    onward: tuple[int, str, str] | None
    links: tuple[PageLink, ...]
    teasers: tuple[Teaser, ...]
