"""What came since the index file was made, held in this process and refreshed from the database."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from l10n.memory.database import Database, Row
from l10n.memory.reading import Reading, most_lost, tokens
from l10n.memory.window import window

_KINDS = 1 << 16  # tokens are told apart by their low bits: enough among a few thousand sources
_CANDIDATES = 50


def packed(reading: Reading) -> bytes:
    """A source's tokens as they are kept in the database."""
    return _kinds(tokens(reading.shape, reading.words, stored=True)).tobytes()


def _kinds(held: set[int]) -> NDArray[np.uint16]:
    return np.fromiter(held, "<u4", len(held)).astype("<u2")


class Tail:
    """The targets later than ``after`` with the tokens of their sources."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.seen = after
        self._sources: list[int] = []
        self._shapes: list[str] = []
        self._lengths: NDArray[np.int64] = np.empty(0, np.int64)
        self._starts: NDArray[np.int64] = np.empty(0, np.int64)
        self._tokens: NDArray[np.uint16] = np.empty(0, np.uint16)
        self._counts: NDArray[np.int64] = np.zeros(_KINDS, np.int64)

    def __len__(self) -> int:
        return len(self._sources)

    def refresh(self, database: Database) -> int:
        """Take in what came since; returns ``about.posted`` of that moment.

        Both are one question: if the index has taken over more meanwhile, rows are gone from here that
        it has to be asked about.
        """
        new = database.all(
            "SELECT about.value, target, source, shape, tokens FROM about LEFT JOIN tail ON target > ?"
            " WHERE about.name = 'posted' ORDER BY target",
            (self.seen,),
        )
        posted = int(new[0][0])
        if new[0][1] is not None:
            self._take([row[1:] for row in new])
        return posted

    def _take(self, new: list[Row]) -> None:
        self.seen = new[-1][0]
        sizes = [len(held) // 2 for *_, held in new]
        held = np.frombuffer(b"".join(bytes(held) for *_, held in new), "<u2")
        firsts = len(self._tokens) + np.concatenate(([0], np.cumsum(sizes[:-1]))).astype(np.int64)
        self._sources += [source for _, source, _, _ in new]
        self._shapes += [shape for _, _, shape, _ in new]
        lengths = np.fromiter((len(shape) for _, _, shape, _ in new), np.int64, len(new))
        self._lengths = np.concatenate((self._lengths, lengths))
        self._starts = np.concatenate((self._starts, firsts))
        self._tokens = np.concatenate((self._tokens, held))
        self._counts += np.bincount(held, minlength=_KINDS)

    def nearest(self, reading: Reading, threshold: float) -> dict[int, str]:
        """The shapes that share the most telling tokens with a source, by their rows.

        One that lacks no more tokens than it may weighs no less than the lightest of the others.
        """
        if not self._sources:
            return {}
        wanted = np.unique(_kinds(tokens(reading.shape, reading.words)))
        held = np.log2(2 * len(self._sources) / np.maximum(self._counts[wanted], 1)).astype(np.float32)
        weights = np.zeros(_KINDS, np.float32)
        weights[wanted] = held
        sums = np.add.reduceat(weights[self._tokens], self._starts)
        least = np.sort(held)[: max(1, len(held) - most_lost(reading, threshold))].sum()
        shortest, longest = window(len(reading.shape), threshold)
        enough = (sums >= 0.99 * least) & (self._lengths >= shortest) & (self._lengths <= longest)
        best = np.flatnonzero(enough)
        if len(best) > _CANDIDATES:
            best = best[np.argpartition(sums[best], len(best) - _CANDIDATES)[-_CANDIDATES:]]
        return {self._sources[at]: self._shapes[at] for at in best.tolist()}
