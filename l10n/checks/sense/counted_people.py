"""Six women and four men are not six men and four women: whom a number counts, where a text counts both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from l10n.checks.amounts import figures
from l10n.checks.mismatches import Place
from l10n.checks.reading import numerals
from l10n.checks.reading.values import Value

# What may stand between a number and whom it counts: an adjective, a Chinese measure word, no mark.
_BETWEEN = re.compile(r"[ \u00a0-]?(?:[^\W\d_]+[ \u00a0])?[名位个個]?\Z")
_NEAR = 24

Find = Callable[[str], Place | None]
"""Where a text first has a word for some people, or None."""


class CountedText(NamedTuple):
    """A text in a language, and what finds women and men in it."""

    text: str
    language: str
    women: Find
    men: Find


def turned_round(source: CountedText, target: CountedText) -> tuple[Place, Place] | None:
    """Where the source counts women and the target as many men, if the men of the source are women there."""
    women, target_men = _count(source, source.women), _count(target, target.men)
    if women is None or target_men is None or women[0].isdisjoint(target_men[0]):
        return None
    men, target_women = _count(source, source.men), _count(target, target.women)
    if men is None or target_women is None or men[0].isdisjoint(target_women[0]):
        return None
    return (women[1], target_men[1]) if women[0].isdisjoint(men[0]) else None


def _count(counted: CountedText, find: Find) -> tuple[frozenset[Value], Place] | None:
    """The number right before the first word for some people, with the place of both."""
    place = find(counted.text)
    if place is None:
        return None
    before = [
        number
        for number in _numbers(counted.text, counted.language)
        if place[0] - _NEAR < number[2] <= place[0]
    ]
    if not before:
        return None
    values, start, end = max(before, key=lambda number: number[2])
    return (values, (start, place[1])) if _BETWEEN.match(counted.text[end : place[0]]) else None


def _numbers(text: str, language: str) -> Iterator[tuple[frozenset[Value], int, int]]:
    """The numbers of a text in digits and in words, with their places."""
    words = numerals.load(language)
    for figure in figures.read(text, words):
        yield figure.wholes, figure.start, figure.end
    for value, start, end in numerals.counted(text, words, small=True):
        yield frozenset({value}), start, end
