"""A text's lines with what is known of them, and the blocks that they make."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from l10n.conventions import Convention
from l10n.formats.text.lines import Line, Shape
from l10n.formats.text.wraps import Wrap


@dataclass(frozen=True, slots=True)
class Block:
    """Lines ``start`` to ``end`` (not included) that make one paragraph, item or label."""

    start: int
    end: int
    shape: Shape

    def of(self, lines: Sequence[Line]) -> Sequence[Line]:
        """Its lines."""
        return lines[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Layout:
    """A text's lines and what is known of them before they are joined.

    ``single`` are lines that join no other, ``rowed`` those of them that are in columns, ``cues`` those
    that join no finished sentence.
    """

    lines: Sequence[Line]
    single: Collection[int]
    rowed: Collection[int]
    cues: Collection[int]
    wrap: Wrap
    convention: Convention
    locale: str
