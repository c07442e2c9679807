"""What people have approved before, found again for a sentence that is the same or nearly so."""

from __future__ import annotations

from l10n.memory.penalties import Penalties
from l10n.memory.store import Counts, Memory
from l10n.memory.unit import TranslationUnit

__all__ = ["Counts", "Memory", "Penalties", "TranslationUnit"]
