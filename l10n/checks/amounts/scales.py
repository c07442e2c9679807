"""The power of ten that what stands behind a figure multiplies it by: 3 million, 3m, 3万."""

from __future__ import annotations

import re
import unicodedata

from l10n.checks.reading.numerals import Numerals
from l10n.patterns import WORD_MARKS

_MARKED_WORD = rf"[^\W\d_]+(?:[{WORD_MARKS}]+[^\W\d_]*)*"
_FOLLOWING = re.compile(rf"[\s\u00a0-]{{0,2}}({_MARKED_WORD})(?:[\s\u00a0]({_MARKED_WORD}))?")
_LONG_WORD = 24
# What scales a unit and no number: megawatt, kilogram, hectopascal, millennium.
_PREFIXED = re.compile("兆(?:[瓦赫帕焦伏欧]|字节|比特)|千(?:[瓦赫帕焦伏克米卡]|字节|比特)|百帕|千年[紀纪期]")
_MONEY = frozenset("€$£¥₽₹")
_FIRST_IDEOGRAPH = "\u4e00"


def power_after(plain: str, end: int, numerals: Numerals) -> tuple[int, int]:
    """The power of ten that the words after a number multiply it by, and where they end."""
    if plain[end : end + 2] >= _FIRST_IDEOGRAPH or plain[end + 1 : end + 2] >= _FIRST_IDEOGRAPH:
        power, at = _ideographs_after(plain, end)
        if power or not numerals.scales:
            return power, at
    elif not numerals.scales:
        return 0, end
    following = _FOLLOWING.match(plain, end, end + 2 * _LONG_WORD)
    if following is None or (
        len(following[1]) == 1
        and following.start(1) != end
        and not (following[1] in "MK" or of_money(plain, end, following.end(1)))
    ):
        return 0, end  # "3 m" are metres, "3m" and "3 M" may be millions
    power = numerals.scales.get(following[1].lower(), 0)
    if not power:
        return 0, end
    more = numerals.scales.get((following[2] or "").lower(), 0)
    return power + more, following.end(2 if more else 1)


def _ideographs_after(plain: str, end: int) -> tuple[int, int]:
    """The power of ten that the characters after a number multiply it by, and where they end."""
    power = 0
    at = end + 1 if plain[end].isspace() and ideograph_power(plain[end + 1 : end + 2]) else end
    while at < len(plain) and power < 60 and (mark := ideograph_power(plain[at])):
        if _PREFIXED.match(plain, at):
            break
        power, at = power + mark, at + 1
    return power, at


def ideograph_power(character: str) -> int:
    """Two for 百, four for 万, eight for 亿; 0 for what is no power of ten."""
    if character < _FIRST_IDEOGRAPH:  # also the empty one at the end of a text
        return 0
    value = unicodedata.numeric(character, 0)
    return len(str(int(value))) - 1 if value >= 10 else 0


def of_money(plain: str, start: int, end: int) -> bool:
    """Whether the sign of a currency stands right beside a number and the letter that scales it."""
    return plain[start - 1 : start] in _MONEY or plain[end : end + 1] in _MONEY
