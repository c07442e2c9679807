"""Currencies, units and percentages of the source are those of the target."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from l10n.checks.amounts import dollars, figures, shares
from l10n.checks.amounts.figures import Figure
from l10n.checks.amounts.quantities import BY_NUMBER, Measure, currencies, units
from l10n.checks.mismatches import added_finding, mismatch_findings, missing_finding
from l10n.checks.pair import Example, Pair
from l10n.checks.reading.numerals import load
from l10n.checks.reading.values import Value
from l10n.model import Finding, Severity

ID = "measures"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "Money, units and percentages are compared by name: “€40 million” and « 40 millions d’euros » agree. A "
    "currency or unit that has changed into another is reported; a converted amount may be given beside the "
    "original. A currency or percentage that appears on one side only gets a warning, and so do percentage "
    "points that have become per cent."
)
BAD = Example("en", "It lent €40 million.", "fr", "Elle a prêté 40 millions de dollars.")
GOOD = Example("en", "It lent €40 million.", "fr", "Elle a prêté 40 millions d’euros.")

_KNOWN = frozenset({"en", "fr", "es", "pt", "it", "de", "ru", "ar", "zh", "ja", "hi"})


def run(pair: Pair) -> Iterator[Finding]:
    """Nothing for a language whose names are not in the table."""
    source_language, target_language = pair.languages
    if source_language not in _KNOWN or target_language not in _KNOWN or source_language == target_language:
        return
    source, target = pair.source_plain.text, pair.target_plain.text
    source_currencies = currencies(source, source_language)
    target_currencies = currencies(target, target_language)
    yield from _compared(pair, source_currencies, target_currencies, lone=True)
    if source_currencies and target_currencies:
        yield from dollars.compared(ID, pair, source_currencies, target_currencies)
    source_units = units(source, source_language)
    target_units = units(target, target_language) if source_units else ()
    changed = list(_compared(pair, source_units, target_units, lone=False))
    yield from changed or _other_unit(pair, source_units, target_units)
    yield from shares.compared(ID, pair)


def _compared(
    pair: Pair, source_measures: Sequence[Measure], target_measures: Sequence[Measure], *, lone: bool
) -> Iterator[Finding]:
    if not source_measures and not target_measures:
        return
    target_names = {measure.name for measure in target_measures}
    source_names = {measure.name for measure in source_measures}
    if source_names == target_names:
        return
    missing = _first_of_each(
        [measure for measure in source_measures if measure.sure and measure.name not in target_names]
    )
    added = _first_of_each(
        [measure for measure in target_measures if measure.sure and measure.name not in source_names]
    )
    if added and not missing:
        missing = _none_of(source_measures, target_names)
    yield from mismatch_findings(
        ID,
        pair,
        [(measure.start, measure.end) for measure in missing],
        [(measure.start, measure.end) for measure in added],
    )
    for lost in [measure for measure in missing[len(added) :] if not measure.doubt] if lone else ():
        yield missing_finding(ID, pair, lost.start, lost.end)
    if lone and added and not missing and source_names:
        yield from _recounted(pair, source_measures, added)
    unexplained = lone and not missing and not source_names
    for new in [measure for measure in added if not measure.doubt] if unexplained else ():
        yield added_finding(ID, pair, new.start, new.end)


def _recounted(pair: Pair, source_measures: Sequence[Measure], added: list[Measure]) -> Iterator[Finding]:
    """A number of the source that something else counts in the target: "12 to 35 euros", "$12 and €35"."""
    source_language, target_language = pair.languages
    values = {
        value
        for figure in figures.read(pair.source_plain.text, load(source_language))
        for value in figure.wholes
    }
    target_figures = figures.read(pair.target_plain.text, load(target_language))
    for new in added:
        counted = _counted_by(new, target_figures)
        if counted and not values.isdisjoint(counted.wholes):
            first = source_measures[0]
            yield from mismatch_findings(
                ID,
                pair,
                [(first.start, first.end)],
                [(new.start, new.end)],
                severity=Severity.WARNING,
            )
            return


def _counted_by(measure: Measure, text_figures: Sequence[Figure]) -> Figure | None:
    """The figure that a measure counts: right behind its sign, or not far before its name."""
    behind = bisect_left(text_figures, measure.end, key=attrgetter("start"))
    if behind < len(text_figures) and text_figures[behind].start - measure.end <= 1:
        return text_figures[behind]
    before = bisect_right(text_figures, measure.start, key=attrgetter("end")) - 1
    near = before >= 0 and measure.start - text_figures[before].end <= BY_NUMBER
    return text_figures[before] if near else None


def _other_unit(
    pair: Pair, source_units: tuple[Measure, ...], target_units: tuple[Measure, ...]
) -> Iterator[Finding]:
    """A number that another unit counts, which the source has as well: 3,400 tonnes, 500 kilograms."""
    if len({unit.name for unit in source_units}) < 2 and len({unit.name for unit in target_units}) < 2:
        return
    source_by_value = _by_value(pair.source_plain.text, source_units, pair.languages[0])
    target_by_value = _by_value(pair.target_plain.text, target_units, pair.languages[1])
    for value in source_by_value.keys() & target_by_value.keys():
        in_source, in_target = source_by_value[value], target_by_value[value]
        if {unit.name for unit in in_source}.isdisjoint(unit.name for unit in in_target):
            place, span = (in_source[0].start, in_source[0].end), (in_target[0].start, in_target[0].end)
            yield from mismatch_findings(ID, pair, [place], [span], severity=Severity.WARNING)
            return


def _by_value(text: str, measures: Sequence[Measure], language: str) -> dict[Value, list[Measure]]:
    """The units by the values that the number before each may have."""
    text_figures = figures.read(text, load(language))
    by_value: dict[Value, list[Measure]] = {}
    for measure in measures:
        counted = _counted_by(measure, text_figures)
        for value in counted.wholes if counted else ():
            by_value.setdefault(value, []).append(measure)
    return by_value


def _none_of(measures: Sequence[Measure], other_names: set[str]) -> list[Measure]:
    """A sign of several currencies (¥), where the other text has none of them: once for all its names."""
    unsure = [measure for measure in measures if not measure.sure and not measure.doubt]
    lost = {measure.start: measure for measure in unsure}
    answered = {measure.start for measure in unsure if measure.name in other_names}
    return [measure for start, measure in lost.items() if start not in answered][:1]


def _first_of_each(measures: list[Measure]) -> list[Measure]:
    """The first of each name."""
    return list({measure.name: measure for measure in reversed(measures)}.values())[::-1]
