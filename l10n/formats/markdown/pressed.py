"""A page's HTML with holes: parsed once for all languages, and filled without parsing again.

The document is rendered once with a mark in the place of every stretch of words.  What stands
between two marks of a segment is the HTML of the code between them, so that a target becomes HTML
by putting its words and codes in order.  Behind each mark stand words full of signs: where these do
not come out as words, and for a target that is not of the plainest kind, the page is rendered in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from l10n import inline
from l10n.formats import Body, Targets
from l10n.formats.markdown import markup
from l10n.inline import Role
from l10n.model import Document, Segment

_MARK = re.compile("\ue000(\\d+)\\.(\\d+)\ue001")
# What is written in more than one way: controls, line ends, marks; and spaces at an edge or in a row.
_UNUSUAL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ue000\ue001\ufdd0-\ufdef]")
# The guard that keeps two signs of Markdown apart says nothing to a reader.
_GUARD = "<span></span>"
_HARD = "a & b < \"c\" 'd' {e} *f* _g_ [h](i) `j` | ~m~ &amp; > n"
_SAID = inline.escape_literal(_HARD)

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a segment stands: its key, and the HTML of its codes, with the segments that are in it.

    ``in_tag`` says that it stands in an attribute's value.  ``order`` is that of its codes where another
    would change what they say: notes are numbered as they are met.
    """

    key: _Key
    codes: Mapping[str, tuple[str | _Place, ...]]
    in_tag: bool
    order: tuple[str, ...] = ()


class _Full(Exception):
    """This page has to be rendered in full."""


def body_of(document: Document, render: Body, full: Body | None = None) -> Body:
    """What gives a document's body for any targets; ``render`` does so in full.

    ``full`` is asked instead of it where a segment has no target, or none of the plainest kind.
    """
    parts = _taken_apart(document, render)
    full = full or render
    if parts is None:
        return full

    def body(targets: Targets, mark: tuple[str, str]) -> str:
        try:
            return _filled(parts, targets)
        except _Full:
            return full(targets, mark)

    return body


def _taken_apart(document: Document, render: Body) -> tuple[str | _Place, ...] | None:
    """The HTML with its holes, None when it cannot be proven to give what rendering gives."""
    segments = list({segment.key: segment for _, segment in document.segments()}.values())
    if any(segment.place.startswith(markup.PLACES) for segment in segments):
        return None
    if "\ue000" in document.text:
        return None
    probe = {segment.key: _probe(number, segment) for number, segment in enumerate(segments)}
    return _Reading(_MARK.split(render(probe, ("", "")).replace(_GUARD, "")), segments).all()


def _slots(segment: Segment) -> tuple[inline.Token, ...]:
    return tuple(token for token in inline.tokens(segment.source) if token.role is not Role.TEXT)


def _probe(number: int, segment: Segment) -> str:
    """A target with a mark and hard words at its edges and between any two of its codes."""
    out = [f"\ue000{number}.0\ue001{_SAID}"]
    for at, token in enumerate(_slots(segment), 1):
        out.append(f"{token.text}\ue000{number}.{at}\ue001{_SAID}")
    return "".join(out)


@dataclass(slots=True)
class _Reading:
    """Pieces of HTML with marks between them, ``html, segment, slot, html, …``, being read."""

    pieces: Sequence[str]
    segments: Sequence[Segment]
    at: int = 0
    in_tag: bool = False

    def all(self) -> tuple[str | _Place, ...] | None:
        """The whole of it, None when the marks are not in order."""
        try:
            found = self._until(None)
        except (IndexError, ValueError):
            return None
        return found if self.at == len(self.pieces) else None

    def _until(self, stop: tuple[int, int] | None) -> tuple[str | _Place, ...]:
        """What comes before a mark, or before the end."""
        out: list[str | _Place] = []
        while True:
            if piece := self._after_words():
                out.append(piece)
                opened, closed = piece.rfind("<"), piece.rfind(">")
                self.in_tag = opened > closed or (self.in_tag and closed < 0)
            self.at += 1
            if self.at == len(self.pieces):
                if stop is not None:
                    raise ValueError(stop)
                return tuple(out)
            number, slot = int(self.pieces[self.at]), int(self.pieces[self.at + 1])
            self.at += 2
            if (number, slot) == stop:
                return tuple(out)
            if slot:
                raise ValueError(slot)
            out.append(self._place(number))

    def _after_words(self) -> str:
        """The piece that is next, without the words it begins with when it stands after a mark."""
        piece = self.pieces[self.at]
        if not self.at:
            return piece
        written = _written(_HARD, in_tag=self.in_tag)
        if not piece.startswith(written):
            raise ValueError(piece)
        return piece[len(written) :]

    def _place(self, number: int) -> _Place:
        segment, in_tag = self.segments[number], self.in_tag
        codes = {token.text: self._until((number, slot)) for slot, token in enumerate(_slots(segment), 1)}
        said = "".join(piece for each in codes.values() for piece in each if isinstance(piece, str))
        return _Place(segment.key, codes, in_tag, tuple(codes) if "footnote-reference" in said else ())


def _written(words: str, *, in_tag: bool) -> str:
    """Words as the renderer writes them."""
    plain = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace('"', "&quot;") if in_tag else plain


def _filled(parts: Sequence[str | _Place], targets: Targets) -> str:
    out: list[str] = []
    _fill(parts, targets, out.append)
    return "".join(out)


def _fill(parts: Sequence[str | _Place], targets: Targets, put: Callable[[str], None]) -> None:
    for part in parts:
        if isinstance(part, str):
            put(part)
            continue
        target = targets.get(part.key)
        if not target or _unusual(target):
            raise _Full
        if not part.codes and "<" not in target:
            put(_written(target, in_tag=part.in_tag))
            continue
        tokens = inline.tokens(target)
        if part.order and part.order != tuple(each.text for each in tokens if each.number):
            raise _Full
        for token in tokens:
            if token.role is Role.TEXT:
                put(_written(token.text, in_tag=part.in_tag))
            elif token.text in part.codes:
                _fill(part.codes[token.text], targets, put)
            else:
                raise _Full


def _unusual(target: str) -> bool:
    if target[0].isspace() or target[-1].isspace() or "  " in target:
        return True
    return not target.isprintable() and _UNUSUAL.search(target) is not None
