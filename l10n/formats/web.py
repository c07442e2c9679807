"""Where on a full web page its article stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from importlib import import_module
from itertools import accumulate

from l10n.errors import InputError, UsageError
from l10n.formats import html
from l10n.formats.html.entities import decode
from l10n.formats.html.main import selector_of
from l10n.formats.html.tokens import Sort, Token, tokens
from l10n.formats.html.tree import outline

_WORD = re.compile(r"\w+")
_LENGTH = 3  # words in a row that are compared
_ENOUGH = 0.9  # of the article's words lie in the element


def located(data: bytes, *, path: str) -> str:
    """A selector for the smallest element that holds the article of an HTML page.

    trafilatura finds the article's text; a selector for where that stands in our own reading of
    the page is what is kept, so that it is needed only once.  Raises UsageError when trafilatura
    is not installed or the file is no page, InputError when there is no article in it.
    """
    if not path.lower().endswith(html.suffixes):
        raise UsageError("only an HTML page has a main part", path=path, remedy="Leave --main out.")
    try:
        trafilatura = import_module("trafilatura")
    except ImportError as error:
        raise UsageError(
            f"--main auto needs trafilatura, which cannot be loaded: {error}",
            remedy="pip install 'passerelle[web]', or name the element: --main article",
        ) from None
    text = html.load(data, path=path).text
    article = trafilatura.extract(text, fast=True, include_comments=False, include_tables=True)
    if not article:
        raise InputError(
            "no article was found in the page", path=path, remedy="Name its element with --main SELECTOR."
        )
    return _smallest(text, article)


def _smallest(text: str, article: str) -> str:
    """A selector for the smallest element that holds nearly all of a text."""
    every = tokens(text)
    starts, sums = _weights(text, every, _rows(_WORD.findall(article.casefold())))
    found = outline(every, len(text))

    def held(start: int, end: int) -> int:
        return sums[bisect_left(starts, end)] - sums[bisect_left(starts, start)]

    wanted = _ENOUGH * sums[-1]
    fitting = [
        index for index, element in enumerate(found) if held(element.tag.end, element.end) >= max(wanted, 1)
    ]
    if not fitting:
        return "body"
    smallest = min(fitting, key=lambda index: found[index].end - found[index].tag.end)
    return selector_of(text, found, smallest)


def _weights(
    text: str, every: Sequence[Token], article: frozenset[tuple[str, ...]]
) -> tuple[list[int], list[int]]:
    """Where each word of a page starts that is among the article's rows, and how many come before it."""
    placed: list[tuple[int, str]] = []
    for token in every:
        if token.sort is Sort.TEXT:
            said = decode(text[token.start : token.end]).casefold()
            placed.extend((token.start, word) for word in _WORD.findall(said))
    words = [word for _, word in placed]
    marked = bytearray(len(words))
    for index in range(len(words) - _LENGTH + 1):
        if tuple(words[index : index + _LENGTH]) in article:
            marked[index : index + _LENGTH] = b"\x01" * _LENGTH
    return [start for start, _ in placed], list(accumulate(marked, initial=0))


def _rows(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words[at : at + _LENGTH]) for at in range(len(words) - _LENGTH + 1))
