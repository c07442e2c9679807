"""What an engine may be asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What an engine may be asked; characters of sources, 0 for no limit.

    ``requests_per_minute`` holds for any sixty seconds, not only for those of the clock.
    """

    per_day: int = 0
    per_month: int = 0
    requests_per_minute: int = 0


@dataclass(frozen=True, slots=True)
class Spent:
    """The characters that were taken from an engine's budgets, of a day and of its month."""

    day: int = 0
    month: int = 0
