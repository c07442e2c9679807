"""Months, weekdays and dates of the source are those of the target."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from l10n.checks.mismatches import mismatch_findings
from l10n.checks.pair import Example, Pair
from l10n.checks.reading.remembered import per_text
from l10n.checks.times import calendar
from l10n.checks.times.calendar import Mention
from l10n.checks.times.nights import without_shared_nights
from l10n.model import Finding, Severity

ID = "dates"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "Months and days of the week are compared by what they mean: “Tuesday, 6 April”, « mardi 6 avril », "
    "2027年4月6日 and 06.04.2027 agree. One that has changed into another is reported, and so is a date in "
    "digits whose day and month readers of the target would swap; one that appears on one side only gets a "
    "warning. Words such as “yesterday” are ignored."
)
BAD = Example("en", "It opens on Tuesday, 6 April.", "fr", "Elle ouvre le mercredi 6 avril.")
GOOD = Example("en", "It opens on Tuesday, 6 April.", "fr", "Elle ouvre le mardi 6 avril.")

_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d|\s?[月월])")
_REACH = 8  # characters between a month and its day
_MISSING = "{date} is missing"
_ADDED = "{date} is not in the source"
_SWAPPED = "{date} reads as day {day} of month {month} here: day and month have changed places"


def run(pair: Pair) -> Iterator[Finding]:
    """A date that became another has its place in both texts, one that is missing in the source only."""
    source_language, target_language = pair.languages
    if source_language == target_language:
        return
    source, target = pair.source_plain.text, pair.target_plain.text
    if not (calendar.may_name(source, source_language) or calendar.may_name(target, target_language)):
        yield from _swapped(pair)
        return
    source_months = calendar.months(source, source_language)
    target_months = calendar.months(target, target_language)
    yield from _compared(
        pair,
        _without_digits(source_months, target, target_language, target_months),
        _without_digits(target_months, source, source_language, source_months),
    )
    yield from _other_days(pair, source_months, target_months)
    if _has_weekdays(source_language) and _has_weekdays(target_language):
        days = calendar.weekdays(source, source_language), calendar.weekdays(target, target_language)
        yield from _compared(pair, *without_shared_nights(pair, *days))
    yield from _swapped(pair)


def _other_days(
    pair: Pair, source_months: Sequence[Mention], target_months: Sequence[Mention]
) -> Iterator[Finding]:
    """Days beside a month that both name, each of which is nowhere among the numbers of the other text."""
    if (
        not source_months
        or not target_months
        or {month[::3] for month in source_months} == {month[::3] for month in target_months}
    ):
        return
    source_days, target_days = _days(pair.source_plain.text), _days(pair.target_plain.text)
    for month in source_months:
        beside = [other for other in target_months if other.value == month.value and other.day]
        if (
            month.day
            and month.day not in target_days
            and beside
            and all(other.day not in source_days for other in beside)
        ):
            places = [_with_day(pair.target_plain.text, beside[0])]
            yield from mismatch_findings(ID, pair, [_with_day(pair.source_plain.text, month)], places)


def _with_day(text: str, month: Mention) -> tuple[int, int]:
    """The place of a month with the number of its day, which stands right before or after it."""
    near = max(0, month.start - _REACH)
    for match in _DAY.finditer(text, near, min(len(text), month.end + _REACH)):
        if int(match.group()) == month.day:
            return min(month.start, match.start()), max(month.end, match.end())
    return month.start, month.end


def _days(text: str) -> set[int]:
    """The numbers of one or two digits in a text, without those that are a month."""
    return {int(number) for number in _DAY.findall(text)}


def _has_weekdays(language: str) -> bool:
    if language in {"zh", "ja", "yue"}:
        return True
    names = calendar.load(language)
    return names is not None and bool(names.weekdays)


def _without_digits(
    months: Sequence[Mention], other_text: str, other_language: str, other_months: Sequence[Mention]
) -> Sequence[Mention]:
    """Months that another text does not give by number; none where the names of its months are unknown.

    ``other_months`` are the months that it names.
    """
    if not months:
        return ()
    other_values = {mention.value for mention in other_months}
    if (
        not other_values
        and not calendar.has_chinese_dates(other_language)
        and calendar.load(other_language) is None
    ):
        return ()
    return [
        month for month in months if month.value in other_values or not _in_digits(month.value, other_text)
    ]


@per_text
def _in_digits(month: int, text: str) -> bool:
    """Whether a month may stand in a date of digits: 06/04, 2027-04-06, 6.4."""
    return re.search(rf"(?<!\d)0?{month}[./-]\d|\d[./-]0?{month}(?!\d)", text) is not None


def _compared(
    pair: Pair, source_mentions: Sequence[Mention], target_mentions: Sequence[Mention]
) -> Iterator[Finding]:
    if not source_mentions and not target_mentions:
        return
    source, target = pair.source_plain, pair.target_plain
    target_values = {mention.value for mention in target_mentions}
    source_values = {mention.value for mention in source_mentions}
    if source_values == target_values:
        return
    missing = [mention for mention in source_mentions if mention.sure and mention.value not in target_values]
    added = [mention for mention in target_mentions if mention.sure and mention.value not in source_values]
    yield from mismatch_findings(
        ID,
        pair,
        [(mention.start, mention.end) for mention in missing],
        [(mention.start, mention.end) for mention in added],
    )
    for lost in missing[len(added) :]:
        values = (("date", source.text[lost.start : lost.end]),)
        place = source.span(lost.start, lost.end)
        yield Finding(ID, Severity.WARNING, _MISSING, 0, 0, None, values, *place)
    for new in added[len(missing) :]:
        values = (("date", target.text[new.start : new.end]),)
        yield Finding(ID, Severity.WARNING, _ADDED, *target.span(new.start, new.end), None, values)


def _swapped(pair: Pair) -> Iterator[Finding]:
    """Dates of digits in the target that mean, there, what the source has the other way round."""
    target, language = pair.target_plain.text, pair.target_convention.language
    target_dates = list(calendar.numeric(target, pair.target_locale))
    if calendar.has_chinese_dates(language):  # a month is a number there
        days = (mention for mention in calendar.months(target, language) if mention.day)
        target_dates += [
            (frozenset({(mention.value, mention.day)}), *_with_day(target, mention)) for mention in days
        ]
    if not target_dates:
        return
    source = pair.source_plain.text
    source_months = calendar.months(source, pair.source_convention.language)
    source_dates = [frozenset({(month.value, month.day)}) for month in source_months if month.day]
    source_dates += [readings for readings, _, _ in calendar.numeric(source, pair.source_locale)]
    source_readings = frozenset().union(*source_dates)
    for readings, start, end in target_dates:
        swapped = {(day, month) for month, day in readings}
        if readings.isdisjoint(source_readings) and any(swapped >= date for date in source_dates):
            month, day = min(readings)
            values = (
                ("date", pair.target_plain.text[start:end]),
                ("day", str(day)),
                ("month", str(month)),
            )
            yield Finding(ID, SEVERITY, _SWAPPED, *pair.target_plain.span(start, end), None, values)
