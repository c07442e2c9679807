"""Checks: rules that compare a source with its target and report findings.

The modules here with an `ID` are checks, listed in `builtin`; `pair` is what they are given, `mismatches`
writes most of their findings.  The packages hold the parts of the larger checks, many with a `run` of their
own: `amounts`, `times`, `naming` and `sense` compare two texts, `reading` is what all read them with, and
`data` has what is known of languages, in TOML and TSV.
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
