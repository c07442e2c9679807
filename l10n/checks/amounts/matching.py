"""Figures of two texts put together by value, each used once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from l10n.checks.amounts.figures import Figure, needs
from l10n.checks.reading.values import Value

T = TypeVar("T")


class Left(NamedTuple):
    """A figure without a counterpart; ``pieces`` are the values of each part that has none."""

    figure: Figure
    pieces: tuple[frozenset[Value], ...]


@dataclass(slots=True)
class _Pool:
    """Things that have a value, each given out once."""

    holders: dict[Value, list[int]]
    taken: set[int]

    def take(self, values: frozenset[Value]) -> int | None:
        """A thing with one of the values that nobody has yet."""
        for value in sorted(values) if len(values) > 1 else values:
            indexes = self.holders.get(value, [])
            while indexes and indexes[-1] in self.taken:
                indexes.pop()
            if indexes:
                self.taken.add(indexes[-1])
                return indexes[-1]
        return None


def unmatched(wanted: Sequence[Figure], offered: Sequence[Figure]) -> tuple[list[Left], list[Left]]:
    """The figures of either side that the other has no counterpart for, as often as they stand.

    Whole numbers find each other first; then what is left, part by part, so that a date may
    stand in one text and its day and year in the other.
    """
    if len(wanted) == len(offered) and all(map(_share_value, wanted, offered)):
        return [], []
    pool = _pool(figure.wholes for figure in offered)
    unserved = _untaken(wanted, [figure.wholes for figure in wanted], pool)
    unused = [figure for index, figure in enumerate(offered) if index not in pool.taken]
    wanted_pieces, offered_pieces = list(_pieces(unserved)), list(_pieces(unused))
    pool = _pool(piece for _, piece in offered_pieces)
    missing_pieces = _untaken(wanted_pieces, [piece for _, piece in wanted_pieces], pool)
    extra_pieces = [piece for index, piece in enumerate(offered_pieces) if index not in pool.taken]
    return _left(unserved, missing_pieces), _left(unused, extra_pieces)


def _untaken(items: Sequence[T], values: Sequence[frozenset[Value]], pool: _Pool) -> list[T]:
    """Things that find nothing in a pool; those with one value choose before those that may have several."""
    order = sorted(range(len(items)), key=lambda index: len(values[index]))
    without = {index for index in order if pool.take(values[index]) is None}
    return [item for index, item in enumerate(items) if index in without]


def _share_value(first: Figure, second: Figure) -> bool:
    return not first.wholes.isdisjoint(second.wholes)


def _pool(values_of_each: Iterator[frozenset[Value]] | Sequence[frozenset[Value]]) -> _Pool:
    holders: dict[Value, list[int]] = {}
    for index, values in enumerate(values_of_each):
        for value in values:
            holders.setdefault(value, []).append(index)
    for indexes in holders.values():
        indexes.reverse()
    return _Pool(holders, set())


def _pieces(figures: Sequence[Figure]) -> Iterator[tuple[Figure, frozenset[Value]]]:
    for figure in figures:
        for piece in figure.parts or (figure.wholes,):
            yield figure, piece


def _left(figures: Sequence[Figure], pieces: Sequence[tuple[Figure, frozenset[Value]]]) -> list[Left]:
    by_start: dict[int, list[frozenset[Value]]] = {}
    for figure, piece in pieces:
        if needs(figure, piece):
            by_start.setdefault(figure.start, []).append(piece)
    return [Left(figure, tuple(by_start[figure.start])) for figure in figures if figure.start in by_start]
