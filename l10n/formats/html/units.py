"""Blocks become units."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from l10n import inline
from l10n.formats.html.blocks import Block, blocks
from l10n.formats.html.holes import Holes, Loose, bare, loose
from l10n.formats.html.looks import simplified
from l10n.inline import (
    CLOSE,
    OPEN,
    TEXT,
    Run,
)
from l10n.model import Kind, Unit
from l10n.segment import cut

_AT_ONCE = 32
_LINK = 3
_SIGNS = "#¶§"


def units(text: str, locale: str, *, line: int = 1) -> Iterator[Loose]:
    """Every unit with the offset it starts at, in order and without overlap; the text starts on a line."""
    holes = Holes(text, locale, line=line)
    found = blocks(text, holes)
    # in turns with each other the two steps need more of the program than a processor keeps near
    while some := list(islice(found, _AT_ONCE)):
        for block in some:
            if isinstance(block, Loose):
                yield block
            else:
                yield from of_block(block, holes)


def main_units(text: str, locale: str, spans: Iterable[tuple[int, int]]) -> Iterator[Loose]:
    """The same for a page of which only parts are for translators: with its titles and descriptions."""
    about = [
        loose_unit
        for loose_unit in blocks(text, Holes(text, locale))
        if isinstance(loose_unit, Loose) and loose_unit.unit.kind is Kind.METADATA
    ]
    at, line = 0, 1
    for start, end in spans:
        yield from (loose_unit for loose_unit in about if at <= loose_unit.start < start)
        line += text.count("\n", at, start)
        yield from (Loose(start + inside, unit) for inside, unit in units(text[start:end], locale, line=line))
        line += text.count("\n", start, end)
        at = end
    yield from (loose_unit for loose_unit in about if loose_unit.start >= at)


def of_block(block: Block, holes: Holes) -> Iterator[Loose]:
    """The unit of a block, with those in the codes at its edges around it.

    Markup around the whole block is left out, so that what stands inside is well nested.
    """
    start = block.start
    runs: Sequence[Run] = block.runs
    while runs[-1].role is TEXT and runs[-1].text.isspace():
        runs = runs[:-1]
    if len(runs) == 1:
        start, parts = bare(start, cut(runs, holes.locale))
        if parts:
            yield Loose(start, Unit(parts, block.kind, holes.line_of(start), block.name))
    elif runs[0].role is TEXT and runs[-1].role is TEXT and not runs[0].text.isspace():
        yield from _unit(block, simplified(inline.join_empty(runs)), start, holes)
    else:
        anchor: Sequence[Run] = ()
        link: Sequence[Run] = ()
        if runs[0].name == "a" or runs[-1].name == "a":
            anchor, runs, link = _links_to_itself(runs)
        before, core, after = inline.trim(simplified(inline.join_empty(runs)))
        if anchor or link:
            before, after = (*anchor, *before), (*after, *link)
        yield from loose(before, start)
        start += _length(before)
        yield from _unit(block, core, start, holes)
        yield from loose(after, start + _length(core))


def _links_to_itself(runs: Sequence[Run]) -> tuple[Sequence[Run], Sequence[Run], Sequence[Run]]:
    """Runs without the link that stands before or behind a heading and shows only a sign: ``¶``, ``#``."""
    if runs[-1].name == "a" and len(runs) > _LINK and _shows_sign(runs[-_LINK:]):
        return (), runs[:-_LINK], runs[-_LINK:]
    if runs[0].name == "a" and len(runs) > _LINK and _shows_sign(runs[:_LINK]):
        return runs[:_LINK], runs[_LINK:], ()
    return (), runs, ()


def _shows_sign(link: Sequence[Run]) -> bool:
    opening, words, closing = link
    if (opening.role, words.role, closing.role) != (OPEN, TEXT, CLOSE):
        return False
    signs = words.text.strip("\ufe0f \t\r\n\u00a0")
    return signs != "" and all(char in _SIGNS or unicodedata.category(char) in {"So", "Sm"} for char in signs)


def _unit(block: Block, runs: Sequence[Run], start: int, holes: Holes) -> Iterator[Loose]:
    """The unit of a block's runs, or those in their codes when there are no other words."""
    parts = cut(runs, holes.locale)
    if [part for part in parts if not isinstance(part, str) and part.place == "text"]:
        yield Loose(start, Unit(parts, block.kind, holes.line_of(start), block.name))
    else:
        yield from loose(runs, start)


def _length(runs: Sequence[Run]) -> int:
    return sum(len(run.raw) for run in runs)
