"""Sets of characters as ranges, and the names that regular expressions know them by."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import cache

# Sorted, without overlap or neighbours; both ends belong to a range.
Ranges = tuple[tuple[int, int], ...]

EVERYTHING: Ranges = ((0, sys.maxunicode),)
_NAMES = {
    "alpha": "L M Nl", "alphabetic": "L M Nl", "letter": "L", "uppercase": "Lu", "lowercase": "Ll",
    "upper": "Lu", "lower": "Ll", "digit": "Nd", "number": "N", "alnum": "L M Nl Nd",
    "punct": "P", "punctuation": "P", "symbol": "S", "separator": "Z", "mark": "M", "cntrl": "Cc",
    "any": "C L M N P S Z", "word": "L M Nl Nd Pc", "titlecase": "Lt",
    "initialpunctuation": "Pi", "finalpunctuation": "Pf", "openpunctuation": "Ps",
    "closepunctuation": "Pe", "dashpunctuation": "Pd", "connectorpunctuation": "Pc",
    "uppercaseletter": "Lu", "lowercaseletter": "Ll", "decimalnumber": "Nd", "spaceseparator": "Zs",
    "mathsymbol": "Sm", "currencysymbol": "Sc", "control": "Cc", "format": "Cf", "lc": "Lu Ll Lt",
}  # fmt: skip
# The scripts that rules name, by their main blocks (Unicode's Blocks.txt).
_SCRIPTS: dict[str, Ranges] = {
    "latin": ((0x41, 0x5A), (0x61, 0x7A), (0xAA, 0xAA), (0xBA, 0xBA), (0xC0, 0xD6), (0xD8, 0xF6),
              (0xF8, 0x2AF), (0x1E00, 0x1EFF)),
    "greek": ((0x370, 0x3FF), (0x1F00, 0x1FFF)),
    "cyrillic": ((0x400, 0x52F), (0x1C80, 0x1C8F), (0x2DE0, 0x2DFF), (0xA640, 0xA69F)),
    "hebrew": ((0x590, 0x5FF),),
    "arabic": ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
    "devanagari": ((0x900, 0x97F),),
    "thai": ((0xE00, 0xE7F),),
    "hiragana": ((0x3041, 0x309F),),
    "katakana": ((0x30A0, 0x30FF), (0x31F0, 0x31FF)),
    "hangul": ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF)),
    "han": ((0x2E80, 0x2FD5), (0x3005, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF),
            (0x20000, 0x323AF)),
}  # fmt: skip
_SPACE = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000") | frozenset(
    map(chr, range(0x2000, 0x200B))
)


def of(points: Iterable[int]) -> Ranges:
    """The ranges of some characters."""
    return union(tuple((point, point) for point in points))


def union(*sets: Ranges) -> Ranges:
    """What is in any of some sets."""
    out: list[tuple[int, int]] = []
    for low, high in sorted(pair for ranges in sets for pair in ranges):
        if out and low <= out[-1][1] + 1:
            out[-1] = out[-1][0], max(out[-1][1], high)
        else:
            out.append((low, high))
    return tuple(out)


def without(these: Ranges) -> Ranges:
    """Every character but some."""
    out: list[tuple[int, int]] = []
    at = 0
    for low, high in these:
        if low > at:
            out.append((at, low - 1))
        at = high + 1
    if at <= sys.maxunicode:
        out.append((at, sys.maxunicode))
    return tuple(out)


def both(one: Ranges, two: Ranges) -> Ranges:
    """What is in two sets."""
    return without(union(without(one), without(two)))


def meet(one: Ranges, two: Ranges) -> bool:
    """Whether two sets have a character in common."""
    at = other = 0
    while at < len(one) and other < len(two):
        if one[at][1] < two[other][0]:
            at += 1
        elif two[other][1] < one[at][0]:
            other += 1
        else:
            return True
    return False


def text(these: Ranges) -> str:
    """A set as Python's regular expressions write it."""
    if these == EVERYTHING:
        return r"[\s\S]"
    if not these:
        return r"[^\s\S]"
    members = (
        _char(low)
        if low == high
        else f"{_char(low)}-{_char(high)}"
        if high > low + 1
        else _char(low) + _char(high)
        for low, high in these
    )
    return f"[{''.join(members)}]"


def _char(point: int) -> str:
    char = chr(point)
    return char if char.isalnum() or point > 0xA0 else f"\\x{point:02x}"


@cache
def space() -> Ranges:
    r"""What ``\s`` matches in Python."""
    return of(map(ord, _SPACE))


@cache
def named(name: str) -> Ranges | None:
    r"""What ``\p{name}`` matches: a general category, a property or a script; None if it is unknown."""
    plain = re.sub(r"[\s_-]", "", name).lower()
    plain = re.sub(r"^(?:gc|generalcategory|sc|script|scx|blk|block)=", "", plain)
    for prefix in ("", "is", "in", "posix", "java"):
        short = plain.removeprefix(prefix)
        if short in {"space", "whitespace", "blank"}:
            return space()
        if short in _SCRIPTS:
            return _SCRIPTS[short]
        if short in _NAMES:
            return union(*(_category(category) for category in _NAMES[short].split()))
        if len(short) <= 2 and (ranges := _category(short.title())):
            return ranges
    return None


@cache
def _category(name: str) -> Ranges:
    return union(*(ranges for category, ranges in _categories().items() if category.startswith(name)))


@cache
def _categories() -> dict[str, Ranges]:
    """The characters of each general category of Unicode."""
    categories: dict[str, list[tuple[int, int]]] = {}
    start, current = 0, unicodedata.category("\0")
    for point in range(1, sys.maxunicode + 2):
        category = unicodedata.category(chr(point)) if point <= sys.maxunicode else ""
        if category != current:
            categories.setdefault(current, []).append((start, point - 1))
            start, current = point, category
    return {category: tuple(ranges) for category, ranges in categories.items()}
