"""Where on a full web page its article stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from importlib import import_module
from itertools import accumulate
from typing import NamedTuple

from l10n.errors import InputError, UsageError
from l10n.formats import html
from l10n.formats.html import density
from l10n.formats.html.entities import decode
from l10n.formats.html.main import exact_selector, selector_of
from l10n.formats.html.tokens import Sort, Token, attribute_values, tokens
from l10n.formats.html.tree import Element, outline

_WORD = re.compile(r"\w+")
_LENGTH = 3  # words in a row that are compared
_ENOUGH = 0.9  # of the article's letters lie in the element
_APART = frozenset({"nav", "footer", "aside", "dialog", "template", "button"})
_APART_ROLES = frozenset(
    {"navigation", "dialog", "alertdialog", "contentinfo", "complementary", "search", "menu", "menubar"}
)


class _Page(NamedTuple):
    """A page with what it is made of."""

    text: str
    tokens: Sequence[Token]
    elements: Sequence[Element]


def located(data: bytes, *, path: str) -> str:
    """A selector for the element that holds the article of an HTML page, and for its headline.

    The page's words and links tell.  Where they are not sure and trafilatura is installed it finds the
    article's text, and the smallest element that holds that is named.  The page's headline comes along where
    it stands beside, and is named itself where it stands apart.  A selector is what is kept, so that this is
    done only once.  Raises UsageError when the
    file is no page, InputError when there is no article in it.
    """
    if not path.lower().endswith(html.suffixes):
        raise UsageError("only an HTML page has a main part", path=path, remedy="Leave --main out.")
    text = html.load(data, path=path).text
    every = tokens(text)
    page = _Page(text, every, outline(every, len(text)))
    weighed = density.weighed(text, every, page.elements)
    found = density.main_part(weighed)
    introduced = found is not None and density.introduces(weighed, found.element)
    index = found.element if found and found.sure and not introduced else None
    if index is None and not introduced:
        index = _by_text(page)
    if index is None and (introduced or not found):
        weighed = density.listed(weighed)
        found = density.main_part(weighed)
    if index is None and found:
        index = found.element
    if index is None:
        raise InputError(
            "no article was found in the page", path=path, remedy="Name its element with --main SELECTOR."
        )
    index = density.with_headline(weighed, index)
    main = exact_selector(text, page.elements, index)
    head = density.headline_before(weighed, index)
    named = exact_selector(text, page.elements, head) if main and head >= 0 else ""
    return f"{named}, {main}" if named else main or selector_of(text, page.elements, index)


def _by_text(page: _Page) -> int | None:
    """The index of the smallest element that holds the text trafilatura finds, None without either."""
    try:
        trafilatura = import_module("trafilatura")
    except ImportError:
        return None
    around = _around(page)
    for said in dict.fromkeys((_without(page.text, around), page.text)):
        if article := trafilatura.extract(said, fast=True, include_comments=False, include_tables=True):
            return _smallest(page, article, around)
    return None


def _around(page: _Page) -> list[tuple[int, int]]:
    """Where elements stand that are no article by their own account: menus, dialogs, what is not shown."""
    out: list[tuple[int, int]] = []
    for element in page.elements:
        if (not out or element.tag.start >= out[-1][1]) and _is_apart(page.text, element.tag):
            out.append((element.tag.start, element.end))
    return out


def _is_apart(text: str, tag: Token) -> bool:
    if tag.name in _APART:
        return True
    values = attribute_values(text, tag)
    return (
        values.get("role", "").lower() in _APART_ROLES
        or "hidden" in values
        or values.get("aria-hidden", "").lower() == "true"
    )


def _without(text: str, ranges: Sequence[tuple[int, int]]) -> str:
    starts, ends = [0, *(end for _, end in ranges)], [*(start for start, _ in ranges), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def _smallest(page: _Page, article: str, around: Sequence[tuple[int, int]]) -> int | None:
    """The index of the smallest element that holds nearly all of a text."""
    found = page.elements
    starts, sums = _weights(page, _rows(_WORD.findall(article.casefold())), around)

    def held(start: int, end: int) -> int:
        return sums[bisect_left(starts, end)] - sums[bisect_left(starts, start)]

    wanted = _ENOUGH * sums[-1]
    fitting = [
        index for index, element in enumerate(found) if held(element.tag.end, element.end) >= max(wanted, 1)
    ]
    smallest = min(fitting, key=lambda index: found[index].end - found[index].tag.end, default=None)
    return None if smallest is None or found[smallest].tag.name in {"body", "html"} else smallest


def _weights(
    page: _Page, article: frozenset[tuple[str, ...]], around: Sequence[tuple[int, int]]
) -> tuple[list[int], list[int]]:
    """Where each word of a page starts, and how many letters of the article's rows come before it.

    Letters, since Chinese and Japanese write no spaces; none in what stands ``around`` an article.
    """
    placed: list[tuple[int, str]] = []
    ends = [end for _, end in around]
    for token in page.tokens:
        at = bisect_right(ends, token.start)
        if token.sort is Sort.TEXT and not (at < len(around) and around[at][0] <= token.start):
            said = decode(page.text[token.start : token.end]).casefold()
            placed.extend((token.start, word) for word in _WORD.findall(said))
    words = [word for _, word in placed]
    marked = bytearray(len(words))
    for index in range(len(words) - _LENGTH + 1):
        if tuple(words[index : index + _LENGTH]) in article:
            marked[index : index + _LENGTH] = b"\x01" * _LENGTH
    letters = (len(word) * mark for word, mark in zip(words, marked, strict=True))
    return [start for start, _ in placed], list(accumulate(letters, initial=0))


def _rows(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words[at : at + _LENGTH]) for at in range(len(words) - _LENGTH + 1))
