"""Pre-translation: empty entries filled from memory, glossary and engines, with their origins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l10n.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from l10n.pretranslate.drafting import Failure, name_in_project
    from l10n.pretranslate.explaining import Candidate, explain
    from l10n.pretranslate.filling import Report, candidates, pretranslate
    from l10n.pretranslate.judging import Correction, origin
    from l10n.pretranslate.suggesting import neighbours_of
else:
    __getattr__ = lazy_exports(
        __name__,
        {
            "Candidate": "explaining",
            "Correction": "judging",
            "Failure": "drafting",
            "Report": "filling",
            "candidates": "filling",
            "explain": "explaining",
            "name_in_project": "drafting",
            "neighbours_of": "suggesting",
            "origin": "judging",
            "pretranslate": "filling",
        },
    )

__all__ = [
    "Candidate",
    "Correction",
    "Failure",
    "Report",
    "candidates",
    "explain",
    "name_in_project",
    "neighbours_of",
    "origin",
    "pretranslate",
]
