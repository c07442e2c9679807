"""The Finder protocol: how similar sources are found, with an index file or without."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from l10n.memory.normalising import NormalisedSource

Findable = tuple[int, int, NormalisedSource]
"""The ids of a target and of its source, and the normalised source."""


class Finder(Protocol):
    """Finds candidates; what one process has added, every other finds at once."""

    def add(self, findable: Sequence[Findable]) -> None:
        """Add sources to the index, within a write transaction."""

    def settle(self) -> None:
        """Reorganise the index if needed, after the transactions."""

    def nearest(self, reading: NormalisedSource, *, threshold: float, language: str) -> dict[int, str]:
        """The shapes, by id, of about a hundred sources that may be similar.

        These are candidates: they need not reach ``threshold`` nor have a target in the language, but
        hardly any source that does is missing.
        """

    def close(self) -> None:
        """Close files and connections."""
