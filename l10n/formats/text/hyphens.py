"""Words that a typesetter cut in two at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from l10n.conventions import Convention
from l10n.formats.text.lines import Line

_HYPHENS = "-‐"
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_HEAD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*$")
_TAIL = re.compile(r"[^\W\d_]+")
_LONGEST = 100  # letters of a word, and more
# Of the compounds of a text one in ten or so stands at the end of a line.
_RARE = 2
_FEWEST = 2
# As many letters of the second half as tell a form of the word from other words with the first half.
_STEM = 3
_SHORTEST = 7


@dataclass(frozen=True, slots=True)
class Hyphens:
    """What a text tells of the hyphens at the ends of its lines.

    ``words`` are those of the text that no line end cuts, in small letters, as far as ``divide`` asks for
    them, and ``typeset`` says that so many lines of the text end in one that most of them are.
    """

    words: frozenset[str]
    typeset: bool
    convention: Convention

    def divide(self, left: str, right: str) -> bool:
        """Whether the hyphen that ends a line divides one word ("Haus-", "halte").

        The text itself decides where it has the word elsewhere, whole or with its hyphen, or another form of
        it; else the spelling
        of compounds, the language or the number of such lines, unless both halves are words of the text
        ("well-", "known").  A hyphen before a word that shares it is one ("Ein-", "und Ausreise").
        """
        halves = _halves(left, right)
        if halves is None or halves[1] in suspended(self.convention):
            return False
        head, tail = halves[0].casefold(), halves[1].casefold()
        compound, word, compound_stem, stem, *_ = _asked_for(halves)
        if compound in self.words or word in self.words:
            return compound not in self.words
        if compound_stem in self.words or stem in self.words:
            return compound_stem not in self.words
        if self._keeps(head, tail):
            return False
        if self.convention.cut_words:
            return True
        return self.typeset and not (head in self.words and tail in self.words)

    def _keeps(self, head: str, tail: str) -> bool:
        """Whether the spelling of compounds wants the hyphen: "vice-président", "state-of-the", "из-за"."""
        small = self.convention.function_words
        *begun, last = head.replace("‐", "-").split("-")
        if last in small and (begun or (tail in small and last + tail not in small)):
            return True
        return not self.convention.hyphened.isdisjoint((f"{last}-", f"-{tail}"))


def suspended(convention: Convention) -> frozenset[str]:
    """The words before which a hyphen at a line's end is suspended; where unknown, any function word."""
    return convention.suspended or convention.function_words


def _halves(left: str, right: str) -> tuple[str, str] | None:
    """What stands before and after the hyphen that ends a line, where it may divide a word."""
    if left[-1:] not in _HYPHENS or not right[:1].islower():
        return None
    head, tail = _HEAD.search(left[-_LONGEST:-1]), _TAIL.match(right)
    return (head[0], tail[0]) if head and tail else None


def observed(lines: Sequence[Line], convention: Convention) -> Hyphens:
    """The words of a text, where a line of it ends with a hyphen."""
    divided = {
        index: halves
        for index, (line, following) in enumerate(pairwise(lines))
        if (halves := _halves(line.content, following.content))
    }
    asked = frozenset(chain.from_iterable(map(_asked_for, divided.values())))
    stems = _stems(asked)
    starts, sizes = {stem[:_SHORTEST] for stem in stems}, {*map(len, stems)}
    words: set[str] = set()
    compounds = 0
    for index, line in enumerate(lines) if divided else ():
        whole = _WORD.findall(line.content)
        whole = whole[index - 1 in divided : len(whole) - (index in divided)]
        if any(map(line.content.__contains__, _HYPHENS)):
            compounds += sum(any(map(word.__contains__, _HYPHENS)) for word in whole)
        folded = [word.casefold() for word in whole]
        words.update(asked.intersection(folded))
        begun = [word for word in folded if word[:_SHORTEST] in starts]
        words.update(f"{word[:size]}-" for word in begun for size in sizes if word[:size] in stems)
    typeset = len(divided) >= _FEWEST and len(divided) * _RARE > compounds
    return Hyphens(frozenset(words), typeset, convention)


def _asked_for(halves: tuple[str, str]) -> tuple[str, ...]:
    """The words, and the stems of their other forms, that tell whether a hyphen divides one."""
    head, tail = map(str.casefold, halves)
    begun = tail[:_STEM]
    return f"{head}-{tail}", head + tail, f"{head}-{begun}-", f"{head}{begun}-", head, tail


def _stems(asked: Iterable[str]) -> frozenset[str]:
    return frozenset(stem[:-1] for stem in asked if stem[-1] == "-" and len(stem) > _SHORTEST)
