"""Sections with numbers of several levels ("2.1.1.") and the pages that a table of contents sends to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from l10n.formats.text.lines import (
    BLANK,
    ITEM,
    RULE,
    WORDS,
    Line,
    ends_sentence,
    ends_with_colon,
    leads_to_page,
)

_LEVELS = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,4})\.?[ \t\u00a0]+(?=[^\W\d_])")
_TOP = re.compile(r"(\d{1,2})\.?")
_PAGE = re.compile(r"(?<=\S) {3,}(\d{1,4})$")
_GAP = re.compile(r"\S {3,}\S")
_WIDE = " " * 3
_FEWEST = 3

Number = tuple[int, ...]


def marked(lines: Sequence[Line]) -> tuple[list[Line], set[int]]:
    """The lines, those of numbered sections as items, and which they are, top levels included.

    A number of several levels stands at the start of a paragraph, and follows another of its level or is the
    first below one; a figure with decimals at the start of a wrapped line does not.  Behind the titles in a
    table of contents the numbers of pages are none of their words.
    """
    out = list(lines)
    found = {index: (number, end) for index, number, end in _numbered(lines)}
    tops = {index: int(top[1]) for index, line in enumerate(lines) if (top := _top(line))}
    known: set[Number] = set(dict.fromkeys((value,) for value in tops.values()))
    numbers = {number for number, _ in found.values()}
    sections: set[int] = set()
    for index, (number, end) in found.items():
        if _follows(number, known, numbers):
            known.add(number)
            sections.add(index)
            line = lines[index]
            number_and_gap, words = line.content[:end], line.content[end:]
            out[index] = line._replace(
                before=line.before + number_and_gap, content=words, shape=ITEM, marker=number_and_gap.strip()
            )
    headed = {found[index][0][0] for index in sections}
    sections.update(index for index, value in tops.items() if value in headed)
    return _without_pages(out), sections


def _numbered(lines: Sequence[Line]) -> Iterator[tuple[int, Number, int]]:
    """The lines that begin with such a number, each with where its words begin."""
    for index, line in enumerate(lines):
        match = _LEVELS.match(line.content) if line.shape is WORDS and line.content[0].isdecimal() else None
        if match and _begins(lines[index - 1] if index else None):
            yield index, tuple(map(int, match["number"].split("."))), match.end()


def _begins(above: Line | None) -> bool:
    """Whether a paragraph begins below a line."""
    if above is None or above.shape is not WORDS:
        return True
    text = above.content
    return (
        ends_sentence(text)
        or ends_with_colon(text)
        or leads_to_page(above)
        or _PAGE.search(text) is not None
        or _LEVELS.match(text) is not None
    )


def _follows(number: Number, known: Collection[Number], numbers: Collection[Number]) -> bool:
    """Whether a number is known, the next one after a known one, or the first of several."""
    *above, last = number
    if number in known or (last > 1 and (*above, last - 1) in known):
        return True
    return last == 1 and (tuple(above) in known or (*above, 2) in numbers)


def _top(line: Line) -> re.Match[str] | None:
    return _TOP.fullmatch(line.marker) if line.shape is ITEM else None


def _without_pages(lines: list[Line]) -> list[Line]:
    """The lines, those of a table of contents without the numbers at their ends, which never fall."""
    row: list[tuple[int, int]] = []
    for index, line in enumerate([*lines, Line("", "", "", RULE)]):
        ends = line.shape in (WORDS, ITEM) and line.content[-1].isdecimal() and _WIDE in line.content
        match = _PAGE.search(line.content) if ends else None
        page = int(match[1]) if match and len(_GAP.findall(line.content)) == 1 else 0
        if page and (not row or page >= row[-1][1]):
            row.append((index, page))
        elif line.shape is not BLANK and not (line.content and leads_to_page(line)):
            _cut_pages(lines, row)
            row = [(index, page)] if page else []
    return lines


def _cut_pages(lines: list[Line], row: Sequence[tuple[int, int]]) -> None:
    # A table of figures is no table of contents: none of its rows is numbered.
    numbered = any(lines[index].shape is ITEM for index, _ in row)
    if not numbered or len(row) < _FEWEST or row[0][1] == row[-1][1]:
        return
    for index, _ in row:
        line = lines[index]
        content = _PAGE.sub("", line.content)
        lines[index] = line._replace(content=content, after=line.content[len(content) :] + line.after)
