"""Measures the wrapping width of an existing PO file, to keep it."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

from l10n.catalogue.wrapping import broken, columns, pieces

UNLIMITED = 0
_MOST = 400
_SAMPLE = 60_000
_INDENTED = re.compile(r'^msg(?:id   |str  )"', re.MULTILINE)
_PLAIN = re.compile(r'^((?:#~ )?)(msg[a-z_]+(?:\[\d+\])?) (".*"(?:\n(?:#~ )?".*")*)$', re.MULTILINE)
_PORTIONS = re.compile(r"(?:[^\\]|\\[^n])*?\\n|(?:[^\\]|\\[^n])+")
_INDENT = 8
_FIELD = re.compile(r'^((?:#~ )?)(msg(?:ctxt|id|str) )(".*"(?:\n(?:#~ )?".*")*)$', re.MULTILINE)


def is_indented(text: str) -> bool:
    """Whether a file is in the style of ``msgcat --indent``: all texts start in one column."""
    return _INDENTED.search(text, 0, _SAMPLE) is not None


def indented(told: str, width: int) -> str:
    """The text of an entry in that style; what has it already stays."""

    def laid(found: re.Match[str]) -> str:
        sign, keyword, strings = found.groups()
        whole = "".join(line.removeprefix(sign)[1:-1] for line in strings.split("\n"))
        portions = _PORTIONS.findall(whole) or [""]
        room = max(width - len(sign) - _INDENT - 2, 1) if width else 0
        rows = [row for portion in portions for row in broken(portion, room)]
        first = f'{sign}{keyword.ljust(_INDENT - 1)} "{rows[0]}"'
        return "\n".join((first, *(f'{sign}{"":{_INDENT}}"{row}"' for row in rows[1:])))

    return _PLAIN.sub(laid, told)


def width(text: str, *, default: int) -> int:
    """The columns of the widest line its tool would write, 0 when it does not wrap.

    Each line that was broken says: at least as wide as this, not wide enough for the next word.
    The width that most of them agree on is taken, of several the default or the nearest to it.
    """
    votes = [0] * (_MOST + 2)
    for found in _FIELD.finditer(text, 0, _SAMPLE):
        for low, high in _limits(found[1], found[2], found[3].split("\n")):
            votes[min(low, _MOST + 1)] += 1
            votes[min(high, _MOST + 1)] -= 1
    totals = list(accumulate(votes))
    best = max(totals)
    agreed = [columns_ for columns_, total in enumerate(totals) if total == best]
    nearest = min(agreed, key=lambda columns_: abs(columns_ - default))
    return UNLIMITED if nearest >= _MOST else nearest


def _limits(sign: str, keyword: str, lines: list[str]) -> list[tuple[int, int]]:
    """What each line of a text says about the width: (at least, less than)."""
    whole = len(sign) + len(keyword)
    if len(lines) == 1:
        return [(whole + columns(lines[0]), _MOST + 2)] if " " in lines[0] else []
    bare = [line.removeprefix(sign) for line in lines]
    limits = []
    if bare[0] == '""' and not any(line.endswith('\\n"') for line in bare[1:-1]):
        limits.append((0, whole + 2 + sum(columns(line) - 2 for line in bare[1:])))
    for line, after in pairwise(bare):
        if line == '""':
            continue
        least = len(sign) + columns(line) if " " in line[1:-1].strip() else 0
        if line.endswith('\\n"'):
            limits.append((least, _MOST + 2))
        else:
            first = next(iter(pieces(after[1:-1])))
            limits.append((least, len(sign) + columns(line) + columns(first)))
    return limits
