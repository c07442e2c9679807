"""Times of day said by parts of an hour are those of the other text: a quarter to seven is 6:45 and 18:45."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from l10n.checks.mismatches import Place, mismatch_findings
from l10n.checks.pair import Pair
from l10n.checks.reading.data_files import table
from l10n.checks.reading.digits import ascii_digits
from l10n.checks.reading.listed import may_say
from l10n.checks.reading.numerals import load
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import lowered
from l10n.model import Finding
from l10n.patterns import UNSPACED, any_of, word_of

_HALF_A_DAY = 12 * 60
# What stands before a number is asked behind its first digit: what begins with a class is found quickly.
_DIGITS = re.compile(r"(\d(?<![\d.,:/](?s:.))\d?)\s?(?:[:.h]\s?|[时時点點])([0-5]\d)(?![\d%])(?![.,:/]\d)")
_SIGNS = re.compile(
    r"(?<![一二两兩三四五六七八九十])([一二两兩三四五六七八九]|二?十[一二三四五六七八九]?)[时時点點]"
    r"(?:零?([一二三四五六七八九])|([二三四五]?十[一二三四五六七八九]?))分"
)
_OF_SIGN = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "兩": 2}
_HOUR_NAMES = {"H": "hours", "O": "ordinals"}  # what stands in a line for an hour, and the line that lists it


class Time(NamedTuple):
    """A time of day: minutes after noon or midnight, which half of the day where that is said, its place.

    ``in_words`` are those told by parts of an hour.
    """

    minutes: int
    half: str
    start: int
    end: int
    in_words: bool

    def may_be(self, other: Time) -> bool:
        """Whether two are the same time, where either leaves the half of the day open or says the same."""
        return self.minutes == other.minutes and (self.half == other.half or not (self.half and other.half))


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """An error for a time of the source that the target lacks, where it has one that the source lacks.

    Only where either text says one by parts of an hour: digits are compared as numbers.
    """
    if not pair.is_between(table("clock")):
        return
    source_times = read(pair.source_plain.text, pair.source_convention.language)
    target_times = read(pair.target_plain.text, pair.target_convention.language)
    if any(time.in_words for time in (*source_times, *target_times)):
        yield from mismatch_findings(
            check, pair, _not_among(source_times, target_times), _not_among(target_times, source_times)
        )


def said_elsewhere(text: str, language: str, other_text: str, other_language: str) -> tuple[Place, ...]:
    """Where a text says a time that another text says too, either of them by parts of an hour."""
    times, others = read(text, language), read(other_text, other_language)
    return tuple(
        (time.start, time.end)
        for time in times
        if any((time.in_words or other.in_words) and time.may_be(other) for other in others)
    )


def without(places: list[Place], text: str, language: str) -> list[Place]:
    """Those places that are in no time which a text says by parts of an hour."""
    times = [time for time in read(text, language) if time.in_words]
    return [place for place in places if not any(time.start <= place[0] < time.end for time in times)]


def counts_to_24(text: str, language: str) -> bool:
    """Whether an hour below twelve is one before noon in a text: nothing says that it is late."""
    late = table("clock").get(language, {}).get("late", "").split()
    return bool(late) and not any(map(text.lower().__contains__, late))


def _not_among(times: tuple[Time, ...], others: tuple[Time, ...]) -> list[Place]:
    return [(time.start, time.end) for time in times if not any(map(time.may_be, others))]


def read(text: str, language: str) -> tuple[Time, ...]:
    """The times of day that a text says, in words or digits, in order."""
    return _read(text, language) if language in table("clock") else ()


@per_text
def _read(text: str, language: str) -> tuple[Time, ...]:
    small = lowered(ascii_digits(text))
    times = list(_in_digits(small, language))
    if may_say(text, language, _marks(language)):
        times += _in_words(small, language)
    return tuple(sorted(times, key=lambda time: time.start))


def _in_words(small: str, language: str) -> Iterator[Time]:
    for minutes, pattern in _expressions(language).items():
        for match in pattern.finditer(small):
            said = next(hour for hour in match.groups() if hour)
            hour = int(said) if said.isdecimal() else _hours(language)[" ".join(said.split())]
            yield _time(small, language, hour * 60 + minutes, match.span(), in_words=True)


def _in_digits(small: str, language: str) -> Iterator[Time]:
    for match in _DIGITS.finditer(small):
        if int(match[1]) <= 24:
            yield _time(small, language, int(match[1]) * 60 + int(match[2]), match.span())
    for match in _SIGNS.finditer(small) if language in UNSPACED else ():
        yield _time(small, language, 60 * _of_signs(match[1]) + _of_signs(match[2] or match[3]), match.span())


def _of_signs(signs: str) -> int:
    """The value of a number below a hundred in Chinese signs."""
    tens, ten, ones = signs.rpartition("十")
    return (10 * _OF_SIGN[tens or "一"] if ten else 0) + _OF_SIGN[ones or "零"]


def _time(small: str, language: str, minutes: int, place: Place, *, in_words: bool = False) -> Time:
    half = load(language).half_of_day(small, *place)
    if minutes >= _HALF_A_DAY + 60:
        half = "afternoon"
    return Time(minutes % _HALF_A_DAY, half, *place, in_words)


@cache
def _marks(language: str) -> frozenset[str]:
    """Words, of which each time of the table has one."""
    return frozenset(table("clock")[language]["marks"].split())


@cache
def _hours(language: str) -> dict[str, int]:
    """Each word for an hour, with its number."""
    row = table("clock")[language]
    return {
        form.replace("_", " "): hour
        for name in ("hours", "ordinals")
        for hour, forms in enumerate(row.get(name, "").split(), start=1)
        for form in forms.split("|")
    }


@cache
def _expressions(language: str) -> dict[int, re.Pattern[str]]:
    """What says so many minutes from an hour, which is the only group that a match has."""
    row = table("clock")[language]
    return {
        int(minutes): re.compile(word_of(_with_hours(listed, row).split(), language))
        for minutes, listed in row.items()
        if minutes.lstrip("-").isdecimal()
    }


def _with_hours(listed: str, row: dict[str, str]) -> str:
    """The lines of a table with the words for the hours in them, the longest first."""
    hours = {sign: row.get(name, "").replace("|", " ").split() for sign, name in _HOUR_NAMES.items()}
    for sign, words in hours.items():
        either = any_of([*sorted(words, key=len, reverse=True), "[0-9]{1,2}"], space="_")
        listed = listed.replace(sign, f"(?<![0-9一二三四五六七八九十]){either}".replace("(?:", "(", 1))
    return listed
