"""What is the least in the source is not the most in the target: at least 340, up to 12 months.

Each number is compared with the same number of the other text, so that a text may have bounds of both kinds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from l10n.checks.amounts import figures, ordinals
from l10n.checks.mismatches import mismatch_findings
from l10n.checks.pair import Pair
from l10n.checks.reading import numerals
from l10n.checks.reading.data_files import table
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.values import Value, of_digits
from l10n.checks.reading.words import lowered, word_set
from l10n.model import Finding, Severity
from l10n.patterns import UNSPACED, any_of, lazy_pattern, word_of

_AGED = frozenset({"ar"})  # languages that say an age by an ordinal: under the fifth
_REACH = 14  # characters between a bound and its number
_REACH_AFTER = 24  # between a number and the bound behind it: what is counted
_REACH_INSIDE = 6
_DENIED = 32  # characters before a bound in which a word for "not" denies it
_REACH_AFTER_INSIDE = 4
# Small words and signs between a bound and its number: at least the 12, mehr als den 12, up to US$12.
_GAP = lazy_pattern(
    r"[\s\u00a0(]*(?:[^\W\d_]{1,3}['’.]?[\s\u00a0]+|[^\W\d_]{1,2}['’]){0,2}"
    r"(?:[A-Z]{2,3}[\s\u00a0]?)?[€$£¥₹]?[\s\u00a0]?"
)
_WORD = lazy_pattern(r"\w")
_APART = lazy_pattern(r"[\d.,;:!?()؛،，。；、！？]")
# What is denied of another's words is not denied of the number: nobody believes that it carried over 320.
_SAID = lazy_pattern(
    r"[\d.,;:!?()؛،，。；、！？]|\b(?:that|que|qu['’]|dass|che|что|أن|إن|and|et|y|und|и)(?!\w)"
)
_DATE = lazy_pattern(r"(?:\s?年\s?(\d{1,2}))?\s?月\s?(?:(\d{1,2})\s?日)?")
_YEARS = range(1900, 2101)
_ROUND_YEAR = 2000  # which rather counts something
_COUNTED = lazy_pattern(r"[\s\u00a0](?!(?:and|et|y|e|und|и|в|г|год\w*|года)\b)\w|[\u4e00-\u9fff](?<!年)")
_SIDES = ("most", "least", "until", "since")
# What says the contrary of each; "at least until" 15 March is no contradiction.
_CONTRARY = {
    "most": frozenset({"least", "since"}),
    "least": frozenset({"most"}),
    "until": frozenset({"since"}),
    "since": frozenset({"most", "until"}),
}


class Bound(NamedTuple):
    """A number of which a text says that it is the least or the most, with the place of what says so."""

    side: str
    values: frozenset[Value]
    start: int
    end: int


class _Number(NamedTuple):
    values: frozenset[Value]
    start: int
    end: int


class _Words(NamedTuple):
    """The expressions of a language, most and least as groups."""

    quick: frozenset[str]
    before: Callable[[], re.Pattern[str]]
    after: Callable[[], re.Pattern[str]]
    denied: Callable[[], re.Pattern[str]]


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """At most one warning: a number that is the least in one text and the most in the other."""
    turned = _of_both_sides(pair)
    if turned is not None and not _either_denied(pair, turned):
        in_source, in_target = turned
        yield from mismatch_findings(
            check,
            pair,
            [(in_source.start, in_source.end)],
            [(in_target.start, in_target.end)],
            severity=Severity.WARNING,
        )


def denied(pair: Pair) -> bool:
    """Whether a text denies that there may be more than a number, which the other says is the most."""
    turned = _of_both_sides(pair)
    return turned is not None and _either_denied(pair, turned)


def _of_both_sides(pair: Pair) -> tuple[Bound, Bound] | None:
    """What is the least in one text and the most in the other."""
    source_language, target_language = pair.languages
    source, target = pair.source_plain.text, pair.target_plain.text
    source_bounds = read(source, source_language)
    target_bounds = read(target, target_language) if source_bounds else ()
    if not target_bounds:
        return None
    return _turned(source_bounds, target_bounds) or _alone(
        source_bounds, target_bounds, (source, source_language), (target, target_language)
    )


def _either_denied(pair: Pair, turned: tuple[Bound, Bound]) -> bool:
    source_language, target_language = pair.languages
    return _denied(pair.source_plain.text, turned[0].start, source_language) or _denied(
        pair.target_plain.text, turned[1].start, target_language
    )


def _turned(source_bounds: tuple[Bound, ...], target_bounds: tuple[Bound, ...]) -> tuple[Bound, Bound] | None:
    """A number with a bound on each side, and nowhere the same."""
    for bound in source_bounds:
        same_number = [other for other in target_bounds if not bound.values.isdisjoint(other.values)]
        sides = {fellow.side for fellow in source_bounds if not bound.values.isdisjoint(fellow.values)}
        target_sides = {other.side for other in same_number}
        contrary = frozenset[str]().union(*(_CONTRARY[side] for side in sides))
        if same_number and target_sides <= contrary - sides:
            return bound, same_number[0]
    return None


def _alone(
    source_bounds: tuple[Bound, ...],
    target_bounds: tuple[Bound, ...],
    source: tuple[str, str],
    target: tuple[str, str],
) -> tuple[Bound, Bound] | None:
    """The only bounds of two texts that say their numbers in ways of their own: one in ten, 10 %."""
    if (
        len(source_bounds) != 1
        or len(target_bounds) != 1
        or (target_bounds[0].side not in _CONTRARY[source_bounds[0].side])
    ):
        return None
    in_source, in_target = source_bounds[0], target_bounds[0]
    target_values = {value for number in _numbers(*target) for value in number.values}
    source_values = {value for number in _numbers(*source) for value in number.values}
    if in_source.values.isdisjoint(target_values) and in_target.values.isdisjoint(source_values):
        return in_source, in_target
    return None


@per_text
def read(text: str, language: str) -> tuple[Bound, ...]:
    """The bounds of a text, in the order of the words for them."""
    words = _words(language)
    if words is None or (words.quick and words.quick.isdisjoint(word_set(text))):
        return ()
    small = lowered(text)
    before, after = words.before().finditer(small), words.after().finditer(small)
    bounds = [_bound(match, _behind(text, match.end(), language), text) for match in before]
    bounds += [_bound(match, _before(text, match.start(), language), text) for match in after]
    return tuple(bound for bound in bounds if bound is not None)


def _bound(match: re.Match[str], number: _Number | None, text: str) -> Bound | None:
    if number is None or match.lastgroup is None:
        return None
    values = number.values | _date(text, number)
    if values == number.values and _is_year(text, number):
        return None
    start, end = min(match.start(), number.start), max(match.end(), number.end)
    return Bound(match.lastgroup, values, start, end)


def _is_year(text: str, number: _Number) -> bool:
    """Whether a number is a bare year: "until" one is said in many ways."""
    written = text[number.start : number.end]
    if not written.isdecimal() or int(written) not in _YEARS or int(written) == _ROUND_YEAR:
        return False
    return _COUNTED().match(text, number.end) is None


def _date(text: str, number: _Number) -> frozenset[Value]:
    """The month and day behind the year of a Chinese date, where others name the day first."""
    match = _DATE().match(text, number.end)
    return frozenset(of_digits(digits) for digits in match.groups() if digits) if match else frozenset()


def _behind(text: str, at: int, language: str) -> _Number | None:
    """The number that a bound before it is of."""
    number = _following(text, at, language)
    if number is None:
        return None
    gap = text[at : number.start]
    if language in UNSPACED:
        return number if len(gap) <= _REACH_INSIDE and not _APART().search(gap) else None
    return number if len(gap) <= _REACH and _GAP().fullmatch(gap) else None


def _following(text: str, at: int, language: str) -> _Number | None:
    """The first number behind a place; those in words are read where one may stand before that in digits."""
    number = _next(_in_digits(text, language), at)
    if number is None or _WORD().search(text, at, number.start):
        number = _next(_numbers(text, language), at)
    return number


def _next(numbers: tuple[_Number, ...], at: int) -> _Number | None:
    return next((number for number in numbers if number.start >= at), None)


def _before(text: str, at: int, language: str) -> _Number | None:
    """The number that a bound behind it is of."""
    numbers = _numbers(text, language)
    number = next((candidate for candidate in reversed(numbers) if candidate.end <= at), None)
    reach = _REACH_AFTER_INSIDE if language in UNSPACED else _REACH_AFTER
    if number is None or at - number.end > reach or _APART().search(text, number.end, at):
        return None
    return number


def _denied(text: str, at: int, language: str) -> bool:
    """Whether a word for "not" stands shortly before a bound, so that it says the contrary."""
    words = _words(language)
    reach = _REACH_INSIDE if language in UNSPACED else _DENIED
    clause = _SAID().split(lowered(text)[max(0, at - reach) : at])[-1]
    return words is not None and words.denied().search(clause) is not None


@per_text
def _in_digits(text: str, language: str) -> tuple[_Number, ...]:
    """The numbers of a text in digits, in order."""
    return tuple(
        _Number(figure.wholes, figure.start, figure.end)
        for figure in figures.read(text, numerals.load(language))
        if figure.wholes
    )


@per_text
def _numbers(text: str, language: str) -> tuple[_Number, ...]:
    """The numbers of a text in digits and in words, in order."""
    number_words = numerals.load(language)
    numbers = list(_in_digits(text, language))
    taken = {at for number in numbers for at in range(number.start, number.end)}
    words = numerals.counted(text, number_words, small=True)
    if language in _AGED:
        words += [
            (of_digits(value), *at)
            for value, at in ordinals.read(text, language).items()
            if value.isdecimal()
        ]
    numbers += [_Number(frozenset({value}), start, end) for value, start, end in words if start not in taken]
    return tuple(sorted(numbers, key=lambda number: number.start))


@cache
def _words(language: str) -> _Words | None:
    row = table("bounds").get(language)
    if row is None:
        return None
    before = _either({side: row[side] for side in _SIDES if row.get(side)}, language)
    after = _either({side: row[f"{side}_after"] for side in _SIDES if f"{side}_after" in row}, language)
    return _Words(
        frozenset(row["words"].split()), before, after, lazy_pattern(word_of([row["denied"]], language))
    )


def _either(sides: dict[str, str], language: str) -> Callable[[], re.Pattern[str]]:
    """Any expression of the sides, each side a group."""
    groups = "|".join(f"(?P<{side}>{any_of(listed.split())})" for side, listed in sides.items())
    return lazy_pattern(groups if language in UNSPACED else rf"(?<!\w)(?:{groups})(?:(?<=['’])|(?!\w))")
