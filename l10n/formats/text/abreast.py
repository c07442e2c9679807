"""Prose in columns, as ``pdftotext -layout`` prints it: read column by column, written abreast again.

The lines of a column become lines of their own, between lines of white space that Unicode calls
separators: ``BEGIN`` with a blank for each column of the page before the second one starts, ``NEXT``
between two columns and ``END``.  Where the right one is read first, as in Arabic, there are two
``BEGIN``; ``LETTERS`` is behind them where each letter takes one column of the page, however wide it is,
as the program counts.  Both ways give every byte back where no target came in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from l10n.display_width import display_width
from l10n.formats.text import justified, prose
from l10n.formats.text.lines import physical_lines

BEGIN, NEXT, END, LETTERS = "\x1e", "\x1d", "\x1c", "\x1f"
_MARKS = (BEGIN, NEXT, END, LETTERS)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# What sets the direction of the letters between them, and takes no column.
_EMBEDDINGS = re.compile("[\u202a-\u202e]")
_PAGE_END = "\f"
_LONGEST = 400  # characters of a line of print, and more
_GUTTER = 2
_MOST_STARTS = 16
_HANGING = 0.75


@dataclass(frozen=True, slots=True)
class _Print:
    """How a page is printed: what gives the columns a text takes, and whether it is read from the right.

    A box at the right of a paragraph is read before it, so that the paragraph may go on below.
    """

    measure: Callable[[str], int]
    from_right: bool


@dataclass(frozen=True, slots=True)
class _Spread:
    """Lines ``start`` to ``end`` (not included), of which the second column starts at ``column``."""

    start: int
    end: int
    column: int
    printed: _Print


def apart(text: str) -> str:
    """A text with its columns of prose one below the other; itself where it has none."""
    if text.count("  ") < prose.FEWEST or any(map(text.__contains__, _MARKS)):
        return text
    lines = physical_lines(text)
    out: list[str] = []
    at = 0
    pages = {index for index, line in enumerate(lines) if line.startswith(_PAGE_END)}
    for spread in _spreads([line.rstrip("\r\n").lstrip(_PAGE_END) for line in lines], pages):
        out += lines[at : spread.start]
        out.append(_one_below_the_other(lines[spread.start : spread.end], spread))
        at = spread.end
    return "".join([*out, *lines[at:]]) if at else text


def together(text: str) -> str:
    """A text that ``apart`` gave, perhaps with targets in it, as it is printed.

    A column keeps its place as long as what stands before it fits, and is moved in all of its lines else.
    """
    lines = iter(physical_lines(text))
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


def _letters(text: str) -> int:
    """The columns a text takes where each letter takes one."""
    return len(text) if text.isascii() else len(_EMBEDDINGS.sub("", text))


def _one_below_the_other(lines: Sequence[str], spread: _Spread) -> str:
    prefix = _PAGE_END * (len(lines[0]) - len(lines[0].lstrip(_PAGE_END)))
    sides: tuple[list[str], list[str]] = ([], [])
    for line in (lines[0].removeprefix(prefix), *lines[1:]):
        body = line.rstrip("\r\n")
        cut = _offset(body, spread.column, spread.printed.measure)
        line_end = line[len(body) :] or "\n"
        sides[0].append(body[:cut] + line_end)
        sides[1].append(body[cut:] + line_end)
    begin = BEGIN
    read = [apart("".join(side)) for side in sides]
    if spread.printed.from_right:
        begin, read = BEGIN * 2, read[::-1]
    ended = "\n" if lines[-1][-1] in "\r\n" else ""
    begin += LETTERS if spread.printed.measure is _letters else ""
    return f"{prefix}{begin}{' ' * spread.column}\n{read[0]}{NEXT}\n{read[1]}{END}{ended}"


def _abreast(mark: str, lines: Iterator[str]) -> str:
    """What stands between one mark and the end of its columns, side by side."""
    prefix, _, blanks = mark.rstrip("\r\n").partition(BEGIN)
    sides: list[list[str]] = [[]]
    ended = ""
    for line in lines:
        if BEGIN in line:
            sides[-1] += physical_lines(_abreast(line, lines))
        elif NEXT in line:
            sides.append([])
        elif END in line:
            ended = line
            break
        else:
            sides[-1].append(line)
    left, right = reversed(sides) if blanks.startswith(BEGIN) else sides
    measure = _letters if LETTERS in blanks else display_width
    printed = "".join(_rows(left, right, blanks.count(" "), measure))
    return prefix + (printed if ended.endswith("\n") else printed.rstrip("\r\n"))


def _rows(
    left: Sequence[str], right: Sequence[str], column: int, measure: Callable[[str], int]
) -> Iterator[str]:
    """The lines of two columns next to each other."""
    column = max(column, _GUTTER + max((measure(line.rstrip()) for line in left), default=0))
    filled = [index for side in (left, right) for index, line in enumerate(side) if line.strip()]
    for index in range(max(filled, default=-1) + 1):
        raws = [side[index] if index < len(side) else "" for side in (left, right)]
        bodies = [raw.rstrip("\r\n") for raw in raws]
        line_end = next(
            (raw[len(body) :] for raw, body in zip(raws, bodies, strict=True) if raw != body), "\n"
        )
        first = bodies[0]
        if bodies[1] and measure(first) != column:
            first = first.rstrip()
            first += " " * (column - measure(first))
        yield first + bodies[1] + line_end


def _spreads(bodies: Sequence[str], pages: Collection[int]) -> list[_Spread]:
    """The stretches of lines in two columns of prose, in order; the commonest start goes first."""
    gapped = [body for body in bodies if "  " in body and len(body) <= _LONGEST]
    measures = [display_width] if all(map(str.isascii, gapped)) else [display_width, _letters]
    counted = [(_starts(gapped, measure), measure) for measure in measures]
    starts, measure = max(counted, key=lambda each: max(each[0].values(), default=0))
    printed = _Print(measure, _reads_from_right("".join(gapped)))
    out: list[_Spread] = []
    taken: set[int] = set()
    for column, count in starts.most_common(_MOST_STARTS):
        if count < prose.FEWEST_BESIDE:
            break
        for spread in _at(bodies, pages, column, printed):
            if taken.isdisjoint(range(spread.start, spread.end)):
                taken.update(range(spread.start, spread.end))
                out.append(spread)
    return sorted(out, key=lambda spread: spread.start)


def _reads_from_right(text: str) -> bool:
    """Whether most letters are of scripts written from right to left."""
    return len(_RIGHT_TO_LEFT.findall(text)) * 2 > sum(map(str.isalpha, text))


def _starts(bodies: Sequence[str], measure: Callable[[str], int]) -> Counter[int]:
    """How often a gap ends at each column."""
    return Counter(measure(body[: gap.end()]) for body in bodies for gap in justified.WIDENED.finditer(body))


def _at(bodies: Sequence[str], pages: Collection[int], column: int, printed: _Print) -> Iterator[_Spread]:
    """The stretches whose second column starts at a column of the page; none goes on over ``pages``."""
    start = 0
    for index in range(len(bodies) + 1):
        page = index in pages
        if index == len(bodies) or page or _offset(bodies[index], column, printed.measure) < 0:
            spread = _trimmed(bodies[start:index], column, printed)
            if spread is not None:
                yield replace(spread, start=start + spread.start, end=start + spread.end)
            # A page's first line may be in columns as well.
            inside = page and _offset(bodies[index], column, printed.measure) >= 0
            start = index if inside else index + 1


def _offset(body: str, column: int, measure: Callable[[str], int]) -> int:
    """Where a line's second column starts, or its end; -1 where the gutter is not blank."""
    if len(body) > _LONGEST:
        return -1
    ascii_only = body.isascii()
    if not ascii_only and measure(body) <= column:
        return len(body) if measure(body.rstrip()) <= column - _GUTTER else -1
    plain = ascii_only or body[:column].isascii()
    at = min(column, len(body)) if plain else _reached(body, column, measure)
    blank = at >= 0 and not body[max(0, column - _GUTTER if ascii_only else at - _GUTTER) : at].strip()
    return at if blank else -1


def _reached(body: str, column: int, measure: Callable[[str], int]) -> int:
    """The offset of a column in a line with letters of two columns or none; -1 inside a letter."""
    width = 0
    for at, char in enumerate(body):
        if width >= column:
            return at if width == column else -1
        width += measure(char)
    return len(body)


def _trimmed(bodies: Sequence[str], column: int, printed: _Print) -> _Spread | None:
    """The part of a stretch that is prose in two columns."""
    measure = printed.measure
    pieces = [(body[:cut], body[cut:]) for body in bodies for cut in (_offset(body, column, measure),)]
    both = [at for at, (left, right) in enumerate(pieces) if left.strip() and right[:1].strip()]
    if printed.from_right:
        pieces = [(right, left) for left, right in pieces]
        both = [at for at, (right, left) in enumerate(pieces) if left.strip() and right.strip()]
    second = [at for at, piece in enumerate(pieces) if piece[1].strip()]
    if len(both) < prose.FEWEST_BESIDE or len(both) * 4 < len(second):
        return None
    sides = _prose(pieces, second, both, printed) if len(both) >= prose.FEWEST else None
    if sides is None and not printed.from_right and (box := _boxed(pieces, second)):
        return _Spread(box.start, box.stop, column, replace(printed, from_right=True))
    return _Spread(sides.start, sides.stop, column, printed) if sides else None


def _prose(
    pieces: Sequence[tuple[str, str]], second: Sequence[int], both: Sequence[int], printed: _Print
) -> range | None:
    """The lines of two columns of prose, ``both`` those with words in each; None where there are none."""
    measure = printed.measure
    hanging = _HANGING * max(measure(pieces[at][0].strip()) for at in both)
    full = [
        measure(piece.strip() if printed.from_right else piece.rstrip()) >= hanging for piece, _ in pieces
    ]
    start, stop = _top(pieces, second, full), _tail(pieces, second[-1], full) + 1
    for side in zip(*pieces[start:stop], strict=True):
        plain = [_EMBEDDINGS.sub("", piece) for piece in side]
        if not (prose.in_sentences([piece.strip() for piece in plain]) or _spreads(plain, ())):
            return None
    return range(start, stop)


def _boxed(pieces: Sequence[tuple[str, str]], second: Sequence[int]) -> range | None:
    """The lines of a box and of the paragraphs beside it; None where the second column is none."""
    start, stop = second[0], second[-1] + 1
    while start and pieces[start - 1][0].strip():
        start -= 1
    beside, box = zip(*pieces[start:stop], strict=True)
    return range(start, stop) if prose.beside_box(beside, box) else None


def _top(pieces: Sequence[tuple[str, str]], second: Sequence[int], full: Sequence[bool]) -> int:
    """The first line in columns: a line by itself above them, which is not full, is the head of the page."""
    first = second[0]
    for index in second:
        above = bool(pieces[index - 1][0].strip()) if index else False
        alone = not above and not "".join(pieces[index + 1]).strip() if index + 1 < len(pieces) else True
        first = index
        if not alone or full[index]:
            break
    while first and pieces[first - 1][0].strip():
        first -= 1
    return first


def _tail(pieces: Sequence[tuple[str, str]], last: int, full: Sequence[bool]) -> int:
    """The last line of the first column, where it is longer than the second one.

    Paragraphs of several lines go on with it, for none of them is as wide as the page; a table does not.
    """
    gaps = {gap for first, _ in pieces[: last + 1] for gap in _gaps(first)}
    at = last + 1
    while at < len(pieces):
        end = at
        while end < len(pieces) and pieces[end][0].strip():
            end += 1
        tabular = at < end and not _gaps(pieces[at][0]) <= gaps
        if at == last + 1 and end > at and not tabular:
            last = _near(full, at, end)
        elif end > at + 1 and not tabular and full[at]:
            last = end - 1
        elif end > at + 1:
            return last
        at = end + 1
    return last


def _near(full: Sequence[bool], start: int, end: int) -> int:
    """The last line of the paragraph right below the second column that goes on with the first one.

    It ends with one short line at most: several are a contact, for the program leaves blank lines out.
    """
    last = max((at for at in range(start, end) if full[at]), default=start - 1)
    return end - 1 if last + 2 >= end else last


def _gaps(piece: str) -> set[int]:
    """Where the gaps of a line end that are as wide as those of a table or of columns."""
    return {gap.end() for gap in prose.TABULAR.finditer(piece)}
