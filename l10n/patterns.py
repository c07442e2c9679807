"""Expressions that are compiled when something first asks for them, since most runs ask for few."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache


def lazily(pattern: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """What gives an expression, and compiles it the first time."""
    return cache(lambda: re.compile(pattern, flags))
