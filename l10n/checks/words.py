"""The words of a text, found once for all the checks that ask for them."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")

Spans = tuple[tuple[str, int, int], ...]


@lru_cache(maxsize=512)
def row(text: str) -> tuple[str, ...]:
    """Each run of letters in small letters, in order; a source is read once for all its languages."""
    return tuple(map(str.lower, _WORD.findall(text)))


@lru_cache(maxsize=512)
def among(text: str) -> frozenset[str]:
    """The different words of a text, in small letters."""
    return frozenset(row(text))


@lru_cache(maxsize=512)
def spans(text: str) -> Spans:
    """The words of a text, each with its place: dearer than ``row``."""
    return tuple((found.group().lower(), found.start(), found.end()) for found in _WORD.finditer(text))
