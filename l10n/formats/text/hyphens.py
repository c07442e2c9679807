"""Words that a typesetter cut in two at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from l10n.formats.text.lines import Line

_HYPHENS = "-‐"
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_HEAD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*$")
_TAIL = re.compile(r"[^\W\d_]+")
_LONGEST = 100  # letters of a word, and more
# Of the compounds of a text one in ten or so stands at the end of a line.
_RARE = 2
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Hyphens:
    """What a text tells of the hyphens at the ends of its lines.

    ``words`` are those of the text that no line end cuts, in small letters, as far as ``divide`` asks for
    them.  ``cut`` says that the language
    writes few compounds of small letters with a hyphen, so that such a hyphen is the typesetter's, and
    ``typeset`` that so many lines of the text end in one that most of them are.
    """

    words: frozenset[str]
    cut: bool
    typeset: bool
    suspended: frozenset[str]

    def divide(self, left: str, right: str) -> bool:
        """Whether the hyphen that ends a line divides one word ("Haus-", "halte").

        The text itself decides where it has the word elsewhere, whole or with its hyphen; else the language
        or the number of such lines, unless both halves are words of the text ("well-", "known").
        A hyphen before a word of ``suspended`` is one ("Ein-", "und Ausreise").
        """
        halves = _halves(left, right)
        if halves is None or halves[1] in self.suspended:
            return False
        head, tail = halves[0].casefold(), halves[1].casefold()
        if f"{head}-{tail}" in self.words:
            return False
        if self.cut or head + tail in self.words:
            return True
        return self.typeset and not (head in self.words and tail in self.words)


def _halves(left: str, right: str) -> tuple[str, str] | None:
    """What stands before and after the hyphen that ends a line, where it may divide a word."""
    if left[-1:] not in _HYPHENS or not right[:1].islower():
        return None
    head, tail = _HEAD.search(left[-_LONGEST:-1]), _TAIL.match(right)
    return (head[0], tail[0]) if head and tail else None


def observed(lines: Sequence[Line], *, cut: bool, suspended: frozenset[str]) -> Hyphens:
    """The words of a text, where a line of it ends with a hyphen."""
    divided = {
        index: halves
        for index, (line, following) in enumerate(pairwise(lines))
        if (halves := _halves(line.content, following.content))
    }
    asked = frozenset(chain.from_iterable(map(_asked_for, divided.values())))
    words: set[str] = set()
    compounds = 0
    for index, line in enumerate(lines) if divided else ():
        whole = _WORD.findall(line.content)
        whole = whole[index - 1 in divided : len(whole) - (index in divided)]
        if any(map(line.content.__contains__, _HYPHENS)):
            compounds += sum(any(map(word.__contains__, _HYPHENS)) for word in whole)
        words.update(asked.intersection(map(str.casefold, whole)))
    typeset = len(divided) >= _FEWEST and len(divided) * _RARE > compounds
    return Hyphens(frozenset(words), cut, typeset, suspended)


def _asked_for(halves: tuple[str, str]) -> tuple[str, str, str, str]:
    """The words that tell whether a hyphen divides one."""
    head, tail = map(str.casefold, halves)
    return f"{head}-{tail}", head + tail, head, tail
