"""What is a date, and of which day: one answer for pages, networks, feeds, sitemaps and structured data."""

from __future__ import annotations

import datetime as dt
import re

A_DAY = dt.timedelta(days=1)
"""How far moments of two time zones may be apart, a day being the same."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = r"\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?"
_ZONE = r"(?:Z|[+-]\d\d:?\d\d)"
_HTML = re.compile(
    "|".join(
        (
            r"\d{4}",
            r"(?:\d{4}-)?\d\d-\d\d",
            r"\d{4}-\d\d",
            r"\d{4}-W\d\d",
            rf"{_TIME}{_ZONE}?|{_ZONE}",
            rf"\d{{4}}-\d\d-\d\d[T ]{_TIME}{_ZONE}?",
            r"P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d{1,3})?S)?)?",
            r"(?:\s*\d+(?:\.\d{1,3})?\s*[WDHMSwdhms]\s*)+",
        )
    ),
    re.ASCII,
)
_MONTH = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?", re.ASCII)
_RFC_3339 = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?"
    r"(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
)


def moment(text: object) -> dt.datetime | None:
    """The moment that a date or a time of a date says (ISO 8601), None where it is none.

    One without a time zone is taken for one of UTC.
    """
    try:
        told = dt.datetime.fromisoformat(text.strip()) if isinstance(text, str) else None
    except ValueError:
        return None
    return told.replace(tzinfo=dt.UTC) if told is not None and told.tzinfo is None else told


def day(text: object) -> dt.date | None:
    """The day that a date or a moment says, where it says it; None where it is none."""
    told = moment(text)
    return told.date() if told is not None else None


def is_of(shown: dt.date, told: object) -> bool:
    """Whether a day may be that of a moment, which in another time zone may be of the day before or after."""
    of = day(told)
    return of is None or abs((of - shown).days) <= ("T" in str(told))


def is_for_crawlers(text: str) -> bool:
    """Whether it is a date as sitemaps take it: the W3C's note on them, which has years and months, too."""
    return moment(text) is not None or _MONTH.fullmatch(text) is not None


def is_for_feeds(text: str) -> bool:
    """Whether it is a moment as feeds take it (RFC 3339)."""
    return _RFC_3339.fullmatch(text) is not None


def is_for_pages(text: str) -> bool:
    """Whether it is one of the datetimes that HTML knows (standard, 4.5.14)."""
    found = _DAY.match(text)
    return _HTML.fullmatch(text) is not None and (found is None or day(found[0]) is not None)
