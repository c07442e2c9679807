"""Spans of time are as long in the target: 90 minutes or an hour and a half, two weeks or "quinze jours"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from l10n.checks.amounts import figures, ordinals
from l10n.checks.mismatches import Place, exchanged
from l10n.checks.pair import Pair
from l10n.checks.reading.data_files import table
from l10n.checks.reading.listed import first_words, may_say
from l10n.checks.reading.numerals import counted, load
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.values import Value
from l10n.checks.reading.words import lowered, without_vowel_signs, word_set
from l10n.model import Finding
from l10n.patterns import UNSPACED, any_of, word_of

_UNITS = ("minute", "hour", "day", "week", "month", "trimester", "semester", "year", "decade", "century")
_LONGEST = 28  # characters of a unit, and of a half beside it
_FIRST_YEAR = 1000
_WHOLE = {"minutes": 60, "months": 12}  # of what others stand behind: an hour, a year
_HOURS = re.compile(
    r"(?<![\w.,:/])(\d{1,2})\s?h"
    r"(?:\s?([0-5]\d)(?:\s?min)?)?(?!\w)"
)
_JOINED = re.compile(r"\s*(?:(?:and|et|y|e|und|и)\s|و\s?)?")
_OF_THE_DAY = frozenset({"hour", "year"})  # 10 heures, 第三年
_SIGNS = frozenset("分小天周星月年半刻昼世季学钟")  # one of which every Chinese span has
_ANY_WORD = "[^\\W\\d_]+(?:[\\u064b-\\u0652]+[^\\W\\d_]*)*"
_CLOCK_FRONT = 8  # characters
_HOUR_LETTER = "h"


class Span(NamedTuple):
    """A span of time: how long it may be, each a number of minutes or of months, and its place.

    One that is not ``sure`` accounts for others only: "a week", "une semaine", "à 10 heures".
    """

    values: frozenset[tuple[str, float]]
    start: int
    end: int
    sure: bool


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """An error for a span of the source that the target lacks, where it has one that the source lacks."""
    source_spans = read(pair.source_plain.text, pair.source_convention.language)
    if not source_spans or not pair.is_between(table("durations")):
        return
    target_spans = read(pair.target_plain.text, pair.target_convention.language)
    yield from exchanged(check, pair, source_spans, target_spans)


def said_elsewhere(text: str, language: str, other_text: str, other_language: str) -> tuple[Place, ...]:
    """Where a text says spans of time that another text says as well, in whatever units."""
    if language not in table("durations") or other_language not in table("durations"):
        return ()
    others = read(other_text, other_language)
    return tuple((span.start, span.end) for span in read(text, language) if _among(span, others))


def _among(span: Span, others: Sequence[Span]) -> bool:
    return any(not span.values.isdisjoint(other.values) for other in others)


@per_text
def read(text: str, language: str) -> tuple[Span, ...]:
    """The spans of time in a text, in order: a number with a unit, or a word of their own."""
    if language not in table("durations") or not may_say(text, language, _fronts(language)):
        return ()
    small = lowered(text)
    spans = _named(small, language)
    numbers = tuple(_numbers(text, language))
    taken = [*((span.start, span.end) for span in spans), *ordinals.all_places(text, language)]
    for size, start, end in numbers:
        free = not any(start < stop and begin < end for begin, stop in taken)
        if free and (span := _counted(small, language, size, start, end)):
            spans.append(span)
    spans += _alone(small, language, spans)
    spans.sort(key=lambda span: span.start)
    return (*spans, *_short(small, language), *_sums(small, spans), *_with_minutes(small, spans, numbers))


def _named(small: str, language: str) -> list[Span]:
    """The spans of time with a name of their own ("quinze jours"), the longest where one holds another."""
    spans = [
        Span(frozenset({(kind, float(size))}), *match.span(), sure=True)
        for kind in ("minutes", "months")
        for size, match in _found(small, language, table("durations")[language].get(kind, {}))
    ]
    return [span for span in spans if not any(_within(span, other) for other in spans if other is not span)]


def _sums(small: str, spans: list[Span]) -> Iterator[Span]:
    """Hours and the minutes behind them as one, and years and months; either may be compared by itself."""
    for before, span in pairwise(spans):
        (kind, length), (other_kind, rest) = min(before.values), min(span.values)
        adjacent = before.end <= span.start and _JOINED.fullmatch(small, before.end, span.start)
        if adjacent and kind == other_kind and rest < _WHOLE[kind] and length % _WHOLE[kind] == 0:
            yield Span(frozenset({(kind, length + rest)}), before.start, span.end, sure=False)


def _with_minutes(
    small: str, spans: Sequence[Span], numbers: Sequence[tuple[float, int, int]]
) -> Iterator[Span]:
    """Hours with a number of minutes behind them: "une heure trente"."""
    for span in spans:
        (kind, length), whole = min(span.values), _WHOLE["minutes"]
        for number, start, end in numbers if kind == "minutes" and length % whole == 0 else ():
            if 0 < number < whole and span.end < start and _JOINED.fullmatch(small, span.end, start):
                yield Span(frozenset({(kind, length + number)}), span.start, end, sure=False)


def _short(small: str, language: str) -> Iterator[Span]:
    """Hours with the letter for them, which may be a time of the day: 1 h 30."""
    for match in () if language in UNSPACED else _HOURS.finditer(small):
        minutes = float(60 * int(match[1]) + int(match[2] or 0))
        yield Span(frozenset({("minutes", minutes)}), *match.span(), sure=False)


def _alone(small: str, language: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Units that say one by themselves where no number counts them: "на сутки", "a day"."""
    for unit, match in _found(small, language, table("durations")[language].get("alone", {})):
        if not any(span.start < match.end() and match.start() < span.end for span in spans):
            yield Span(frozenset({_length(unit, 1)}), *match.span(), sure=False)


def _found(small: str, language: str, rows: dict[str, str]) -> Iterator[tuple[str, re.Match[str]]]:
    """Where a text has one of the words of some rows, each with the name of its row.

    An expression is made for a row only where a text has a word that the row begins with.
    """
    words = word_set(small)
    for name, listed in rows.items():
        if language in UNSPACED or not words.isdisjoint(first_words(listed)):
            for match in _expression(listed, language).finditer(small):
                yield name, match


def _length(unit: str, number: float) -> tuple[str, float]:
    """How long so many of a unit are, in minutes or in months."""
    in_minutes = table("durations")["size_in_minutes"].get(unit)
    if in_minutes:
        return "minutes", number * in_minutes
    return "months", number * table("durations")["size_in_months"][unit]


def _within(span: Span, other: Span) -> bool:
    shorter = span.end - span.start < other.end - other.start
    return shorter and other.start <= span.start and span.end <= other.end


def _numbers(text: str, language: str) -> Iterator[tuple[float, int, int]]:
    """The numbers of a text that are sure, in digits and words, each with its place."""
    numerals = load(language)
    for figure in figures.read(text, numerals):
        if len(figure.wholes) == 1:
            yield _size(next(iter(figure.wholes))), figure.start, figure.end
    for value, start, end in counted(text, numerals, small=True):
        yield _size(value), start, end


def _size(value: Value) -> float:
    digits, power = value
    return float(f"{digits[:30] or '0'}e{max(-30, min(power, 30))}")


def _counted(small: str, language: str, number: float, start: int, end: int) -> Span | None:
    """The span that a number counts by the unit behind it; none where it is a year."""
    match = _behind(language).match(small, end, end + _LONGEST)
    name = _unit(match, language) if match and number > 0 else ""
    if match is None or not name:
        return None
    if name == "year" and number >= _FIRST_YEAR:
        return None
    of_the_day = name in _OF_THE_DAY and _clock(language).search(small[max(0, start - _CLOCK_FRONT) : start])
    number += 0.5 if match["half"] or match["half_behind"] else 0
    lengths = {_length(name, number)}
    for days, counted_as in table("durations")[language].get("days", {}).items():
        if name == "day" and number == counted_as:
            lengths.add(_length(name, float(days)))
    return Span(frozenset(lengths), start, match.end(), sure=number != 1 and not of_the_day)


@cache
def _fronts(language: str) -> frozenset[str]:
    """The words that units are, and those that spans with a name begin with."""
    if language in UNSPACED:
        return _SIGNS
    row = table("durations")[language]
    units = {word for unit in _UNITS for word in row.get(unit, "").split()}
    named = " ".join(words for part in ("minutes", "months") for words in row.get(part, {}).values())
    return first_words(named) | units | {_HOUR_LETTER}


@cache
def _behind(language: str) -> re.Pattern[str]:
    """A word or a unit behind a number, with a half before or behind it."""
    row = table("durations")[language]
    space, unit = r"[\s-]", _ANY_WORD
    if language in UNSPACED:
        units = (f"(?P<{name}>{_either(row[name], language)})" for name in _UNITS if name in row)
        space, unit = "", "|".join(units)
    half = any_of(row["and_half"].split())
    return re.compile(
        rf"[\s-]?(?:(?P<half>{half}){space})?(?P<any>{unit})(?:{space}(?P<half_behind>{half})(?!\w))?"
    )


def _unit(match: re.Match[str], language: str) -> str:
    """The name of the unit behind a number; none where another word is."""
    if language not in UNSPACED:
        return _unit_of_word(language).get(without_vowel_signs(match["any"]), "")
    return next(name for name, found in match.groupdict().items() if found and name in _UNITS)


@cache
def _unit_of_word(language: str) -> dict[str, str]:
    row = table("durations")[language]
    return {word: unit for unit in _UNITS for word in row.get(unit, "").split()}


@cache
def _clock(language: str) -> re.Pattern[str]:
    """What stands before an hour of the day."""
    edge = "" if language in UNSPACED else r"(?<!\w)"
    return re.compile(rf"{edge}{any_of(table('durations')[language]['clock'].split())}\s?\Z|[-–]\Z")


@cache
def _expression(listed: str, language: str) -> re.Pattern[str]:
    return re.compile(_either(listed, language))


def _either(listed: str, language: str) -> str:
    return word_of(sorted(listed.split(), key=len, reverse=True), language)
