"""A Markdown text becomes blocks, and blocks become units."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from l10n import inline, segment
from l10n.formats.markdown import (
    components,
    dialects,
    directives,
    places,
    programs,
    references,
    scalars,
    templates,
    titles,
)
from l10n.formats.markdown.directives import Option
from l10n.formats.markdown.mdx import laid_out
from l10n.formats.markdown.scalars import Scalar
from l10n.formats.markdown.templates import Templates
from l10n.formats.markdown.walk import Block, Html, walk
from l10n.inline import (
    CLOSE,
    Run,
)
from l10n.model import Code, Kind, Segment, Unit

_ASKING = re.compile(r"<[^<>]*\smarkdown[\s=>]")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of the text with its units; ``level`` is that of a heading, else empty."""

    start: int
    end: int
    parts: tuple[str | Unit, ...]
    level: str = ""


def extract(text: str, locale: str, line: int = 1, *, mdx: bool = False) -> Iterator[str | Unit]:
    """A text without front matter, taken apart; ``line`` is the one it begins on."""
    at = counted = 0
    for stretch in _titled(_stretches(text, locale, mdx=mdx)):
        if stretch.start < at:
            continue
        line += text.count("\n", counted, stretch.start)
        counted = stretch.start
        yield text[at : stretch.start]
        for part in stretch.parts:
            yield part if isinstance(part, str) else _lined(part, line + max(part.line - 1, 0))
        at = stretch.end
    yield text[at:]


def _stretches(text: str, locale: str, *, mdx: bool) -> Iterator[_Stretch]:
    """Everything with words, in order."""
    closed = programs.braces(text) if mdx else None
    source, boxes = directives.find(dialects.masked(templates.find(text, closed)), mdx=mdx)
    tags: tuple[tuple[int, int], ...] = ()
    if closed is not None:
        source, tags = laid_out(source, closed)
    elif _ASKING.search(text):
        source, tags = laid_out(source, programs.braces(text), asking=True)
    for block in walk(source, boxes, locale):
        if isinstance(block, Block):
            yield from _of_block(block, locale)
        elif isinstance(block, Html):
            yield from _of_html(text, block, locale, mdx=mdx)
        elif block.code:
            yield from _of_options(text, boxes.options, block.start, block.end, locale)
        else:
            within = tags[bisect_left(tags, (block.start, 0)) : bisect_left(tags, (block.end, 0))]
            in_gap = [
                *_of_gap(source, block.start, block.end, locale),
                *_of_options(text, boxes.options, block.start, block.end, locale),
                *(
                    stretch
                    for tag in within
                    for stretch in _of_html(text, Html(*tag, Kind.PARAGRAPH, ""), locale, mdx=mdx)
                ),
            ]
            yield from sorted(in_gap, key=lambda stretch: stretch.start)


def _of_html(text: str, block: Html, locale: str, *, mdx: bool) -> Iterator[_Stretch]:
    parts = tuple(
        replace(part, kind=block.kind, name=block.name)
        if isinstance(part, Unit) and part.kind is Kind.PARAGRAPH
        else part
        for part in components.block(text[block.start : block.end], locale, mdx=mdx)
    )
    units = [part for part in parts if isinstance(part, Unit)]
    if units:
        title = any(unit.kind is Kind.TITLE for unit in units)
        yield _Stretch(block.start, block.end, parts, "H1" if title else "")


def _of_gap(source: Templates, begin: int, after: int, locale: str) -> Iterator[_Stretch]:
    for start, end in titles.definitions(source.masked, begin, after):
        raw = source.text[start:end]
        unit = titles.unit(raw, source.text[start - 1], locale)
        if unit.segments and raw == source.masked[start:end]:
            yield _Stretch(start, end, (unit,))


def _of_options(
    text: str, options: Sequence[Option], begin: int, after: int, locale: str
) -> Iterator[_Stretch]:
    """What the options of MyST's boxes say of pictures in a stretch without other words."""
    for option in options[bisect_left(options, (begin, 0, "")) : bisect_left(options, (after, 0, ""))]:
        sign = text[option.start]
        style = option.style or {'"': "yaml-double", "'": "yaml-single"}.get(sign, "yaml-plain")
        inner = int(style in {"yaml-double", "yaml-single", "program"})
        scalar = Scalar(option.name, style, option.start, option.end, inner, option.indent)
        cut = list(scalars.cut(scalar, text, locale))
        if not cut:  # which YAML might not read, but mystmd does
            raw = inline.split_locked_values(text[option.start : option.end])
            cut = [(option.start, segment.cut(raw, locale, place="yaml-plain" + scalars.PART))]
        for start, parts in cut:
            unit = Unit(parts, Kind.ATTRIBUTE, name=option.name)
            if unit.segments:
                yield _Stretch(start, start + len(unit.raw), (unit,))


def _of_block(block: Block, locale: str) -> Iterator[_Stretch]:
    parts = _parts(block, locale)
    if not (segments := [part for part in parts if isinstance(part, Segment)]):
        return
    kind, name = block.kind, block.name
    if len(block.inside.runs) > 1 or block.inside.runs[0].holes:
        if all(part.place.startswith(titles.PLACE) for part in segments):
            kind, name = Kind.ATTRIBUTE, "title"
        elif _only_image(block.inside.runs):
            kind, name = Kind.ATTRIBUTE, "alt"
    unit = Unit(parts, kind, name=name)
    yield _Stretch(block.inside.start, block.inside.end, (unit,), block.level)


def _titled(stretches: Iterator[_Stretch]) -> Iterator[_Stretch]:
    """The first heading of the first level, or else the first heading, is the title.

    What follows the former is made as it is asked for.
    """
    until: list[_Stretch] = []
    found = False
    for stretch in stretches:
        until.append(stretch)
        if found := stretch.level == "H1":
            break
    first = next((stretch for stretch in until if stretch.level), None)
    title = until[-1] if found else first
    for stretch in chain(until, stretches):
        if not stretch.level:
            yield stretch
        else:
            yield replace(stretch, parts=tuple(_ranked(stretch.parts, title=stretch is title)))


def _ranked(parts: tuple[str | Unit, ...], *, title: bool) -> Iterator[str | Unit]:
    """Parts in which the first heading is the title, or none is."""
    for part in parts:
        if isinstance(part, Unit) and part.kind in {Kind.TITLE, Kind.HEADING}:
            yield replace(part, kind=Kind.TITLE if title else Kind.HEADING)
            title = False
        else:
            yield part


def _only_image(runs: Sequence[Run]) -> bool:
    """Whether a block shows an image and nothing else."""
    _, core, after = inline.trim(runs)
    wrapped = any(run.role is CLOSE and run.name == "Image" for run in after)
    return wrapped and not any(run.name == "Image" for run in core)


def _parts(block: Block, locale: str) -> tuple[str | Segment, ...]:
    """A block's segments, each told its place."""
    parts, inside = segment.cut(block.inside.runs, locale), block.inside
    if inside.references:
        parts, inside = references.settle(parts, inside, locale)
    placed = places.placed(parts, inside, block.place, at_line=block.at_line, busy=block.busy)
    return references.addressed(placed, inside) if inside.references else placed


def _lined(unit: Unit, line: int) -> Unit:
    """A unit, and those in the holes of its codes, with the line it stands on."""
    parts = unit.parts
    if any(code.holes for part in parts if isinstance(part, Segment) for code in part.codes):
        parts = tuple(
            part
            if isinstance(part, str)
            else replace(part, codes=tuple(_lined_code(code, line) for code in part.codes))
            for part in parts
        )
    return Unit(parts, unit.kind, line, unit.name)


def _lined_code(code: Code, line: int) -> Code:
    return replace(code, holes=tuple(replace(hole, unit=_lined(hole.unit, line)) for hole in code.holes))
