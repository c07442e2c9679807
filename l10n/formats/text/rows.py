"""Lines set in columns, as letterheads are: who writes on the left, where to ask on the right."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, pairwise

from l10n.display_width import display_width
from l10n.formats.text import justified
from l10n.formats.text.lines import BLANK, RULE, WORDS, Line, initial_beside

_GAP = re.compile(r"(?<=\S)(?: {4,}|\u3000{3,}|[ \u00a0]*\t[ \t\u00a0]*)(?=\S)")
# One so wide needs no line below it: who writes on the left, when on the right.
_WIDE_GAPS = (" " * 10, "\u3000" * 4, "\t" * 3)
_WIDE_GAP = re.compile(r"(?<=\S)(?: {10,}|\u3000{4,}|\t{3,})(?=\S)")
_BAR = re.compile(r"\s*[|│┃║]\s*")
_BARS = "|│┃║"
# What begins in the second column may be nearer to what is in the first, where a line hangs below it.
_COLUMN = re.compile(r"(?<=\S)(?: {2,}|[ \u00a0]*\t[ \t\u00a0]*)(?=\S)")
# Dots that lead the eye from what is sold to its price.
LEADER = re.compile(r"(?P<before>[ \u00a0]*)(?P<dots>(?:\. ?){3,}\.|…{2,})(?P<after>[ \u00a0]*)(?=\S|\Z)")
"""What leads from one cell of a row to the next one."""
_LED_TO = 24
_LONGEST_PAUSE = 5  # dots
_ENDS = ".!?…"
_NARROW = 2
_NARROWEST = 4
_MOST_GAPS = 3
_WIDEST = 60


def find(lines: Sequence[Line], contacts: Collection[int] = ()) -> set[int]:
    """The lines in columns: bars around them, or wide gaps, in at least two lines next to each other.

    A justified text has gaps, too, but none so wide, and not one a line at the same column.  A line whose
    last column goes on below itself, or whose gap is very wide, needs no other.  In ``contacts`` a label and
    its value are one line, however far apart.
    """
    alone = (
        {index for index, line in enumerate(lines) if _parted_widely(line)} | _aligned(lines) | _led(lines)
    )
    hanging = {
        index
        for index, (line, below) in enumerate(pairwise(lines))
        if hangs(line, below) and not initial_beside(lines[index : index + 3])
    }
    alone = (alone - {*contacts}) | hanging
    sentences = justified.find(lines)
    parted = [
        index
        for index, line in enumerate(lines)
        if index in alone or (index not in sentences and _in_columns(line))
    ]
    in_columns = set(parted) | {index + 1 for index in hanging}
    return {index for index in parted if index in alone or _beside(lines, index, in_columns)}


def _parted_widely(line: Line) -> bool:
    """Whether one very wide gap parts a line in two short pieces."""
    if line.shape is not WORDS or not any(map(line.content.__contains__, _WIDE_GAPS)):
        return False
    pieces = _WIDE_GAP.split(line.content)
    return len(pieces) == 2 and max(map(display_width, pieces)) <= _WIDEST


def _aligned(lines: Sequence[Line]) -> set[int]:
    """Lines one below the other in which the only gap ends at the same column.

    Gaps of two blanks must do so in three lines, wider ones in two.
    """
    out: set[int] = set()
    columns = [_second_column(line) for line in lines]
    start = 0
    for column, group in groupby(columns, key=lambda found: found[0]):
        gaps = [gap for _, gap in group]
        if column and len(gaps) > 1 and (len(gaps) > _NARROW or min(gaps) > _NARROW):
            out.update(range(start, start + len(gaps)))
        start += len(gaps)
    return out


def _led(lines: Sequence[Line]) -> set[int]:
    """Lines one below the other in which dots lead to a price: in one alone somebody may have paused."""
    led = [index for index, line in enumerate(lines) if line.shape is WORDS and _leads(line.content)]
    return {index for index in led if index - 1 in led or index + 1 in led}


def _leads(content: str) -> bool:
    """Whether dots lead from some words to a few letters or figures."""
    if ".." not in content and ". ." not in content and "……" not in content:
        return False
    leaders = [*LEADER.finditer(content)]
    if len(leaders) != 1 or not (leaders[0]["before"] or len(leaders[0]["dots"]) > _LONGEST_PAUSE):
        return False
    return leaders[0].start() > 0 and 0 < len(content) - leaders[0].end() <= _LED_TO


def _second_column(line: Line) -> tuple[int, int]:
    """The (column at which a line's second piece starts, blanks before it); zeros where it has not two."""
    if line.shape is not WORDS or "  " not in line.content:
        return 0, 0
    gaps = list(justified.WIDENED.finditer(line.content))
    if len(gaps) != 1 or line.content[gaps[0].start() - 1] in _ENDS:
        return 0, 0
    return line.indent + display_width(line.content[: gaps[0].end()]), len(gaps[0][0])


def hangs(line: Line, below: Line) -> bool:
    """Whether a line goes on with the last column of one above it, as in "10.15 a.m.    The mayor".

    Its indent is that of the column, which is the second one of two, behind a few words.
    """
    if line.shape is not WORDS or below.shape is not WORDS or below.indent < line.indent + _NARROWEST:
        return False
    gaps = list(_COLUMN.finditer(line.content))
    return (
        len(gaps) == 1
        and line.indent + display_width(line.content[: gaps[0].end()].expandtabs(4)) == below.indent
    )


def _in_columns(line: Line) -> bool:
    if line.shape is not WORDS:
        return False
    if _is_barred(line.content):
        return True
    cells = _GAP.split(line.content)
    return 1 < len(cells) <= _MOST_GAPS + 1 and max(map(len, cells)) <= _WIDEST


def _beside(lines: Sequence[Line], index: int, in_columns: set[int]) -> bool:
    """Whether the next line that is not blank, above or below, has columns as well."""
    for step in (-1, 1):
        at = index + step
        if 0 <= at < len(lines) and (lines[at].shape is BLANK or _is_ruled(lines[at])):
            at += step
        if at in in_columns:
            return True
    return False


def _is_barred(content: str) -> bool:
    """Whether a line is a row of a table drawn with bars."""
    return content[0] in _BARS and content[-1] == content[0] and len(content) > 2


def _is_ruled(line: Line) -> bool:
    return line.shape is RULE and line.content[:1] in "+|├╞╠┌└─-="


def is_wide(content: str) -> bool:
    """Whether a line has a gap as wide as those between columns."""
    if "    " not in content and "\t" not in content and "\u3000" not in content:
        return False
    return _GAP.search(content) is not None


def cells(content: str) -> Iterator[tuple[str, str]]:
    """The cells of a line, each with the gap after it."""
    at = 0
    pattern = _BAR if _is_barred(content) else LEADER if _leads(content) else None
    pattern = pattern or (_GAP if is_wide(content) else _COLUMN)
    for gap in pattern.finditer(content):
        yield content[at : gap.start()], gap[0]
        at = gap.end()
    yield content[at:], ""
