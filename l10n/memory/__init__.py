"""The translation memory: approved translations, found again for identical and similar sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l10n.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from l10n.memory.penalties import Penalties
    from l10n.memory.store import Counts, Memory
    from l10n.memory.unit import TranslationUnit
else:
    __getattr__ = lazy_exports(
        __name__,
        {
            "Counts": "store",
            "Memory": "store",
            "Penalties": "penalties",
            "TranslationUnit": "unit",
        },
    )

__all__ = ["Counts", "Memory", "Penalties", "TranslationUnit"]
