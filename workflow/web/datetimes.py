"""The places whose clocks a moment may be told by."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from zoneinfo import available_timezones

_REGIONS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


@cache
def zones() -> Sequence[str]:
    """The places whose clocks are known here, by their names in the IANA database; UTC first."""
    return ("UTC", *sorted(name for name in available_timezones() if name.startswith(_REGIONS)))
