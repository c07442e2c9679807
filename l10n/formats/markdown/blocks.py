"""A Markdown text becomes blocks, and blocks become units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from l10n import inline, segment
from l10n.formats.markdown import parser, places, references, spans, templates
from l10n.formats.markdown.parser import Event, Phase
from l10n.formats.markdown.spans import Inside
from l10n.formats.markdown.templates import Templates
from l10n.inline import Role, Run
from l10n.model import Kind, Segment, Unit

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
    """A block with words of its own; ``level`` is that of a heading ("H2"), else empty."""

    inside: Inside
    kind: Kind
    name: str = ""
    level: str = ""
    place: str = "text"
    at_line: bool = True


def extract(text: str, locale: str, line: int = 1) -> Iterator[str | Unit]:
    """A text without front matter, taken apart; ``line`` is the one it begins on."""
    at = counted = 0
    for block in _titled(list(_blocks(templates.find(text)))):
        start, end = block.inside.start, block.inside.end
        parts = _parts(block, locale)
        if start < at or not any(isinstance(part, Segment) for part in parts):
            continue
        line += text.count("\n", counted, start)
        counted = start
        yield text[at:start]
        yield Unit(parts, block.kind, line, block.name)
        at = end
    yield text[at:]


def _titled(blocks: list[Block]) -> list[Block]:
    """The first heading of the first level, or else the first heading, is the title."""
    headings = [index for index, block in enumerate(blocks) if block.level]
    first = next(
        (index for index in headings if blocks[index].level == "H1"), headings[0] if headings else -1
    )
    return [
        replace(block, kind=Kind.TITLE) if index == first else block for index, block in enumerate(blocks)
    ]


@dataclass(slots=True)
class _Walk:
    """Where a walk through the events stands."""

    source: Templates
    stack: list[Event] = field(default_factory=list)
    kinds: list[tuple[Kind, str]] = field(default_factory=lambda: [(Kind.PARAGRAPH, "")])
    tokens: list[Event] = field(default_factory=list)
    heading: Event | None = None
    cell: bool = False
    verbatim: int = 0
    hidden: str = ""
    table_end: int = -1


def _blocks(source: Templates) -> Iterator[Block]:
    walk = _Walk(source)
    for event in parser.events(source.masked):
        if walk.verbatim:
            _pass_over(walk, event)
        elif event.name in spans.INLINE:
            walk.tokens.append(event)
        else:
            yield from _flush(walk)
            _step(walk, event)
    yield from _flush(walk)


def _pass_over(walk: _Walk, event: Event) -> None:
    if event.name in _VERBATIM:
        walk.verbatim += 1 if event.phase is Phase.START else -1
    elif event.name == "Html":
        walk.hidden = spans.still_hidden(walk.hidden, walk.source.text[event.start : event.end])


def _step(walk: _Walk, event: Event) -> None:
    opens = event.phase is Phase.START
    if event.name in _VERBATIM:
        walk.verbatim += opens
    elif event.name == "Heading":
        walk.heading = event if opens else None
    elif event.name in _CONTAINERS and opens:
        walk.kinds.append((_CONTAINERS[event.name], _NAMES.get(event.name, "")))
        walk.cell = event.name == "TableCell"
    elif event.name in _CONTAINERS:
        walk.kinds.pop()
        walk.cell = False
    elif event.name == "Table" and not opens:
        walk.table_end = event.end


def _flush(walk: _Walk) -> Iterator[Block]:
    """The block whose inline events have been collected."""
    if not walk.tokens:
        return
    inside, walk.hidden = spans.inside(walk.source, walk.tokens, walk.hidden)
    walk.tokens = []
    if not walk.cell and _nearly_table(walk, inside):
        return
    heading = walk.heading
    if heading:
        atx = walk.source.masked.startswith("#", heading.start)
        level = heading.data or "H1"
        yield Block(inside, Kind.HEADING, level.lower(), level, "heading", at_line=not atx)
        return
    kind, name = walk.kinds[-1]
    if _only_image(inside.runs):
        kind, name = Kind.ATTRIBUTE, "alt"
    yield Block(inside, kind, name, place="cell" if walk.cell else "text")


def _nearly_table(walk: _Walk, inside: Inside) -> bool:
    """Whether one pipe more or less would make a table of a paragraph: such a one is left alone."""
    text = walk.source.masked
    after_table, walk.table_end = walk.table_end, -1
    if after_table >= 0 and text[after_table : inside.start].strip(" \t") == "":
        return True
    block = text[inside.start : inside.end]
    return "-" in block and any("-" in line and not line.strip(" \t>|:-") for line in block.splitlines()[1:])


def _only_image(runs: Sequence[Run]) -> bool:
    """Whether a block shows an image and nothing else."""
    _, core, after = inline.trim(runs)
    wrapped = any(run.role is Role.CLOSE and run.name == "Image" for run in after)
    return wrapped and not any(run.name == "Image" for run in core)


def _parts(block: Block, locale: str) -> tuple[str | Segment, ...]:
    """A block's segments, each told its place."""
    parts, inside = segment.cut(block.inside.runs, locale), block.inside
    if inside.references:
        parts, inside = references.settle(parts, inside, locale)
    placed = places.placed(parts, inside, block.place, at_line=block.at_line)
    return references.addressed(placed, inside) if inside.references else placed
