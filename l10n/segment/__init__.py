"""A unit's text becomes sentences; nothing is lost on the way."""

from __future__ import annotations

from l10n.segment.pieces import cut
from l10n.segment.sentences import split

__all__ = ["cut", "split"]
