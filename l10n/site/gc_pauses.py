"""Python looks for unreachable cycles after every few hundred new objects; a build makes millions."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# New objects, youngest collections, middle collections: a tenth of a build's time lies between this and
# the usual 700, 10, 10, and what a build leaves in cycles meanwhile is a few megabytes.
_SELDOM = (50_000, 20, 100)


@contextmanager
def seldom() -> Iterator[None]:
    """Look for cycles seldom while this lasts; where nobody looks at all it stays so."""
    before = gc.get_threshold()
    if before[0]:
        gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
