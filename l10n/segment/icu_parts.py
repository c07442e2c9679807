"""Parts of a regular expression, and in how many ways each may read a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from l10n.segment import charsets
from l10n.segment.charsets import Ranges

ALIKE = 8
"""How often what can be read in several ways may repeat."""
_MANY = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an expression.

    ``kind`` is "set", "sequence", "choice", "repeat", "group" or "verbatim".  ``least`` and
    ``most`` count repetitions, ``most`` None without a limit; ``hold``: a repeat or group that
    gives nothing back.  ``text`` is how a group opens, the suffix of a repeat, or verbatim text.
    """

    kind: str
    children: tuple[Part, ...] = ()
    chars: Ranges = ()
    text: str = ""
    least: int = 1
    most: int | None = 1
    hold: bool = False


def walk(node: Part) -> Iterator[Part]:
    """A part and all that stand in it."""
    yield node
    for child in node.children:
        yield from walk(child)


def is_long(node: Part) -> bool:
    """Whether a repetition goes on past what any ambiguous one may."""
    return node.most is None or node.most > ALIKE


def openings(node: Part) -> int:
    """How many choices one reading of a part leaves that only what follows can settle."""
    inside = [openings(child) for child in node.children]
    if node.kind == "choice":
        return max(inside) + begin_alike(node)
    if node.kind != "repeat" or node.hold:
        return sum(inside)
    (child,) = node.children
    parted = child.kind == "group" and has_parted_rounds(child.children[0])
    rounds = 1 if parted or node.most is None else node.most
    return sum(inside) * rounds + (not is_long(node) and node.least != node.most)


def chars_of(node: Part) -> Ranges:
    """Every character a part may take."""
    if node.kind == "group" and node.text[:3] in {"(?=", "(?!", "(?<"}:
        return ()
    return charsets.union(node.chars, *(chars_of(child) for child in node.children))


def first_chars(node: Part) -> Ranges:
    """The characters a part may begin with."""
    if node.kind != "sequence":
        return charsets.union(node.chars, *(first_chars(child) for child in node.children))
    chars: Ranges = ()
    for child in node.children:
        chars = charsets.union(chars, first_chars(child))
        if needs(child):
            break
    return chars


def needs(node: Part) -> bool:
    """Whether a part takes a character at least."""
    if node.kind == "set":
        return True
    if node.kind == "repeat":
        return node.least > 0 and needs(node.children[0])
    if node.kind == "choice":
        return all(map(needs, node.children))
    if node.kind == "group" and node.text[:3] in {"(?=", "(?!", "(?<"}:
        return False
    return any(map(needs, node.children))


def varies(node: Part) -> bool:
    """Whether a part may take many characters in more than one way."""
    if node.hold:
        return False
    if node.kind == "repeat" and (node.most is None or node.most > _MANY):
        return True
    return any(map(varies, node.children))


def has_parted_rounds(body: Part) -> bool:
    """Whether each repetition of a sequence has a character that its varying parts cannot take."""
    if body.kind != "sequence":
        return False
    varying = charsets.union(*(chars_of(child) for child in body.children if varies(child)))
    fixed = [child for child in body.children if not varies(child) and needs(child)]
    return any(not charsets.meet(chars_of(child), varying) for child in fixed)


def alike(node: Part) -> bool:
    """Whether a part offers alternatives that begin alike, so that it can read a text in many ways."""
    return any(
        begin_alike(part) or (part.kind == "repeat" and part.least != part.most and not part.hold)
        for part in walk(node)
    )


def begin_alike(node: Part) -> bool:
    """Whether a part offers alternatives that its next character does not tell apart."""
    if node.kind != "choice":
        return False
    seen: Ranges = ()
    for child in node.children:
        first = first_chars(child)
        if charsets.meet(seen, first) or not needs(child):
            return True
        seen = charsets.union(seen, first)
    return False
