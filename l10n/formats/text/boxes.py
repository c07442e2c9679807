"""Boxes drawn around prose: read without their frame, which is drawn again around what became of it.

The rule above a box ends, and the one below it begins, with ``MARK``, a control that counts as white space;
how many of them stand there tells how the box was measured.  Both ways give every byte back where no target
came in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from l10n.display_width import display_width
from l10n.formats.text.lines import physical_lines

MARK = "\x0b"
_ABOVE = re.compile(r"[ \t]*+([+┌╭╔┏])(?:[-=─═━]){6,}+[+┐╮╗┓]")
_BELOW = re.compile(r"[ \t]*+[+└╰╚┗](?:[-=─═━]){6,}+[+┘╯╝┛]")
_BARS = {"+": "|", "┌": "│", "╭": "│", "╔": "║", "┏": "┃"}
_FEWEST = 2
_EDGES = 4
# Terminals count the columns of a letter, simple programs letters; by hand every line has blanks of its own.
_MEASURES: tuple[Callable[[str], int] | None, ...] = (display_width, len, None)


def apart(text: str) -> str:
    """A text with its boxes open at the sides; itself where it has none with one column of words."""
    if MARK in text or not _may_have_box(text):
        return text
    lines = physical_lines(text)
    out: list[str] = []
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        opened = _opened(lines[at:end]) if end else []
        out += opened or lines[at : max(end, at + 1)]
        at = max(end, at + 1)
    return "".join(out)


def together(text: str) -> str:
    """A text that ``apart`` gave, perhaps with targets in it: a box is as wide as its longest line wants."""
    if MARK not in text:
        return text
    out: list[str] = []
    box: list[str] = []
    for line in physical_lines(text):
        box.append(line)
        if line.startswith(MARK):
            out += _closed(box)
            box = []
        elif len(box) == 1 and not _bare(line).endswith(MARK):
            out.append(box.pop())
    return "".join([*out, *box])


def inside(rules: Sequence[tuple[str, str]]) -> set[int]:
    """Which lines of a text that ``apart`` gave stand in boxes, by what is before and behind its rules."""
    out: set[int] = set()
    begun = False
    for index, (before, behind) in enumerate(rules):
        begun = (begun or MARK in behind) and MARK not in before
        if begun and MARK not in behind:
            out.add(index)
    return out


def room(rules: Sequence[str]) -> int:
    """The columns for words in the widest of the boxes with such rules; 0 for none."""
    return max((len(rule) - _EDGES for rule in rules), default=0)


def _may_have_box(text: str) -> bool:
    return any(map(text.__contains__, ("+--", "+==", "┌", "╭", "╔", "┏")))


def _bare(line: str) -> str:
    return line.rstrip("\r\n")


def _end(lines: Sequence[str], at: int) -> int:
    """The line below the box that line ``at`` begins; 0 where it begins none."""
    above = _ABOVE.fullmatch(_bare(lines[at]))
    if above is None:
        return 0
    bar = _BARS[above[1]]
    for end in range(at + 1, len(lines)):
        line = lines[end].strip()
        if len(line) < _FEWEST or line[0] != bar or line[-1] != bar or bar in line[1:-1]:
            return end + 1 if end > at + _FEWEST and _BELOW.fullmatch(_bare(lines[end])) else 0
    return 0


def _opened(lines: Sequence[str]) -> list[str]:
    """A box without its sides, the first time its frame can be drawn again as it was; else nothing."""
    above, *members, below = lines
    for count, measure in enumerate(_MEASURES, start=1):
        top = _bare(above)
        out = [top + MARK * count + above[len(top) :]]
        for line in members:
            inner = _bare(line).strip()[1:-1]
            words = inner.removeprefix(" ")
            out.append((words.rstrip() if measure else words) + line[len(_bare(line)) :])
        out.append(MARK * count + below)
        if _closed(out) == [*lines]:
            return out
    return []


def _closed(lines: Sequence[str]) -> list[str]:
    """A box with its sides."""
    above, *members, below = lines
    rule = _bare(above).rstrip(MARK)
    measure = _MEASURES[(len(_bare(above)) - len(rule) - 1) % len(_MEASURES)]
    indent = rule[: len(rule) - len(rule.lstrip())]
    bar = _BARS[rule.lstrip()[0]]
    width = len(rule) - len(indent) - _EDGES
    room = max(width, *((measure or display_width)(_bare(line).rstrip()) for line in members))
    out = [_drawn(rule, room - width) + above[len(_bare(above)) :]]
    for line in members:
        words = _bare(line)
        blanks = (
            room + 1 - measure(words)
            if measure
            else (not words.endswith(" ")) * (room + 1 - display_width(words))
        )
        out.append(f"{indent}{bar} {words}{' ' * blanks}{bar}{line[len(words) :]}")
    return [*out, _drawn(below.lstrip(MARK), room - width)]


def _drawn(rule: str, more: int) -> str:
    """A rule with its last corner farther out."""
    bare = _bare(rule)
    return bare[:-1] + bare[-2] * more + bare[-1] + rule[len(bare) :]
