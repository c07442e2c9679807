"""Words that a typesetter cut in two at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from l10n.formats.text.lines import Line

_HYPHENS = "-‐"
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_HEAD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*$")
_TAIL = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Hyphens:
    """What a text tells of the hyphens at the ends of its lines.

    ``words`` are those of the text that no line end cuts, in small letters.  ``cut`` says that the language
    writes few compounds of small letters with a hyphen, so that such a hyphen is the typesetter's.
    """

    words: frozenset[str]
    cut: bool
    function_words: frozenset[str]

    def divide(self, left: str, right: str) -> bool:
        """Whether the hyphen that ends a line divides one word ("Haus-", "halte").

        The text itself decides where it has the word elsewhere, whole or with its hyphen; else the language.
        A hyphen before a function word is a suspended one ("Ein-", "und Ausreise").
        """
        if left[-1:] not in _HYPHENS or not right[:1].islower():
            return False
        head, tail = _HEAD.search(left[:-1]), _TAIL.match(right)
        if head is None or tail is None or tail[0] in self.function_words:
            return False
        if f"{head[0]}-{tail[0]}".casefold() in self.words:
            return False
        return self.cut or (head[0] + tail[0]).casefold() in self.words


def observed(lines: Sequence[Line], *, cut: bool, function_words: frozenset[str]) -> Hyphens:
    """The words of a text, where a line of it ends with a hyphen."""
    words: set[str] = set()
    if any(line.content[-1:] in _HYPHENS and line.content[-2:-1].isalpha() for line in lines):
        for line in lines:
            words.update(match[0].casefold() for match in _WORD.finditer(line.content))
    return Hyphens(frozenset(words), cut, function_words)
