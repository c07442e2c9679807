"""Grades the change of a source by how much it matters to the translation."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from l10n import conventions, inline
from l10n.substitution import differ_in_numbers

_GLYPHS = str.maketrans(
    {
        **dict.fromkeys("«»“”„‟‘’‚‹›'", '"'),
        "…": "...",
        "\u2011": "-",
        "\u00ad": "",
        "\u200b": "",
        "\u2060": "",
    }
)
_SPACED_DASH = re.compile(r"(?<=\s)[-–—](?=\s)")
_JOINTS = str.maketrans("", "", "'’-")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_LETTERS_OF_A_SLIP = 2
_LEAST_WORD = 4


class Grade(StrEnum):
    """What became of an entry when its document changed.

    Nothing to review: *same*, *moved*, *cosmetic* (white space, quotation marks, the length of dashes,
    markup), *merged* (approved sentences that became one), *returned*.  One look: *small* (a slip of the
    pen in one word, a name newly set in bold), *number* (a new number or month is already put in).
    To be worked on: *meaning*, *split*, *new*.  *Obsolete* has left the source.
    """

    SAME = "same"
    MOVED = "moved"
    COSMETIC = "cosmetic"
    SMALL = "small"
    NUMBER = "number"
    MEANING = "meaning"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    RETURNED = "returned"
    OBSOLETE = "obsolete"


def without_cosmetics(source: str) -> str:
    """A source without anything that a cosmetic change may touch."""
    words = unicodedata.normalize("NFC", inline.plain(source)).translate(_GLYPHS)
    return _SPACE.sub("", _SPACED_DASH.sub("–", words))


def letters_and_digits(source: str) -> str:
    """The letters and digits of a source, without case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", inline.plain(source)).casefold()))


def grade(old: str, new: str, locale: str) -> Grade:
    """Grade the change from one source to another: cosmetic, small, number or meaning."""
    if without_cosmetics(old) == without_cosmetics(new):
        return Grade.COSMETIC
    before, after = inline.plain(old), inline.plain(new)
    if inline.codes_of(old) == inline.codes_of(new) and differ_in_numbers(before, after, locale):
        return Grade.NUMBER
    return Grade.SMALL if _is_slip(before, after, locale) else Grade.MEANING


def likeness(old: str, new: str) -> float:
    """The similarity of two sources, 0.0 to 1.0: the higher of that of their letters and of their words."""
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - only where texts are compared

    letters = Levenshtein.normalized_similarity(old, new)
    words = Levenshtein.normalized_similarity(_WORD.findall(old), _WORD.findall(new))
    return max(letters, words)


def _is_slip(before: str, after: str, locale: str) -> bool:
    """Whether a few letters of one word changed: no digit, no name, no word that negates."""
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - only where texts are compared

    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) != len(new) or _WORD.sub("w", before) != _WORD.sub("w", after):
        return False
    changed = [(index, pair) for index, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]]
    if len(changed) != 1:
        return False
    index, (old_word, new_word) = changed[0]
    letters = (old_word + new_word).translate(_JOINTS)
    if min(len(old_word), len(new_word)) < _LEAST_WORD or not letters.isalpha():
        return False
    if old_word.lower() in _weighty(locale) or new_word.lower() in _weighty(locale):
        return False
    is_name = index > 0 and (old_word[0].isupper() or new_word[0].isupper())
    return not is_name and Levenshtein.distance(old_word, new_word) <= _LETTERS_OF_A_SLIP


def _weighty(locale: str) -> frozenset[str]:
    """Short words that carry the sense of a sentence."""
    convention = conventions.load(locale)
    return convention.negation | convention.function_words
