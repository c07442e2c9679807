"""Glossaries: the terms an organisation has decided on in each language, and finding them in texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l10n.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from l10n.glossary.collection import Glossary, Inflection, TermHit
    from l10n.glossary.reading import read
    from l10n.glossary.term import Status, Term, TermProblem
else:
    __getattr__ = lazy_exports(
        __name__,
        {
            "Glossary": "collection",
            "Inflection": "collection",
            "TermProblem": "term",
            "Status": "term",
            "Term": "term",
            "TermHit": "collection",
            "read": "reading",
        },
    )

__all__ = ["Glossary", "Inflection", "Status", "Term", "TermHit", "TermProblem", "read"]
