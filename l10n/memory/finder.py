"""How sources that are similar are found: one Protocol, with an index file or without."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from l10n.memory.normalising import NormalisedSource

Findable = tuple[
    int, int, NormalisedSource
]  # the rows of a target and of its source, and how the source is read


class Finder(Protocol):
    """Finds candidates.  What one process has added every other finds at once."""

    def add(self, findable: Sequence[Findable]) -> None:
        """Make sources findable, within a transaction that writes."""

    def settle(self) -> None:
        """Put in order what was added, once the transactions are over."""

    def nearest(self, reading: NormalisedSource, *, threshold: float, language: str) -> dict[int, str]:
        """The shapes of a hundred sources or so that may be near one, by their rows.

        Not one of them need be as near as ``threshold`` nor have a target in the language, but hardly
        one that is so and has one is missing.
        """

    def close(self) -> None:
        """Let go of what is held open."""
