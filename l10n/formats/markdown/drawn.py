"""Pandoc's tables, which are drawn with signs and blanks, and its blocks of lines.

A drawn table says by columns what belongs together: words of another length would move them, so such a table
is left as it is.  Sources: the Pandoc manual, "Tables" and "Line blocks".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]

_SIGNED = re.compile(r"^(?: {0,3}[+|][^\r\n]*+(?:\r?\n|\Z))++", re.MULTILINE)
_GRID = re.compile(r" {0,3}\+(?:[-=:]{3,}+\+)+[ ]*\r?$", re.MULTILINE)
_LINE = re.compile(r"^\|(?P<words>[ ]++(?P<first>[^\s|](?:[^|\\\r\n]|\\[^\r\n])*+))?[ ]*\r?\Z")
_COLUMNS = re.compile(r"^ *-{2,}+(?: +-{2,}+)+ *\r?$", re.MULTILINE)
_LONGEST = 20_000  # characters of a table, so that none is sought through a whole book
_DASHES = re.compile(r"-{2,}")
_RULE = re.compile(r"^ *-{3,}+[ \r]*\n(?=[ \t\r]*(?:\n|\Z))", re.MULTILINE)
_BLANK = re.compile(r"^[ \t\r]*(?:\n|\Z)", re.MULTILINE)


def tables(text: str) -> Iterator[Span]:
    """The drawn tables of a text, whole lines each: grids, then those with columns below dashes."""
    for block in _SIGNED.finditer(text) if "+-" in text or "+=" in text or "+:" in text else ():
        if _GRID.match(text, block.start()) and _alone(text, *block.span()):
            yield block.span()
    after = 0
    rules = _Rules(text)
    for columns in _COLUMNS.finditer(text) if "-- " in text else ():
        if columns.start() >= after:
            found = _table(text, columns, after, rules)
            yield from found
            # What is no table is not looked at again for each of its rows of dashes.
            after = found[0][1] if found else _block_end(text, columns.end())


def lines(text: str) -> Iterator[tuple[int, int, int]]:
    """The lines of blocks of lines (``| words``): where each begins, its words begin, and it ends."""
    for block in _SIGNED.finditer(text):
        found = [_LINE.match(line) for line in block[0].splitlines(keepends=False)]
        if len(found) < 2 or not all(found) or not _alone(text, *block.span()):
            continue
        at = block.start()
        for line, raw in zip(found, block[0].splitlines(keepends=True), strict=True):
            if line and line["words"]:
                yield at, at + line.start("first"), at + len(line["first"].rstrip()) + line.start("first")
            at += len(raw)


def _alone(text: str, start: int, end: int) -> bool:
    """Whether blank lines, or the ends of the text, stand around whole lines."""
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start]
    return not above.strip() and _BLANK.match(text, end) is not None


def _block_end(text: str, at: int) -> int:
    """Where the next blank line begins, or the text ends."""
    blank = _BLANK.search(text, at + 1)
    return blank.start() if blank else len(text)


class _Rules:
    """The lines of dashes below tables, looked for once in the whole text."""

    def __init__(self, text: str) -> None:
        self._found = _RULE.finditer(text)
        self._next = next(self._found, None)

    def within(self, start: int, end: int) -> re.Match[str] | None:
        """The first between two places, of which the first is never before that of an earlier question."""
        while self._next is not None and self._next.start() < start:
            self._next = next(self._found, None)
        return self._next if self._next is not None and self._next.end() <= end else None


def _table(text: str, columns: re.Match[str], after: int, rules: _Rules) -> tuple[Span, ...]:
    """The table that a row of dashes makes of the lines around it, when all of them keep to its columns."""
    start = columns.start()
    while start > after:
        above = text.rfind("\n", 0, start - 1) + 1
        if not text[above:start].strip():
            break
        start = above
    ruled = text[start : columns.start()].lstrip().startswith("---")
    begin, limit = columns.end() + 1, min(len(text), columns.end() + _LONGEST)
    ending = rules.within(begin, limit) if ruled else _BLANK.search(text, begin, limit)
    if ruled and not ending:
        return ()
    end = (ending.end() if ruled else ending.start()) if ending else limit
    rows = [*text[start : columns.start()].splitlines(), *text[columns.end() : end].splitlines()]
    rows = [row for row in rows if row.strip(" -\r")]
    dashes = [dash.span() for dash in _DASHES.finditer(columns[0])]
    gaps = [(left[1], right[0]) for left, right in pairwise(dashes)]
    kept = all(not row[gap[0] : gap[1]].strip() for row in rows for gap in gaps)
    return ((start, end),) if len(rows) > 1 and kept else ()
