"""Points that a match loses for its differences from the source."""

from __future__ import annotations

from dataclasses import dataclass

_YEARS = 10  # years after which a pair does not get older


@dataclass(frozen=True, slots=True)
class Penalties:
    """Points of a score; a project may set each.

    Of the two sources: other ``codes``, other ``numbers`` that could not be replaced, another count of
    negations.  Of the pair: in a ``variant`` of the locale, ``unreviewed``, from ``elsewhere`` (a memory
    of another tool), and for each whole ``year`` of its age, ten at most.
    """

    codes: int = 2
    numbers: int = 3
    negation: int = 10
    variant: int = 1
    unreviewed: int = 1
    elsewhere: int = 0
    year: int = 0

    @property
    def of_sources(self) -> int:
        """The most that two sources may lose."""
        return self.codes + self.numbers + self.negation

    def of_age(self, day: int, today: int) -> int:
        """What a pair of one day loses on another, nothing where one of the days is not known."""
        return self.year * min(_YEARS, max(0, today - day) // 365) if day and today else 0
