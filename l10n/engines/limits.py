"""Limits on the use of an engine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Budgets in characters of sources, and a rate limit; 0 for no limit.

    ``requests_per_minute`` holds for any sixty seconds, not only for those of the clock.
    """

    per_day: int = 0
    per_month: int = 0
    requests_per_minute: int = 0


@dataclass(frozen=True, slots=True)
class Usage:
    """The characters used of an engine's budgets, of a day and of its month."""

    day: int = 0
    month: int = 0
