"""Targets added since the index file was written, held in this process and refreshed from the database."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from l10n.memory.bounds import length_bounds
from l10n.memory.database import Database, Row
from l10n.memory.normalising import Traits
from l10n.memory.prefilter import TraitFilter

_CANDIDATES = 50
_NEW = """
    SELECT way.value, generation.value, posted.value, target, source, shape, traits
    FROM about AS generation JOIN about AS posted ON posted.name = 'posted'
    LEFT JOIN about AS way ON way.name = 'way' LEFT JOIN tail ON target > ?
    WHERE generation.name = 'generation' ORDER BY target
"""


class Tail:
    """The targets later than ``after``."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.seen = after
        self._sources: list[int] = []
        self._shapes: list[str] = []
        self._lengths: NDArray[np.int64] = np.empty(0, np.int64)
        self._sieve = TraitFilter.of(b"")

    def __len__(self) -> int:
        return len(self._sources)

    def refresh(self, database: Database) -> tuple[str, str, int]:
        """Take in what came since; returns ``about.way``, ``generation`` and ``posted`` of that moment.

        All are one question: if the index has taken over more meanwhile, rows are gone from here that
        it has to be asked about.
        """
        new = database.fetch_all(_NEW, (self.seen,))
        way, generation, posted, *first = new[0]
        if first[0] is not None:
            self._take([row[3:] for row in new])
        return way or "", generation, int(posted)

    def _take(self, new: list[Row]) -> None:
        self.seen = new[-1][0]
        self._sources += [source for _, source, _, _ in new]
        self._shapes += [shape for _, _, shape, _ in new]
        lengths = np.fromiter((len(shape) for _, _, shape, _ in new), np.int64, len(new))
        self._lengths = np.concatenate((self._lengths, lengths))
        self._sieve += TraitFilter.of(b"".join(bytes(traits) for *_, traits in new))

    def nearest(self, traits: Traits, length: int, *, threshold: float) -> dict[int, str]:
        """The shapes that may be near one of a length, by their rows."""
        shortest, longest = length_bounds(length, threshold)
        in_range = np.flatnonzero((self._lengths >= shortest) & (self._lengths <= longest))
        near = self._sieve.near(traits, in_range, threshold=threshold, most=_CANDIDATES)
        return {self._sources[at]: self._shapes[at] for at in near.tolist()}
