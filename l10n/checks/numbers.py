"""Every number of the source stands in the target with the same value, however it is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from l10n.checks.amounts import (
    converted,
    decimal_marks,
    durations,
    figures,
    fractions,
    magnitudes,
    ordinals,
    ranges,
    spans,
)
from l10n.checks.amounts.accounted import excused, large, unexcused, values_of
from l10n.checks.amounts.figures import Figure
from l10n.checks.amounts.matching import Left, unmatched
from l10n.checks.mismatches import CHANGED, Place, mismatch_findings
from l10n.checks.pair import Example, Pair
from l10n.checks.reading.digits import ascii_digits
from l10n.checks.reading.numerals import Numerals, counted, load, spelled
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.roman import regnal
from l10n.checks.reading.values import Value
from l10n.checks.reading.words import word_set
from l10n.checks.times import clock, noon
from l10n.conventions import Convention
from l10n.model import Finding, Severity
from l10n.patterns import lazy_pattern

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
_HOUR = re.compile(r"\D.*")
# Days of the week that are counted: sexta-feira, 星期五.
_WEEKDAY_ENDS = frozenset({"-feira"})
_WEEKDAY_FRONTS = ("周", "週", "星期", "礼拜", "禮拜")
_WEEKDAY = lazy_pattern(f"(?:{'|'.join(_WEEKDAY_FRONTS)})[一二三四五六]")
# What stands after a number that is another word too: nine, and new, in French.
_PLURAL_AFTER = lazy_pattern(
    r"[ \u00a0](?!(?:dans|sous|sans|pas|plus|mais|vers|lors|après|depuis)\b)[^\W\d_]{2,}[sx]\b"
)
# What stands before the hundred of per cent.
_PER = (" per", " por", " pour", " في", " بال", " فى")

_READINGS = 2  # of 6,000: thousands, or a decimal

Spelled = tuple[Value, int, int]
"""A number in words, with its place."""


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
        in_words = _spelled_numbers(source, source_language, source_numerals)
    if in_words and _heard(in_words, target, target_numerals):
        in_words = ()
    if not in_words and figures.same(source, source_numerals, target, target_numerals):
        return
    source_figures = list(figures.read(source, source_numerals))
    target_figures = list(figures.read(target, target_numerals))
    source_figures, target_figures = _as_readers_take_them(pair, source_figures, target_figures)
    if source_figures or target_figures:
        yield from _in_digits(pair, source_figures, target_figures, (source_numerals, target_numerals))
    if in_words:
        yield from _in_words(
            pair, in_words, (source_figures, target_figures), (source_numerals, target_numerals)
        )


def _as_readers_take_them(
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


def _whole_decimals(
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


def _in_digits(
    pair: Pair,
    source_figures: list[Figure],
    target_figures: list[Figure],
    numerals: tuple[Numerals, Numerals],
) -> Iterator[Finding]:
    source_figures, target_figures = _whole_decimals(pair, source_figures, target_figures)
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
        yield from _findings(pair, missing, added, (values_of(source_figures), values_of(target_figures)))
    yield from decimal_marks.misread(ID, pair, source_figures, target_figures)
    yield from decimal_marks.other_marks(ID, pair, source_figures, target_figures)
    yield from _other_half(pair, source_figures, target_figures)


def _without_spans(lefts: list[Left], spans: tuple[Place, ...]) -> list[Left]:
    return [left for left in lefts if not any(start <= left.figure.start < end for start, end in spans)]


def _counting(text: str, language: str) -> str:
    """A text without what is no number of its own: fractions, and dozens or thousands of something."""
    return magnitudes.without(fractions.without(text, language), language)


@per_text
def _spelled_numbers(source: str, language: str, numerals: Numerals) -> tuple[Spelled, ...]:
    """The numbers that a source says in words, and those that count bearers of a name."""
    source = _counting(source, language)
    rows = [row for row in counted(source, numerals) if _telling(row, source, numerals)]
    return (*rows, *regnal(source))


def _heard(rows: Sequence[Spelled], target: str, numerals: Numerals) -> bool:
    """Whether a word of the target says each of the numbers by itself: a quick look."""
    words = word_set(target)
    if not words.isdisjoint(numerals.seconds):
        return False
    values = {value for word in numerals.words.keys() & words for value in numerals.words[word]}
    return all(value in values for value, _, _ in rows)


def _in_words(
    pair: Pair,
    source_rows: Sequence[Spelled],
    in_digits: tuple[list[Figure], list[Figure]],
    numerals: tuple[Numerals, Numerals],
) -> Iterator[Finding]:
    """A number in words on both sides that is another: one without any counterpart on each."""
    source, target = pair.source_plain.text, pair.target_plain.text
    source_figures, target_figures = in_digits
    bare_source, bare_target = _without_ordinals(pair)
    target_values = spelled(bare_target, numerals[1]) | values_of(target_figures)
    ordinal_places = ordinals.places(source, pair.source_convention.language, pair.target_convention.language)
    lost = [row for row in source_rows if row[0] not in target_values and not _overlaps(row, ordinal_places)]
    lost += _without_duals(source_rows, lost, bare_target, numerals[1], target_figures)
    lost = lost and [row for row in lost if not _overlaps(row, spans.of_pair(pair, of_target=False))]
    if not lost:
        return
    source_values = spelled(bare_source, numerals[0]) | values_of(source_figures)
    plain = _counting(target, pair.target_convention.language)
    ordinal_places = ordinals.places(plain, pair.target_convention.language, pair.source_convention.language)
    target_rows = [
        row for row in counted(plain, numerals[1], small=True) if _telling(row, target, numerals[1])
    ]
    surplus = Counter(row[0] for row in target_rows)
    surplus.subtract(row[0] for row in counted(source, numerals[0], small=True))
    new = [
        row
        for row in target_rows + regnal(target)
        if (row[0] not in source_values or surplus[row[0]] > 0) and not _overlaps(row, ordinal_places)
    ]
    new = new and [row for row in new if not _overlaps(row, spans.of_pair(pair, of_target=True))]
    yield from mismatch_findings(
        ID, pair, [(start, end) for _, start, end in lost], [(start, end) for _, start, end in new]
    )


def _without_ordinals(pair: Pair) -> tuple[str, str]:
    """Both texts without the ordinals that both have, and without Chinese days of the week.

    Neither accounts for a number: a sixteenth festival has no six of anything, nor has 星期六.
    """
    source_language, target_language = pair.languages
    source, target = pair.source_plain.text, pair.target_plain.text
    source_ordinals = ordinals.read(source, source_language)
    target_ordinals = ordinals.read(target, target_language)
    shared = source_ordinals.keys() & target_ordinals.keys()
    return (
        _blanked(source, [source_ordinals[value] for value in shared]),
        _blanked(target, [target_ordinals[value] for value in shared]),
    )


def _blanked(text: str, places: Sequence[tuple[int, int]]) -> str:
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return text if text.isascii() else _WEEKDAY().sub("  ", text)


def _without_duals(
    source_rows: Sequence[Spelled],
    lost: Sequence[Spelled],
    target: str,
    numerals: Numerals,
    target_figures: list[Figure],
) -> list[Spelled]:
    """What only the ending of some noun might say, which many a word has that says no number."""
    if not numerals.duals:
        return []
    target_values = spelled(target, replace(numerals, duals=())) | values_of(target_figures)
    return [row for row in source_rows if row[0] not in target_values and row not in lost]


def _overlaps(row: Spelled, places: Sequence[tuple[int, int]]) -> bool:
    return any(row[1] < end and start < row[2] for start, end in places)


def _telling(row: Spelled, text: str, numerals: Numerals) -> bool:
    """Whether words are a number by themselves: "one" is often none, nor is a "couple" or "3 million".

    Nor is the ten of "halb zehn", half past nine, nor the hundred of "per cento".
    """
    (digits, power), start, end = row
    word = text[start:end].lower()
    if word in numerals.doubtful and not (word in numerals.plural and _PLURAL_AFTER().match(text, end)):
        return False
    small = power <= 0 and len(digits) < 2 and digits < "2"
    if (digits, power) == ("1", 2) and text[:start].rstrip().lower().endswith(_PER):
        return False
    if numerals.is_half_to(text, start):
        return False
    if text[end : end + 6].lower() in _WEEKDAY_ENDS or text[:start].endswith(_WEEKDAY_FRONTS):
        return False
    before = text[max(0, start - 3) : start].rstrip(" \u00a0-–")[-1:]
    return not small and not any(map(str.isdigit, before + text[end : end + 2]))


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


def _halves(figures_: Sequence[Figure]) -> dict[str, list[Figure]]:
    """The hours whose half of the day is said, each by its digits."""
    by_hour: dict[str, list[Figure]] = {}
    for figure in figures_:
        if figure.half:
            by_hour.setdefault(_HOUR.sub("", figure.text).lstrip("0"), []).append(figure)
    return by_hour


def _findings(
    pair: Pair, missing: list[Left], added: list[Left], values: tuple[set[Value], set[Value]]
) -> Iterator[Finding]:
    """Where both sides lack something it changed; a number that only stands less often is a warning."""
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
        yield Finding(ID, severity, template, 0, 0, None, (("number", left.figure.text),), *place)
