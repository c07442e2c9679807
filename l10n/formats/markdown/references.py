"""Links whose words are also their address: ``[the report]`` and ``[the report][]``.

When the words are translated the address must stay, so such a link is written in full,
``[le rapport][the report]``, or locked where that cannot be done.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from urllib.parse import quote

from l10n import inline, segment
from l10n.formats.markdown import places
from l10n.formats.markdown.spans import Inside, lock
from l10n.model import Code, Segment

_LINE_END = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t>]*")

Parts = tuple[str | Segment, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """A reference link in its block: offsets of its opening and of its words, and what closes it."""

    at: int
    start: int
    end: int
    closing: str
    words: str

    @property
    def address(self) -> str:
        return _LINE_END.sub(" ", self.words)


def settle(parts: Parts, inside: Inside, locale: str) -> tuple[Parts, Inside]:
    """Parts in which every reference link can keep its address, the others being locked."""
    hopeless = _hopeless(parts, inside)
    for _ in range(2):
        if not hopeless:
            return parts, inside
        inside = replace(
            inside, runs=lock(inside.runs, hopeless), references=frozenset(inside.references - hopeless)
        )
        parts = segment.cut(inside.runs, locale)
        hopeless = inside.references if _hopeless(parts, inside) else frozenset()
    return parts, inside


def addressed(parts: Parts, inside: Inside) -> Parts:
    """Parts whose places carry the addresses of reference links.

    The words of a collapsed link take the ``][`` after them along, so that what they leave is
    the same as with a shortcut link: words, and the bracket that closes it.
    """
    links = _links(inside)
    opened = [link.at for link in links]
    by_words = {(link.start, link.end): link for link in links}
    out: list[str | Segment] = []
    moved = 0
    spans = iter(places.segment_spans(parts))
    for part in parts:
        if isinstance(part, str):
            out.append(part[moved:])
            moved = 0
            continue
        start, end = next(spans)
        within = links[bisect_left(opened, start) : bisect_left(opened, end)]
        changed = replace(part, place=part.place + _numbered(part.codes, within)) if within else part
        if around := by_words.get((start, end)):
            moved = 2 if around.closing == "][]" else 0
            raw = changed.raw + around.closing[:moved]
            changed = replace(changed, raw=raw, place=f"{changed.place} label:{around.address}")
        out.append(changed)
    return tuple(out)


def _hopeless(parts: Parts, inside: Inside) -> frozenset[int]:
    """Where links open that stand in the skeleton and do not hold exactly one segment or none."""
    spans = places.segment_spans(parts)
    starts = [start for start, _ in spans]
    hopeless: set[int] = set()
    for link in _links(inside):
        before = bisect_right(starts, link.at) - 1
        if before >= 0 and link.at < spans[before][1]:
            continue
        inner = spans[bisect_left(starts, link.start) : bisect_left(starts, link.end)]
        if inner and inner != [(link.start, link.end)]:
            hopeless.add(link.at)
    return frozenset(hopeless)


def _links(inside: Inside) -> list[_Link]:
    partner = inline.pairs(inside.runs)
    offsets = [0]
    for run in inside.runs:
        offsets.append(offsets[-1] + len(run.raw))
    raw = "".join(run.raw for run in inside.runs)
    return [
        _Link(at, offsets[index + 1], offsets[partner[index]], inside.runs[partner[index]].raw, words)
        for index, at in enumerate(offsets[:-1])
        if at in inside.references and partner.get(index, -1) > index
        for words in [raw[offsets[index + 1] : offsets[partner[index]]]]
    ]


def _numbered(codes: tuple[Code, ...], links: list[_Link]) -> str:
    """The addresses of links as a place carries them, by the numbers of their codes."""
    references = (code for code in codes if is_reference(code))
    numbered = [
        f"{code.number}={quote(link.address, safe='')}" for code, link in zip(references, links, strict=False)
    ]
    return f" links:{','.join(numbered)}" if numbered else ""


def is_reference(code: Code) -> bool:
    """Whether a code is a link or image whose words are its address."""
    return code.closing in {"]", "][]"} and code.opening in {"[", "!["}
