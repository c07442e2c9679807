"""A quick look for the words that a table lists, before any expression is made of them."""

from __future__ import annotations

import re
from functools import cache

from l10n.checks.reading.words import word_set
from l10n.patterns import UNSPACED

_FIRST = re.compile(r"[^\W\d_]+")


def may_say(text: str, language: str, fronts: frozenset[str]) -> bool:
    """Whether a text has one of the words that what is listed begins with.

    They stand anywhere in a text whose language writes no spaces.
    """
    if language in UNSPACED:
        return any(map(text.__contains__, fronts))
    return not fronts.isdisjoint(word_set(text))


@cache
def first_words(listed: str) -> frozenset[str]:
    """What each word or row of words of a list begins with, as a word of a text."""
    return frozenset(_FIRST.findall(word)[0] for word in listed.split())
