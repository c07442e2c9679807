"""Another number, date, time, amount, address or code."""

from __future__ import annotations

import re
from collections.abc import Callable

from benchmarks.planters.words import Planter, Words, by_table


def _digit(_: str, target: str, __: Words) -> str | None:
    match = re.search(r"(?<![\w@/+])\d+(?=[\s\W])(?!\S*@)", target)
    if not match or "+41" in target:
        return None
    number = match.group()
    return target[: match.start()] + str((int(number[0]) + 3) % 9 + 1) + number[1:] + target[match.end() :]


def _number_out(_: str, target: str, __: Words) -> str | None:
    match = re.search(r"(?<![\d.,\u00a0])\b\d{2,3}(?=\s?[^\W\d]{3,}|[所个吨人])", target)
    return target[: match.start()] + target[match.end() :].lstrip() if match else None


def _phone(_: str, target: str, __: Words) -> str | None:
    match = re.search(r"\+[\d ]+\d", target)
    return (
        target[: match.end() - 1] + str((int(target[match.end() - 1]) + 1) % 10) + target[match.end() :]
        if match
        else None
    )


def _mail(_: str, target: str, __: Words) -> str | None:
    """A letter too few in whose address it is."""
    match = re.search(r"[a-z]+(?=@)", target)
    return target[: match.end() - 2] + target[match.end() - 1 :] if match else None


def _address(_: str, target: str, __: Words) -> str | None:
    """A letter too few in the path."""
    match = re.search(r"https://[^/\s]+/[a-z]+", target)
    return target[: match.end() - 1] + target[match.end() :] if match else None


def _code_out(_: str, target: str, __: Words) -> str | None:
    return target.replace("</1>", "") if "</1>" in target else None


_CLOCK = re.compile(r"(?<![\d.,:])(\d{1,2})(\s?[:.h点]\s?)([0-5]\d)(?![\d.:])")


def _minutes(_: str, target: str, words: Words) -> str | None:
    return _clock(target, words.language, lambda hour, minute: (hour, (minute + 20) % 60))


def _hour(_: str, target: str, words: Words) -> str | None:
    return _clock(target, words.language, lambda hour, minute: (hour + 1, minute))


def _clock(target: str, language: str, shift: Callable[[int, int], tuple[int, int]]) -> str | None:
    """Another time on the first clock; a point between digits is one beside the word for it only."""
    hour_word = {"es": "horas", "de": "Uhr", "it": "alle"}.get(language, "")
    match = _CLOCK.search(target) if hour_word in target else None
    if not match or ("." in match[2] and not hour_word):
        return None
    hour, minute = shift(int(match[1]), int(match[3]))
    return f"{target[: match.start()]}{hour}{match[2]}{minute:02}{target[match.end() :]}"


def _afternoon(_: str, target: str, __: Words) -> str | None:
    for word, replacement in (("p.m.", "a.m."), ("مساء", "صباحا"), ("下午", "上午"), ("晚上", "早上")):
        if word in target:
            return target.replace(word, replacement)
    return None


def _turned(_: str, target: str, __: Words) -> str | None:
    """Day and month of a date in digits the other way round."""
    out = re.sub(r"(?<!\d)(\d\d)([./])(\d\d)\2(20\d\d)", r"\3\2\1\2\4", target)
    return re.sub(r"年(\d{1,2})月((?:[1-9]|1[0-2])日)", _turned_signs, out) if out == target else out


def _turned_signs(match: re.Match[str]) -> str:
    return f"年{match[2][:-1]}月{match[1]}日"


def _year(_: str, target: str, __: Words) -> str | None:
    match = re.search(r"(?<!\d)(20[0-4])(\d)(?!\d)(?![^\s]*[@/])(?<!/2026)(?<!/2027)", target)
    return f"{target[: match.start(2)]}{(int(match[2]) + 1) % 10}{target[match.end() :]}" if match else None


def _decimal(_: str, target: str, words: Words) -> str | None:
    """The decimal mark of the other half of the world.

    In Spanish both are right (Academies, Ortografía of 2010, VIII 2.2.1), in Arabic both are written.
    """
    if words.language in {"ar", "es"}:
        return None
    mark, other_mark = (".", ",") if words.language in {"en", "zh"} else (",", ".")
    match = re.search(rf"(?<![\d.,])\d+({re.escape(mark)})\d\d?(?![\d.,])(?!\sUhr)", target)
    return target[: match.start(1)] + other_mark + target[match.end(1) :] if match else None


FACTS: dict[str, Planter] = {
    "a digit": _digit,
    "a number left out": _number_out,
    "a number in words": by_table("spelled"),
    "two that became three": by_table("two"),
    "an ordinal": by_table("ordinal"),
    "the other decimal mark": _decimal,
    "the ends of a range": by_table("range"),
    "at least for at most": by_table("bound"),
    "per cent for points": by_table("from_points"),
    "points for per cent": by_table("into_points"),
    "million for billion": by_table("scale"),
    "another month": by_table("month"),
    "another year": _year,
    "day and month turned": _turned,
    "another hour": _hour,
    "other minutes": _minutes,
    "morning for afternoon": _afternoon,
    "another weekday": by_table("weekday"),
    "another currency": by_table("currency"),
    "another unit": by_table("unit"),
    "a phone number": _phone,
    "a mail address": _mail,
    "a web address": _address,
    "a code left out": _code_out,
}
