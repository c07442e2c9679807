"""Where in Markdown a target lands, and what stands around it, in one line of words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from l10n.formats.markdown.spans import Inside
from l10n.inline import (
    CLOSE,
    OPEN,
    Run,
)
from l10n.model import Segment

UNKNOWN = "?"
_DELIMITED = {"Emphasis", "Strong", "Strikethrough"}
_SIGN = re.compile(r"[*_~<$]")
_LITERAL = {"", "url", "email", "phone", "mangled"}


@dataclass(frozen=True, slots=True)
class Place:
    """What encoding must know about the surroundings of a segment.

    ``block`` is "text", "heading", "cell", "quoted" (a title between double quotes) or
    "fence" (one behind signs of code, which may hold no more of them).
    ``line_start``: it begins a line, where a digit or a dash may begin a block.  ``closed``: an
    emphasis of the skeleton closes directly before it; ``opening``: one opens directly after it.
    ``left`` and ``right`` are the characters it touches, "" for a blank or the block's edge, "?"
    for another segment.  ``busy`` are the signs that would mean something if the target had them
    too: unmatched ones elsewhere in the block, those of an emphasis around the segment.
    ``links`` are the addresses that reference links in the segment need, since their words were
    their addresses: "1=the%20report,3=it", by code.  ``label`` is the address of such a link
    around the whole segment.
    """

    block: str = "text"
    line_start: bool = False
    closed: bool = False
    opening: bool = False
    left: str = ""
    right: str = ""
    busy: str = ""
    links: str = ""
    label: str = ""

    def __str__(self) -> str:
        return "".join(
            (
                self.block,
                " line-start" if self.line_start else "",
                " closed" if self.closed else "",
                " opening" if self.opening else "",
                f" left:{self.left}" if self.left else "",
                f" right:{self.right}" if self.right else "",
                f" busy:{self.busy}" if self.busy else "",
                f" links:{self.links}" if self.links else "",
                f" label:{self.label}" if self.label else "",
            )
        )

    def addresses(self) -> dict[int, str]:
        """The addresses of the reference links in the segment, by code."""
        pairs = (pair.partition("=") for pair in self.links.split(",") if pair)
        return {int(number): unquote(address) for number, _, address in pairs}


def read(place: str) -> Place:
    """A place as its segment carries it."""
    if " " not in place:
        return Place(place)
    rest, _, label = place.partition(" label:")
    block, *words = rest.split(" ")
    values = dict(word.split(":", 1) for word in words if ":" in word)
    return Place(
        block,
        "line-start" in words,
        "closed" in words,
        "opening" in words,
        values.get("left", ""),
        values.get("right", ""),
        values.get("busy", ""),
        values.get("links", ""),
        label,
    )


def placed(
    parts: tuple[str | Segment, ...], block: Inside, name: str, *, at_line: bool, busy: str = ""
) -> tuple[str | Segment, ...]:
    """A block's parts with each segment told its place; ``at_line``: the block begins a line.

    ``busy`` are signs that mean something around the block.  Segments that have a place of
    their own keep it.
    """
    brackets = "[" in "".join([run.raw for run in block.runs])
    if len(parts) == 1 and isinstance(parts[0], Segment) and parts[0].place == "text":
        # Nothing of the block stands around it, and what is unpaired in it is its own.
        only = parts[0]
        alone = "".join(sorted({*busy, "["} if brackets else set(busy)))
        return (_with_place(only, _told(name, at_line, *_NOTHING_AROUND, alone)),)
    spans = segment_spans(parts)
    marks = _marks(block.runs)
    around = _around(marks, spans)
    strays, unpaired = _strays(block.runs, spans)
    unpaired |= {"["} if brackets else set()
    out: list[str | Segment] = []
    at = 0
    for index, part in enumerate(parts):
        if isinstance(part, str):
            out.append(part)
            continue
        (start, end), at = spans[at], at + 1
        if part.place != "text":
            out.append(part)
            continue
        line_start = start in marks.breaks or (start == 0 and at_line)
        left, right = _edge(parts, index - 1, -1), _edge(parts, index + 1, 0)
        meaning = around[at - 1] | {sign for sign in unpaired if strays.get(sign) != at - 1}
        around_it = "".join(sorted(meaning.union(busy))) if meaning or len(busy) > 1 else busy
        place = _told(name, line_start, start in marks.closed, end in marks.opened, left, right, around_it)
        out.append(_with_place(part, place))
    return tuple(out)


_NOTHING_AROUND = (False, False, "", "")


# Most segments of a file stand in one of a few places.
@lru_cache(1024)
def _told(*place: str | bool) -> str:
    """A place from its first fields, as its segment carries it."""
    return str(Place(*place))  # type: ignore[arg-type]


def _with_place(part: Segment, place: str) -> Segment:
    return Segment(part.raw, part.source, part.context, part.codes, place)


def segment_spans(parts: tuple[str | Segment, ...]) -> list[tuple[int, int]]:
    """The (start, end) of each segment in its block."""
    spans: list[tuple[int, int]] = []
    at = 0
    for part in parts:
        width = len(part if isinstance(part, str) else part.raw)
        if isinstance(part, Segment):
            spans.append((at, at + width))
        at += width
    return spans


def _edge(parts: tuple[str | Segment, ...], index: int, side: int) -> str:
    """The character a neighbouring part touches a segment with."""
    if not 0 <= index < len(parts):
        return ""
    part = parts[index]
    if isinstance(part, Segment):
        return UNKNOWN
    return "" if part[side].isspace() else part[side]


@dataclass(frozen=True, slots=True)
class _Marks:
    """Offsets in a block: where line breaks end, where emphases open and have closed, with their signs."""

    breaks: frozenset[int]
    opened: dict[int, str]
    closed: dict[int, str]


def _marks(runs: tuple[Run, ...]) -> _Marks:
    breaks: set[int] = set()
    opened: dict[int, str] = {}
    closed: dict[int, str] = {}
    at = 0
    for run in runs:
        end = at + len(run.raw)
        if run.name == "break":
            breaks.add(end)
        elif run.name in _DELIMITED and run.role is OPEN:
            opened[at] = run.raw[:1]
        elif run.name in _DELIMITED and run.role is CLOSE:
            closed[end] = run.raw[:1]
        at = end
    return _Marks(frozenset(breaks), opened, closed)


def _around(marks: _Marks, spans: list[tuple[int, int]]) -> list[set[str]]:
    """The signs of the emphases of the skeleton that each segment stands in."""
    if not (marks.opened or marks.closed):
        return [set() for _ in spans]
    steps = sorted(
        [(at, 1, sign) for at, sign in marks.opened.items()] + [(at, 0, "") for at in marks.closed]
    )
    out: list[set[str]] = []
    stack: list[str] = []
    open_: Counter[str] = Counter()
    at = 0
    for start, end in spans:
        while at < len(steps) and steps[at][0] <= start and steps[at][:2] != (start, 1):
            _, opens, sign = steps[at]
            if opens:
                stack.append(sign)
                open_[sign] += 1
            elif stack:
                open_[stack.pop()] -= 1
            at += 1
        out.append({sign for sign, count in open_.items() if count})
        while at < len(steps) and steps[at][:2] < (end, 1):
            at += 1
    return out


def _strays(runs: tuple[Run, ...], spans: list[tuple[int, int]]) -> tuple[dict[str, int], set[str]]:
    """The signs that stand unpaired in plain text; first, in which segment, if in one only."""
    owner: dict[str, int] = {}
    unpaired: set[str] = set()
    starts = [start for start, _ in spans]
    at = 0
    for run in runs:
        if run.name in _LITERAL:
            for offset, sign in signs(run.raw):
                segment = bisect_right(starts, at + offset) - 1
                owner[sign] = segment if sign not in unpaired or owner[sign] == segment else -1
                unpaired.add(sign)
        elif run.name == "script" and run.raw[0] == "~":
            owner["~"] = -1
            unpaired.add("~")
        at += len(run.raw)
    return owner, unpaired


def signs(raw: str) -> list[tuple[int, str]]:
    """The (offset, sign) of what in plain text could pair with others."""
    if not _SIGN.search(raw):
        return []
    return [
        (match.start(), match.group())
        for match in _SIGN.finditer(raw)
        if match.group() != "_" or not _in_word(raw, match.start())
    ]


def _in_word(raw: str, at: int) -> bool:
    return raw[max(at - 1, 0) : at].isalnum() and raw[at + 1 : at + 2].isalnum()
