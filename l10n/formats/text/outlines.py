"""Sections with numbers of several levels ("2.1.1.") and the pages that a table of contents sends to."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

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
_YEAR = 31, 12  # days of its longest months, months

Number = tuple[int, ...]


def marked(lines: Sequence[Line]) -> tuple[list[Line], set[int]]:
    """The lines, those of numbered sections as items, and which they are, top levels included.

    A number of several levels stands at the start of a paragraph, before no small letter, and follows another
    of its level, is the first of several or stands right under its top level; a figure with decimals at the
    start of a wrapped line does not.
    Behind the titles in a table of contents the numbers of pages are none of their words.
    """
    out = list(lines)
    found = _numbered(lines)
    tops = {index: int(top[1]) for index, line in enumerate(lines) if (top := _top(line))}
    known: set[Number] = set()
    numbers = {number for number, _ in found.values()}
    sections: set[int] = set()
    for index, (number, end) in found.items():
        if _follows(number, known, numbers) or (
            number[1:] == (1,) and _under(lines, index, tops) == number[0]
        ):
            known.add(number)
            sections.add(index)
            line = lines[index]
            number_and_gap, words = line.content[:end], line.content[end:]
            out[index] = line._replace(
                before=line.before + number_and_gap, content=words, shape=ITEM, marker=number_and_gap.strip()
            )
    headed = _headed(tops, {index: found[index][0] for index in sections})
    return _without_pages(out), sections | headed


def _headed(tops: Mapping[int, int], sections: Mapping[int, Number]) -> set[int]:
    """The numbered lines that are top levels: one of those counted with them is right above its sections."""
    out: set[int] = set()
    row: list[int] = []
    above = False
    for index in sorted({*tops, *sections}):
        if index in tops:
            if not row or tops[index] != tops[row[-1]] + 1:
                out.update(row if above else ())
                row, above = [], False
            row.append(index)
        elif row and sections[index][0] == tops[row[-1]]:
            above = True
    return out.union(row if above else ())


def _numbered(lines: Sequence[Line]) -> dict[int, tuple[Number, int]]:
    """The lines that begin with such a number, each with it and where its words begin."""
    out: dict[int, tuple[Number, int]] = {}
    for index, line in enumerate(lines):
        match = _LEVELS.match(line.content) if line.shape is WORDS and line.content[0].isdecimal() else None
        if match is None or line.content[match.end()].islower():
            continue
        if index - 1 in out or _begins(lines[index - 1] if index else None):
            out[index] = tuple(map(int, match["number"].split("."))), match.end()
    return {} if _are_days([number for number, _ in out.values()]) else out


def _are_days(numbers: Sequence[Number]) -> bool:
    """Whether numbers of two levels run on as days of a year do ("6.1.", "3.4."), and not as sections."""
    if len(numbers) < _FEWEST or any(len(number) != len(_YEAR) for number in numbers):
        return False
    days = [(month, day) for day, month in numbers]
    real = all(1 <= month <= _YEAR[1] and 1 <= day <= _YEAR[0] for month, day in days)
    return real and days == sorted(days) and [*numbers] != sorted(numbers)


def _begins(above: Line | None) -> bool:
    """Whether a paragraph begins below a line."""
    if above is None or above.shape is not WORDS:
        return True
    text = above.content
    return (
        ends_sentence(text) or ends_with_colon(text) or leads_to_page(above) or _PAGE.search(text) is not None
    )


def _follows(number: Number, known: Collection[Number], numbers: Collection[Number]) -> bool:
    """Whether a number is known, the next one after a known one, or the first of several."""
    *above, last = number
    if number in known or (last > 1 and (*above, last - 1) in known):
        return True
    if last == 1 and (tuple(above) in known or (*number, 1) in numbers):
        return True
    return last <= 1 and (*above, last + 1) in numbers


def _under(lines: Sequence[Line], at: int, tops: Mapping[int, int]) -> int:
    """The number of the top level that stands right above a line, blank lines aside; 0 for none."""
    above = next((index for index in range(at - 1, -1, -1) if lines[index].shape is not BLANK), -1)
    return tops.get(above, 0)


def _top(line: Line) -> re.Match[str] | None:
    return _TOP.fullmatch(line.marker) if line.shape is ITEM else None


def _without_pages(lines: list[Line]) -> list[Line]:
    """The lines, those of a table of contents without the numbers at their ends, which never fall."""
    wide = (index for index, line in enumerate(lines) if _WIDE in line.content)
    pages = {index: page for index in wide if (page := _page(lines[index]))}
    if len(pages) < _FEWEST:
        return lines
    said = {line.content for line in lines}
    row: list[tuple[int, int]] = []
    for index, line in enumerate([*lines, Line("", "", "", RULE)]):
        page = pages.get(index, 0)
        if page and (not row or page >= row[-1][1]):
            row.append((index, page))
        elif line.shape is not BLANK and not (line.content and leads_to_page(line)):
            _cut_pages(lines, row, said)
            row = [(index, page)] if page else []
    return lines


def _page(line: Line) -> int:
    """The number at the end of a line in two pieces; 0 for none."""
    if line.shape not in (WORDS, ITEM) or not line.content[-1].isdecimal():
        return 0
    match = _PAGE.search(line.content)
    return int(match[1]) if match and len(_GAP.findall(line.content)) == 1 else 0


def _cut_pages(lines: list[Line], row: Sequence[tuple[int, int]], said: Collection[str]) -> None:
    """Cuts the numbers of pages from a table of contents, which sends to titles that the text says again.

    A table of figures does not, or none of its rows is numbered.
    """
    numbered = any(lines[index].shape is ITEM for index, _ in row)
    if not numbered or len(row) < _FEWEST or row[0][1] == row[-1][1]:
        return
    titles = {index: _PAGE.sub("", lines[index].content) for index, _ in row}
    led = any(leads_to_page(line) for line in lines[row[0][0] : row[-1][0]])
    if not led and not any(title in said for title in titles.values()):
        return
    for index, title in titles.items():
        line = lines[index]
        lines[index] = line._replace(content=title, after=line.content[len(title) :] + line.after)
