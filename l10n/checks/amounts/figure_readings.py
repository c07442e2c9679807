"""Which reading a figure has where it may have two: 6,000 is six to some, and 3.2 may be a day."""

from __future__ import annotations

from collections.abc import Sequence

from l10n.checks.amounts import decimal_marks, figures
from l10n.checks.amounts.figures import Figure
from l10n.checks.pair import Pair
from l10n.checks.reading.digits import ascii_digits
from l10n.checks.reading.values import Value
from l10n.conventions import Convention

_READINGS = 2  # of 6,000: thousands, or a decimal


def as_readers_take_them(
    pair: Pair, source_figures: list[Figure], target_figures: list[Figure]
) -> tuple[list[Figure], list[Figure]]:
    """The figures, those with two readings (6,000) as readers of each language take them."""
    if not [figure for figure in (*source_figures, *target_figures) if len(figure.wholes) == _READINGS]:
        return source_figures, target_figures
    copied = {figure.text for figure in source_figures} & {figure.text for figure in target_figures}
    return (
        _as_read(source_figures, pair.source_convention, pair.source_locale, copied),
        _as_read(target_figures, pair.target_convention, pair.target_locale, copied),
    )


def _as_read(
    figures_: Sequence[Figure], convention: Convention, locale: str, copied: set[str]
) -> list[Figure]:
    """Figures as readers of a language take them.

    One that was copied keeps both its readings, and so does one in a country's variety: es-MX is not es.
    """
    if "-" in locale:
        return list(figures_)
    return [
        figure
        if len(figure.wholes) != _READINGS or figure.parts or figure.text in copied
        else _in_one_reading(figure, convention)
        for figure in figures_
    ]


def _in_one_reading(figure: Figure, convention: Convention) -> Figure:
    """A figure with the reading that its mark tells of."""
    digits = ascii_digits(figure.text[: figure.end - figure.start])
    if len(figures.wholes(digits)) == 1:  # two by what scales it: "1.7m" may be metres
        return figure
    marks = {mark for mark in figure.text if not mark.isalnum() and not mark.isspace()}
    if marks == {convention.decimal}:
        return figure._replace(wholes=frozenset({min(figure.wholes, key=_size)}))
    if marks and marks.issubset(convention.group):
        return figure._replace(wholes=frozenset({max(figure.wholes, key=_size)}))
    return figure


def _size(value: Value) -> tuple[int, str]:
    digits, power = value
    return len(digits) + power, digits


def without_dates(
    pair: Pair, source_figures: list[Figure], target_figures: list[Figure]
) -> tuple[list[Figure], list[Figure]]:
    """The figures, where one decimal that is another turned round (3.2 and 2,3) is no day and month."""
    source_turned = {
        figure.parts[::-1]
        for figure in source_figures
        if figure.parts and _is_decimal(figure, pair.source_convention)
    }
    if not source_turned or source_turned.isdisjoint(
        figure.parts for figure in target_figures if _is_decimal(figure, pair.target_convention)
    ):
        return source_figures, target_figures
    return (
        [_whole(figure, pair.source_convention) for figure in source_figures],
        [_whole(figure, pair.target_convention) for figure in target_figures],
    )


def _whole(figure: Figure, convention: Convention) -> Figure:
    return figure._replace(parts=()) if _is_decimal(figure, convention) else figure


def _is_decimal(figure: Figure, convention: Convention) -> bool:
    """Whether a figure of two parts that differ has the decimal mark of its language, and is no hour."""
    marks = {convention.decimal, decimal_marks.SOMETIMES.get(convention.language, convention.decimal)}
    return (
        len(figure.parts) == 2
        and figure.parts[0] != figure.parts[1]
        and not figure.half
        and any(mark in figure.text for mark in marks)
    )
