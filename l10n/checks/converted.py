"""Amounts that a translator put beside the original in a unit or a currency that readers know."""

from __future__ import annotations

from collections.abc import Sequence

from l10n.checks import measures
from l10n.checks.figures import Figure
from l10n.checks.numerals import Value

# What one of each unit is in the smallest of its kind.
_KINDS = (
    {"metre": 1.0, "kilometre": 1000.0, "mile": 1609.344},
    {"hectare": 1.0, "acre": 0.404686},
    {"kilogram": 1.0, "tonne": 1000.0},
)
_CLOSE = 0.08  # of the value: conversions are rounded
_REACH = 40  # characters between the original and what stands beside it
_BRACKETS = (("(", ")"), ("（", "）"))


def beside(text: str, language: str, figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a figure says what one near it does, in another unit or, in brackets, another currency."""
    if _paid(text, language, figure):
        return True
    units = {seen.start: seen.name for seen in measures.units(text, language)}
    own = _unit(figure, units)
    if not own:
        return False
    near = (one for one in figures if one is not figure and _apart(one, figure) <= _REACH)
    return any(_same(one, _unit(one, units), figure, own) for one in near)


def _apart(one: Figure, other: Figure) -> int:
    return max(one.start, other.start) - min(one.end, other.end)


def _unit(figure: Figure, units: dict[int, str]) -> str:
    """The unit right after a figure; "" for none."""
    ends = range(figure.end, figure.end + 12)
    return next((units[at] for at in ends if at in units), "")


def _same(one: Figure, unit: str, other: Figure, own: str) -> bool:
    if {unit, own} == {"celsius", "fahrenheit"}:
        cold, warm = (one, other) if unit == "celsius" else (other, one)
        return any(abs(c * 1.8 + 32 - f) <= 1.5 for c in _sizes(cold) for f in _sizes(warm))
    for kind in _KINDS:
        if unit in kind and own in kind and unit != own:
            pairs = ((a * kind[unit], b * kind[own]) for a in _sizes(one) for b in _sizes(other))
            return any(abs(a - b) <= _CLOSE * max(a, b) for a, b in pairs)
    return False


def _sizes(figure: Figure) -> list[float]:
    return [_size(value) for value in figure.wholes]


def _size(value: Value) -> float:
    digits, power = value
    return float(f"{digits[:40] or '0'}e{max(-300, min(power, 250))}")


def _paid(text: str, language: str, figure: Figure) -> bool:
    """Whether a figure stands in brackets with a currency, after an amount in another."""
    for opening, closing in _BRACKETS:
        begin = text.rfind(opening, max(0, figure.start - _REACH), figure.start)
        end = text.find(closing, figure.end, figure.end + _REACH)
        if begin < 0 or end < 0:
            continue
        inside = {seen.name for seen in measures.currencies(text[begin:end], language)}
        before = {seen.name for seen in measures.currencies(text[max(0, begin - _REACH) : begin], language)}
        if inside and before and inside != before:
            return True
    return False
