"""A unit's text becomes sentences; nothing is lost on the way."""

from __future__ import annotations

from l10n.segment.pieces import cut
from l10n.segment.plain import bare as bare_words
from l10n.segment.plain import of_folded as cut_words
from l10n.segment.sentences import split

__all__ = ["VERSION", "bare_words", "cut", "cut_words", "split"]

# In the header of every catalogue: a changed boundary changes msgids, so a changed rule changes this.
VERSION = "10"
