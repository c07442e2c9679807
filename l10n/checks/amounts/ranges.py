"""The two ends of a range stand in the same order: from 12 to 35, from Friday to Sunday."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from l10n.checks.mismatches import mismatch_findings
from l10n.checks.pair import Pair
from l10n.checks.reading.data_files import table
from l10n.checks.reading.remembered import per_text
from l10n.checks.times import calendar
from l10n.model import Finding
from l10n.patterns import UNSPACED, any_of, word_of

# A number or an hour with what is written on to it: €12, 8:15 a.m., 16 h 30, 7点30分, 4 %.
# What comes before the first digit is asked behind it: what begins with a class is found quickly.
_END = re.compile(
    r"(\d(?<![\d.,:/-].)\d{0,8})(?:[.,:٫٬\u00a0\u202f ]\d{1,3}(?!\d))*"
    r"(?:\s?h(?:\s?\d\d)?\b|[点點时時](?:\d\d分)?)?"
    r"(?:\s?(a\.m\.|p\.m\.|صباحا|مساء|%|٪|€|°C))?"
)
_TWO_DIGITS = re.compile(r"\d.*?\d", re.DOTALL)
_MONEY = frozenset("€$£¥")
_AFTERNOON = frozenset({"p.m.", "مساء"})
_LATE = ("下午", "晚上", "傍晚")  # what says so before the hour
_LONGEST_GAP = 24
_DASHES = "–—~～- \u00a0"
_LONGEST_FRONT = 24


class End(NamedTuple):
    """One end of a range: what it may mean, whether it is counted, and its place."""

    meanings: frozenset[tuple[str, int]]
    start: int
    end: int


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """An error for a range of the target that begins where that of the source ends, and ends where it begins.

    What falls from 12 to 9 may be told from its end, unless both say "to".
    """
    if not pair.is_between(table("ranges")):
        return
    source_language, target_language = pair.languages
    source_ranges = read(pair.source_plain.text, source_language)
    target_ranges = read(pair.target_plain.text, target_language) if source_ranges else ()
    for first, last, sure in source_ranges:
        if any(_same(begin, first) and _same(end, last) for begin, end, _ in target_ranges):
            continue
        for begin, end, as_sure in target_ranges:
            turned = _same(begin, last) and _same(end, first)
            if turned and (_rises(first, last) or (sure and as_sure)):
                place = (first.start, last.end)
                yield from mismatch_findings(check, pair, [place], [(begin.start, end.end)])
                break


def last_of(text: str, language: str, first: int) -> int:
    """Where the last end of the range stands that begins at a place; that place where none does."""
    if language not in table("ranges"):
        return first
    for begin, end, _ in read(text, language):
        if begin.start == first:
            return end.start
    return first


def _same(first: End, second: End) -> bool:
    return not first.meanings.isdisjoint(second.meanings)


def _rises(first: End, last: End) -> bool:
    """Whether numbers rise; days of the week and months go round."""
    lowest, highest = min(first.meanings), max(last.meanings)
    return lowest[0] != "number" or lowest[1] < highest[1]


def number(end: End) -> int | None:
    """The whole number that an end says; None for a day or a month."""
    kind, value = min(end.meanings)
    return value if kind == "number" else None


@per_text
def read(text: str, language: str) -> tuple[tuple[End, End, bool], ...]:
    """The ranges of a text: two ends with a word or a dash for "to" between them, or "between" and "and".

    Each with whether it has a word for "to".
    """
    if not (_TWO_DIGITS.search(text) or calendar.may_name(text, language)):
        return ()
    to, and_, between = _words(language)
    ranges = []
    for begin, end in pairwise(_places(text, language)):
        if end.start - begin.end > _LONGEST_GAP:
            continue
        gap = text[begin.end : end.start]
        joined = to.fullmatch(gap) is not None
        if joined or (
            and_.fullmatch(gap) and between.search(text[max(0, begin.start - _LONGEST_FRONT) : begin.start])
        ):
            sure = joined and gap.strip(_DASHES).strip() != ""
            ranges.append((_meant(begin, text), _meant(end, text), sure))
    return tuple(ranges)


class _Digits(NamedTuple):
    """A number that may be an end, and what was found: what it means is asked only where it is one."""

    start: int
    end: int
    found: re.Match[str]


def _places(text: str, language: str) -> list[End | _Digits]:
    """What may be the end of a range, in order."""
    named = list(_named(text, language)) if calendar.may_name(text, language) else []
    digits: list[End | _Digits] = []
    last = 0
    for match in _END.finditer(text):
        start, end = match.span()
        start -= start > last and text[start - 1] in _MONEY
        if not any(start < day.end and day.start < end for day in named):
            digits.append(_Digits(start, end, match))
        last = end
    return sorted(named + digits, key=lambda place: place.start) if named else digits


def _named(text: str, language: str) -> Iterator[End]:
    """The days of the week and the months of a text."""
    for kind, mentions in (
        ("weekday", calendar.weekdays(text, language)),
        ("month", () if language in UNSPACED else calendar.months(text, language)),
    ):
        for mention in mentions:
            leaning = language == "ar" and text[mention.start] == "و"  # "and" is written on to the front
            yield End(frozenset({(kind, mention.value)}), mention.start + leaning, mention.end)


def _meant(place: End | _Digits, text: str) -> End:
    """An end with what it means."""
    if isinstance(place, End):
        return place
    written, match = text[place.start : place.end], place.found
    number = int(re.sub(r"\D", "", written) if _grouped(written) else match[1])
    late = match[2] in _AFTERNOON or text[: place.start].endswith(_LATE)
    return End(
        frozenset({("number", number + 12 if late and number < 12 else number)}), place.start, place.end
    )


def _grouped(written: str) -> bool:
    return re.fullmatch(r"[€$£¥]?\d{1,3}(?:[.,٬\u00a0\u202f ]\d{3})+[^\d]*", written) is not None


@cache
def _words(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands between two ends by itself, what does after "between", and that word."""
    row = table("ranges")[language]
    to, both, front = (row[name].split() for name in ("to", "both", "front"))
    return (
        re.compile(rf"\s*{any_of(['[–—~～-]', *to])}\s*", re.IGNORECASE),
        re.compile(rf"\s*{any_of(both)}\s*", re.IGNORECASE),
        re.compile(rf"{word_of(front, language)}[^.;!?]*\Z", re.IGNORECASE),
    )
