"""How a long piece of work says how far it is."""

from __future__ import annotations

from collections.abc import Callable

ProgressCallback = Callable[[int, int], None]
"""Called now and then with what is done and how much there is, in whatever units the work counts."""
