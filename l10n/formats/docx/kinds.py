"""What a paragraph is to a reader: its style's name and outline level tell, whatever language Word speaks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile
from typing import NamedTuple

from l10n.formats.docx.markup import Sort, Source, attribute, source
from l10n.model import Kind

CONTENTS = "contents"
"""The name of a line in a table of contents."""

# Word keeps these names in English in every edition (ECMA-376 part 1, 17.7.4.9; latent styles).
_HEADING = re.compile(r"heading ([1-9])")
_KINDS = {
    "title": (Kind.TITLE, "h1"),
    "subtitle": (Kind.HEADING, "h2"),
    "caption": (Kind.CAPTION, ""),
    "quote": (Kind.QUOTE, ""),
    "intense quote": (Kind.QUOTE, ""),
    "block text": (Kind.QUOTE, ""),
    **{f"toc {level}": (Kind.PARAGRAPH, CONTENTS) for level in range(1, 10)},
}
_LISTS = re.compile(r"list (bullet|number)")
_BODY_LEVEL = 9
_DEEPEST = 20


class Style(NamedTuple):
    """What a paragraph style says of itself; what it does not say its ``parent`` says."""

    name: str = ""
    parent: str = ""
    level: int | None = None
    number: str = ""
    depth: int = 0


class Styles(NamedTuple):
    """The paragraph styles of a document by their id, and which lists count: (list, depth)."""

    styles: Mapping[str, Style] = {}
    default: str = ""
    counted: frozenset[tuple[str, int]] = frozenset()


def read(styles: str, numbering: str) -> Styles:
    """The styles in the two parts that define them; either may be missing ("")."""
    by_id: dict[str, Style] = {}
    default = ""
    if styles:
        part = source(styles)
        for index, tag in enumerate(part.tags):
            if tag.name == "w:style" and tag.sort is Sort.START:
                if attribute(styles, tag, "type") not in {None, "paragraph"}:
                    continue
                id_ = attribute(styles, tag, "styleId") or ""
                by_id[id_] = _style(part, index)
                if attribute(styles, tag, "default") in {"1", "true", "on"}:
                    default = id_
    return Styles(by_id, default, _counted(source(numbering)) if numbering else frozenset())


def _style(part: Source, index: int) -> Style:
    said = _said(part, index)
    level, number, depth = _place(said)
    return Style(said.get("w:name", "").lower(), said.get("w:basedOn", ""), level, number, depth)


_READ = frozenset({"w:name", "w:basedOn", "w:outlineLvl", "w:numId", "w:ilvl", "w:pStyle"})


def number(value: str, default: int) -> int:
    """A number of at most three digits as an attribute has it, else the default."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 4 else default


def _counted(part: Source) -> frozenset[tuple[str, int]]:
    """The (list, depth) pairs whose items have numbers and not bullets."""
    abstract: dict[str, set[int]] = {}
    out: set[tuple[str, int]] = set()
    abstract_id = list_id = ""
    depth = 0
    for tag in part.tags:
        if tag.sort is Sort.END:
            continue
        if tag.name == "w:abstractNum":
            abstract_id = attribute(part.text, tag, "abstractNumId") or ""
        elif tag.name == "w:lvl":
            depth = number(attribute(part.text, tag, "ilvl") or "", 0)
        elif tag.name == "w:numFmt":
            if (attribute(part.text, tag, "val") or "") not in {"bullet", "none"}:
                abstract.setdefault(abstract_id, set()).add(depth)
        elif tag.name == "w:num":
            list_id = attribute(part.text, tag, "numId") or ""
        elif tag.name == "w:abstractNumId":
            depths = abstract.get(attribute(part.text, tag, "val") or "", ())
            out.update((list_id, depth) for depth in depths)
    return frozenset(out)


def kind(part: Source, index: int, styles: Styles) -> tuple[Kind, str]:
    """The kind and name of the paragraph whose start tag has an index: a heading's level, a list's sort."""
    id_, level, number, depth = _properties(part, index)
    chain = _chain(id_ or styles.default, styles)
    for style in chain:
        if style.name in _KINDS:
            return _KINDS[style.name]
        if match := _HEADING.fullmatch(style.name):
            return Kind.HEADING, f"h{match[1]}"
        if level is None:
            level = style.level
        if not number:
            number, depth = style.number, max(depth, style.depth)
    if level is not None and level < _BODY_LEVEL:
        return Kind.HEADING, f"h{level + 1}"
    if number and number != "0":
        return Kind.ITEM, "ordered" if (number, depth) in styles.counted else ""
    for style in chain:
        if match := _LISTS.match(style.name):
            return Kind.ITEM, "ordered" if match[1] == "number" else ""
    return Kind.PARAGRAPH, ""


def in_list(part: Source, index: int, styles: Styles) -> tuple[str, int, tuple[str, ...]]:
    """The list of a paragraph, "" for none, its depth in it, and the styles that the paragraph has."""
    id_, _, list_, depth = _properties(part, index)
    ids = _ids(id_ or styles.default, styles)
    for style in (styles.styles[id_] for id_ in ids):
        if not list_:
            list_, depth = style.number, max(depth, style.depth)
    return "" if list_ == "0" else list_, depth, ids


def _properties(part: Source, index: int) -> tuple[str, int | None, str, int]:
    """What a paragraph says itself: style, outline level, list, depth."""
    first = next(part.children(index), -1)
    if first < 0 or part.tags[first].name != "w:pPr":
        return "", None, "", 0
    said = _said(part, first)
    return said.get("w:pStyle", ""), *_place(said)


def _said(part: Source, index: int) -> dict[str, str]:
    """What the properties in an element say now, by their names: not what a tracked change has ended."""
    inside = part.tags[index : part.partner[index]]
    current = takewhile(lambda tag: tag.name != "w:pPrChange", inside)
    return {tag.name: attribute(part.text, tag, "val") or "" for tag in current if tag.name in _READ}


def _place(said: Mapping[str, str]) -> tuple[int | None, str, int]:
    """The outline level, the list and the depth in it that properties say."""
    outline = said.get("w:outlineLvl")
    level = None if outline is None else number(outline, _BODY_LEVEL)
    return level, said.get("w:numId", ""), number(said.get("w:ilvl", "0"), 0)


def _chain(id_: str, styles: Styles) -> list[Style]:
    """A style and what it is based on."""
    return [styles.styles[id_] for id_ in _ids(id_, styles)]


def _ids(id_: str, styles: Styles) -> tuple[str, ...]:
    out: list[str] = []
    while id_ in styles.styles and len(out) < _DEEPEST:
        out.append(id_)
        id_ = styles.styles[id_].parent
    return tuple(out)
