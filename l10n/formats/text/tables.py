"""Rows of tables, whose columns stand one below the other again when targets have come in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from l10n.display_width import display_width
from l10n.formats.text import rows
from l10n.formats.text.lines import BLANK_LINE
from l10n.model import Unit

ROW = "row"
"""The name of a unit that is a row."""
_BAR = re.compile(r"\s*([|│┃║])(\s*)")
_RULED = re.compile(r"[ \t]*[-─━═=+|│┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛]{3,}[ \t]*")
_JOINT = re.compile(r"[+|│┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛]")
_GAP = 2
_FEWEST_DOTS = 4


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: the place of its unit among the parts, where its cells start, and its cells as they became."""

    place: int
    starts: tuple[int, ...]
    gaps: tuple[str, ...]
    cells: tuple[str, ...]


def aligned(parts: Sequence[str | Unit], filled: Sequence[str]) -> list[str]:
    """The parts of a text as they became, with the columns of each changed table where all cells fit.

    A column keeps its place while the cells before it fit, and moves in all rows and rules else.
    """
    out = [*filled]
    for table in _tables(parts, filled):
        if any(filled[row.place] != _raw(parts[row.place]) for row in table):
            moved = _moved(table)
            bars = _bars(table, moved)
            for row, starts in zip(table, moved, strict=True):
                out[row.place] = "".join(_written(row, starts))
            for place in _rules(table):
                out[place] = _redrawn(filled[place], bars)
    return out


def _raw(part: str | Unit) -> str:
    return part if isinstance(part, str) else part.raw


def _tables(parts: Sequence[str | Unit], filled: Sequence[str]) -> Iterator[list[_Row]]:
    """The rows of each table: a blank line parts them only where the next one has no column in common."""
    table: list[_Row] = []
    parted = False
    for place, part in enumerate(parts):
        if isinstance(part, str):
            parted = BLANK_LINE.search(part) is not None
            continue
        row = _row(part, place, _indent(filled, place), filled[place])
        if table and (row is None or (parted and set(row.starts[1:]).isdisjoint(table[-1].starts[1:]))):
            yield table
            table = []
        if row:
            table.append(row)
    if table:
        yield table


def _indent(filled: Sequence[str], place: int) -> int:
    return display_width(re.split(r"[\r\n]", filled[place - 1])[-1]) if place else 0


def _row(unit: Unit, place: int, indent: int, became: str) -> _Row | None:
    """A unit as a row; None for one that is none, has tabs or is no longer the same number of cells."""
    raw = unit.raw
    if unit.name != ROW or any(map(raw.__contains__, "\t\r\n\u3000")):
        return None
    before, after = [*rows.cells(raw)], [*rows.cells(became)]
    if len(before) != len(after):
        return None
    starts, at = [], indent
    for cell, gap in before:
        starts.append(at)
        at += display_width(cell + gap)
    gaps = tuple(gap for _, gap in before[:-1])
    return _Row(place, tuple(starts), gaps, tuple(cell for cell, _ in after))


def _moved(table: Sequence[_Row]) -> list[tuple[int, ...]]:
    """Where the cells of each row start now.

    A column is what has the same place in all rows, so that figures set flush right stay so, or where rows
    have more or fewer cells what starts at the same place.
    """
    even = len({len(row.starts) for row in table}) == 1
    keys = [tuple(range(len(row.starts))) if even else row.starts for row in table]
    steps = sorted(
        (key, before, _lacking(row, at))
        for row, row_keys in zip(table, keys, strict=True)
        for at, (before, key) in enumerate(pairwise(row_keys))
    )
    shifts = {row_keys[0]: 0 for row_keys in keys}
    for key, before, lacking in steps:
        shifts[key] = max(shifts.get(key, 0), shifts[before] + max(0, lacking))
    return [
        tuple(start + shifts[key] for start, key in zip(row.starts, row_keys, strict=True))
        for row, row_keys in zip(table, keys, strict=True)
    ]


def _lacking(row: _Row, at: int) -> int:
    """How many columns a cell takes more than there were; below 0 where it takes fewer."""
    return row.starts[at] + display_width(row.cells[at]) + _least(row.gaps[at]) - row.starts[at + 1]


def _least(gap: str) -> int:
    """The columns a gap takes at least: a blank and a bar with what is behind it, dots, or two blanks."""
    if led := rows.LEADER.fullmatch(gap):
        return len(led["before"] + led["after"]) + _FEWEST_DOTS
    bar = _BAR.fullmatch(gap)
    if bar is None:
        return min(_GAP, len(gap))
    return (gap[0] != bar[1]) + len(bar[1] + bar[2])


def _written(row: _Row, starts: Sequence[int]) -> Iterator[str]:
    """A row's cells with the blanks and bars between them."""
    at = starts[0]
    for cell, gap, start in zip(row.cells, (*row.gaps, ""), (*starts[1:], 0), strict=True):
        yield cell
        at += display_width(cell)
        if gap:
            bar = _BAR.fullmatch(gap)
            behind = bar[1] + bar[2] if bar else ""
            yield _filled(gap, start - at - len(behind)) + behind
            at = start


def _filled(gap: str, size: int) -> str:
    """Blanks, or the dots of a gap with the blanks around them, of as many columns."""
    led = rows.LEADER.fullmatch(gap)
    if led is None:
        return " " * size
    dots = led["dots"][: 2 if led["dots"][1] == " " else 1] * size
    room = max(size - len(led["before"] + led["after"]), 0)
    return led["before"] + dots[:room] + led["after"]


def _rules(table: Sequence[_Row]) -> list[int]:
    """The places of what stands around and between the rows."""
    return sorted({row.place + step for row in table for step in (-1, 1) if row.place + step >= 0})


def _bars(table: Sequence[_Row], moved: Sequence[Sequence[int]]) -> dict[int, int]:
    """Where the bars stand now, by where they did."""
    out: dict[int, int] = {}
    for row, starts in zip(table, moved, strict=True):
        for start, became, gap in zip(row.starts[1:], starts[1:], row.gaps, strict=True):
            if bar := _BAR.fullmatch(gap):
                behind = 1 + len(bar[2])
                out[start - behind] = became - behind
    return out


def _redrawn(skeleton: str, bars: Mapping[int, int]) -> str:
    """What stands between rows, its rules as long as the rows are now."""
    lines = re.split(r"(\r\n|\r|\n)", skeleton)
    return "".join(_rule(line, bars) if _RULED.fullmatch(line) else line for line in lines)


def _rule(line: str, bars: Mapping[int, int]) -> str:
    joints = [joint.start() for joint in _JOINT.finditer(line)]
    if not joints or any(at not in bars for at in joints):
        return line
    out = [line[: joints[0]]]
    for at, following in pairwise([*joints, len(line)]):
        inside = line[at + 1 : following]
        grown = bars[following] - bars[at] - (following - at) if following in bars else 0
        out.append(line[at] + inside + inside[-1:] * grown)
    return "".join(out)
