"""The words of a text, found once for all the checks that ask for them."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")

Spans = tuple[tuple[str, int, int], ...]


@lru_cache(maxsize=8)
def spans(text: str) -> Spans:
    """Each run of letters in small letters, with its place; the checks of one pair share them."""
    return tuple((found.group().lower(), found.start(), found.end()) for found in _WORD.finditer(text))


@lru_cache(maxsize=8)
def among(text: str) -> frozenset[str]:
    """The different words of a text, in small letters."""
    return frozenset(word for word, _, _ in spans(text))
