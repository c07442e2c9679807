"""Words in which a term stands changed beyond its endings: within compounds, and in Arabic plurals."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from l10n.glossary.endings import regular_forms
from l10n.glossary.spellings import folded

_LEAST = 4  # letters of a term that may be part of a longer word
_OTHER = 3  # letters of the other part
_ROOT = "فعل"
_ROOT_LETTER = "([^\\W\\d_اة])"


def is_built_on(word: str, term_word: str, locale: str) -> bool:
    """Whether a word, in small letters, may be another one in a compound or in a broken plural.

    It tells whether a term may be meant, not that it is.
    """
    language = locale.partition("-")[0]
    if language == "ar":
        return word in broken_plurals(folded(term_word))
    return language in _compounding() and _is_compound(word, term_word)


def _is_compound(word: str, part: str) -> bool:
    """Whether a word begins with another, or ends with it, as in *Hafenbehörde* and *Nachbarinsel*."""
    if len(part) < _LEAST or len(word) < len(part) + _OTHER:
        return False
    stem = part.removesuffix("e")
    return word.startswith(stem if len(stem) >= _LEAST else part) or part in word[_OTHER:]


@cache
def broken_plurals(word: str) -> frozenset[str]:
    """The plurals of an Arabic noun that its patterns give, alone and with the endings of a plural.

    They need not exist.  The word and they are as ``folded`` makes them, without an article.
    """
    plurals = {
        _built(pattern, singular, found.groups())
        for singular, expression, patterns in _patterns()
        if (found := expression.fullmatch(word))
        for pattern in patterns
    }
    return frozenset(plurals.union(*(regular_forms(plural, "ar") for plural in plurals)))


def _built(pattern: str, singular: str, root: tuple[str, ...]) -> str:
    """A pattern with the letters of a root; behind a long vowel a weak last one is a hamza (*أعضاء*)."""
    places = [letter for letter in singular if letter in _ROOT]
    later = iter([letter for place, letter in zip(places, root, strict=True) if place == "ل"])
    first = dict(zip(places, root, strict=True))
    letters = (
        next(later, "") if letter == "ل" else first[letter] if letter in _ROOT else letter
        for letter in pattern
    )
    return re.sub("ا[وي]$", "اء", "".join(letters))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...]:
    table: Mapping[str, str] = _data()["broken_plurals"]
    return tuple(
        (
            singular,
            re.compile("".join(_ROOT_LETTER if letter in _ROOT else letter for letter in singular)),
            tuple(plurals.split()),
        )
        for singular, plurals in table.items()
    )


@cache
def _compounding() -> frozenset[str]:
    return frozenset(_data()["compounding"])


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("word_building.toml").read_text("utf-8"))
