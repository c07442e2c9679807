"""Split texts into words, cached for all checks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse

from l10n.checks.reading.remembered import per_text
from l10n.patterns import WORD_MARKS, lazy_pattern

_WORD = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"\w+")
# Vowel signs are no letters to `re`; a word goes on behind one.  Arabic may leave them out of the same word.
_VOWEL_SIGN = lazy_pattern("[\u064b-\u0652\u0670]")
_INDIC = lazy_pattern("[\u0900-\u0dff]")
_VOCALISED = lazy_pattern(r"[^\W\d_]+(?:[\u064b-\u0652\u0670]+[^\W\d_]*)*")
_MARKED = lazy_pattern(rf"[^\W\d_]+(?:[{WORD_MARKS}]+[^\W\d_]*)*")
# A word with a capital and its hyphens; an article or preposition may lean on it (L’UNICEF, Dell’Alba).
# What stands before it is asked behind its capital: an expression that begins with a class is found quickly.
NAME = re.compile(r"[^\W\d_a-zß-öø-ÿа-џα-ω](?<![^\W\d_](?s:.))[^\W\d_]*(?:[-'’][^\W\d_]+)*")
HEAD = 3  # letters
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼʻ"), "'")

Spans = tuple[tuple[str, int, int], ...]


@per_text
def _words(text: str) -> list[str]:
    """Each run of letters.  Runs with digits are found much faster, and few have both."""
    if _has_vowel_signs(text):
        return _VOCALISED().findall(text)
    if not text.isascii() and _INDIC().search(text):
        return _MARKED().findall(text)
    runs: list[str] = _RUN.findall(text)
    if not all(map(str.isalpha, runs)):
        runs = [*filterfalse(str.isdecimal, runs)]
    if all(map(str.isalpha, runs)):
        return runs
    words: list[str] = []
    for run in runs:
        if run.isalpha():
            words.append(run)
        else:
            words += _WORD.findall(run)
    return words


def letter_runs(text: str) -> list[str]:
    """Each run of letters as it is written; a vowel sign of Arabic ends one."""
    return _WORD.findall(text) if _has_vowel_signs(text) else _words(text)


@per_text
def word_list(text: str) -> tuple[str, ...]:
    """The lower-case words of a text, in order; cached, since a source is read for each language."""
    words = tuple(map(str.lower, _words(text)))
    return tuple(map(without_vowel_signs, words)) if _has_vowel_signs(text) else words


def is_word(text: str) -> bool:
    """Whether a text is one word and nothing else."""
    return text.isalpha() or _words(text) == [text]


@per_text
def _has_vowel_signs(text: str) -> bool:
    """Whether a text writes vowel signs of Arabic."""
    return not text.isascii() and _VOWEL_SIGN().search(text) is not None


def without_vowel_signs(word: str) -> str:
    """A word without the vowel signs of Arabic, which may be left out of it."""
    return _VOWEL_SIGN().sub("", word)


@per_text
def word_set(text: str) -> frozenset[str]:
    """The set of lower-case words of a text."""
    return frozenset(word_list(text))


@per_text
def heads(text: str) -> frozenset[str]:
    """The first letters of the different words of a text, for quick looks."""
    return frozenset([word[:HEAD] for word in word_set(text)])


@per_text
def spans(text: str) -> Spans:
    """The words of a text, each with its place: dearer than ``word_list``."""
    placed: list[tuple[str, int, int]] = []
    end = 0
    for word, written in zip(word_list(text), _words(text), strict=True):
        start = text.find(written, end)  # between two words there is no letter
        end = start + len(written)
        placed.append((word, start, end))
    return tuple(placed)


@per_text
def lowered(text: str) -> str:
    """A text in small letters, each in its place; as it is where small letters take more room (İ)."""
    small = text.lower()
    return small if len(small) == len(text) else text


@lru_cache(maxsize=1 << 12)
def folded(word: str) -> str:
    """A word in small letters without accents, its apostrophes all of one shape."""
    if word.isascii():
        return word.lower()
    pieces = unicodedata.normalize("NFD", word.lower().translate(_APOSTROPHES))
    return "".join(filterfalse(unicodedata.combining, pieces))
