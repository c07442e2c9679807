"""What a text may not lack to be near another: lengths and tokens that rule it out."""

from __future__ import annotations

from math import ceil

LONGEST = 4_000  # characters beyond which only the same is found, as comparing takes their square


def window(length: int, threshold: float) -> tuple[int, int]:
    """The lengths, in characters, that a text may have to be as near as a threshold to one of a length."""
    longest = int(length / threshold + 1e-9) if threshold > 0 else LONGEST
    return min(ceil(length * threshold - 1e-9), LONGEST), min(longest, LONGEST)


def lost(words: int, letters: int, threshold: float) -> int:
    """How many of its tokens a text of some words may lose and still be as near as a threshold.

    ``letters`` is 0 where it is not looked up by letters.  A word that differs takes itself and
    two pairs along, a letter three groups of three; the other text may be longer by the threshold.
    """
    if threshold <= 0:
        return 1 << 30
    changed = (1 - threshold) / threshold + 1e-9
    return 3 * int(changed * words) + 3 * int(changed * letters)
