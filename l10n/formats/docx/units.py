"""The parts of a Word file become units, each with the offset it starts at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from l10n.formats.docx import bound, drawings, kinds
from l10n.formats.docx.atoms import Reader, is_placeholder
from l10n.formats.docx.kinds import Styles
from l10n.formats.docx.markup import Sort, Source, attribute, attributes, decode, names, source
from l10n.formats.docx.parts import Part, taken_apart
from l10n.formats.docx.runs import Change, Piece, pieces, runs, words
from l10n.formats.file_names import FILE_NAME
from l10n.inline import Role
from l10n.model import Hole, Kind, Segment, Unit
from l10n.segment import cut

_PICTURES = names(
    "wp:docPr pic:cNvPr wps:cNvPr wpg:cNvPr"
    " v:shape v:rect v:oval v:group v:roundrect v:line v:polyline v:curve v:arc v:image"
)
_SPEAKING = {
    **{name: {"descr": "alt", "title": "title", "alt": "alt"} for name in _PICTURES},
    "w:hyperlink": {"tooltip": "title"},
    "a:hlinkClick": {"tooltip": "title"},
    "v:textpath": {"string": "text"},  # words that are drawn, as watermarks are
    "w:tblCaption": {"val": "title"},
    "w:tblDescription": {"val": "alt"},
}
_PROPERTIES = {
    "dc:title": "title",
    "dc:subject": "subject",
    "dc:description": "description",
    "cp:keywords": "keywords",
    "cp:category": "category",
}
# A field that shows a property of the document that somebody has made up (ECMA-376 part 1, 17.16.5.15).
_SHOWN_PROPERTY = re.compile(
    r"\bDOCPROPERTY\s+(?:\"([^\"<]+)\"|&quot;([^<]+?)&quot;|([^\s<>\"&]+))", re.IGNORECASE
)
_HOLED = frozenset({Role.LONE, Role.OPEN})
_PAGE = re.compile(r"\s*(?:\d+|[ivxlcdm]+)?\s*", re.IGNORECASE)
_DEEPEST = 10  # text boxes in text boxes, which Word itself does not make


class Placed(NamedTuple):
    """A unit and where it lies."""

    start: int
    end: int
    unit: Unit


def units(text: str, locale: str) -> Iterator[Placed]:
    """Every unit, in order and without overlap."""
    parts = taken_apart(text)
    styles = kinds.read(_role(text, parts, "styles"), _role(text, parts, "numbering"))
    shown = frozenset(decode("".join(found)).lower() for found in _SHOWN_PROPERTY.findall(text))
    unwritten = drawings.placeholders(text)
    fields: bound.Shown = {}
    line = 0
    for part in parts:
        if part.role in {"styles", "numbering"}:
            continue
        own = text[part.start : part.end]
        reader = _Part(source(own), part.role, locale, styles, line)
        inside = reader.drawn(unwritten) if part.role in drawings.ROLES else reader.paragraphs()
        inside = reader.properties() if part.role == "properties" else inside
        inside = reader.custom(shown) if part.role == "custom" else inside
        inside = reader.bound(fields) if part.role == bound.ROLE else inside
        for placed in _titled(inside) if part.role == "document" else inside:
            yield Placed(placed.start + part.start, placed.end + part.start, placed.unit)
        line = reader.line
        for path, said in bound.shown(reader.source).items() if "dataBinding" in own else ():
            fields.setdefault(path, set()).update(said)


def _role(text: str, parts: Iterable[Part], role: str) -> str:
    return next((text[part.start : part.end] for part in parts if part.role == role), "")


def _titled(found: Iterable[Placed]) -> list[Placed]:
    """Units of which one is the title: the first heading, when no paragraph says that it is."""
    out = list(found)
    if not any(placed.unit.kind is Kind.TITLE for placed in out):
        for index, placed in enumerate(out):
            if placed.unit.kind is Kind.HEADING:
                out[index] = placed._replace(unit=replace(placed.unit, kind=Kind.TITLE))
                break
    return out


@dataclass(slots=True)
class _Part:
    """Reads one part; ``line`` counts the paragraphs of the whole file."""

    source: Source
    role: str
    locale: str
    styles: Styles
    line: int
    reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        self.reader = Reader(self.source)

    def paragraphs(self) -> Iterator[Placed]:
        index = cells = 0
        while index < len(self.source.tags):
            tag = self.source.tags[index]
            if tag.name == "w:tc" and tag.sort is not Sort.EMPTY:
                cells += 1 if tag.sort is Sort.START else -1
            elif tag.name == "w:p" and tag.sort is Sort.START:
                yield from self.paragraph(index, cells=cells)
                index = self.source.partner[index]
            elif tag.name in {"w:tblCaption", "w:tblDescription"}:
                yield from self.said(index)
            elif is_placeholder(self.source, index):
                last = self.source.partner[index]
                self.line += sum(
                    one.name == "w:p" and one.sort is not Sort.END for one in self.source.tags[index:last]
                )
                index = last
            index += 1

    def inside(self, index: int) -> tuple[int, int]:
        """Where the inside of a paragraph begins, behind its properties, and ends."""
        tags, partner = self.source.tags, self.source.partner
        first = next(self.source.children(index), index)
        start = partner[first] if tags[first].name == "w:pPr" else index
        return tags[start].end, tags[partner[index]].start

    def paragraph(self, index: int, *, cells: int = 0, depth: int = 0) -> Iterator[Placed]:
        """The unit of a paragraph, and those of what is anchored before and after its words."""
        self.line += 1
        line = self.line
        start, end = self.inside(index)
        paragraph_pieces, looks = pieces(self.reader.paragraph(index), start, end)
        kind, name = self.kind(index, cells)
        first, last = _wordy(paragraph_pieces)
        if name == kinds.CONTENTS:
            first, last = _without_page(paragraph_pieces, first, last)
        core = paragraph_pieces[first:last]
        made = runs(self.source.text, core)
        if not any(run.role is Role.TEXT and any(map(str.isalnum, run.text)) for run in made):
            yield from self.anchored(paragraph_pieces, depth)
            return
        yield from self.anchored(paragraph_pieces[:first], depth)
        coded = (piece for piece in core if piece.role in _HOLED)
        made = [
            run._replace(holes=self.holes(next(coded), depth)) if run.role in _HOLED else run for run in made
        ]
        parts = self.places(cut(made, self.locale), core[0].start, looks)
        yield Placed(core[0].start, core[-1].end, Unit(parts, kind, line, name))
        yield from self.anchored(paragraph_pieces[last:], depth)

    def kind(self, index: int, cells: int) -> tuple[Kind, str]:
        kind, name = kinds.kind(self.source, index, self.styles)
        if cells and kind is not Kind.CAPTION:
            return Kind.CELL, ""
        if kind is Kind.PARAGRAPH and self.role != "document":
            return kind, self.role.removesuffix("s")
        return kind, name

    def places(
        self, parts: tuple[str | Segment, ...], at: int, changed: list[Change]
    ) -> tuple[str | Segment, ...]:
        """The parts with each segment told how the text around its codes looks."""
        offsets = [change.offset for change in changed]
        prefix = self.source.prefix()
        name = f"{prefix}:r" if prefix else "r"
        out: list[str | Segment] = []
        for part in parts:
            if isinstance(part, Segment) and part.place == "text":
                look = changed[bisect_right(offsets, at) - 1].look
                out.append(replace(part, place=f"<{name}>{look.raw}"))
            else:
                out.append(part)
            at += len(part if isinstance(part, str) else part.raw)
        return tuple(out)

    def anchored(self, found: Iterable[Piece], depth: int) -> Iterator[Placed]:
        """The units inside lone pieces: text boxes and what a picture says."""
        for piece in found:
            if piece.role is Role.LONE and piece.atom:
                yield from self.inner(piece.atom.first, piece.atom.last, depth)

    def holes(self, piece: Piece, depth: int) -> tuple[Hole, ...]:
        """The same as holes of a code; a code in such a hole has none, the model goes no deeper."""
        if depth or not piece.atom:
            return ()
        at = piece.start
        return tuple(
            Hole(placed.start - at, placed.end - at, placed.unit)
            for placed in self.inner(piece.atom.first, piece.atom.last, depth)
        )

    def inner(self, first: int, last: int, depth: int) -> Iterator[Placed]:
        if depth >= _DEEPEST:
            return
        index = first
        while index <= last:
            tag = self.source.tags[index]
            if tag.name == "w:p" and tag.sort is Sort.START:
                yield from self.paragraph(index, depth=depth + 1)
                index = self.source.partner[index]
            elif tag.name in _SPEAKING and tag.sort is not Sort.END:
                yield from self.said(index)
            index += 1

    def said(self, index: int) -> Iterator[Placed]:
        """What a picture or a table says to those who do not see it, and a link to those who point at it."""
        text, tag = self.source.text, self.source.tags[index]
        names = _SPEAKING[tag.name]
        called = attribute(text, tag, "name")  # by the program, which officegen repeats as its description
        for name, (start, end) in sorted(attributes(text, tag).items(), key=lambda item: item[1]):
            if name in names and text[start:end] != called and not FILE_NAME.fullmatch(text, start, end):
                yield from self.plain(start, end, f"attribute {text[end]}", Kind.ATTRIBUTE, names[name])

    def properties(self) -> Iterator[Placed]:
        for index, tag in enumerate(self.source.tags):
            if tag.name in _PROPERTIES and self.source.partner[index] == index + 1:
                self.line += 1
                end = self.source.tags[index + 1].start
                yield from self.plain(tag.end, end, "element", Kind.METADATA, _PROPERTIES[tag.name])

    def custom(self, shown: frozenset[str]) -> Iterator[Placed]:
        """The properties that a field in the document shows; the others are for programs."""
        name = ""
        for index, tag in enumerate(self.source.tags):
            local = tag.name.rpartition(":")[2]
            if local == "property" and tag.sort is Sort.START:
                name = attribute(self.source.text, tag, "name") or ""
            elif (
                local in {"lpwstr", "lpstr"}
                and name.lower() in shown
                and self.source.partner[index] == index + 1
            ):
                self.line += 1
                yield from self.plain(
                    tag.end, self.source.tags[index + 1].start, "element", Kind.METADATA, "property"
                )

    def bound(self, fields: bound.Shown) -> Iterator[Placed]:
        """What form fields show from data beside the document, from where Word takes it."""
        for start, end in bound.lines(self.source, fields):
            self.line += 1
            yield from self.plain(start, end, "element", Kind.METADATA, "field")

    def drawn(self, unwritten: frozenset[str]) -> Iterator[Placed]:
        """What a chart or a diagram shows."""
        for start, end, made in drawings.texts(self.source, unwritten):
            self.line += 1
            parts = cut(made, self.locale, place="element")
            yield Placed(start, end, Unit(parts, Kind.CAPTION, self.line, self.role))

    def plain(self, start: int, end: int, place: str, kind: Kind, name: str) -> Iterator[Placed]:
        parts = cut(words(self.source.text[start:end]), self.locale, place=place)
        if any(isinstance(part, Segment) for part in parts):
            yield Placed(start, end, Unit(parts, kind, self.line, name))


def _wordy(found: list[Piece]) -> tuple[int, int]:
    """Where the words of a paragraph begin and end among its pieces."""
    inked = [
        index
        for index, piece in enumerate(found)
        if piece.role in {Role.OPEN, Role.CLOSE, Role.VALUE}
        or (piece.role is Role.TEXT and piece.text.strip())
    ]
    return (inked[0], inked[-1] + 1) if inked else (0, 0)


def _without_page(found: list[Piece], first: int, last: int) -> tuple[int, int]:
    """The same for a line in a table of contents, without its tab, page number and the link around all of it.

    Its words are then those of the heading it leads to.
    """
    tab = last - 1
    while tab > first and not (found[tab].role is Role.LONE and found[tab].name == "tab"):
        piece = found[tab]
        if piece.role is Role.OPEN or (piece.role is Role.TEXT and not _PAGE.fullmatch(piece.text)):
            return first, last
        tab -= 1
    roles = [piece.role for piece in found[first:tab]]
    around = roles.count(Role.OPEN) - roles.count(Role.CLOSE)
    if tab <= first or around < 0 or any(role is not Role.OPEN for role in roles[:around]):
        return first, last
    return first + around, tab
