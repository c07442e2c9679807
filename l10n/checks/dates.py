"""Months, weekdays and dates of the source are those of the target."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from l10n.checks import calendar
from l10n.checks.calendar import Mention
from l10n.checks.mismatches import mismatch_findings
from l10n.checks.pair import Example, Pair
from l10n.model import Finding, Severity

ID = "dates"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "Months and days of the week are compared by what they mean: “Tuesday, 6 April”, « mardi 6 avril », "
    "2027年4月6日 and 06.04.2027 agree. One that became another is reported, and so is a date in digits "
    "whose day and month a reader of the target would take for each other; one that stands on one side "
    "only gets a warning. Words such as “yesterday” are left alone."
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
    ours, theirs = pair.source_convention.language, pair.target_convention.language
    if ours == theirs:
        return
    source, target = pair.source_plain.text, pair.target_plain.text
    if not (calendar.may_name(source, ours) or calendar.may_name(target, theirs)):
        yield from _swapped(pair)
        return
    wanted, given = calendar.months(source, ours), calendar.months(target, theirs)
    yield from _compared(
        pair, _without_digits(wanted, target, theirs, given), _without_digits(given, source, ours, wanted)
    )
    yield from _other_days(pair, wanted, given)
    if _has_weekdays(ours) and _has_weekdays(theirs):
        yield from _compared(pair, calendar.weekdays(source, ours), calendar.weekdays(target, theirs))
    yield from _swapped(pair)


def _other_days(pair: Pair, wanted: Sequence[Mention], given: Sequence[Mention]) -> Iterator[Finding]:
    """Days beside a month that both name, each of which is nowhere among the numbers of the other text."""
    if not wanted or not given or {one[::3] for one in wanted} == {one[::3] for one in given}:
        return
    ours, theirs = _days(pair.source_plain.text), _days(pair.target_plain.text)
    for one in wanted:
        beside = [other for other in given if other.value == one.value and other.day]
        if one.day and one.day not in theirs and beside and all(other.day not in ours for other in beside):
            places = [_with_day(pair.target_plain.text, beside[0])]
            yield from mismatch_findings(ID, pair, [_with_day(pair.source_plain.text, one)], places)


def _with_day(text: str, one: Mention) -> tuple[int, int]:
    """The place of a month with the number of its day, which stands right before or after it."""
    near = max(0, one.start - _REACH)
    for found in _DAY.finditer(text, near, min(len(text), one.end + _REACH)):
        if int(found.group()) == one.day:
            return min(one.start, found.start()), max(one.end, found.end())
    return one.start, one.end


def _days(text: str) -> set[int]:
    """The numbers of one or two digits in a text, without those that are a month."""
    return {int(found) for found in _DAY.findall(text)}


def _has_weekdays(language: str) -> bool:
    if language in {"zh", "ja", "yue"}:
        return True
    known = calendar.load(language)
    return known is not None and bool(known.weekdays)


def _without_digits(
    found: Sequence[Mention], other: str, other_language: str, others: Sequence[Mention]
) -> Sequence[Mention]:
    """Months that another text does not give by number; none where the names of its months are unknown.

    ``others`` are the months that it names.
    """
    if not found:
        return ()
    named = {mention.value for mention in others}
    if not named and not calendar.has_chinese_dates(other_language) and calendar.load(other_language) is None:
        return ()
    return [one for one in found if one.value in named or not _in_digits(one.value, other)]


def _in_digits(month: int, text: str) -> bool:
    """Whether a month may stand in a date of digits: 06/04, 2027-04-06, 6.4."""
    return re.search(rf"(?<!\d)0?{month}[./-]\d|\d[./-]0?{month}(?!\d)", text) is not None


def _compared(pair: Pair, wanted: Sequence[Mention], given: Sequence[Mention]) -> Iterator[Finding]:
    if not wanted and not given:
        return
    source, target = pair.source_plain, pair.target_plain
    there, asked = {one.value for one in given}, {one.value for one in wanted}
    missing = [one for one in wanted if one.value not in there]
    added = [one for one in given if one.value not in asked]
    yield from mismatch_findings(
        ID, pair, [(one.start, one.end) for one in missing], [(one.start, one.end) for one in added]
    )
    for lost in missing[len(added) :]:
        values_ = (("date", source.text[lost.start : lost.end]),)
        place = source.span(lost.start, lost.end)
        yield Finding(ID, Severity.WARNING, _MISSING, 0, 0, None, values_, *place)
    for new in added[len(missing) :]:
        values_ = (("date", target.text[new.start : new.end]),)
        yield Finding(ID, Severity.WARNING, _ADDED, *target.span(new.start, new.end), None, values_)


def _swapped(pair: Pair) -> Iterator[Finding]:
    """Dates of digits in the target that mean, there, what the source has the other way round."""
    target, language = pair.target_plain.text, pair.target_convention.language
    given = list(calendar.numeric(target, pair.target_locale))
    if calendar.has_chinese_dates(language):  # a month is a number there
        days = (one for one in calendar.months(target, language) if one.day)
        given += [(frozenset({(one.value, one.day)}), *_with_day(target, one)) for one in days]
    if not given:
        return
    source = pair.source_plain.text
    named = calendar.months(source, pair.source_convention.language)
    wanted = [frozenset({(one.value, one.day)}) for one in named if one.day]
    wanted += [meant for meant, _, _ in calendar.numeric(source, pair.source_locale)]
    asked = frozenset().union(*wanted)
    for meant, start, end in given:
        turned = {(day, month) for month, day in meant}
        if meant.isdisjoint(asked) and any(turned >= one for one in wanted):
            month, day = min(meant)
            values = (
                ("date", pair.target_plain.text[start:end]),
                ("day", str(day)),
                ("month", str(month)),
            )
            yield Finding(ID, SEVERITY, _SWAPPED, *pair.target_plain.span(start, end), None, values)
