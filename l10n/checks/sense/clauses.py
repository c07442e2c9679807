"""A clause of the source that nothing in the target seems to stand for.

A target without it is shorter than is usual, has no more marks between its clauses than the source, and is
about as long as the source would make it without that clause.  Of words that are known again in the other
language (`clause_words`) or are written alike, the clause has none whose counterpart stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from l10n import lengths
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import folded, letter_runs
from l10n.checks.sense import clause_words, denials
from l10n.lengths import LengthRatio

_BETWEEN = r"[,;:](?=\s)|[،؛，；：—(（]|(?<=\s)[–—](?=\s)"  # two clauses of a sentence
_BEGINS = r"(?=\s+[^\W\da-z])"  # a sentence, behind the mark that ends another
_MARK = re.compile(rf"{_BETWEEN}|[.!?؟]{_BEGINS}|[。！？](?=.)")
# The same with what closes behind it, and the end of the text.
_EDGE = re.compile(rf"{_BETWEEN}|[)）]|[.!?؟][»”\")]?{_BEGINS}|[。！？][”」]?(?=.)|\Z")
_SHORTEST = 20  # letters of a clause, as English
_SHORTEST_TEXT = 80  # of a text whose length alone tells of one
_SHORTER = -0.4  # deviations that the target is shorter at least
_EXPLAINED = 0.6  # of them, that may be left without the clause
# Deviations where one word of the clause is missed, by how many marks more the source has; several are
# missed at any length.
_MISSED = {-1: -1.0, 0: -0.7, 1: -0.5}
_SEVERAL_MISSED = 2
_UNKNOWN = {1: -1.4, 2: -1.25, 3: -1.05}  # the same where no word of the clause is known
_NAME = 3  # letters of a word with a capital
_ALIKE = 6  # letters of a word that others of its family share the first five of
_HEAD = 5
_LATIN = frozenset({"en", "fr", "es", "pt", "it", "de"})

Place = tuple[int, int]


def left_out(
    source: str, target: str, languages: tuple[str, str], band: LengthRatio | None, off: float
) -> Place | None:
    """The place in the source of the first clause that seems to be left out.

    ``off`` is by how many deviations of ``band`` the target is longer than is usual.  None where nothing is
    known of one of the languages.  Where both texts have as many sentences, each is compared with its own.
    """
    if band is None or off >= _SHORTER or not all(map(clause_words.known, languages)):
        return None
    sentences = denials.sentences(source), denials.sentences(target)
    if len(sentences[0]) != len(sentences[1]) or len(sentences[0]) == 1:
        return _out_of_sentence(_Compared(source, target, target, off, off), languages, band)
    for (start, sentence), (_, counterpart) in zip(*sentences, strict=True):
        shorter = lengths.deviation(band, sentence, counterpart)
        if shorter is not None and shorter < _SHORTER:
            compared = _Compared(sentence, counterpart, target, shorter, max(shorter, off))
            if place := _out_of_sentence(compared, languages, band):
                return start + place[0], start + place[1]
    return None


class _Compared(NamedTuple):
    """Two texts or sentences of them, and the ``whole`` target.

    ``off`` is by how much the second is longer than is usual, ``both_off`` by how much both it and the
    whole are.
    """

    source: str
    target: str
    whole: str
    off: float
    both_off: float


def _out_of_sentence(compared: _Compared, languages: tuple[str, str], band: LengthRatio) -> Place | None:
    """The first clause that is missed by its words, or else by its length."""
    source, target, whole, off, both_off = compared
    more_marks = _marks(source) - _marks(target)
    long = lengths.letters(source) >= _SHORTEST_TEXT * band.scale
    unknown = None
    for start, end in _without_counterpart(source, target, languages, band):
        without = source[:start] + source[end:]
        rest = lengths.deviation(band, without, target)
        if rest is None or rest < off * _EXPLAINED or abs(rest) >= abs(off):
            continue
        in_target = clause_words.may_be_told(whole, languages[1])
        told = clause_words.told(source[start:end], languages[0])
        if told & in_target - clause_words.told(without, languages[0]):
            continue
        missed = len(told - in_target)
        if missed and _is_missed(missed, more_marks, off):
            return start, end
        if long and unknown is None and _is_short_enough(more_marks, both_off):
            unknown = start, end
    return unknown


def _is_missed(missed: int, more_marks: int, off: float) -> bool:
    """Whether so many missing words tell of a clause that is left out."""
    return missed >= _SEVERAL_MISSED or off < _MISSED[max(-1, min(more_marks, 1))]


def _is_short_enough(more_marks: int, off: float) -> bool:
    """Whether a target is so short that a clause is left out of which no word is known."""
    return more_marks > 0 and off < _UNKNOWN[min(more_marks, max(_UNKNOWN))]


def _without_counterpart(
    source: str, target: str, languages: tuple[str, str], band: LengthRatio
) -> Iterator[Place]:
    """Clauses without a number and without a name or another word that the target has too."""
    alike = _LATIN.issuperset(languages)
    in_target = _folded(target)
    heads = {word[:_HEAD] for word in in_target if len(word) >= _ALIKE} if alike else set()
    for start, end in _clauses(source):
        clause = source[start:end]
        if lengths.letters(clause) < _SHORTEST * band.scale or any(map(str.isdigit, clause)):
            continue
        words = _folded(clause)
        if any(len(word) >= _ALIKE and (word in in_target or word[:_HEAD] in heads) for word in words):
            continue
        if not any(
            folded(word) in in_target for word in letter_runs(clause) if word.istitle() and len(word) >= _NAME
        ):
            yield start, end


@per_text
def _marks(text: str) -> int:
    return len(_MARK.findall(text))


@per_text
def _clauses(text: str) -> tuple[Place, ...]:
    """What stands between the marks of a text."""
    ends = [match.span() for match in _EDGE.finditer(text)]
    begins = [0, *(end for _, end in ends)]
    return tuple((begin, end) for begin, (end, _) in zip(begins, ends, strict=False) if begin < end)


@per_text
def _folded(text: str) -> frozenset[str]:
    """The words of a text in small letters without accents."""
    return frozenset(map(folded, letter_runs(text)))
