"""A Word file as the HTML inside a page's article: headings, lists, tables, links and notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import NamedTuple

from l10n import formats
from l10n.formats import Targets
from l10n.formats.docx import kinds, parts
from l10n.formats.docx.atoms import Atom, Reader, What, is_placeholder
from l10n.formats.docx.kinds import Styles
from l10n.formats.docx.markup import OFF, Sort, Source, attribute, source
from l10n.formats.docx.package import opened
from l10n.formats.docx.whole import atoms, whole
from l10n.model import Document, Kind

# What stands around a unit that stays in the source language, until it is HTML: no XML holds them.
_BEGIN, _END = "\x0e", "\x0f"
_SAFE = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_HEX = re.compile(r"[0-9A-Fa-f]{1,8}")
_FIRST_ROW = 0x0020
_SPAN = re.compile(r"[2-9]|[1-5]\d|6[0-3]")  # Word has 63 columns
_TAGS, _FIGURE, _LETTER = re.compile("<[^<>]*>"), re.compile(r"\d"), re.compile(r"[^\W\d_]")
_SEAMS = re.compile(r"</strong><strong>|</em><em>")


class _Block(NamedTuple):
    """A paragraph as HTML, and what it stands in with its neighbours ("ul", "" for nothing).

    ``depth`` is that of an item of a list, from 0.
    """

    wrapper: str
    tag: str
    inner: str
    depth: int = 0


@dataclass(slots=True)
class _Cell:
    """A cell of a table over so many columns and rows; ``goes_on`` says that it is one with that above it."""

    name: str
    inner: str
    columns: int
    goes_on: bool
    rows: int = 1
    scope: str = "col"

    @property
    def words(self) -> str:
        """What it says, without markup."""
        return _TAGS.sub("", self.inner).strip()

    def html(self) -> str:
        scope = f' scope="{self.scope}"' if self.name == "th" else ""
        wide = f' colspan="{self.columns}"' if self.columns > 1 else ""
        high = f' rowspan="{self.rows}"' if self.rows > 1 else ""
        return f"<{self.name}{scope}{wide}{high}>{self.inner}</{self.name}>"


def body(document: Document, targets: Targets, mark: tuple[str, str]) -> str:
    """The document's own text and its notes; contract in ``l10n.formats``.

    Headers, footers, pictures and comments are left out.
    """
    text = formats.fold(document, targets, whole_units=True, mark=(_BEGIN, _END))
    package = opened(document.container, path=document.path)
    by_role = {part.role: part for part in reversed(parts.taken_apart(text))}
    texts = {role: text[part.start : part.end] for role, part in by_role.items()}
    styles = kinds.read(texts.get("styles", ""), texts.get("numbering", ""))
    out: list[str] = []
    numbers: dict[str, int] = {}
    notes: dict[str, str] = {}
    for role in ("document", "footnotes", "endnotes"):
        if role not in by_role:
            continue
        links = parts.relations(package, by_role[role].name)
        page = _Page(source(texts[role]), styles, links, mark, numbers)
        if role == "document":
            out.extend(page.blocks())
        else:
            notes.update(page.notes(role.removesuffix("s")))
    if listed := [f'<li id="{escape(name)}">{notes[name]}</li>' for name in numbers if name in notes]:
        out.append("<ol>\n" + "\n".join(listed) + "\n</ol>")
    return "".join(f"{line}\n" for line in out)


@dataclass(slots=True)
class _Page:
    """Turns one part into HTML; ``numbers`` are those of the notes met so far, by their names."""

    source: Source
    styles: Styles
    links: Mapping[str, str]
    mark: tuple[str, str]
    numbers: dict[str, int]
    reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        self.reader = Reader(self.source)

    def blocks(self) -> Iterator[str]:
        blocks = _titled(list(self.paragraphs(0, len(self.source.tags))))
        for wrapper, group in groupby(blocks, key=lambda block: "li" if block.tag == "li" else block.wrapper):
            if wrapper == "li":
                yield _list(group)
                continue
            inner = "".join(f"<{block.tag}>{block.inner}</{block.tag}>\n" for block in group)
            yield f"<{wrapper}>\n{inner}</{wrapper}>" if wrapper == "blockquote" else inner.rstrip("\n")

    def paragraphs(self, start: int, end: int) -> Iterator[_Block]:
        index = start
        while index < end:
            tag = self.source.tags[index]
            if tag.sort is Sort.START and tag.name == "w:tbl":
                yield _Block(f"table {index}", "table", self.table(index))
                index = self.source.partner[index]
            elif tag.sort is Sort.START and tag.name == "w:p":
                paragraphs = whole(self.source, index)
                yield from self.paragraph(paragraphs)
                index = self.source.partner[paragraphs[-1]]
            elif is_placeholder(self.source, index):
                index = self.source.partner[index]
            index += 1

    def table(self, index: int) -> str:
        """The rows of a table; a table in a cell becomes its paragraphs."""
        rows = list(self._inside(index, "w:tr"))
        out: list[dict[int, _Cell]] = []
        above: dict[int, _Cell] = {}
        for row in rows:
            is_first = row == rows[0] and len(rows) > 1 and self._is_headed(index)
            name = "th" if is_first or self._is_on(row, "w:tblHeader", "w:tc") else "td"
            cells = self._cells(row, name)
            merged = {
                at
                for at, cell in cells.items()
                if cell.goes_on and at in above and above[at].columns == cell.columns
            }
            if cells and merged == cells.keys():
                continue  # a row that is no more than the lower half of the one above
            for at in merged:
                above[at].rows += 1
            out.append({at: cell for at, cell in cells.items() if at not in merged})
            above = {at: above[at] if at in merged else cell for at, cell in cells.items()}
        _name_what_is_in(out)
        return "".join(f"\n<tr>{''.join(map(_Cell.html, row.values()))}</tr>" for row in out) + "\n"

    def _cells(self, row: int, name: str) -> dict[int, _Cell]:
        """The cells of a row by the columns in which they begin."""
        cells: dict[int, _Cell] = {}
        column = 0
        for index in self._inside(row, "w:tc"):
            spans = [self._value(at, "val") for at in self._properties(index, "w:gridSpan", "w:p")]
            columns = next((int(span) for span in spans[:1] if _SPAN.fullmatch(span)), 1)
            inner = "<br>".join(self.cell(index))
            merges = [self._value(at, "val") for at in self._properties(index, "w:vMerge", "w:p")]
            # Words of its own are shown in a cell of their own.
            goes_on = not inner and bool(merges) and merges[0] != "restart"
            cells[column] = _Cell(name, inner, columns, goes_on)
            column += columns
        return cells

    def _inside(self, index: int, name: str) -> Iterator[int]:
        """Where the elements of a name begin in another, without those in one of them or in a cell."""
        tags, partner = self.source.tags, self.source.partner
        at = index + 1
        while at < partner[index]:
            if tags[at].sort is Sort.START and tags[at].name in {name, "w:tc"}:
                if tags[at].name == name:
                    yield at
                at = partner[at]
            at += 1

    def _properties(self, index: int, name: str, first: str) -> Iterator[int]:
        """The tags of a name in an element before the first of what it holds."""
        tags = self.source.tags
        for at in range(index + 1, self.source.partner[index]):
            if tags[at].name == first:
                return
            if tags[at].name == name and tags[at].sort is not Sort.END:
                yield at

    def _value(self, at: int, name: str) -> str:
        return attribute(self.source.text, self.source.tags[at], name) or ""

    def _is_on(self, index: int, name: str, first: str) -> bool:
        return any(self._value(at, "val") not in OFF for at in self._properties(index, name, first))

    def _is_headed(self, index: int) -> bool:
        """Whether the look of a table makes its first row a head (ISO/IEC 29500-1, 17.4.55)."""
        for at in self._properties(index, "w:tblLook", "w:tr"):
            look = self._value(at, "val")
            is_set = _HEX.fullmatch(look) is not None and int(look, 16) & _FIRST_ROW
            return bool(is_set) or self._value(at, "firstRow") in {"1", "true", "on"}
        return False

    def cell(self, index: int) -> Iterator[str]:
        at = index + 1
        while at < self.source.partner[index]:
            tag = self.source.tags[at]
            if tag.name == "w:p" and tag.sort is Sort.START:
                paragraphs = whole(self.source, at)
                if inner := self.inner(paragraphs):
                    yield inner
                at = self.source.partner[paragraphs[-1]]
            at += 1

    def paragraph(self, paragraphs: tuple[int, ...]) -> Iterator[_Block]:
        """A whole paragraph and the text boxes anchored in it."""
        if inner := self.inner(paragraphs):
            kind, name = kinds.kind(self.source, paragraphs[-1], self.styles)
            _, depth, _ = kinds.in_list(self.source, paragraphs[-1], self.styles)
            yield _block(kind, name, inner)._replace(depth=depth)
        for index in paragraphs:
            yield from self.boxes(index)

    def boxes(self, index: int) -> Iterator[_Block]:
        """The paragraphs of text boxes; of two versions of a box the first counts."""
        at, end = index + 1, self.source.partner[index]
        while at < end:
            tag = self.source.tags[at]
            if tag.sort is Sort.START and tag.name == "mc:Fallback":
                at = self.source.partner[at]
            elif tag.sort is Sort.START and tag.name == "w:p":
                paragraphs = whole(self.source, at)
                if inner := self.inner(paragraphs):
                    yield _Block("", "p", inner)
                at = self.source.partner[paragraphs[-1]]
            at += 1

    def inner(self, paragraphs: tuple[int, ...]) -> str:
        """The words of a whole paragraph, with bold, italic, links and references to notes."""
        inner = self.shown(atoms(self.reader, paragraphs))
        foreign = bool(inner) and any(map(self.foreign, paragraphs))
        return f"{self.mark[0]}{inner}{self.mark[1]}" if foreign else inner

    def foreign(self, index: int) -> bool:
        """Whether a paragraph's own words, not those of a box in it, stay in the source language."""
        tags, partner = self.source.tags, self.source.partner
        at = begin = index
        while at < partner[index]:
            at += 1
            if tags[at].name == "w:p":
                if self.source.text.find(_BEGIN, tags[begin].end, tags[at].start) >= 0:
                    return True
                begin = at = max(partner[at], at) if at < partner[index] else at
        return False

    def shown(self, atoms: Iterable[Atom]) -> str:
        out: list[str] = []
        closing: list[str] = []
        for atom in atoms:
            if atom.what is What.OPEN:
                href = self.address(atom)
                out.append(f'<a href="{escape(href)}">' if href else "")
                closing.append("</a>" if href else "")
            elif atom.what is What.CLOSE:
                out.append(closing.pop())
            elif atom.what is What.WORDS:
                out.append(_styled(atom))
            elif atom.what is What.LONE:
                out.append(self.lone(atom))
        return _joined("".join(out)).strip()

    def lone(self, atom: Atom) -> str:
        for tag in self.source.tags[atom.first : atom.last + 1]:
            if tag.name in {"w:footnoteReference", "w:endnoteReference"}:
                number = attribute(self.source.text, tag, "id") or ""
                name = f"{tag.name[2:].removesuffix('Reference')}-{number}"
                if not number.isdecimal():
                    return ""
                position = self.numbers.setdefault(name, len(self.numbers) + 1)
                return f'<sup><a href="#{escape(name)}">{position}</a></sup>'
        if atom.label in {"line break", "page break", "column break"}:
            return "<br>"
        return " " if atom.label == "tab" else escape(atom.text)

    def address(self, atom: Atom) -> str:
        kind, _, value = atom.target.partition(" ")
        address = self.links.get(value, "") if kind == "relation" else value
        return address if _SAFE.match(address) else ""

    def notes(self, name: str) -> Iterator[tuple[str, str]]:
        """The notes of a part, each after the name that references point to."""
        tags = self.source.tags
        for index, tag in enumerate(tags):
            if tag.name != f"w:{name}" or tag.sort is not Sort.START:
                continue
            number = attribute(self.source.text, tag, "id") or ""
            inner = " ".join(block.inner for block in self.paragraphs(index + 1, self.source.partner[index]))
            if inner:
                yield f"{name}-{number}", inner


def _name_what_is_in(rows: list[dict[int, _Cell]]) -> None:
    """Heads for a table of which its author marked none: who hears it needs them (WCAG 2.2, 1.3.1).

    Words above figures are heads of their columns; else the first cells, where all have words, of their rows.
    """
    cells = [cell for row in rows for cell in row.values()]
    if len(rows) < 2 or len(cells) <= len(rows) or any(cell.name == "th" for cell in cells):
        return
    first, *below = rows
    columns = ([row[at].words for row in below if at in row] for at in first)
    figured = any(column and all(map(_FIGURE.search, column)) for column in columns)
    if figured and not any(_FIGURE.search(cell.words) for cell in first.values()):
        heads, scope = [cell for cell in first.values() if cell.words], "col"
    else:
        heads, scope = [row[0] for row in rows if 0 in row and len(row) > 1], "row"
        if not all(_LETTER.search(cell.words) for cell in heads):
            return
    for cell in heads:
        cell.name, cell.scope = "th", scope


def _list(items: Iterable[_Block]) -> str:
    """Items in a row as lists: those further in stand in the item before, with numbers of their own."""
    out: list[str] = []
    open_: list[_Block] = []
    for item in items:
        while len(open_) > 1 and open_[-1].depth > item.depth:
            out.append(f"</li>\n</{open_.pop().wrapper}>\n")
        if open_ and open_[-1].depth >= item.depth:
            if open_[-1].wrapper == item.wrapper:
                out.append("</li>\n")
            else:
                out.append(f"</li>\n</{open_.pop().wrapper}>\n<{item.wrapper}>\n")
                open_.append(item)
        else:
            line = "\n" if open_ and not out[-1].endswith("\n") else ""
            out.append(f"{line}<{item.wrapper}>\n")
            open_.append(item)
        out.append(f"<li>{item.inner}")
    out += [f"</li>\n</{one.wrapper}>\n" for one in reversed(open_)]
    return "".join(out).removesuffix("\n")


def _block(kind: Kind, name: str, inner: str) -> _Block:
    if kind is Kind.QUOTE:
        return _Block("blockquote", "p", inner)
    if kind is Kind.ITEM:
        return _Block("ol" if name == "ordered" else "ul", "li", inner)
    if kind is Kind.TITLE:
        return _Block("", "h1", inner)
    if kind is Kind.HEADING:
        return _Block("", f"h{min(6, max(int(name[1]), 2))}", inner)
    return _Block("", "p", inner)


def _titled(blocks: list[_Block]) -> list[_Block]:
    """Blocks of which one is the title: the first heading, when no paragraph says that it is."""
    if not any(block.tag == "h1" for block in blocks):
        for index, block in enumerate(blocks):
            if block.tag.startswith("h"):
                blocks[index] = block._replace(tag="h1")
                break
    return blocks


def _styled(atom: Atom) -> str:
    text = escape(atom.text.replace(_BEGIN, "").replace(_END, ""))
    if not text.strip():
        return text
    for trait, tag in (("i", "em"), ("b", "strong")):
        if trait in atom.look.traits:
            text = f"<{tag}>{text}</{tag}>"
    return text


def _joined(html: str) -> str:
    """HTML without the ends and beginnings of what simply goes on."""
    return _SEAMS.sub("", _SEAMS.sub("", html))
