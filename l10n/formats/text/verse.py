"""Lines that end where their author wants it: stanzas, of which no line may be joined with the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from l10n.display_width import display_width
from l10n.formats.text.columns import opening_word
from l10n.formats.text.lines import WORDS, Line

_WIDEST = 50
_FEWEST_LINES = 3
_FEWEST_STANZAS = 2
_MANY = 4
_PAUSES = ",;:.!?…—–،؛؟。，！？"
_CLOSERS = "\"'”’»)]」』"


def find(lines: Sequence[Line]) -> set[int]:
    """The lines of stanzas: short ones that mostly end in a pause, many of them before a word that would fit.

    There are none in a text with only one of them, which may be chance.
    """
    stanzas = [*_stanzas(lines)]
    if len(stanzas) < _FEWEST_STANZAS:
        return set()
    longest = max(display_width(lines[index].content) for stanza in stanzas for index in stanza)
    breaks = [pair for stanza in stanzas for pair in pairwise(lines[index] for index in stanza)]
    early = sum(
        display_width(line.content) + 1 + display_width(opening_word(below.content)) <= longest
        for line, below in breaks
    )
    return {index for stanza in stanzas for index in stanza} if early * _MANY >= len(breaks) else set()


def _stanzas(lines: Sequence[Line]) -> Iterator[range]:
    start = 0
    for said, group in groupby(lines, key=lambda line: line.shape is WORDS):
        stanza = [line.content for line in group]
        if said and len(stanza) >= _FEWEST_LINES and max(map(display_width, stanza)) <= _WIDEST:
            pauses = sum(content.rstrip(_CLOSERS)[-1:] in _PAUSES for content in stanza)
            if pauses * 2 > len(stanza):
                yield range(start, start + len(stanza))
        start += len(stanza)
