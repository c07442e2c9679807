"""Helps for writing a target: word-level diffs, glossary hits, characters missing on keyboards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from unicodedata import name

from l10n.conventions import load
from l10n.glossary import Glossary, Status, Term, TermHit

_PIECE = re.compile(r"</?\d+/?>|\d+(?:[.,٫٬\u00a0\u202f]\d+)+|\w+|\s+|.", re.DOTALL)
LONGEST_COMPARED = 2_000  # pieces: beyond it a difference by words is no help and takes long

# Characters that a keyboard of the language often lacks, besides its quotation marks.
_LETTERS = {
    "ar": "،؛؟ـ٪\u200e\u200f",
    "de": "ßÄÖÜ–",
    "en": "’–—",
    "es": "¿¡ñáéíóúü–",
    "fr": "\u00a0\u202f’ÀÉÈœç–",
    "it": "\u00a0’ÀÈÉ–",
    "pt": "ãõçáéº–",
}
_SHOWN = {
    "\u00a0": "NBSP",
    "\u202f": "NNBSP",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "ـ": "ـــ",
}
_MOST_LETTERS = 16


class DiffKind(StrEnum):
    """What became of a stretch of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


def pieces(text: str) -> list[str]:
    """A text in words, numbers, white space, marks and codes, which make it up again."""
    matches: list[str] = _PIECE.findall(text)
    return matches


def word_diff(old: str, new: str) -> list[tuple[DiffKind, str]]:
    """How ``new`` came of ``old``, in stretches of whole words; codes are words."""
    before, after = pieces(old), pieces(new)
    if len(before) + len(after) > LONGEST_COMPARED:
        return [(DiffKind.GONE, old), (DiffKind.NEW, new)]
    stretches: list[tuple[DiffKind, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            stretches.append((DiffKind.SAME, "".join(before[a:b])))
            continue
        stretches += [(DiffKind.GONE, "".join(before[a:b]))] if b > a else []
        stretches += [(DiffKind.NEW, "".join(after[c:d]))] if d > c else []
    return stretches


@dataclass(frozen=True, slots=True)
class GlossaryHit:
    """A stretch of a source with what the glossary says about it.

    ``allowed`` are the forms to use, the first preferred, ``forbidden`` those not to; both
    empty where the words stay as they are (``kept``).
    """

    start: int
    end: int
    source: str
    allowed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    kept: bool = False
    note: str = ""


def glossary_hits(
    glossary: Glossary, source: str, source_locale: str, target_locale: str
) -> tuple[GlossaryHit, ...]:
    """The glossary's words in a source, in order, each place once."""
    hits = glossary.find(source, source_locale, target_locale)
    return tuple(_hit(source, place, terms) for place, terms in _by_place(hits))


def _by_place(hits: list[TermHit]) -> Iterator[tuple[tuple[int, int], list[Term]]]:
    for place, group in groupby(hits, lambda hit: (hit.start, hit.end)):
        yield place, [hit.term for hit in group]


def _hit(source: str, place: tuple[int, int], terms: list[Term]) -> GlossaryHit:
    order = (Status.REQUIRED, Status.PREFERRED)
    allowed = sorted((term for term in terms if term.status in order), key=lambda t: order.index(t.status))
    return GlossaryHit(
        *place,
        source=source[place[0] : place[1]],
        allowed=tuple(dict.fromkeys(term.target for term in allowed if term.target)),
        forbidden=tuple(term.target for term in terms if term.status is Status.FORBIDDEN and term.target),
        kept=any(term.status is Status.DO_NOT_TRANSLATE for term in terms),
        note="; ".join(
            dict.fromkeys(text for term in terms for text in (term.definition, term.note) if text)
        ),
    )


@dataclass(frozen=True, slots=True)
class SpecialCharacter:
    """A character to put in with a button; ``shown`` stands for one that cannot be seen."""

    text: str
    shown: str
    name: str


def special_characters(locale: str) -> tuple[SpecialCharacter, ...]:
    """The characters a person who writes a language often misses on the keyboard."""
    marks = "".join(mark for pair in load(locale).quotes for mark in pair)
    letters = _LETTERS.get(locale.partition("-")[0], "\u00a0’–")
    characters = dict.fromkeys(marks + letters)
    return tuple(
        SpecialCharacter(character, _SHOWN.get(character, character), name(character, "").lower())
        for character in characters
    )[:_MOST_LETTERS]
