"""What came since the index file was made, held in this process and refreshed from the database."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from l10n.memory.database import Database, Row
from l10n.memory.reading import Reading, most_lost, tokens
from l10n.memory.window import window

_KINDS = 1 << 16  # tokens are told apart by their low bits: enough among a few thousand sources
_CANDIDATES = 50
_LOOSE = 256  # sources that are looked through before they are sorted by their tokens with the others
_NEW = """
    SELECT way.value, generation.value, posted.value, target, source, shape, tokens
    FROM about AS generation JOIN about AS posted ON posted.name = 'posted'
    LEFT JOIN about AS way ON way.name = 'way' LEFT JOIN tail ON target > ?
    WHERE generation.name = 'generation' ORDER BY target
"""


def packed(reading: Reading) -> bytes:
    """A source's tokens as they are kept in the database."""
    return _kinds(tokens(reading.shape, stored=True)).tobytes()


def _kinds(held: set[int]) -> NDArray[np.uint16]:
    return np.fromiter(held, "<u4", len(held)).astype("<u2")


class Tail:
    """The targets later than ``after`` with the tokens of their sources.

    Of the first ``_sorted`` of them ``_places`` gives the sources by their tokens, cut by ``_cuts``.
    """

    def __init__(self, after: int) -> None:
        self.after = after
        self.seen = after
        self._sources: list[int] = []
        self._shapes: list[str] = []
        self._lengths: NDArray[np.int64] = np.empty(0, np.int64)
        self._starts: NDArray[np.int64] = np.empty(0, np.int64)
        self._tokens: NDArray[np.uint16] = np.empty(0, np.uint16)
        self._counts: NDArray[np.int64] = np.zeros(_KINDS, np.int64)
        self._sorted = 0
        self._places: NDArray[np.intp] = np.empty(0, np.intp)
        self._cuts: NDArray[np.int64] = np.zeros(_KINDS + 1, np.int64)

    def __len__(self) -> int:
        return len(self._sources)

    def refresh(self, database: Database) -> tuple[str, str, int]:
        """Take in what came since; returns ``about.way``, ``generation`` and ``posted`` of that moment.

        All are one question: if the index has taken over more meanwhile, rows are gone from here that
        it has to be asked about.
        """
        new = database.all(_NEW, (self.seen,))
        way, generation, posted, *first = new[0]
        if first[0] is not None:
            self._take([row[3:] for row in new])
        return way or "", generation, int(posted)

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
        if len(self._sources) - self._sorted > _LOOSE:
            self._sort()

    def _sort(self) -> None:
        sizes = np.diff(self._starts, append=len(self._tokens))
        order = np.argsort(self._tokens, kind="stable")
        self._places = np.repeat(np.arange(len(sizes)), sizes)[order]
        self._cuts = np.concatenate(([0], np.cumsum(self._counts)))
        self._sorted = len(self._sources)

    def nearest(self, reading: Reading, threshold: float) -> dict[int, str]:
        """The shapes that share the most telling tokens with a source, by their rows.

        One that lacks no more tokens than it may weighs no less than the lightest of the others.
        """
        if not self._sources:
            return {}
        wanted = np.array(sorted({token & (_KINDS - 1) for token in tokens(reading.shape)}), np.uint16)
        weights = np.log2(2 * len(self._sources) / np.maximum(self._counts[wanted], 1))
        sums = self._sums(wanted, weights)
        least = np.sort(weights)[: max(1, len(weights) - most_lost(reading, threshold))].sum()
        shortest, longest = window(len(reading.shape), threshold)
        enough = (sums >= 0.99 * least) & (self._lengths >= shortest) & (self._lengths <= longest)
        best = np.flatnonzero(enough)
        if len(best) > _CANDIDATES:
            best = best[np.argpartition(sums[best], len(best) - _CANDIDATES)[-_CANDIDATES:]]
        return {self._sources[at]: self._shapes[at] for at in best.tolist()}

    def _sums(self, wanted: NDArray[np.uint16], weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """What the wanted tokens of each source weigh together."""
        held = [self._places[self._cuts[token] : self._cuts[token + 1]] for token in wanted.tolist()]
        sums: NDArray[np.float64] = np.bincount(
            np.concatenate((self._places[:0], *held)),
            np.repeat(weights, [len(one) for one in held]),
            len(self._sources),
        ).astype(np.float64, copy=False)
        if self._sorted < len(sums):
            first = self._starts[self._sorted]
            of_each = np.zeros(_KINDS)
            of_each[wanted] = weights
            sums[self._sorted :] = np.add.reduceat(
                of_each[self._tokens[first:]], self._starts[self._sorted :] - first
            )
        return sums
