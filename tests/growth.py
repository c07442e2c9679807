"""How long something takes, told apart from what else the machine does."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

ROUNDS = 3


def seconds(work: Callable[[], object]) -> float:
    """The least CPU seconds of a few rounds; only ratios of two such figures mean anything."""
    return min(_once(work) for _ in range(ROUNDS))


def takes_less(work: Callable[[], object], bound: float) -> bool:
    """Whether `seconds` is below a bound; no round follows the first that is, since it decides."""
    return any(_once(work) < bound for _ in range(ROUNDS))


def _once(work: Callable[[], object]) -> float:
    """Without the collector, whose pauses grow with what the whole process holds."""
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        work()
        return time.process_time() - started
    finally:
        gc.enable()
