"""Blocks become units."""

from __future__ import annotations

from collections.abc import Iterator

from l10n import inline
from l10n.formats.html.blocks import Block, blocks
from l10n.formats.html.holes import Holes, Loose, bare, loose
from l10n.inline import Role
from l10n.model import Segment, Unit
from l10n.segment import cut


def units(text: str, locale: str) -> Iterator[Loose]:
    """Every unit with the offset it starts at, in order and without overlap."""
    holes = Holes(text, locale)
    for found in blocks(text, holes):
        if isinstance(found, Loose):
            yield found
        else:
            yield from _of_block(found, holes)


def _of_block(block: Block, holes: Holes) -> Iterator[Loose]:
    """The unit of a block, with those in the codes at its edges around it.

    Markup around the whole block is left out, so that what stands inside is well nested.
    """
    start = block.start
    if all(run.role is Role.TEXT for run in block.runs):
        start, parts = bare(start, cut(block.runs, holes.locale))
        if parts:
            yield Loose(start, Unit(parts, block.kind, holes.line_of(start), block.name))
        return
    before, core, after = inline.trim(inline.join_empty(block.runs))
    yield from loose(before, start)
    start += sum(len(run.raw) for run in before)
    parts = cut(core, holes.locale)
    if any(isinstance(part, Segment) and part.place == "text" for part in parts):
        yield Loose(start, Unit(parts, block.kind, holes.line_of(start), block.name))
    else:
        yield from loose(core, start)
    start += sum(len(run.raw) for run in core)
    yield from loose(after, start)
