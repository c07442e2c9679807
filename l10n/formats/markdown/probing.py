"""Where in a page's HTML each word of a document stands, found by one rendering with marks for the words.

What stands between two marks of a segment is the HTML of the code between them.  Each mark carries three
signs that only read as themselves where words are words, and as words of an attribute in one: a mark that
comes out otherwise proves nothing.  With its own words in the places of the marks the HTML has to be that of
the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from l10n import inline
from l10n.formats.markdown import boxes, frontmatter, markup
from l10n.inline import Role
from l10n.model import Code, Document, Segment, Unit

Key = tuple[str, str]
_MARK = re.compile('\ue000(\\d+)\\.(\\d+)&amp;&lt;("|&quot;)\ue001')
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a segment stands, by the number of the segment, and the HTML of its codes with what is in it.

    ``in_tag`` says that it stands in an attribute's value.  ``order`` is that of its codes where another
    would change what they say: notes are numbered as they are met.
    """

    number: int
    codes: Mapping[str, tuple[str | Place, ...]]
    in_tag: bool
    order: tuple[str, ...] = ()


Parts = tuple[str | Place, ...]


def distinct(document: Document) -> list[Segment]:
    """The segments of a document, each source once; their indexes are their numbers."""
    return list({segment.key: segment for _, segment in document.segments()}.values())


def slots(segment: Segment) -> tuple[inline.Token, ...]:
    """The ends of the codes in a segment's source, in order."""
    if not segment.codes:
        return ()
    return tuple([token for token in inline.tokens(segment.source) if token.role is not Role.TEXT])


def written(words: str, *, in_tag: bool) -> str:
    """Words as the renderer writes them."""
    plain = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace('"', "&quot;") if in_tag else plain


def places(document: Document, segments: Sequence[Segment]) -> Parts | None:
    """The HTML of a document with the places of its segments; None where that is not certain."""
    if any(segment.place.startswith(markup.PLACES) or _special(segment) for segment in segments):
        return None
    text = document.text
    if "\ue000" in text:
        return None
    numbers = {segment.key: number for number, segment in enumerate(segments)}
    pieces = _MARK.split(_html(_marked(document.parts, numbers)))
    if any("\ue000" in piece for piece in pieces[::4]):
        return None
    placed = _Reading(pieces, segments).all()
    if placed is None or _blank("".join(_own(placed, segments))) != _blank(_html(text)):
        return None
    return placed


def _special(segment: Segment) -> bool:
    """Whether what a segment's words are decides on what its link leads to."""
    return " links:" in segment.place or " label:" in segment.place


def _html(text: str) -> str:
    return boxes.html(frontmatter.split(text.removeprefix(_BOM))[2])


def _blank(html: str) -> str:
    """HTML with each stretch of white space as one blank."""
    return " ".join(html.split())


def _marked(parts: Sequence[str | Unit], numbers: Mapping[Key, int]) -> str:
    """A document's text with marks in the places of its words; its front matter stays."""
    out: list[str] = []
    for part in parts:
        if isinstance(part, str):
            out.append(part)
        else:
            _mark(part.parts, numbers, out)
    return "".join(out)


def _mark(parts: Sequence[str | Segment], numbers: Mapping[Key, int], out: list[str]) -> None:
    for part in parts:
        if isinstance(part, str):
            out.append(part)
            continue
        if part.place.startswith(frontmatter.PLACES):
            out.append(part.raw)
            continue
        number = numbers[part.key]
        out.append(f"\ue000{number}.0&amp;&lt;&quot;\ue001")
        if not part.codes:
            continue
        by_number = {code.number: code for code in part.codes}
        for at, token in enumerate(slots(part), 1):
            out.append(_code(by_number[token.number], closes=token.role is Role.CLOSE, numbers=numbers))
            out.append(f"\ue000{number}.{at}&amp;&lt;&quot;\ue001")


def _code(code: Code, *, closes: bool, numbers: Mapping[Key, int]) -> str:
    """An end of a code with marks for the words in its holes; an emphasis is one beside any letter."""
    raw = (code.closing or "") if closes else code.opening
    if raw in {"_", "__"}:
        return "*" * len(raw)
    for hole in reversed(code.holes):
        if hole.closing is closes:
            out: list[str] = []
            _mark(hole.unit.parts, numbers, out)
            raw = raw[: hole.start] + "".join(out) + raw[hole.end :]
    return raw


def _own(parts: Parts, segments: Sequence[Segment]) -> Iterator[str]:
    """The HTML with the words of the sources."""
    for part in parts:
        if isinstance(part, str):
            yield part
            continue
        for token in inline.tokens(segments[part.number].source):
            if token.role is Role.TEXT:
                yield written(token.text, in_tag=part.in_tag)
            else:
                yield from _own(part.codes[token.text], segments)


@dataclass(slots=True)
class _Reading:
    """Pieces of HTML with marks between them, ``html, segment, slot, quote, html, …``, being read."""

    pieces: Sequence[str]
    segments: Sequence[Segment]
    at: int = 0

    def all(self) -> Parts | None:
        """The whole of it, None when the marks are not in order."""
        try:
            parts = self._until(None)
        except (IndexError, ValueError):
            return None
        return parts if self.at == len(self.pieces) else None

    def _until(self, stop: tuple[int, int, str] | None) -> Parts:
        """What comes before a mark, or before the end."""
        out: list[str | Place] = []
        while True:
            if piece := self.pieces[self.at]:
                out.append(piece)
            self.at += 1
            if self.at == len(self.pieces):
                if stop is not None:
                    raise ValueError(stop)
                return tuple(out)
            number, slot, quote = self.pieces[self.at : self.at + 3]
            self.at += 3
            mark = int(number), int(slot), quote
            if mark == stop:
                return tuple(out)
            if mark[1]:
                raise ValueError(mark)
            out.append(self._place(mark[0], quote))

    def _place(self, number: int, quote: str) -> Place:
        codes = {
            token.text: self._until((number, slot, quote))
            for slot, token in enumerate(slots(self.segments[number]), 1)
        }
        html = "".join(piece for parts in codes.values() for piece in parts if isinstance(piece, str))
        order = tuple(codes) if "footnote-reference" in html else ()
        return Place(number, codes, quote != '"', order)
