"""Quick tests first for a person; slow ones first where several workers share them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def ordered(tests: Sequence[T], is_slow: Callable[[T], bool], workers: int) -> list[T]:
    """The tests in the order of a run of so many workers, 0 when there is but the process itself.

    Of several workers each is given an equal part of what stands in a row, and who is done takes
    from the end of another's (xdist's `worksteal`).  So each part begins with its share of the slow
    ones: one that is begun last would keep everybody waiting.
    """
    slow = [one for one in tests if is_slow(one)]
    quick = [one for one in tests if not is_slow(one)]
    if workers == 0:
        return quick + slow
    made: list[T] = []
    for number in range(workers):
        first = slow[number::workers]
        part = (len(tests) * (number + 1)) // workers - len(made)
        more = max(part - len(first), 0)
        made += first + quick[:more]
        del quick[:more]
    return made + quick
