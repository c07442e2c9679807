"""Moments as people say them: a day and an hour by the clocks of a place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from l10n.errors import UsageError

_REGIONS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


@cache
def zones() -> Sequence[str]:
    """The places whose clocks are known here, by their names in the IANA database; UTC first."""
    return ("UTC", *sorted(name for name in available_timezones() if name.startswith(_REGIONS)))


def moment(text: str, zone: str) -> dt.datetime:
    """A day and an hour by the clocks of a place, with the distance to UTC that holds there then.

    Raises UsageError for what is no such moment, no known place, or an hour that clocks jump over there.
    """
    try:
        local_time = dt.datetime.fromisoformat(text)
    except ValueError:
        raise UsageError("this is no moment", remedy="Write it as 2026-12-31T09:00.") from None
    try:
        clocks = dt.UTC if zone.strip() in {"", "UTC"} else ZoneInfo(zone.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError("this time zone is not known", remedy="Write it as Europe/Paris.") from None
    at = local_time.replace(tzinfo=clocks)
    if at.astimezone(dt.UTC).astimezone(clocks).replace(tzinfo=None) != local_time.replace(tzinfo=None):
        raise UsageError("clocks jump over this hour on that day", remedy="Choose another hour.")
    return at.replace(tzinfo=dt.timezone(at.utcoffset() or dt.timedelta()))
