"""What a segment touches when its neighbours change, in the words of its format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from l10n.errors import UsageError
from l10n.model import Segment

Parts = tuple[str | Segment, ...]

# The first word of a place in which a target may be one of several beside each other.
_KNOWN = frozenset({"attribute", "cell", "element", "fence", "heading", "json", "text"})
_SIGN = re.compile(r"[*_~<\[]")
_UNKNOWN = "?"


def syntax(place: str, format_: str) -> str:
    """How a segment's words are spelt: as its document's format does, or as JSON in a script."""
    return "json" if place == "json" else format_


def reads_references(syntax: str) -> bool:
    """Whether ``&eacute;`` stands for a letter in a syntax."""
    return syntax not in {"text", "json"}


def reads_tags(syntax: str) -> bool:
    """Whether HTML tags mean something in a syntax."""
    return syntax in {"html", "markdown"}


def known(place: str) -> bool:
    """Whether a place may hold several targets: a YAML scalar holds only one.

    A place in a Word file is the start of its run.
    """
    return place.split(" ", 1)[0] in _KNOWN or place.startswith("<")


def between_runs(place: str) -> str:
    """What a Word file may write between two words of one look, as a pattern; "" elsewhere."""
    if not place.startswith("<"):
        return ""
    name, _, look = place[1:].partition(">")
    name = re.escape(name)
    text = name[:-1] + "t"
    return rf"</{text}></{name}>\s*<{name}(?: [^<>]*)?>{re.escape(look)}\s*<{text}(?: [^<>]*)?>"


@dataclass(frozen=True, slots=True)
class Half:
    """One half of a segment that is cut, with the skeleton on both of its sides."""

    head: Parts
    segment: Segment
    tail: Parts

    @property
    def parts(self) -> Parts:
        """All of it, in order."""
        return (*self.head, self.segment, *self.tail)


@dataclass(frozen=True, slots=True)
class _Place:
    """The words of a Markdown segment's place, as its format's ``places`` explains them."""

    block: str
    flags: frozenset[str]
    left: str
    right: str
    busy: str

    def __str__(self) -> str:
        words = [self.block, *(flag for flag in ("line-start", "closed", "opening") if flag in self.flags)]
        named = (("left", self.left), ("right", self.right), ("busy", self.busy))
        return " ".join([*words, *(f"{name}:{value}" for name, value in named if value)])


def joined(first: str, second: str, syntax: str) -> str:
    """The place of two segments made one.  Raises UsageError when they do not stand in the same block."""
    if syntax != "markdown":
        if first != second or not known(first):
            raise _elsewhere()
        return first
    one, two = _read(first), _read(second)
    if one.block != two.block:
        raise _elsewhere()
    flags = (one.flags & {"line-start", "closed"}) | (two.flags & {"opening"})
    return str(_Place(one.block, flags, one.left, two.right, _both(one.busy, two.busy)))


def widened(place: str, syntax: str, *, before: bool, after: bool) -> str:
    """A place whose segment took in the markup beside it: what it touches now is not known."""
    if syntax != "markdown":
        return place
    read = _read(place)
    left = _UNKNOWN if before else read.left
    right = _UNKNOWN if after else read.right
    flags = read.flags - ({"closed"} if before else set()) - ({"opening"} if after else set())
    return str(replace(read, left=left, right=right, flags=flags))


def cut(left: Half, right: Half, syntax: str) -> Parts:
    """Two halves as one row of parts, their segments told what they now stand beside."""
    if syntax != "markdown":
        return tidy((*left.parts, *right.parts))
    place = _read(left.segment.place)
    gap = "".join(part if isinstance(part, str) else part.raw for part in (*left.tail, *right.head))
    opens, closes = gap[:1].strip() != "", gap[-1:].strip() != ""
    busy = _both(place.busy, "".join(_SIGN.findall(left.segment.raw + right.segment.raw)))
    before = replace(
        place,
        flags=place.flags - {"opening"} | ({"opening"} if opens else set()),
        right="" if gap[:1].isspace() else _UNKNOWN,
        busy=busy,
    )
    after = replace(
        place,
        flags=place.flags & {"opening"}
        | ({"closed"} if closes else set())
        | ({"line-start"} if "\n" in gap else set()),
        left="" if gap[-1:].isspace() else _UNKNOWN,
        busy=busy,
    )
    first = replace(left, segment=replace(left.segment, place=str(before)))
    second = replace(right, segment=replace(right.segment, place=str(after)))
    return tidy((*first.parts, *second.parts))


def tidy(parts: Iterable[str | Segment]) -> Parts:
    """Parts with neighbouring strings made one and empty ones left out."""
    out: list[str | Segment] = []
    for part in parts:
        if isinstance(part, str) and out and isinstance(out[-1], str):
            out[-1] += part
        elif part:
            out.append(part)
    return tuple(out)


def _both(one: str, two: str) -> str:
    return "".join(sorted(set(one) | set(two)))


def _read(place: str) -> _Place:
    block, *words = place.split(" ")
    if block not in _KNOWN or " label:" in place:
        raise UsageError(
            "its words are also the name of an address", remedy="Write the link out in the source file."
        )
    named = dict(word.split(":", 1) for word in words if ":" in word)
    flags = frozenset(word for word in words if ":" not in word)
    return _Place(block, flags, named.get("left", ""), named.get("right", ""), named.get("busy", ""))


def _elsewhere() -> UsageError:
    return UsageError(
        "the two segments do not stand in the same text", remedy="Only neighbours of one block can be joined."
    )
