"""The words an organisation has decided on: what they are called in each language, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l10n.exports import lazy_exports

if TYPE_CHECKING:
    from l10n.glossary.collection import Glossary, Inflection, TermHit
    from l10n.glossary.reading import read
    from l10n.glossary.term import Problem, Status, Term
else:
    __getattr__ = lazy_exports(
        __name__,
        {
            "Glossary": "collection",
            "Inflection": "collection",
            "Problem": "term",
            "Status": "term",
            "Term": "term",
            "TermHit": "collection",
            "read": "reading",
        },
    )

__all__ = ["Glossary", "Inflection", "Problem", "Status", "Term", "TermHit", "read"]
