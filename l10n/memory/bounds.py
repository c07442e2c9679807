"""Bounds on lengths and lost tokens, which rule candidates out before they are compared."""

from __future__ import annotations

from functools import lru_cache
from math import ceil

LONGEST = 4_000  # characters; longer texts match only exactly, since comparing takes quadratic time


def length_bounds(length: int, threshold: float) -> tuple[int, int]:
    """The least and greatest length of a text that can reach a threshold with one of a given length."""
    longest = int(length / threshold + 1e-9) if threshold > 0 else LONGEST
    return min(ceil(length * threshold - 1e-9), LONGEST), min(longest, LONGEST)


@lru_cache(4096)
def max_lost_tokens(words: int, letters: int, threshold: float) -> int:
    """How many of its tokens a text of ``words`` words may lack in another that reaches a threshold.

    ``letters`` is 0 where trigrams of letters are not looked up.  A changed word costs three tokens (itself
    and two pairs), an inserted word one pair, a changed letter three trigrams.  The words by which the
    other text is longer are insertions, which leave room for fewer changes.
    """
    if threshold <= 0:
        return 1 << 30
    longest = int(words / threshold + 1e-9)
    distance = 1 - threshold
    by_words = max(
        3 * int(distance * count + 1e-9) - 2 * (count - words) for count in range(words, longest + 1)
    )
    return by_words + 3 * int(distance / threshold * letters + 1e-9)
