"""Amounts that a translator put beside the original in a unit or a currency that readers know."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from operator import attrgetter

from l10n.checks.amounts import quantities
from l10n.checks.amounts.figures import Figure
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.values import Value

# What one of each unit is in the smallest of its kind.
_KINDS = (
    {"metre": 1.0, "kilometre": 1000.0, "mile": 1609.344},
    {"hectare": 1.0, "acre": 0.404686},
    {"kilogram": 1.0, "tonne": 1000.0},
)
_CLOSE = 0.08  # of the value: conversions are rounded
_REACH = 40  # characters between the original and what stands beside it
_BRACKETS = (("(", ")"), ("（", "）"))


def is_conversion(text: str, language: str, figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a figure says what one near it does, in another unit or, in brackets, another currency."""
    if _in_brackets(text, language, figure):
        return True
    units = _units(text, language)
    own_unit = _unit(figure, units)
    if not own_unit:
        return False
    first = bisect_left(figures, figure.start - _REACH, key=attrgetter("end"))
    last = bisect_right(figures, figure.end + _REACH, key=attrgetter("start"))
    near = (other for other in figures[first:last] if other is not figure)
    return any(_same_amount(other, _unit(other, units), figure, own_unit) for other in near)


@per_text
def _units(text: str, language: str) -> Mapping[int, str]:
    """The units of a text by where they begin."""
    return {unit.start: unit.name for unit in quantities.units(text, language)}


def _unit(figure: Figure, units: Mapping[int, str]) -> str:
    """The unit right after a figure; "" for none."""
    ends = range(figure.end, figure.end + 12)
    return next((units[at] for at in ends if at in units), "")


def _same_amount(first: Figure, first_unit: str, second: Figure, second_unit: str) -> bool:
    if {first_unit, second_unit} == {"celsius", "fahrenheit"}:
        cold, warm = (first, second) if first_unit == "celsius" else (second, first)
        return any(abs(c * 1.8 + 32 - f) <= 1.5 for c in _sizes(cold) for f in _sizes(warm))
    for kind in _KINDS:
        if first_unit in kind and second_unit in kind and first_unit != second_unit:
            pairs = (
                (a * kind[first_unit], b * kind[second_unit]) for a in _sizes(first) for b in _sizes(second)
            )
            return any(abs(a - b) <= _CLOSE * max(a, b) for a, b in pairs)
    return False


def _sizes(figure: Figure) -> list[float]:
    return [_size(value) for value in figure.wholes]


def _size(value: Value) -> float:
    digits, power = value
    return float(f"{digits[:40] or '0'}e{max(-300, min(power, 250))}")


def _in_brackets(text: str, language: str, figure: Figure) -> bool:
    """Whether a figure stands in brackets with a currency, after an amount in another."""
    for opening, closing in _BRACKETS:
        begin = text.rfind(opening, max(0, figure.start - _REACH), figure.start)
        end = text.find(closing, figure.end, figure.end + _REACH)
        if begin < 0 or end < 0:
            continue
        inside = {currency.name for currency in quantities.currencies(text[begin:end], language)}
        before = {
            currency.name
            for currency in quantities.currencies(text[max(0, begin - _REACH) : begin], language)
        }
        if inside and before and inside != before:
            return True
    return False
