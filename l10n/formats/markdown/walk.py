"""The events of a Markdown text, walked once: blocks of words, blocks of HTML, and what lies between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from l10n.formats.markdown import markup, parser, spans
from l10n.formats.markdown.directives import Boxes
from l10n.formats.markdown.markup import Lock
from l10n.formats.markdown.parser import (
    START,
    Event,
)
from l10n.formats.markdown.spans import Inside
from l10n.formats.markdown.templates import Templates
from l10n.model import Kind

_VERBATIM = {"CodeBlock", "HtmlBlock", "MetadataBlock"}
_CONTAINERS = {
    "Item": Kind.ITEM,
    "BlockQuote": Kind.QUOTE,
    "TableCell": Kind.CELL,
    "FootnoteDefinition": Kind.PARAGRAPH,
    "DefinitionListTitle": Kind.ITEM,
    "DefinitionListDefinition": Kind.ITEM,
}
_NAMES = {"FootnoteDefinition": "footnote", "DefinitionListTitle": "term"}


@dataclass(frozen=True, slots=True)
class Block:
    """A block with words of its own; ``level`` is that of a heading ("H2"), else empty.

    ``place`` and ``busy`` are those of :class:`~l10n.formats.markdown.places.Place`.
    """

    inside: Inside
    kind: Kind
    name: str = ""
    level: str = ""
    place: str = "text"
    at_line: bool = True
    busy: str = ""


@dataclass(frozen=True, slots=True)
class Html:
    """A block of HTML, every line of it; ``kind`` and ``name`` are those of what it stands in."""

    start: int
    end: int
    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without a block: signs, blank lines and definitions of references, or ``code``."""

    start: int
    end: int
    code: bool = False


Piece: TypeAlias = Block | Html | Gap


@dataclass(slots=True)
class _Walk:
    """Where a walk through the events stands; up to ``at`` everything has been accounted for."""

    source: Templates
    boxes: Boxes
    locale: str
    kinds: list[tuple[Kind, str]] = field(default_factory=lambda: [(Kind.PARAGRAPH, "")])
    tokens: list[Event] = field(default_factory=list)
    heading: Event | None = None
    cell: bool = False
    verbatim: int = 0
    html: list[Event] = field(default_factory=list)
    hidden: str = ""
    lock: Lock | None = None
    table_end: int = -1
    at: int = 0


def walk(source: Templates, boxes: Boxes, locale: str) -> Iterator[Piece]:
    """The pieces of a text, in order."""
    walker = _Walk(source, boxes, locale)
    inline = spans.INLINE
    for event in parser.events(source.masked):
        if walker.verbatim:
            yield from _pass_over(walker, event)
        elif event.name in inline:
            walker.tokens.append(event)
        else:
            if walker.tokens:
                yield from _flush(walker)
            yield from _step(walker, event)
    yield from _flush(walker)
    yield from _reach(walker, len(source.masked), len(source.masked))


def _reach(walk: _Walk, start: int, end: int) -> Iterator[Gap]:
    """Account for a block, and for the gap before it."""
    if walk.at < start:
        yield Gap(walk.at, start)
    walk.at = max(walk.at, end)


def _pass_over(walk: _Walk, event: Event) -> Iterator[Piece]:
    if event.name in _VERBATIM:
        walk.verbatim += 1 if event.phase is START else -1
        if not walk.verbatim:
            yield from _reach(walk, event.start, event.end)
            if walk.boxes.options and event.name == "CodeBlock":
                yield Gap(event.start, event.end, code=True)
            yield from _html(walk)
    elif event.name == "Html":
        walk.html.append(event)


def _html(walk: _Walk) -> Iterator[Html]:
    """The block of HTML whose lines have been collected.

    Where lines have a prefix (a quotation's ``>``) it would be read as words, and so would code
    between templates: such a block is left alone.
    """
    lines, walk.html = walk.html, []
    if not lines:
        return
    text = walk.source.text
    open_ = walk.lock is not None or walk.hidden != ""
    for line in lines:
        raw = text[line.start : line.end]
        walk.hidden = spans.still_hidden(walk.hidden, raw)
        walk.lock = markup.still_locked(walk.lock, raw)
    start, end = lines[0].start, lines[-1].end
    between = (text[before.end : after.start] for before, after in pairwise(lines))
    closed = not open_ and walk.lock is None
    if closed and not walk.source.code_in(start, end) and not any(gap.strip() for gap in between):
        yield Html(start, end, *walk.kinds[-1])


def _step(walk: _Walk, event: Event) -> Iterator[Gap]:
    opens = event.phase is START
    name = event.name
    if name in _CONTAINERS:
        _contain(walk, event, opens=opens)
    elif name in _VERBATIM:
        walk.verbatim += opens
    elif name == "Heading":
        walk.heading = event if opens else None
    elif name == "Table" and not opens:
        walk.table_end = event.end
        yield from _reach(walk, event.start, event.end)
    elif name == "Rule":
        yield from _reach(walk, event.start, event.end)


def _contain(walk: _Walk, event: Event, *, opens: bool) -> None:
    if not opens:
        walk.kinds.pop()
    elif event.start in walk.boxes.items:
        walk.kinds.append((Kind.PARAGRAPH, ""))
    else:
        walk.kinds.append((_CONTAINERS[event.name], _NAMES.get(event.name, "")))
    walk.cell = opens and event.name == "TableCell"


def _flush(walk: _Walk) -> Iterator[Piece]:
    """The block whose inline events have been collected."""
    if not walk.tokens:
        return
    tokens, walk.tokens = walk.tokens, []
    inside, walk.hidden = spans.inside(walk.source, tokens, walk.locale, walk.hidden)
    yield from _reach(walk, inside.start, inside.end)
    if walk.lock:
        walk.lock = markup.still_locked(walk.lock, walk.source.text[inside.start : inside.end])
    elif walk.cell or not _nearly_table(walk, inside):
        yield _block(walk, inside)


def _block(walk: _Walk, inside: Inside) -> Block:
    heading = walk.heading
    if not heading:
        kind, name = walk.kinds[-1]
        return Block(inside, kind, name, place="cell" if walk.cell else "text")
    if label := walk.boxes.labels.get(heading.start):
        return Block(inside, label.kind, label.name, "", label.place, at_line=False, busy=label.busy)
    atx = walk.source.masked.startswith("#", heading.start)
    level = heading.data or "H1"
    return Block(inside, Kind.HEADING, level.lower(), level, "heading", at_line=not atx)


def _nearly_table(walk: _Walk, inside: Inside) -> bool:
    """Whether one pipe more or less would make a table of a paragraph: such a one is left alone."""
    text = walk.source.masked
    after_table, walk.table_end = walk.table_end, -1
    if after_table >= 0 and text[after_table : inside.start].strip(" \t") == "":
        return True
    block = text[inside.start : inside.end]
    return "-" in block and any("-" in line and not line.strip(" \t>|:-") for line in block.splitlines()[1:])
