"""The words for the two sides of a contrast, and where a text has them; `opposites.toml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import repeat
from typing import NamedTuple

from l10n.checks.mismatches import Place
from l10n.checks.reading.data_files import table
from l10n.checks.reading.words import spans, word_list, word_set
from l10n.patterns import lazy_pattern

INSIDE = frozenset({"zh"})
"""Languages whose words are expressions, looked for anywhere in a text."""
DIRECTION = "direction"
_NOTHING = lazy_pattern(r"(?!)")
# What Arabic writes on to the front of a verb or a noun.
_ARABIC_FRONTS = ("", "و", "ف", "س", "وس", "فس", "ال", "وال", "بال", "لل")


class Side(NamedTuple):
    """Words in small letters, the beginnings of others, and rows of several words."""

    words: frozenset[str]
    stems: tuple[str, ...]
    rows: Callable[[], re.Pattern[str]]
    fronts: frozenset[str]

    def has(self, word: str) -> bool:
        """Whether a word is of this side."""
        return word in self.words or bool(self.stems and word.startswith(self.stems))


class Words(NamedTuple):
    """The sides of a contrast; those with ``near`` ones have words that say it beside a number only."""

    one: Side
    other: Side
    aside: Side
    near_one: Side
    near_other: Side


def find(text: str, side: Side, language: str) -> Place | None:
    """Where a text first has a word of a side."""
    return _place_inside(text, side) if language in INSIDE else _place(text, side)


def sides(words: Words) -> tuple[Side, ...]:
    """All sides of a contrast."""
    return words.one, words.other, words.near_one, words.near_other


def _place(text: str, side: Side) -> Place | None:
    """Where a text first has a word or a row of words of one side."""
    words = word_set(text)
    if not side.words.isdisjoint(words) or any(map(str.startswith, words, repeat(side.stems))):
        return next(((start, end) for word, start, end in spans(text) if side.has(word)), None)
    return next(_rows(text, side), None)


def places(text: str, side: Side, language: str) -> list[Place]:
    """Each place where a text has a word or a row of words of one side."""
    if language in INSIDE:
        return [match.span() for match in side.rows().finditer(text)]
    return [*((start, end) for word, start, end in spans(text) if side.has(word)), *_rows(text, side)]


def _rows(text: str, side: Side) -> Iterator[Place]:
    """Where a text has the rows of words of one side."""
    if side.fronts.isdisjoint(word_set(text)):
        return
    joined, word_places = " ".join(word_list(text)), spans(text)
    for match in side.rows().finditer(joined):
        first = joined.count(" ", 0, match.start())
        last = first + match.group().count(" ")
        yield word_places[first][1], word_places[last][2]


def _place_inside(text: str, side: Side) -> Place | None:
    """The same where words stand within runs of letters."""
    match = side.rows().search(text)
    return match.span() if match else None


@cache
def load(contrast: str, language: str) -> Words | None:
    """The words of a contrast in a language; None where nobody has listed them."""
    row = table("opposites")[contrast].get(language)
    if row is None:
        return None
    if language == "ar" and contrast == DIRECTION:
        row = {
            name: " ".join(front + word for word in listed.split() for front in _ARABIC_FRONTS)
            for name, listed in row.items()
        }
    return Words(*(_side(row.get(name, ""), inside=language in INSIDE) for name in Words._fields))


def _side(listed: str, *, inside: bool) -> Side:
    words = listed.split()
    if inside:
        expression = "|".join(words).replace("_", r"[\s\u00a0]")
        rows = lazy_pattern(expression, re.IGNORECASE) if words else _NOTHING
        return Side(frozenset(), (), rows, frozenset())
    listed_rows = [word.replace("_", " ") for word in words if "_" in word]
    return Side(
        frozenset(word for word in words if word[-1] != "*" and "_" not in word),
        tuple(word[:-1] for word in words if word[-1] == "*"),
        lazy_pattern(rf"\b(?:{'|'.join(listed_rows)})\b") if listed_rows else _NOTHING,
        frozenset(row.partition(" ")[0] for row in listed_rows),
    )
