"""The gate: whether catalogues may go out, and why not; from a bare checkout, without a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l10n.exports import lazy_exports

if TYPE_CHECKING:
    from l10n.gate.cache import compared, looked, opened, save
    from l10n.gate.changes import unchanged
    from l10n.gate.consistency import inconsistent
    from l10n.gate.docs_page import page
    from l10n.gate.goals import Goals, absent
    from l10n.gate.inspection import Place, look
    from l10n.gate.language_guess import misplaced
    from l10n.gate.remarks import RULES, Remark, Sheet, fingerprints
    from l10n.gate.reports import REPORTS
    from l10n.gate.spelling import misspelled
    from l10n.gate.verdict import Verdict, can_fail, judge, known
else:
    __getattr__ = lazy_exports(
        __name__,
        {
            "Goals": "goals",
            "Place": "inspection",
            "REPORTS": "reports",
            "RULES": "remarks",
            "Remark": "remarks",
            "Sheet": "remarks",
            "Verdict": "verdict",
            "absent": "goals",
            "compared": "cache",
            "fingerprints": "remarks",
            "inconsistent": "consistency",
            "can_fail": "verdict",
            "judge": "verdict",
            "known": "verdict",
            "look": "inspection",
            "looked": "cache",
            "misplaced": "language_guess",
            "misspelled": "spelling",
            "opened": "cache",
            "page": "docs_page",
            "save": "cache",
            "unchanged": "changes",
        },
    )

__all__ = [
    "REPORTS",
    "RULES",
    "Goals",
    "Place",
    "Remark",
    "Sheet",
    "Verdict",
    "absent",
    "can_fail",
    "compared",
    "fingerprints",
    "inconsistent",
    "judge",
    "known",
    "look",
    "looked",
    "misplaced",
    "misspelled",
    "opened",
    "page",
    "save",
    "unchanged",
]
