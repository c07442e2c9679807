"""Checks look at a source and its target and say what seems wrong, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l10n.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from l10n.checks.pair import Between, Example, Pair
    from l10n.checks.running import between, check_entry, check_pair, look
    from l10n.checks.table import CHECKS, Check, explain, names
else:
    __getattr__ = lazy_exports(
        __name__,
        {
            "Between": "pair",
            "CHECKS": "table",
            "Check": "table",
            "Example": "pair",
            "Pair": "pair",
            "between": "running",
            "check_entry": "running",
            "check_pair": "running",
            "explain": "table",
            "look": "running",
            "names": "table",
        },
    )

__all__ = [
    "CHECKS",
    "Between",
    "Check",
    "Example",
    "Pair",
    "between",
    "check_entry",
    "check_pair",
    "explain",
    "look",
    "names",
]
