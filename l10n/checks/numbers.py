"""Every number of the source stands in the target with the same value, however it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from l10n.checks.amounts import (
    converted,
    decimal_marks,
    durations,
    figures,
    fractions,
    magnitudes,
    numbers_in_words,
    ordinals,
    ranges,
    spans,
)
from l10n.checks.amounts.accounted import excused, large, may_be_spelled, unexcused, values_of
from l10n.checks.amounts.figure_readings import as_readers_take_them, without_dates
from l10n.checks.amounts.figures import Figure
from l10n.checks.amounts.matching import Left, unmatched
from l10n.checks.amounts.numbers_in_words import Spelled
from l10n.checks.mismatches import CHANGED, Place, mismatch_findings
from l10n.checks.pair import Example, Pair
from l10n.checks.reading.numerals import Numerals, load
from l10n.checks.reading.values import Value, of_digits
from l10n.checks.times import clock, noon
from l10n.model import Finding, Severity

ID = "numbers"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "Numbers are compared by value: “1.25 million”, “1,25 million” and “1 250 000” are the same, and so are "
    "3 pm and 15 h, 12/05 and “12 May”, 20 and “twenty”, ١٥ and 15. A number written in digits on one "
    "side and missing from the other is reported; one that appears fewer times gets a warning. A number in "
    "words, including a half, a third or an ordinal, is reported only when the other side has a different "
    "one in its place. So are spans of time, by their length (90 minutes is “une heure et demie”, two weeks "
    "“quinze jours”), and what is said by and large (“tens of thousands” is 数万). The two ends of a range "
    "must keep their order, and a time its half of the day. A copied “1,250” that the target language would "
    "read as 1.25 gets a warning, and so does “2.5 %” where the language writes “2,5 %”."
)
BAD = Example("en", "The budget is 1.25 million euros.", "fr", "Le budget est de 1,52 million d’euros.")
GOOD = Example("en", "The budget is 1.25 million euros.", "fr", "Le budget est de 1 250 000 euros.")

_MISSING = "{number} is missing"
_ADDED = "{number} is not in the source"
_FEWER = "{number} stands here less often than in the source"
_OFTENER = "{number} stands here more often than in the source"
_THINGS = "つ"  # behind a number of things, up to nine, in Japanese
_DIGIT = re.compile(r"\d")
_BESIDE = 14  # characters
_HOUR = re.compile(r"\D.*")


def run(pair: Pair) -> Iterator[Finding]:
    """A number that changed has one finding at its new form; a missing one has no place."""
    told = list(_of_numbers(pair))
    told = told or list(clock.run(ID, pair))
    yield from told or durations.run(ID, pair)


def _of_numbers(pair: Pair) -> Iterator[Finding]:
    yield from fractions.run(ID, pair)
    yield from ordinals.run(ID, pair)
    yield from ranges.run(ID, pair)
    yield from magnitudes.run(ID, pair)
    yield from noon.run(ID, pair)
    source, target = pair.source_plain.text, pair.target_plain.text
    source_numerals = load(pair.source_convention.language)
    target_numerals = load(pair.target_convention.language)
    both_known = source_numerals.known and target_numerals.known
    source_language = pair.source_convention.language
    in_words: tuple[Spelled, ...] = ()
    if both_known:
        in_words = numbers_in_words.in_source(source, source_language, source_numerals)
    if in_words and numbers_in_words.heard(in_words, target, target_numerals):
        in_words = ()
    if not in_words and figures.same(source, source_numerals, target, target_numerals):
        return
    source_figures = list(figures.read(source, source_numerals))
    target_figures = list(figures.read(target, target_numerals))
    source_figures, target_figures = as_readers_take_them(pair, source_figures, target_figures)
    if source_figures or target_figures:
        yield from _in_digits(pair, source_figures, target_figures, (source_numerals, target_numerals))
    if in_words:
        yield from numbers_in_words.compared(
            ID, pair, in_words, (source_figures, target_figures), (source_numerals, target_numerals)
        )


def _in_digits(
    pair: Pair,
    source_figures: list[Figure],
    target_figures: list[Figure],
    numerals: tuple[Numerals, Numerals],
) -> Iterator[Finding]:
    source_figures, target_figures = without_dates(pair, source_figures, target_figures)
    missing, added = unmatched(source_figures, target_figures)
    if missing or added:
        loose = not (numerals[0].known and numerals[1].known)
        source_language, target_language = pair.languages
        missing = unexcused(
            missing, pair.target_plain.text, target_language, numerals[1], target_figures, loose=loose
        )
        added = unexcused(
            added, pair.source_plain.text, source_language, numerals[0], source_figures, loose=loose
        )
        if added and not missing:
            added = _without_asides(pair, added, numerals[0])
            target, language = pair.target_plain.text, pair.target_convention.language
            added = [
                left
                for left in added
                if not converted.is_conversion(target, language, left.figure, target_figures)
            ]
        if missing or added:
            missing = _without_spans(missing, spans.of_pair(pair, of_target=False))
            added = _without_spans(added, spans.of_pair(pair, of_target=True))
        if loose and not (missing and added):
            missing, added = large(missing), large(added)
        values = values_of(source_figures), values_of(target_figures)
        yield from _findings(pair, missing, added, values, loose=loose)
    yield from decimal_marks.misread(ID, pair, source_figures, target_figures)
    yield from decimal_marks.other_marks(ID, pair, source_figures, target_figures)
    yield from _other_half(pair, source_figures, target_figures)
    if any(figure.half for figure in (*source_figures, *target_figures)):
        yield from _early(pair, source_figures, target_figures)


def _without_asides(pair: Pair, added: list[Left], source_numerals: Numerals) -> list[Left]:
    """New figures but for those that only count what the source lists or points at: この2つ, both of them."""
    target = pair.target_plain.text
    source, language = pair.source_plain.text, pair.source_convention.language
    if _THINGS not in target or numbers_in_words.in_source(source, language, source_numerals):
        return added
    return [left for left in added if target[left.figure.end : left.figure.end + 1] != _THINGS]


def _without_spans(lefts: list[Left], spans: tuple[Place, ...]) -> list[Left]:
    return [left for left in lefts if not any(start <= left.figure.start < end for start, end in spans)]


def _other_half(pair: Pair, source_figures: list[Figure], target_figures: list[Figure]) -> Iterator[Finding]:
    """An hour of the twelve that both texts name, before noon in one and after it in the other."""
    source_hours, target_hours = _halves(source_figures), _halves(target_figures)
    for hour, in_source in source_hours.items():
        in_target = target_hours.get(hour)
        if in_target and {figure.half for figure in in_source}.isdisjoint(
            figure.half for figure in in_target
        ):
            places = ((in_source[0].start, in_source[0].end), (in_target[0].start, in_target[0].end))
            yield from mismatch_findings(ID, pair, [places[0]], [places[1]])


def _early(pair: Pair, source_figures: list[Figure], target_figures: list[Figure]) -> Iterator[Finding]:
    """An hour after noon in one text, by the same number in another that counts to 24: 10 p.m., 10 heures."""
    texts = (pair.source_plain.text, pair.target_plain.text)
    both = (source_figures, target_figures)
    for one, other in ((0, 1), (1, 0)):
        if not clock.counts_to_24(texts[other], pair.languages[other]):
            continue
        for hour, said_ in _halves(both[one]).items():
            early, late = of_digits(hour), of_digits(str(int(hour or "0") + 12))
            there = [figure for figure in both[other] if early in _hour_values(figure)]
            counted_here = [figure for figure in both[one] if early in _hour_values(figure)]
            answered = any(late in _hour_values(figure) for figure in both[other])
            if (
                there
                and not answered
                and counted_here == said_[:1]
                and _is_late(texts[one], pair.languages[one], said_[0])
            ):
                figures_ = (said_[0], there[0]) if one == 0 else (there[0], said_[0])
                places = [(figure.start, figure.end) for figure in figures_]
                yield from mismatch_findings(ID, pair, places[:1], places[1:], severity=Severity.WARNING)


def _is_late(text: str, language: str, figure: Figure) -> bool:
    """Whether the words right beside a figure put it after noon, not those of another hour further on."""
    near = text[: figure.end] + _DIGIT.split(text[figure.end : figure.end + _BESIDE])[0]
    return load(language).half_of_day(near, figure.start, figure.end) == "afternoon"


def _hour_values(figure: Figure) -> frozenset[Value]:
    """The values that a figure may have as an hour, its minutes apart."""
    return figure.parts[0] if figure.parts else figure.wholes


def _halves(figures_: Sequence[Figure]) -> dict[str, list[Figure]]:
    """The hours whose half of the day is said, each by its digits."""
    by_hour: dict[str, list[Figure]] = {}
    for figure in figures_:
        if figure.half:
            by_hour.setdefault(_HOUR.sub("", figure.text).lstrip("0"), []).append(figure)
    return by_hour


def _findings(
    pair: Pair,
    missing: list[Left],
    added: list[Left],
    values: tuple[set[Value], set[Value]],
    *,
    loose: bool,
) -> Iterator[Finding]:
    """Where both sides lack something it changed; a number that only stands less often is a warning.

    So is a missing one that the target may spell out, where its number words are unknown (``loose``).
    """
    in_source, in_target = values
    if not (any(left.figure.name for left in missing) and any(left.figure.name for left in added)):
        missing = [left for left in missing if not left.figure.name]
        added = [left for left in added if not left.figure.name]
    for index, left in enumerate(added):
        figure = left.figure
        span = pair.target_plain.span(figure.start, figure.end)
        if index < len(missing):
            before = missing[index].figure
            place = pair.source_plain.span(before.start, before.end)
            texts = (("source", before.text), ("target", figure.text))  # with the word that scales each
            yield Finding(ID, SEVERITY, CHANGED, *span, None, texts, *place)
        elif excused(left, in_source):
            yield Finding(ID, Severity.WARNING, _OFTENER, *span, values=(("number", figure.text),))
        else:
            yield Finding(ID, SEVERITY, _ADDED, *span, values=(("number", figure.text),))
    for left in missing[len(added) :]:
        place = pair.source_plain.span(left.figure.start, left.figure.end)
        severity, template = (Severity.WARNING, _FEWER) if excused(left, in_target) else (SEVERITY, _MISSING)
        if loose and may_be_spelled(left.figure):
            severity = Severity.WARNING
        yield Finding(ID, severity, template, 0, 0, None, (("number", left.figure.text),), *place)
