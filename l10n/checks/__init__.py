"""Checks: rules that compare a source with its target and report findings.

The modules with an `ID` are checks and stand in the table in `builtin`; the others are what they share:
`pair` (their input), `words`, `figures`, `numerals`, `calendar`, `gazetteer`, `persons` (reading a text),
`matching`, `mismatches`, `transliteration` (comparing), and parts of larger checks that have a `run` too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from l10n.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from l10n.checks.builtin import CHECKS, Check, explain, names
    from l10n.checks.pair import CheckContext, Example, Pair
    from l10n.checks.runner import check_context, check_entry, check_pair, run_checks
else:
    __getattr__ = lazy_exports(
        __name__,
        {
            "CheckContext": "pair",
            "CHECKS": "builtin",
            "Check": "builtin",
            "Example": "pair",
            "Pair": "pair",
            "check_context": "runner",
            "check_entry": "runner",
            "check_pair": "runner",
            "explain": "builtin",
            "run_checks": "runner",
            "names": "builtin",
        },
    )

__all__ = [
    "CHECKS",
    "Check",
    "CheckContext",
    "Example",
    "Pair",
    "check_context",
    "check_entry",
    "check_pair",
    "explain",
    "names",
    "run_checks",
]
