"""The day on which a source says it was published: in its metadata, or in a line near its head.

A line counts when it is nothing but a date ("Monday, 14 September 2026"), a date behind a place
("Genève, le 14 septembre 2026") or a word that says it ("Publié le …"), and so does a dateline, which a dash
ends ("NAIROBI, 14 September 2026 – The fund …") or, behind a place, a full stop.
A date that the words around it are about is no such line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from l10n import formats, inline
from l10n.checks.times import calendar
from l10n.model import Document, Kind, Unit
from l10n.patterns import lazy_pattern

_LINES = 10  # blocks at the head that may be such a line
_NO_LINES = frozenset({Kind.ATTRIBUTE, Kind.METADATA, Kind.CONTACT, Kind.CUE})
_ISO = lazy_pattern(r"(?<![\d-])(\d{4})-(\d\d)-(\d\d)(?![\d-])")
_EAST_ASIAN = lazy_pattern(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日日號号일]")
_DAY_BEFORE = lazy_pattern(r"(?<!\d)\d{1,2}(?:er|st|nd|rd|th|º|ª|°|\.)?\s?(?:de\s|of\s)?\Z")
_YEAR_AFTER = lazy_pattern(r"\.?(?:\s\d{1,2}(?:st|nd|rd|th)?(?!\d))?,?\s(?:de\s|del\s)?(\d{4})(?!\d)")
# A place, then what leads to the day ("le", "den", "em"); or a word that says so, with or without a colon.
_PLACE = r"(?:[^\W\d_a-zà-öø-ÿа-яё][^\d,;:!?]{1,40}[,،，]\s*)?"
_LEAD = r"(?:[^\W\d_A-ZÀ-ÖØ-ÞА-ЯЁ]{1,3}\s+)?"
_SAYS_SO = (
    r"(?:(?i:published|posted|issued|released|publié|publiée|paru|mis en ligne|publicado|publicada"
    r"|veröffentlicht|erschienen|pubblicato|pubblicata|опубликовано|размещено|نُ?شر(?:ت)?|تاريخ النشر"
    r"|发布(?:时间|日期|于)?|公開日|掲載日)\s?[:：]?\s*)"
)
_BEFORE = lazy_pattern(rf"[\s(\[|·•–—-]*(?:{_SAYS_SO}|{_PLACE}){_LEAD}")
_AFTER = lazy_pattern(r"(?:\s?(?:г\.|г|م|года))?(?:\s?[(（][^()（）\d]{1,12}[)）])?[\s.)\]|·•]*")
_STOP = lazy_pattern(r"(?:\s?г)?\.\s+(?=[^\W\d_a-zà-öø-ÿа-яё])")
_DASH = lazy_pattern(r"(?:\s?г\.)?\s*[)\]]?\s*(?:\([^()]{1,30}\)\s*)?[–—-]")


class _Day(NamedTuple):
    """A whole date in a text, and where it stands."""

    day: dt.date
    start: int
    end: int


def stated_date(document: Document, *, latest: dt.date) -> dt.date | None:
    """The day on which a source says it was published; None where it does not say.

    What only its text tells counts up to ``latest``: a date to come is that of what is announced.
    """
    if stated := formats.stated_date(document):
        return stated
    lines = [unit for unit in document.units if unit.kind not in _NO_LINES][:_LINES]
    days = (day for unit in lines for day in _published(unit, document.locale))
    return next((day for day in days if day <= latest), None)


def _published(unit: Unit, locale: str) -> Iterator[dt.date]:
    text = " ".join(inline.plain(segment.source) for segment in unit.segments)
    for day, start, end in _days(text, locale):
        before = text[:start]
        for name in reversed(calendar.weekdays(before, locale.partition("-")[0].lower())):
            before = f"{before[: name.start]}{before[name.end :].lstrip(' ,.')}"
        if not _BEFORE().fullmatch(before.replace("\u00a0", " ")):
            continue
        placed = any(comma in before for comma in ",،，")
        if _AFTER().fullmatch(text, end) or _DASH().match(text, end) or (placed and _STOP().match(text, end)):
            yield day


def _days(text: str, locale: str) -> Iterator[_Day]:
    """The whole dates in a text: with a day, a month and a year."""
    language = locale.partition("-")[0].lower()
    for pattern in (_ISO(), _EAST_ASIAN()):
        for found in pattern.finditer(text):
            yield from _day(found[1], int(found[2]), int(found[3]), found.start(), found.end())
    for named in calendar.months(text, language):
        year = _YEAR_AFTER().match(text, named.end)
        if year and named.day:
            before = _DAY_BEFORE().search(text[: named.start])
            start = before.start() if before else named.start
            yield from _day(year[1], named.value, named.day, start, year.end())
    for meant, start, end in calendar.numeric(text, locale):
        if len(meant) == 1:
            month, day = next(iter(meant))
            yield from _day(text[end - 4 : end], month, day, start, end)


def _day(year: str, month: int, day: int, start: int, end: int) -> Iterator[_Day]:
    try:
        found = dt.date(int(year), month, day)
    except ValueError:
        return
    if found.year > 1900:
        yield _Day(found, start, end)
