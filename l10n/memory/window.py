"""How long a text may be to be near another."""

from __future__ import annotations

from math import ceil

LONGEST = 4_000  # characters beyond which only the same is found, as comparing takes their square


def window(length: int, threshold: float) -> tuple[int, int]:
    """The lengths, in characters, that a text may have to be as near as a threshold to one of a length."""
    longest = int(length / threshold + 1e-9) if threshold > 0 else LONGEST
    return min(ceil(length * threshold - 1e-9), LONGEST), min(longest, LONGEST)
