"""What a text may not lack to be near another: lengths and tokens that rule it out."""

from __future__ import annotations

from functools import lru_cache
from math import ceil

LONGEST = 4_000  # characters beyond which only the same is found, as comparing takes their square


def length_bounds(length: int, threshold: float) -> tuple[int, int]:
    """The lengths, in characters, that a text may have to be as near as a threshold to one of a length."""
    longest = int(length / threshold + 1e-9) if threshold > 0 else LONGEST
    return min(ceil(length * threshold - 1e-9), LONGEST), min(longest, LONGEST)


@lru_cache(4096)
def max_lost_tokens(words: int, letters: int, threshold: float) -> int:
    """How many of its tokens a text of some words may lose and still be as near as a threshold.

    ``letters`` is 0 where it is not looked up by letters.  A word that differs takes itself and
    two pairs along, one put in a pair, a letter three groups of three.  A text that is longer by some words
    has them put in, and few are left that may differ.
    """
    if threshold <= 0:
        return 1 << 30
    longest = int(words / threshold + 1e-9)
    apart = 1 - threshold
    by_words = max(3 * int(apart * one + 1e-9) - 2 * (one - words) for one in range(words, longest + 1))
    return by_words + 3 * int(apart / threshold * letters + 1e-9)
