"""The two ends of a range stand in the same order: from 12 to 35, from Friday to Sunday."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from l10n.checks import calendar
from l10n.checks.data_files import table
from l10n.checks.mismatches import mismatch_findings
from l10n.checks.pair import Pair
from l10n.checks.remembered import per_text
from l10n.model import Finding

# A number or an hour with what is written on to it: €12, 8:15 a.m., 16 h 30, 7点30分, 4 %.
_END = re.compile(
    r"[€$£¥]?(?<![\d.,:/-])(\d{1,9})(?:[.,:٫٬\u00a0\u202f ]\d{1,3}(?!\d))*"
    r"(?:\s?h(?:\s?\d\d)?\b|[点點时時](?:\d\d分)?)?"
    r"(?:\s?(a\.m\.|p\.m\.|صباحا|مساء|%|٪|€|°C))?"
)
_AFTERNOON = frozenset({"p.m.", "مساء"})
_LATE = ("下午", "晚上", "傍晚")  # what says so before the hour
_LONGEST_GAP = 24
_DASHES = "–—~～- \u00a0"
_LONGEST_FRONT = 24
_UNSPACED = frozenset({"zh"})


class End(NamedTuple):
    """One end of a range: what it may mean, whether it is counted, and its place."""

    meant: frozenset[tuple[str, int]]
    start: int
    end: int


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """An error for a range of the target that begins where that of the source ends, and ends where it begins.

    What falls from 12 to 9 may be told from its end, unless both say "to".
    """
    ours, theirs = pair.source_convention.language, pair.target_convention.language
    if ours == theirs or ours not in _table() or theirs not in _table():
        return
    wanted = said(pair.source_plain.text, ours)
    given = said(pair.target_plain.text, theirs) if wanted else ()
    for first, last, sure in wanted:
        if any(_same(one, first) and _same(other, last) for one, other, _ in given):
            continue
        for one, other, as_sure in given:
            turned = _same(one, last) and _same(other, first)
            if turned and (_rises(first, last) or (sure and as_sure)):
                place = (first.start, last.end)
                yield from mismatch_findings(check, pair, [place], [(one.start, other.end)])
                break


def last_of(text: str, language: str, first: int) -> int:
    """Where the last end of the range stands that begins at a place; that place where none does."""
    if language not in _table():
        return first
    for one, other, _ in said(text, language):
        if one.start == first:
            return other.start
    return first


def _same(one: End, other: End) -> bool:
    return not one.meant.isdisjoint(other.meant)


def _rises(first: End, last: End) -> bool:
    """Whether numbers rise; days of the week and months go round."""
    one, other = min(first.meant), max(last.meant)
    return one[0] != "number" or one[1] < other[1]


def number(one: End) -> int | None:
    """The whole number that an end says; None for a day or a month."""
    kind, value = min(one.meant)
    return value if kind == "number" else None


@per_text
def said(text: str, language: str) -> tuple[tuple[End, End, bool], ...]:
    """The ranges of a text: two ends with a word or a dash for "to" between them, or "between" and "and".

    Each with whether it has a word for "to".
    """
    if not (calendar.may_name(text, language) or sum(map(str.isdigit, text)) > 1):
        return ()
    ends = sorted(_ends(text, language), key=lambda one: one.start)
    to, both, front = _words(language)
    found = []
    for one, other in pairwise(ends):
        gap = text[one.end : other.start]
        if len(gap) > _LONGEST_GAP:
            continue
        if to.fullmatch(gap) or (
            both.fullmatch(gap) and front.search(text[max(0, one.start - _LONGEST_FRONT) : one.start])
        ):
            found.append((one, other, gap.strip(_DASHES).strip() != "" and to.fullmatch(gap) is not None))
    return tuple(found)


def _ends(text: str, language: str) -> Iterator[End]:
    taken: set[int] = set()
    for kind, mentions in (
        ("weekday", calendar.weekdays(text, language)),
        ("month", [] if language in _UNSPACED else calendar.months(text, language)),
    ):
        for one in mentions:
            taken.update(range(one.start, one.end))
            leaning = language == "ar" and text[one.start] == "و"  # "and" is written on to the front
            yield End(frozenset({(kind, one.value)}), one.start + leaning, one.end)
    for found in _END.finditer(text):
        if not taken.intersection(range(*found.span())):
            number = int(re.sub(r"\D", "", found.group(0)) if _grouped(found.group(0)) else found[1])
            meant = {("number", number)}
            late = found[2] in _AFTERNOON or text[: found.start()].endswith(_LATE)
            if late and number < 12:
                meant = {("number", number + 12)}
            yield End(frozenset(meant), found.start(), found.end())


def _grouped(said_: str) -> bool:
    return re.fullmatch(r"[€$£¥]?\d{1,3}(?:[.,٬\u00a0\u202f ]\d{3})+[^\d]*", said_) is not None


@cache
def _words(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands between two ends by itself, what does after "between", and that word."""
    row = _table()[language]
    to, both, front = ("|".join(row[name].split()).replace("_", " ") for name in ("to", "both", "front"))
    space = r"[\s\u00a0]*"
    front = front if language in _UNSPACED else rf"(?<!\w)(?:{front})(?!\w)"
    return (
        re.compile(rf"{space}(?:[–—~～-]|{to}){space}", re.IGNORECASE),
        re.compile(rf"{space}(?:{both}){space}", re.IGNORECASE),
        re.compile(rf"(?:{front})[^.;!?]*\Z", re.IGNORECASE),
    )


@cache
def _table() -> dict[str, dict[str, str]]:
    return table("ranges")
