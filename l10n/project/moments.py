"""Moments as people say them: a day and an hour by the clocks of a place, or with the distance to UTC."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from l10n.errors import UsageError

EXAMPLE = "2026-09-14T09:00:00+02:00"
BY_CLOCKS = f"{EXAMPLE}, or 2026-09-14T09:00 Europe/Paris"
# The second form is that of RFC 9557.
_ZONED = re.compile(r"(?P<local>\S+(?: [\d:.]+)?)\s*(?: (?P<zone>[A-Za-z]\S*)|\[(?P<bracketed>[^\]\s]+)\])")


def parsed(text: str) -> dt.datetime:
    """A moment with its distance to UTC, or by the clocks of a place that is named behind it.

    Raises UsageError for what ``by_clocks`` refuses, and for a moment that says neither.
    """
    if found := _ZONED.fullmatch(text.strip()):
        return by_clocks(found["local"], found["zone"] or found["bracketed"])
    moment = _read(text.strip())
    if moment.tzinfo is None:
        raise UsageError("this is no moment with its offset or place", remedy=f"Write it as {BY_CLOCKS}.")
    return moment


def by_clocks(text: str, zone: str) -> dt.datetime:
    """A day and an hour by the clocks of a place (IANA), with the distance to UTC that holds there then.

    Raises UsageError for what is no moment, no known place, or an hour that clocks jump over or show twice.
    """
    local = _read(text)
    if local.tzinfo is not None:
        raise UsageError("this moment has an offset and a place", remedy="Write one of them.")
    try:
        clocks = dt.UTC if zone.strip() in {"", "UTC"} else ZoneInfo(zone.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError("this time zone is not known", remedy="Write it as Europe/Paris.") from None
    # https://peps.python.org/pep-0495/: in a gap the offset before it is the smaller one.
    first, second = (local.replace(tzinfo=clocks, fold=fold).utcoffset() or dt.timedelta() for fold in (0, 1))
    if first < second:
        raise UsageError("clocks jump over this hour on that day", remedy="Choose another hour.")
    if first > second:
        raise UsageError(
            "clocks show this hour twice on that day", remedy="Choose another hour, or write it in UTC."
        )
    return local.replace(tzinfo=dt.timezone(first))


def _read(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise UsageError("this is no moment", remedy="Write it as 2026-12-31T09:00.") from None
