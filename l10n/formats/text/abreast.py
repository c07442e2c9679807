"""Prose in columns, as ``pdftotext -layout`` prints it: read column by column, written abreast again.

The lines of a column become lines of their own, between lines of white space that Unicode calls
separators: ``BEGIN`` with a blank for each column of the page before the second one starts, ``NEXT``
between two columns and ``END``.  Where the right one is read first, as in Arabic, there are two
``BEGIN``.  Both ways give every byte back where no target came in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from l10n.formats.text.columns import ideographs, wide
from l10n.formats.text.lines import cased, ends_sentence, goes_on, words

BEGIN, NEXT, END = "\x1e", "\x1d", "\x1c"
_MARKS = (BEGIN, NEXT, END)
_PHYSICAL = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++")
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_PAGE_END = "\f"
_LONGEST = 400  # characters of a line of print, and more
_GUTTER = 2
_FEWEST = 6  # lines with words in both columns
_MOST_STARTS = 16
_NARROWEST = 18  # columns of a column of prose
_FEWEST_WORDS = 3
_FULL = 0.6
_HANGING = 0.75


@dataclass(frozen=True, slots=True)
class _Spread:
    """Lines ``start`` to ``end`` (not included), of which the second column starts at ``column``."""

    start: int
    end: int
    column: int


def apart(text: str) -> str:
    """A text with its columns of prose one below the other; itself where it has none."""
    if text.count("  ") < _FEWEST or any(map(text.__contains__, _MARKS)):
        return text
    lines = _PHYSICAL.findall(text)
    out: list[str] = []
    at = 0
    pages = {index for index, line in enumerate(lines) if line.startswith(_PAGE_END)}
    for spread in _spreads([line.rstrip("\r\n").lstrip(_PAGE_END) for line in lines], pages):
        out += lines[at : spread.start]
        out.append(_one_below_the_other(lines[spread.start : spread.end], spread.column))
        at = spread.end
    return "".join([*out, *lines[at:]]) if at else text


def together(text: str) -> str:
    """A text that ``apart`` gave, perhaps with targets in it, as it is printed.

    A column keeps its place as long as what stands before it fits, and is moved in all of its lines else.
    """
    lines = iter(_PHYSICAL.findall(text))
    return "".join(_abreast(line, lines) if BEGIN in line else line for line in lines)


def inside(raws: Sequence[str]) -> set[int]:
    """Which lines of a text that ``apart`` gave stand in columns."""
    out: set[int] = set()
    depth = 0
    for index, raw in enumerate(raws):
        depth += (BEGIN in raw) - (END in raw)
        if depth:
            out.add(index)
    return out


def numbers(raws: Sequence[str]) -> list[int]:
    """The number of each line, from 1, in the file that is printed."""
    out: list[int] = []
    number = 1
    begun: list[tuple[int, int]] = []
    for raw in raws:
        out.append(number)
        if BEGIN in raw:
            begun.append((number, number))
        elif NEXT in raw and begun:
            start, last = begun.pop()
            begun.append((start, max(last, number)))
            number = start
        elif END in raw and begun:
            number = max(number, begun.pop()[1])
        else:
            number += 1
    return out


def _one_below_the_other(lines: Sequence[str], column: int) -> str:
    prefix = _PAGE_END * (len(lines[0]) - len(lines[0].lstrip(_PAGE_END)))
    sides: tuple[list[str], list[str]] = ([], [])
    for line in (lines[0].removeprefix(prefix), *lines[1:]):
        body = line.rstrip("\r\n")
        cut = _offset(body, column)
        line_end = line[len(body) :] or "\n"
        sides[0].append(body[:cut] + line_end)
        sides[1].append(body[cut:] + line_end)
    begin = BEGIN
    read = [apart("".join(side)) for side in sides]
    if len(_RIGHT_TO_LEFT.findall(read[0])) * 2 > sum(map(str.isalpha, read[0])):
        begin, read = BEGIN * 2, read[::-1]
    ended = "\n" if lines[-1][-1] in "\r\n" else ""
    return f"{prefix}{begin}{' ' * column}\n{read[0]}{NEXT}\n{read[1]}{END}{ended}"


def _abreast(mark: str, lines: Iterator[str]) -> str:
    """What stands between one mark and the end of its columns, side by side."""
    prefix, _, blanks = mark.rstrip("\r\n").partition(BEGIN)
    sides: list[list[str]] = [[]]
    ended = ""
    for line in lines:
        if BEGIN in line:
            sides[-1] += _PHYSICAL.findall(_abreast(line, lines))
        elif NEXT in line:
            sides.append([])
        elif END in line:
            ended = line
            break
        else:
            sides[-1].append(line)
    left, right = reversed(sides) if blanks.startswith(BEGIN) else sides
    printed = "".join(_rows(left, right, blanks.count(" ")))
    return prefix + (printed if ended.endswith("\n") else printed.rstrip("\r\n"))


def _rows(left: Sequence[str], right: Sequence[str], column: int) -> Iterator[str]:
    """The lines of two columns next to each other."""
    column = max(column, _GUTTER + max((wide(line.rstrip()) for line in left), default=0))
    filled = [index for side in (left, right) for index, line in enumerate(side) if line.strip()]
    for index in range(max(filled, default=-1) + 1):
        raws = [side[index] if index < len(side) else "" for side in (left, right)]
        bodies = [raw.rstrip("\r\n") for raw in raws]
        line_end = next(
            (raw[len(body) :] for raw, body in zip(raws, bodies, strict=True) if raw != body), "\n"
        )
        first = bodies[0]
        if bodies[1] and wide(first) != column:
            first = first.rstrip()
            first += " " * (column - wide(first))
        yield first + bodies[1] + line_end


def _spreads(bodies: Sequence[str], pages: Collection[int]) -> list[_Spread]:
    """The stretches of lines in two columns of prose, in order; the commonest start goes first."""
    starts = Counter(
        wide(body[: gap.end()])
        for body in bodies
        if "  " in body and len(body) <= _LONGEST
        for gap in _GAP.finditer(body)
    )
    out: list[_Spread] = []
    taken: set[int] = set()
    for column, count in starts.most_common(_MOST_STARTS):
        if count < _FEWEST:
            break
        for spread in _at(bodies, pages, column):
            if taken.isdisjoint(range(spread.start, spread.end)):
                taken.update(range(spread.start, spread.end))
                out.append(spread)
    return sorted(out, key=lambda spread: spread.start)


def _at(bodies: Sequence[str], pages: Collection[int], column: int) -> Iterator[_Spread]:
    """The stretches whose second column starts at a column of the page; none goes on over ``pages``."""
    start = 0
    for index in range(len(bodies) + 1):
        page = index in pages
        if index == len(bodies) or page or _offset(bodies[index], column) < 0:
            spread = _trimmed(bodies, start, index, column)
            if spread is not None:
                yield spread
            # A page's first line may be in columns as well.
            start = index if page and _offset(bodies[index], column) >= 0 else index + 1


def _offset(body: str, column: int) -> int:
    """Where a line's second column starts, or its end; -1 where the gutter is not blank."""
    if len(body) > _LONGEST:
        return -1
    ascii_only = body.isascii()
    if not ascii_only and wide(body) <= column:
        return len(body) if wide(body.rstrip()) <= column - _GUTTER else -1
    at = min(column, len(body)) if ascii_only or body[:column].isascii() else _reached(body, column)
    blank = at >= 0 and not body[max(0, column - _GUTTER if ascii_only else at - _GUTTER) : at].strip()
    return at if blank else -1


def _reached(body: str, column: int) -> int:
    """The offset of a column in a line with letters of two columns or none; -1 inside a letter."""
    width = 0
    for at, char in enumerate(body):
        if width >= column:
            return at if width == column else -1
        width += wide(char)
    return len(body)


def _trimmed(bodies: Sequence[str], start: int, end: int, column: int) -> _Spread | None:
    """The part of a stretch that is prose in two columns."""
    pieces = [(body[:cut], body[cut:]) for body in bodies[start:end] for cut in (_offset(body, column),)]
    both = [at for at, (left, right) in enumerate(pieces) if left.strip() and right[:1].strip()]
    right = [at for at, piece in enumerate(pieces) if piece[1].strip()]
    if len(both) < _FEWEST or len(both) * 2 < len(right):
        return None
    first, last = _top(pieces, right, column), _tail(pieces, right[-1], column)
    columns = zip(*pieces[first : last + 1], strict=True)
    if not all(_is_prose([piece.strip() for piece in side]) for side in columns):
        return None
    return _Spread(start + first, start + last + 1, column)


def _top(pieces: Sequence[tuple[str, str]], right: Sequence[int], column: int) -> int:
    """The first line in columns: a line by itself above them, which is not full, is the head of the page."""
    first = right[0]
    for index in right:
        above = bool(pieces[index - 1][0].strip()) if index else False
        alone = not above and not "".join(pieces[index + 1]).strip() if index + 1 < len(pieces) else True
        first = index
        if not alone or wide(pieces[index][0].strip()) >= column * _HANGING:
            break
    while first and pieces[first - 1][0].strip():
        first -= 1
    return first


def _tail(pieces: Sequence[tuple[str, str]], last: int, column: int) -> int:
    """The last line of the first column, where it is longer than the second one.

    Paragraphs of several lines go on with it, for none of them is as wide as the page.
    """
    at = last + 1
    while at < len(pieces):
        end = at
        while end < len(pieces) and pieces[end][0].strip():
            end += 1
        if end > at and (at == last + 1 or (end > at + 1 and wide(pieces[at][0]) >= column * _HANGING)):
            last = end - 1
        elif end > at + 1:
            return last
        at = end + 1
    return last


def _is_prose(pieces: Sequence[str]) -> bool:
    """Whether a column is of sentences: most lines are full, and many go on with the one above."""
    said = [piece for piece in pieces if piece]
    if len(said) < _FEWEST:
        return False
    widths = sorted(map(wide, said))
    size = widths[-1]
    full = sum(width >= size * _FULL for width in widths)
    if size < _NARROWEST or full * 2 < len(said) or sum(map(words, said)) < _FEWEST_WORDS * len(said):
        return False
    pairs = [(above, below) for above, below in pairwise(pieces) if above and below]
    flowing = sum(
        not ends_sentence(above) and (goes_on(below) if cased(below) else wide(above) >= size * _FULL)
        for above, below in pairs
    )
    share = 2 if ideographs(said[0]) or not cased(said[0]) else 4
    return flowing * share >= len(pairs)
