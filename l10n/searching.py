"""Texts as people look for them: typed without the accents, marks and signs that a text is written with.

A keyboard has one apostrophe, one kind of space and one hyphen; in Arabic the signs of vowels and of hamza
are left out as often as not, and digits may be of either kind.  Vowels of Hindi and the voicing of Japanese
stay.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

_QUOTES = dict.fromkeys("‘’‚‛′ʼ`´", "'") | dict.fromkeys("“”„‟″«»", '"')
_LETTERS = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ى": "ي", "ی": "ي", "ک": "ك", "ٱ": "ا", "ـ": ""}
_MINUS = "−"
# Canonical combining classes (UAX 44): 7 the nukta, 10 to 35 points of Hebrew and Arabic, from 200 accents.
_NUKTA = 7
_POINTS = range(10, 36)
_FIRST_ACCENT = 200


class _Folding(dict[int, str]):
    """What each character is looked for as, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        found = _LETTERS.get(char)
        if found is None:
            found = "".join(map(_plain, _QUOTES.get(char) or unicodedata.normalize("NFKD", char)))
        self[code] = found.casefold()
        return self[code]


@cache
def _folding() -> _Folding:
    return _Folding()


def _plain(char: str) -> str:
    accent = unicodedata.combining(char)
    category = unicodedata.category(char)
    if accent == _NUKTA or accent in _POINTS or accent >= _FIRST_ACCENT or category == "Cf":
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd" or char == _MINUS:
        return "-"
    return " " if char.isspace() else char


def searchable(text: str) -> str:
    """A text as it is compared with what somebody looks for, folded alike."""
    return text.lower() if text.isascii() else text.translate(_folding())


def places(text: str, sought: str) -> Iterator[tuple[int, int]]:
    """Where ``sought`` stands in a text, one place behind the other."""
    wanted = searchable(sought)
    if not wanted:
        return
    pieces = [searchable(char) for char in text]
    starts = [0, *accumulate(map(len, pieces))]
    folded = "".join(pieces)
    at = folded.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        first, behind = bisect_right(starts, at) - 1, bisect_right(starts, end - 1)
        # Signs that are left out belong to the letter before them.
        while behind < len(pieces) and not pieces[behind]:
            behind += 1
        yield first, behind
        at = folded.find(wanted, end)
