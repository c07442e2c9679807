"""Counts how complete a catalogue is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from l10n import inline
from l10n.model import Entry


class Progress(IntEnum):
    """The state of an entry for counting; one that is *gone* is obsolete."""

    GONE = 0
    MISSING = 1
    FUZZY = 2
    TRANSLATED = 3
    APPROVED = 4


@dataclass(frozen=True, slots=True)
class Counts:
    """Entries by how far they have come.

    ``translated``, ``fuzzy`` and ``missing`` are what ``msgfmt --statistics`` prints and add up
    to ``total``; ``approved`` are those among the translated that a page may show.  Words are
    those of the source.
    """

    approved: int = 0
    translated: int = 0
    fuzzy: int = 0
    missing: int = 0
    words: int = 0
    words_left: int = 0

    @property
    def total(self) -> int:
        """All entries still in the source."""
        return self.translated + self.fuzzy + self.missing

    @property
    def complete(self) -> bool:
        """Whether every entry is approved."""
        return self.approved == self.total


def count(entries: Iterable[Entry]) -> Counts:
    """Count entries; obsolete ones do not count."""
    approved = translated = fuzzy = missing = words = words_left = 0
    for entry in entries:
        if entry.obsolete:
            continue
        length = source_words(entry.source)
        words += length
        if not entry.target:
            missing += 1
        elif entry.fuzzy:
            fuzzy += 1
        else:
            translated += 1
            if entry.state.approved:
                approved += 1
                continue
        words_left += length
    return Counts(approved, translated, fuzzy, missing, words, words_left)


def source_words(source: str) -> int:
    """How many words a source has, without its codes."""
    return len((inline.plain(source) if "<" in source else source).split())
