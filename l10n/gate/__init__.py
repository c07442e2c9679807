"""The gate: whether catalogues may go out, and why not; from a bare checkout, without a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l10n.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from l10n.gate.cache import compare_all, inspect_all, open_cache, save
    from l10n.gate.catalogue_file import CatalogueFile
    from l10n.gate.changes import unchanged
    from l10n.gate.consistency import inconsistent
    from l10n.gate.docs_page import page
    from l10n.gate.explanations import explain
    from l10n.gate.findings import RULES, CatalogueReport, LocatedFinding, fingerprints
    from l10n.gate.goals import Goals, missing_catalogues
    from l10n.gate.inspection import inspect_catalogue
    from l10n.gate.language_guess import wrong_language
    from l10n.gate.reports import REPORTS
    from l10n.gate.spelling import misspelled
    from l10n.gate.spreading import inspect_catalogues
    from l10n.gate.verdict import Verdict, can_fail, in_baseline, judge
else:
    __getattr__ = lazy_exports(
        __name__,
        {
            "Goals": "goals",
            "CatalogueFile": "catalogue_file",
            "REPORTS": "reports",
            "RULES": "findings",
            "LocatedFinding": "findings",
            "CatalogueReport": "findings",
            "Verdict": "verdict",
            "missing_catalogues": "goals",
            "compare_all": "cache",
            "explain": "explanations",
            "fingerprints": "findings",
            "inconsistent": "consistency",
            "can_fail": "verdict",
            "judge": "verdict",
            "in_baseline": "verdict",
            "inspect_catalogue": "inspection",
            "inspect_catalogues": "spreading",
            "inspect_all": "cache",
            "wrong_language": "language_guess",
            "misspelled": "spelling",
            "open_cache": "cache",
            "page": "docs_page",
            "save": "cache",
            "unchanged": "changes",
        },
    )

__all__ = [
    "REPORTS",
    "RULES",
    "CatalogueFile",
    "CatalogueReport",
    "Goals",
    "LocatedFinding",
    "Verdict",
    "can_fail",
    "compare_all",
    "explain",
    "fingerprints",
    "in_baseline",
    "inconsistent",
    "inspect_all",
    "inspect_catalogue",
    "inspect_catalogues",
    "judge",
    "missing_catalogues",
    "misspelled",
    "open_cache",
    "page",
    "save",
    "unchanged",
    "wrong_language",
]
