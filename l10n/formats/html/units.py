"""Blocks and holes become the parts of a document."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from l10n import inline
from l10n.formats.html import words
from l10n.formats.html.attributes import Hole
from l10n.formats.html.blocks import Block, blocks
from l10n.inline import Role, Run
from l10n.model import Segment, Unit
from l10n.segment import cut

_Parts = tuple[str | Segment, ...]


def units(text: str, locale: str) -> Iterator[tuple[int, Unit]]:
    """Every unit with the offset it starts at, in order and without overlap; lines are not counted yet."""
    found, holes = blocks(text)
    waiting = deque(holes)
    for block in found:
        start, parts = _of_block(block, locale)
        if not _worth(parts):
            continue
        while waiting and waiting[0].end <= start:
            yield from _own(text, waiting.popleft(), locale)
        yield start, Unit(tuple(_spliced(text, start, parts, waiting, locale)), block.kind, name=block.name)
    for hole in waiting:
        yield from _own(text, hole, locale)


def _of_block(block: Block, locale: str) -> tuple[int, _Parts]:
    """Where the parts of a block start, and the parts.

    Markup around the whole block is left out, so that what stands inside is well nested.
    """
    runs = block.runs
    while runs[-1].role is Role.TEXT and runs[-1].text.isspace():
        runs = runs[:-1]
    if runs[0].role is Role.TEXT and runs[-1].role is Role.TEXT:
        return block.start, cut(runs, locale)
    before, core, _ = inline.trim(inline.join_empty(runs))
    return block.start + _length(before), cut(core, locale)


def _length(runs: Sequence[Run]) -> int:
    return sum(len(run.raw) for run in runs)


def _bare(start: int, parts: _Parts) -> tuple[int, _Parts]:
    """Parts without the white space around them, and where they then start."""
    if parts and isinstance(parts[0], str):
        start, parts = start + len(parts[0]), parts[1:]
    if parts and isinstance(parts[-1], str):
        parts = parts[:-1]
    return start, parts


def _worth(parts: _Parts) -> bool:
    return any(isinstance(part, Segment) for part in parts)


def _of_hole(text: str, hole: Hole, locale: str) -> _Parts:
    runs = words.runs(text[hole.start : hole.end], attribute=hole.place.startswith("attribute"))
    return cut(runs, locale, place=hole.place)


def _own(text: str, hole: Hole, locale: str) -> Iterator[tuple[int, Unit]]:
    start, parts = _bare(hole.start, _of_hole(text, hole, locale))
    if _worth(parts):
        yield start, Unit(parts, hole.kind, name=hole.name)


def _spliced(text: str, at: int, parts: _Parts, waiting: deque[Hole], locale: str) -> Iterator[str | Segment]:
    """A block's parts; holes between its sentences become segments, those in a code are passed over."""
    for part in parts:
        end = at + len(part if isinstance(part, str) else part.raw)
        if isinstance(part, Segment):
            while waiting and waiting[0].end <= end:
                waiting.popleft()
            yield part
            at = end
            continue
        while waiting and waiting[0].end <= end:
            hole = waiting.popleft()
            yield text[at : hole.start]
            yield from _of_hole(text, hole, locale)
            at = hole.end
        if at < end:
            yield text[at:end]
        at = end
