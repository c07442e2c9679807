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
# Marks between words; neither those of a number or a time nor those that ask, cry or quote.
_MARK = re.compile(r"(?<!\d)[,;:.،؛、，；：。]|[,;:.،؛、，；：。](?!\d)|[()\[\]（）]|(?<=\s)[-–—](?=\s+\D)")
_JOINT = re.compile(r"['’-]")
_SPACE = re.compile(r"\s+")
# A space may come and go, but not between two numbers; one before three digits only groups them.
_FREE_SPACE = re.compile(r" (?!\d(?!\d\d(?!\d)))|(?<![\d.,]) ")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_LEAST_WORD = 4


class Grade(StrEnum):
    """What became of an entry when its document changed.

    Nothing to review: *same*, *moved*, *cosmetic* (white space, quotation marks, the length of dashes,
    markup), *merged* (approved sentences that became one), *returned*.  One look: *small* (a slip of the
    pen in one word, a comma, capitals, a name newly set in bold), *number* (a new number, month or day of
    the week is already put in).
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
    return _FREE_SPACE.sub("", _SPACE.sub(" ", _SPACED_DASH.sub("–", words)))


def letters_and_digits(source: str) -> str:
    """The letters and digits of a source, without case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", inline.plain(source)).casefold()))


def grade(old: str, new: str, locale: str) -> Grade:
    """Grade the change from one source to another: cosmetic, small, number or meaning."""
    if without_cosmetics(old) == without_cosmetics(new):
        return Grade.COSMETIC
    before, after = inline.plain(old), inline.plain(new)
    if inline.codes_of(old) != inline.codes_of(new):
        return Grade.MEANING
    if differ_in_numbers(before, after, locale):
        return Grade.NUMBER
    is_small = _differ_in_marks(before, after, locale) or _differ_by_a_slip(before, after, locale)
    return Grade.SMALL if is_small else Grade.MEANING


def likeness(old: str, new: str) -> float:
    """The similarity of two sources, 0.0 to 1.0: the higher of that of their letters and of their words."""
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - only where texts are compared

    letters = Levenshtein.normalized_similarity(old, new)
    words = Levenshtein.normalized_similarity(_WORD.findall(old), _WORD.findall(new))
    return max(letters, words)


def _differ_in_marks(before: str, after: str, locale: str) -> bool:
    """Whether only commas and their like, or capitals, changed in a sentence that negates nothing.

    A comma can turn a negation round ("No, more will come"), so a language has to say how it negates.
    """
    negation = conventions.load(locale).negation
    if not negation or _without_marks(before) != _without_marks(after):
        return False
    return negation.isdisjoint(part for word in _WORD.findall(before.lower()) for part in _JOINT.split(word))


def _without_marks(text: str) -> str:
    return without_cosmetics(_MARK.sub("", text.replace("…", "..."))).casefold()


def _differ_by_a_slip(before: str, after: str, locale: str) -> bool:
    """Whether a letter of one word changed, or accents of it: no digit, no name, no word that negates."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) != len(new) or _WORD.sub("w", before) != _WORD.sub("w", after):
        return False
    changed = [(index, pair) for index, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]]
    if len(changed) != 1:
        return False
    index, (old_word, new_word) = changed[0]
    if min(len(old_word), len(new_word)) < _LEAST_WORD or not _JOINT.sub("", old_word + new_word).isalpha():
        return False
    if old_word.lower() in _weighty(locale) or new_word.lower() in _weighty(locale):
        return False
    is_name = index > 0 and (old_word[0].isupper() or new_word[0].isupper())
    return not is_name and _is_slip(old_word.casefold(), new_word.casefold())


def _is_slip(old: str, new: str) -> bool:
    """Whether one word may be a misspelling of the other: an accent, a hyphen, one letter within a part.

    Four of five misspellings are one letter too much, too few, wrong or out of its place (Damerau 1964),
    seldom the first.  Another first letter mostly makes another word (accident, incident; legal, illegal),
    another last one another form (quay, quays).
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only where texts are compared

    if old[-1] != new[-1]:
        return False
    bare_old, bare_new = _bare(old), _bare(new)
    if _JOINT.sub("", bare_old) == _JOINT.sub("", bare_new):
        return True
    parts = _JOINT.split(bare_old), _JOINT.split(bare_new)
    if len(parts[0]) != len(parts[1]):
        return False
    pairs = [pair for pair in zip(*parts, strict=True) if pair[0] != pair[1]]
    return len(pairs) == 1 and pairs[0][0][:1] == pairs[0][1][:1] and OSA.distance(*pairs[0]) == 1


def _bare(word: str) -> str:
    """A word without its accents."""
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _weighty(locale: str) -> frozenset[str]:
    """Short words that carry the sense of a sentence."""
    convention = conventions.load(locale)
    return convention.negation | convention.function_words
