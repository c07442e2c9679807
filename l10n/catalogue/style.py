"""Measures the wrapping width of an existing PO file, to keep it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

from l10n.catalogue.wrapping import broken, columns, pieces

UNLIMITED = 0
_MOST = 400
_SAMPLE = 60_000
_INDENTED = re.compile(r'^msg(?:id   |str  )"', re.MULTILINE)
_TEXT = re.compile(
    r'^((?:#~ |#\| |#~\| )?)(msg[a-z_]+(?:\[\d+\])?) +(".*"(?:\n(?:#~ |#\| |#~\| )? *".*")*)$', re.MULTILINE
)
_PORTIONS = re.compile(r"(?:[^\\]|\\[^n])*?\\n|(?:[^\\]|\\[^n])+")
_FIELD = re.compile(r'^((?:#~ )?)(msg(?:ctxt|id|str) +)(".*"(?:\n(?:#~ )? *".*")*)$', re.MULTILINE)
_UNWRAPPED = re.compile(r"^#,.*(?<=[ ,])no-wrap\b", re.MULTILINE)
_UNWRAPPED_ENTRY = re.compile(rf"{_UNWRAPPED.pattern}.*\n(?:.+\n)*", re.MULTILINE)
_HAS_PREVIOUS = re.compile(r"^#~?\| ", re.MULTILINE)
_ONE_STRING = re.compile(r'^(?:#~ )?msg(?:id|str) "(?:[^"\\\n]|\\[^n\n])*+\\n[^"\n]', re.MULTILINE)
_BROKEN = re.compile(r'"\n(?:#~ )?"')
_BROKEN_HEADER = re.compile(r'^msgid ""\nmsgstr ""\n"', re.MULTILINE)
_HEAD = 4000
_STOP = 8


def is_indented(text: str) -> bool:
    """Whether a file is in the style of ``msgcat --indent``: all texts start in one column."""
    return _INDENTED.search(text, 0, _SAMPLE) is not None


def indented(told: str, width: int) -> str:
    """The text of an entry in that style; what has it already stays.

    Lines after the first start in the eighth column, the first at the next multiple of eight after its
    keyword, where a keyword gives way to the sign of a previous source.
    """
    room = 0 if _UNWRAPPED.search(told) or not width else max(width - _STOP - 2, 1)
    shift = len("#| ") if _HAS_PREVIOUS.search(told) else 0

    def laid(found: re.Match[str]) -> str:
        sign, keyword, strings = found.groups()
        whole = "".join(line.removeprefix(sign).lstrip(" ")[1:-1] for line in strings.split("\n"))
        start = len(sign) + len(keyword) + (0 if sign.endswith("| ") else shift)
        start += _STOP - start % _STOP
        first, *others = _PORTIONS.findall(whole) or [""]
        rows = [*_beside(first, room, start - _STOP), *(row for one in others for row in broken(one, room))]
        opening = f"{sign}{keyword}".ljust(start)
        return "\n".join((f'{opening}"{rows[0]}"', *(f'{sign:{_STOP}}"{row}"' for row in rows[1:])))

    return _TEXT.sub(laid, told)


def is_unbroken(text: str) -> bool:
    """Whether a file has texts of several lines in one string, as Weblate writes them without wrapping."""
    return len(_ONE_STRING.findall(text, 0, _SAMPLE)) > len(
        _BROKEN.findall(text, _after_header(text), _SAMPLE)
    )


def unbroken(told: str) -> str:
    """The text of an entry in that style."""

    def joined(found: re.Match[str]) -> str:
        sign, keyword, strings = found.groups()
        whole = "".join(line.removeprefix(sign).strip(" ")[1:-1] for line in strings.split("\n"))
        return f'{sign}{keyword} "{whole}"'

    return _TEXT.sub(joined, told)


def is_broken_header(told: str) -> bool:
    """Whether an entry is a header with its fields on lines of their own, as most tools write it."""
    return _BROKEN_HEADER.search(told) is not None


def _after_header(text: str) -> int:
    return max(text.find("\n\n"), 0) if 'msgid ""' in text[:_HEAD] else 0


def _beside(portion: str, room: int, taken: int) -> Iterator[str]:
    """A text as lines of which the first has fewer columns."""
    if not room or not taken:
        yield from broken(portion, room)
        return
    row = next(iter(broken(portion, max(room - taken, 1))))
    yield row
    if rest := portion[len(row) :]:
        yield from broken(rest, room)


def width(text: str, *, default: int) -> int:
    """The columns of the widest line its tool would write, 0 when it does not wrap.

    Each line that was broken says: at least as wide as this, not wide enough for the next word.
    The width that most of them agree on is taken, of several the default or the nearest to it; none
    where a line is wider than the default and no line says that it was broken.
    """
    votes = [0] * (_MOST + 2)
    sample = _UNWRAPPED_ENTRY.sub("", text[:_SAMPLE]) if "no-wrap" in text else text
    for found in _FIELD.finditer(sample, 0, _SAMPLE):
        for low, high in _limits(found[1], found[2], found[3].split("\n")):
            votes[min(low, _MOST + 1)] += 1
            votes[min(high, _MOST + 1)] -= 1
    totals = list(accumulate(votes))
    best = max(totals)
    agreed = [columns_ for columns_, total in enumerate(totals) if total == best]
    nearest = min(agreed, key=lambda columns_: abs(columns_ - default))
    never_broken = agreed[-1] >= _MOST and nearest > default
    return UNLIMITED if never_broken else nearest


def _limits(sign: str, keyword: str, lines: list[str]) -> list[tuple[int, int]]:
    """What each line of a text says about the width: (at least, less than)."""
    begin = len(sign) + len(keyword)
    if len(lines) == 1:
        return [(min(begin + columns(lines[0]), _MOST), _MOST + 2)] if " " in lines[0] else []
    rows = [line.removeprefix(sign) for line in lines]
    bare = [row.lstrip(" ") for row in rows]
    after_first = len(sign) + len(rows[1]) - len(bare[1])
    limits = []
    if bare[0] == '""' and not any(line.endswith('\\n"') for line in bare[1:-1]):
        limits.append((0, begin + 2 + sum(columns(line) - 2 for line in bare[1:])))
    for number, (line, after) in enumerate(pairwise(bare)):
        if line == '""':
            continue
        start = after_first if number else begin
        least = start + columns(line) if " " in line[1:-1].strip() else 0
        if line.endswith('\\n"'):
            limits.append((least, _MOST + 2))
        else:
            first = next(iter(pieces(after[1:-1])))
            limits.append((least, start + columns(line) + columns(first)))
    return limits
