"""Numbers in digits that the other text says in another way: in words, as a fraction, by a short year."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from l10n.checks.amounts import fractions, ordinals
from l10n.checks.amounts.figures import Figure
from l10n.checks.amounts.matching import Left
from l10n.checks.reading.numerals import Numerals, spelled
from l10n.checks.reading.values import Value, of_digits

_SPELLED = 20
_YEAR_DIGITS = 4
_PARTS = frozenset({"5", "25", "75"})
_YEARS = range(1900, 2100)
_OLDER_YEARS = range(1000, 1900)
_OLDER_CENTURIES = range(11, 20)


def unexcused(
    lefts: list[Left],
    text: str,
    language: str,
    numerals: Numerals,
    other_figures: Sequence[Figure],
    *,
    loose: bool,
) -> list[Left]:
    """Figures that neither words nor a short form of a year on the other side account for.

    ``loose``: where a language's number words are unknown, only the digits are compared.
    """
    if not lefts:
        return lefts
    spelled_values = (
        spelled(text, numerals)
        | fractions.said(text, language)
        | {of_digits(value) for value in ordinals.read(text, language)}
    )
    said_values = spelled_values | values_of(other_figures)
    other_values = spelled_values | _short_years(said_values) | fractions.as_decimals(other_figures)
    digits = {value[0] for value in other_values | values_of(other_figures)} if loose else set()
    said = fractions.read(text, language).keys() | fractions.said_in_figures(
        {left.figure.text for left in lefts}, text
    )
    return [
        left
        for left in lefts
        if not excused(left, spelled_values if left.figure.text.startswith("00") else other_values)
        and left.figure.text not in said
        and not _by_parts(left, other_values)
        and all(value[0] not in digits for value in left.figure.wholes)
    ]


def excused(left: Left, values: AbstractSet[Value]) -> bool:
    """Whether values say a figure as a whole, or all that is left of it."""
    if not left.figure.wholes.isdisjoint(values):
        return True
    return not any(piece.isdisjoint(values) for piece in left.pieces)


def _by_parts(left: Left, values: AbstractSet[Value]) -> bool:
    """Whether words say a number with a half or a quarter as two: "two and a half" is 2.5."""
    return any(
        {of_digits(digits[:power]), of_digits("", digits[power:])} <= values
        for digits, power in left.figure.wholes
        if -len(digits) < power < 0 and digits[power:] in _PARTS
    )


def may_be_spelled(figure: Figure) -> bool:
    """Whether people may write a number in words: up to a hundred, by hundreds, or the tens of a decade."""
    if not figure.text.isdecimal() or len(figure.text) > _YEAR_DIGITS:
        return False
    number = int(figure.text)
    return number < 100 or number % 10 == 0


def large(lefts: list[Left]) -> list[Left]:
    """Figures that nobody spells out."""
    return [
        left for left in lefts if not left.figure.text.isdecimal() or int(left.figure.text[:9]) > _SPELLED
    ]


def values_of(figures_: Sequence[Figure]) -> set[Value]:
    """Every value that figures may have, as wholes or in parts."""
    values: set[Value] = set()
    for figure in figures_:
        values |= figure.wholes
        for part in figure.parts:
            values |= part
    return values


def _short_years(values: AbstractSet[Value]) -> set[Value]:
    """What a year may be shortened to (2024 to 24), and a short one to be lengthened to.

    Of the years before 1900 only decades are, where the century stands beside: in the twenties of the 19th.
    """
    short_years: set[Value] = set()
    numbers = [
        int(digits) * 10**power
        for digits, power in values
        if digits and len(digits) + power <= 4 and power >= 0
    ]
    centuries = [100 * number - 100 for number in numbers if number in _OLDER_CENTURIES]
    for number in numbers:
        if number in _YEARS or (number in _OLDER_YEARS and number % 10 == 0):
            short_years.add(of_digits(f"{number % 100:02}"))
        elif number < 100:
            centuries_of_it = (1900, 2000, *centuries) if number % 10 == 0 else (1900, 2000)
            short_years.update(of_digits(str(century + number)) for century in centuries_of_it)
    return short_years
