"""A release as it will be read: blocks in their order, each with the segments that stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from l10n.model import Kind
from workflow.desk.views import Row
from workflow.shelf import Block
from workflow.store import Key


@dataclass(frozen=True, slots=True)
class Piece:
    """A block with its segments; ``first`` holds those that stand nowhere before."""

    block: Block
    parts: tuple[str | Row, ...]
    first: frozenset[str] = frozenset()


Line = tuple[Piece, ...]
"""What stands side by side: the cells of a table's row, else one block alone."""


def laid_out(blocks: Iterable[Block], rows: Mapping[Key, Row]) -> tuple[Line, ...]:
    """The lines of a document; a segment that the catalogue does not have is left out."""
    lines: list[list[Piece]] = []
    for piece in _pieces(blocks, rows):
        joins = piece.block.kind is Kind.CELL and not piece.block.opens
        if joins and lines and lines[-1][0].block.kind is Kind.CELL:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return tuple(map(tuple, lines))


def _pieces(blocks: Iterable[Block], rows: Mapping[Key, Row]) -> Iterator[Piece]:
    seen: set[str] = set()
    for block in blocks:
        parts = tuple(
            part if isinstance(part, str) else rows[part]
            for part in block.parts
            if isinstance(part, str) or part in rows
        )
        ids = {part.id for part in parts if isinstance(part, Row)}
        if ids:
            yield Piece(block, parts, frozenset(ids - seen))
            seen |= ids
