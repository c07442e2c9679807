"""Whoever translates a batch of sentences: one Protocol, one table, one suite of tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l10n.exports import lazy_exports

if TYPE_CHECKING:
    from l10n.engines.seam import (
        NO_CONTEXTS,
        Capabilities,
        Context,
        Contexts,
        Draft,
        Engine,
        Outcome,
        Passage,
        Tags,
        Wanted,
    )
    from l10n.engines.table import ENGINES, Make, make
else:
    __getattr__ = lazy_exports(
        __name__,
        {
            "Capabilities": "seam",
            "Context": "seam",
            "Contexts": "seam",
            "Draft": "seam",
            "ENGINES": "table",
            "Engine": "seam",
            "Make": "table",
            "NO_CONTEXTS": "seam",
            "Outcome": "seam",
            "Passage": "seam",
            "Tags": "seam",
            "Wanted": "seam",
            "make": "table",
        },
    )

__all__ = [
    "ENGINES",
    "NO_CONTEXTS",
    "Capabilities",
    "Context",
    "Contexts",
    "Draft",
    "Engine",
    "Make",
    "Outcome",
    "Passage",
    "Tags",
    "Wanted",
    "make",
]
