"""Remember what was read in a text, since a source stands beside its targets in many catalogues."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from functools import _lru_cache_wrapper

Found = TypeVar("Found")
_TEXTS = 1 << 11


def per_text(read: Callable[..., Found]) -> _lru_cache_wrapper[Found]:
    """Remember what a function reads in each of the texts that were looked at last."""
    return lru_cache(maxsize=_TEXTS)(read)
