"""A release as it will be read: blocks in their order, each with the segments that stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from l10n.model import Key, Kind
from workflow.desk.cache import DocumentBlock
from workflow.desk.views import SegmentRow


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block with its segments; ``first`` holds those that stand nowhere before."""

    block: DocumentBlock
    parts: tuple[str | SegmentRow, ...]
    first: frozenset[str] = frozenset()


Line = tuple[PlacedBlock, ...]
"""What stands side by side: the cells of a table's row, else one block alone."""


def document_lines(blocks: Iterable[DocumentBlock], rows: Mapping[Key, SegmentRow]) -> tuple[Line, ...]:
    """The lines of a document; a segment that the catalogue does not have is left out."""
    lines: list[list[PlacedBlock]] = []
    for piece in _pieces(blocks, rows):
        joins = piece.block.kind is Kind.CELL and not piece.block.opens
        if joins and lines and lines[-1][0].block.kind is Kind.CELL:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return tuple(map(tuple, lines))


def _pieces(blocks: Iterable[DocumentBlock], rows: Mapping[Key, SegmentRow]) -> Iterator[PlacedBlock]:
    placed: set[str] = set()
    for block in blocks:
        parts = tuple(
            part if isinstance(part, str) else rows[part]
            for part in block.parts
            if isinstance(part, str) or part in rows
        )
        ids = {part.id for part in parts if isinstance(part, SegmentRow)}
        if ids:
            yield PlacedBlock(block, parts, frozenset(ids - placed))
            placed |= ids
