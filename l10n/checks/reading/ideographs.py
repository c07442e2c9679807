"""Numbers that Chinese and Japanese say in characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from l10n.checks.reading.values import Value, of_digits

_IDEOGRAPH = "[〇零一二三四五六七八九十百千万萬亿億兆两兩]"
_IDEOGRAPHS = re.compile(
    f"{_IDEOGRAPH}(?:[多余餘]?{_IDEOGRAPH})*(?!字|文[鱼魚治]|位一[体體])"
)  # 红十字会 is no ten, 三文鱼 a fish, 三位一体 trinity
# One or two, two or three: two digits in a row that name no number together.
_ABOUT = re.compile(
    f"(?<!{_IDEOGRAPH})(?:一[二两兩]|[二两兩]三|三[四五]|四五|五六|六七|七八|八九)(?!{_IDEOGRAPH}|[年月日号])"
)
_TENS = re.compile(
    "[几幾数數]十|(?<![一二三四五六七八九百])十[几幾多余餘](?![万萬亿億年])"
)  # dozens, or a dozen or so
# What is left of a price: 八折 is 80 % of it, so 20 % off.
_DISCOUNT = re.compile("([一二三四五六七八九]{1,2})折(?![叠疊旧舊磨射断斷页頁线線纸紙])")
_MORE = re.compile("[多余餘]")  # "more than", within a number
# Ten thousand by itself counts something; else it is of a name (万隆 is Bandung, 万达 Wanda) or a saying.
_COUNTED = re.compile("[余多]?[人名位元户戶吨噸里亩畝只隻头頭册冊枚份件家字年次辆輛棵株座分]")
_HOURS = {"午夜": ("0", "24"), "子夜": ("0", "24"), "正午": ("12",), "中午": ("12",)}
_TWO = str.maketrans("两兩", "二二")


def ideographs(text: str) -> Iterator[Value]:
    """Chinese and Japanese numerals, by place (二〇二四) or by name (二十五万)."""
    if text.isascii():
        return
    for match in _IDEOGRAPHS.finditer(text):
        written = _MORE.sub("", match.group()).translate(_TWO)
        values = [int(unicodedata.numeric(letter)) for letter in written][:40]
        if max(values) < 10:
            yield of_digits("".join(map(str, values)))
        else:
            yield of_digits(str(_by_name(values)))


def places(text: str) -> Iterator[tuple[Value, int, int]]:
    """The same, each with its place; "one or two" counts as its two, what is left of a price not at all."""
    if text.isascii():
        return
    for match in _IDEOGRAPHS.finditer(text):
        if _DISCOUNT.match(text, match.start()):
            continue
        if match.group() in "万萬" and not _COUNTED.match(text, match.end()):
            continue
        said = match.group()[1] if _ABOUT.fullmatch(match.group()) else match.group()
        yield from ((value, match.start(), match.end()) for value in ideographs(said))


def discount(left: str) -> Iterator[Value]:
    """The percentages of a price that are left and off, of which digits say the first (85 in 八五折)."""
    percent = int((left + "0")[:2])
    yield of_digits(str(percent))
    yield of_digits(str(100 - percent))


def about(text: str) -> Iterator[Value]:
    """What a Chinese text says by and large, or the other way round.

    One or two (一两), tens where others say dozens (几十), and what is off a price (八折), noon and midnight.
    """
    if text.isascii():
        return
    for match in _ABOUT.finditer(text):
        yield from (
            of_digits(str(int(unicodedata.numeric(digit)))) for digit in match.group().translate(_TWO)
        )
    for word, hours in _HOURS.items():
        if word in text:
            yield from map(of_digits, hours)
    if _TENS.search(text):
        yield of_digits("12")
    for match in _DISCOUNT.finditer(text):
        yield from discount("".join(str(int(unicodedata.numeric(digit))) for digit in match[1]))


def _by_name(values: list[int]) -> int:
    total = section = digit = 0
    for value in values:
        if value < 10:
            digit = value
        elif value < 10_000:
            section += (digit or 1) * value
            digit = 0
        else:
            total = (
                (total + section + digit or 1) * value if total < value else total + (section + digit) * value
            )
            section = digit = 0
    return total + section + digit
