"""Lines set flush with both edges of a page: the blanks between their words part no columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from l10n.display_width import display_width
from l10n.formats.text.columns import spaceless
from l10n.formats.text.lines import WORDS, Line, ends_sentence, goes_on, words

WIDENED = re.compile(r"(?<=\S) {2,}(?=\S)")
"""Blanks between words that are more than one: of a justified line, or between the cells of a row."""
_FEWEST_GAPS = 2
_MOST = 1.5  # two of three blanks between words are widened
_FEWEST_WORDS = 6
_UNEVEN = 1


def find(lines: Sequence[Line]) -> set[int]:
    """The lines with several wide gaps that are part of a sentence over two lines.

    No gap ends where one of the other line does, as those of a table do, and the sentence is known by the
    small letter it goes on with, or by both lines ending at the same edge.
    """
    out: set[int] = set()
    for index, line in enumerate(lines):
        if line.shape is not WORDS or "  " not in line.content:
            continue
        gaps = len(WIDENED.findall(line.content))
        if gaps < _FEWEST_GAPS or gaps * _MOST < len(line.content.split()) - 1:
            continue
        above = index > 0 and _flows(lines[index - 1], line)
        if above or (index + 1 < len(lines) and _flows(line, lines[index + 1])):
            out.add(index)
    return out


def _flows(line: Line, below: Line) -> bool:
    """Whether a sentence goes on from one line to the next one, and no column does."""
    if line.shape is not WORDS or below.shape is not WORDS or ends_sentence(line.content):
        return False
    if words(line.content) + words(below.content) < _FEWEST_WORDS or _columns(line) & _columns(below):
        return False
    return goes_on(below.content) or _share_edge(line, below)


def _columns(line: Line) -> set[int]:
    """Where the gaps of a line end on the page."""
    return {line.indent + display_width(line.content[: gap.end()]) for gap in WIDENED.finditer(line.content)}


def _share_edge(line: Line, below: Line) -> bool:
    """Whether two lines end at the same place, by their width or, as ``pdftotext`` sets them, by letters.

    Scripts that write no spaces between words are widened between their letters.
    """
    if spaceless(line.content[-1]) or min(words(line.content), words(below.content)) < _FEWEST_WORDS:
        return False
    return any(
        abs(line.indent + measure(line.content) - below.indent - measure(below.content)) <= _UNEVEN
        for measure in (display_width, len)
    )
