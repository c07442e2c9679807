"""Regular expressions compiled on first use, since most runs need few of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache


def lazy_pattern(pattern: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """A function that returns the pattern and compiles it on the first call."""
    return cache(lambda: re.compile(pattern, flags))
