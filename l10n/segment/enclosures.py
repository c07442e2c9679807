"""Where quotations and brackets stand open: only pairs that are really closed count."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

# What closes each opening mark.  German and Danish print »…« and „…“, Swedish ”…”.
_QUOTES = {'"': '"', "«": "»", "“": "”", "„": "“”", "»": "«", "”": "”"}
_QUOTE = re.compile(r"[\"«»“”„]")
# What is typed for gershayim: before the last letter of a Hebrew acronym, or further in where it has an
# ending and more than a prefix stands before it, unlike before what is quoted in ב"הארץ".
GERSHAYIM = re.compile(r"(?<![א-ת])(?:[א-ת]{1,12}\"(?=[א-ת](?![א-ת\"]))|[בהוכלמש]*+[א-ת]{1,12}\"(?=[א-ת]))")
_BRACKETS = dict(zip("（(《〈【〔「『", "）)》〉】〕」』", strict=True))
_BRACKET = re.compile("[（(《〈【〔「『）)》〉】〕」』]")


@dataclass(frozen=True, slots=True)
class Enclosures:
    """Stretches of a text between an opening and its closing mark, the outermost, in order.

    ``starts`` and ``ends`` are the offsets of the two marks.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def holds(self, at: int) -> bool:
        """Whether an offset lies between two marks."""
        index = bisect_right(self.starts, at) - 1
        return index >= 0 and self.starts[index] < at < self.ends[index]

    def closes(self, at: int) -> bool:
        """Whether the mark at an offset closes a stretch."""
        return self.opening(at) >= 0

    def opening(self, at: int) -> int:
        """Where the stretch begins that the mark at an offset closes, -1 when it closes none."""
        index = bisect_right(self.starts, at) - 1
        return self.starts[index] if index >= 0 and self.ends[index] == at else -1


_NONE = Enclosures((), ())


def quotations(text: str) -> Enclosures:
    """What stands between quotation marks; a quotation within another is not looked for."""
    if not _QUOTE.search(text):
        return _NONE
    inside = {mark.end() - 1 for mark in GERSHAYIM.finditer(text)} if '"' in text else ()
    spans: list[tuple[int, int]] = []
    opened, closers = 0, ""
    for mark in _QUOTE.finditer(text):
        if mark.start() in inside:
            continue
        if not closers:
            opened, closers = mark.start(), _QUOTES[mark[0]]
        elif mark[0] in closers:
            spans.append((opened, mark.start()))
            closers = ""
    return _of(spans)


def brackets(text: str) -> Enclosures:
    """What stands between East Asian brackets, or the round ones of ASCII beside ideographs.

    An inner bracket left open does not count.
    """
    if not _BRACKET.search(text):
        return _NONE
    spans: list[tuple[int, int]] = []
    stack: list[tuple[int, str]] = []
    for mark in _BRACKET.finditer(text):
        if closing := _BRACKETS.get(mark[0]):
            stack.append((mark.start(), closing))
        elif stack and stack[-1][1] == mark[0]:
            opened, _ = stack.pop()
            while spans and spans[-1][0] > opened:
                spans.pop()
            spans.append((opened, mark.start()))
    return _of(spans)


def _of(spans: list[tuple[int, int]]) -> Enclosures:
    return Enclosures(tuple(start for start, _ in spans), tuple(end for _, end in spans))


@dataclass(slots=True)
class Surroundings:
    """The quotations and brackets of a text, looked for when first asked: most sentences need neither."""

    text: str
    _quoted: Enclosures | None = None
    _bracketed: Enclosures | None = None

    @property
    def quoted(self) -> Enclosures:
        """Its quotations."""
        if self._quoted is None:
            self._quoted = quotations(self.text)
        return self._quoted

    @property
    def bracketed(self) -> Enclosures:
        """Its stretches in East Asian brackets."""
        if self._bracketed is None:
            self._bracketed = brackets(self.text)
        return self._bracketed
