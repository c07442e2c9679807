"""The number or letter that a line of a list starts with, in the ways of several scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Numeral(NamedTuple):
    """A number as a list has it: "2.", "b)", "(iv)", "③", "三、".

    ``style`` tells apart what no list mixes, ``end`` is where the item's text begins.  A ``weak`` one may
    be an initial, or a number of something ("I. Petrov", "10 - 12"): only another below it makes it sure.
    """

    style: str
    value: int
    end: int
    weak: bool


_HAN = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "абвгдежзиклмн",
    "АБВГДЕЖЗИКЛМН",
    "أبجدهوزحطي",
    "가나다라마바사아자차카타파하",
    "कखगघङचछज",
)
_SPACE = r"[ \t\u00a0\u3000]*(?=\S)"
_PLAIN = re.compile(
    rf"(?P<open>\()?(?P<value>\d{{1,2}}|[ivx]{{1,5}}|[IVX]{{1,5}}|[{''.join(_ALPHABETS)}])"
    rf"(?P<close>\)|\.|．|[ \u00a0]?[-–])(?:(?<=．)|(?=\s)){_SPACE}"
)
_IDEOGRAPHIC = re.compile(
    rf"(?:(?P<comma>\d{{1,2}})、|(?P<han>[{_HAN}]{{1,2}})、"
    rf"|（(?P<wide>[{_HAN}]{{1,2}}|\d{{1,2}})）|(?P<circled>[{_CIRCLED}])){_SPACE}"
)
_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


def readings(content: str) -> Iterator[Numeral]:
    """What the start of a line may be: "i)" is the ninth letter or the first Roman number."""
    if match := _IDEOGRAPHIC.match(content):
        style = match.lastgroup or ""
        yield Numeral(style, _ideographic(match[style]), match.end(), weak=False)
    match = _PLAIN.match(content)
    if not match or (match["open"] and match["close"] != ")"):
        return
    value, form = match["value"], f"{match['open'] or ''}{match['close'].strip()}"
    if value.isdecimal():
        yield Numeral(f"1{form}", int(value), match.end(), weak="-" in form or "–" in form)
        return
    weak = form != ")" and not match["open"]
    for alphabet in _ALPHABETS:
        if len(value) == 1 and value in alphabet:
            yield Numeral(f"{alphabet[0]}{form}", alphabet.index(value) + 1, match.end(), weak)
    if roman := _roman(value.lower()):
        yield Numeral(f"{'I' if value.isupper() else 'i'}{form}", roman, match.end(), weak)


def _roman(text: str) -> int:
    """The value of a small Roman number below forty; 0 for letters that are none."""
    tens = len(text) - len(text.lstrip("x"))
    return tens * 10 + _UNITS.index(text[tens:]) if tens < 4 and text[tens:] in _UNITS else 0


def _ideographic(text: str) -> int:
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    return (_HAN.find(tens) + 1 or 1) * 10 * bool(ten) + (_HAN.find(ones or tens) + 1) * (
        not ten or bool(ones)
    )
