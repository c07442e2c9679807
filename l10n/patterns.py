"""Regular expressions compiled on first use, since most runs need few of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

WORD_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0963\u0966-\u0dff\u200c\u200d"
)
"""Inside a class of characters: what belongs to the letter before it and is none for ``\\w``.

Accents, points and vowel signs of European, Semitic and Indic scripts, and the joiners.
"""
UNSPACED = frozenset({"zh", "ja"})
"""The languages, of those that our tables have words of, that write no spaces between them."""


def lazy_pattern(pattern: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """A function that returns the pattern and compiles it on the first call."""
    return cache(lambda: re.compile(pattern, flags))


def any_of(words: Iterable[str], *, space: str = r"\s") -> str:
    """One of some words or expressions, the first that fits; an underscore in one is a space of any kind.

    Nothing fits where there are no words.  ``[_-]`` is a space or a hyphen.
    """
    return f"(?:{'|'.join(words).replace('_', space) or '(?!)'})"


def word_of(words: Iterable[str], language: str, *, space: str = r"\s") -> str:
    """The same as a whole word, where a language writes its words apart."""
    either = any_of(words, space=space)
    return either if language in UNSPACED else rf"(?<!\w){either}(?!\w)"


def one_of(phrases: Iterable[str]) -> str:
    """One of some phrases, as they are written: no sign in them says anything to ``re``."""
    return any_of(map(re.escape, phrases))
