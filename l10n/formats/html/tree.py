"""Which tokens an element has, and which element stands in which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from l10n.formats.html import elements
from l10n.formats.html.entities import decode
from l10n.formats.html.tokens import BREAKOUT, VOID, Foreign, Sort, Token, alone, attribute_values, complete

_MAY_UNLOCK = re.compile(r"translate[ \t\n\f\r]*+(?:=[ \t\n\f\r]*+[\"']?(?:yes|[\"'])|[ />])", re.IGNORECASE)


class Reach(NamedTuple):
    """The tokens of an element, whether it holds a block, and whether it ends before the file does."""

    tokens: list[Token]
    holds_block: bool
    ends: bool


def reach(text: str, first: Token, following: Iterator[Token]) -> Reach:
    """How far the element goes that starts with ``first``; ``following`` are the tokens after it.

    An element without an end tag reaches to the end of the block around it.
    """
    name, inside, block = first.name, [first], False
    picture = Foreign() if name in {"svg", "math"} else None
    if name in VOID or (picture and alone(text, first)):
        return Reach(inside, block, ends=True)
    if picture:
        picture.start(text, first)
    opened = {name: 1}
    for token in following:
        if picture and not _stays(picture, text, token):
            break
        if token.sort is Sort.START and token.name not in VOID:
            block = block or (token.name in elements.BLOCKS and not picture)
            if not (picture and alone(text, token)):
                opened[token.name] = opened.get(token.name, 0) + 1
        elif token.sort is Sort.END and opened.get(token.name):
            opened[token.name] -= 1
        elif token.sort is Sort.END and token.name in elements.BLOCKS:
            break
        inside.append(token)
        if not opened[name]:
            break
    else:
        return Reach(inside, block, ends=False)
    return Reach(inside, block, ends=True)


def unlocked(text: str, inside: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where a locked element holds others that say ``translate="yes"`` (standard, 3.2.6.2)."""
    done, end = inside[0].end, inside[-1].end
    if not _MAY_UNLOCK.search(text, done, end):
        return
    for token in inside:
        if token.start >= done and token.sort is Sort.START and _unlocks(text, token):
            part, *_ = reach(text, token, complete(text, token.end))
            done = min(part[-1].end, end)
            yield token.start, done


def _unlocks(text: str, token: Token) -> bool:
    return attribute_values(text, token).get("translate", "no").lower() in {"yes", ""}


def shown(inside: Iterable[Token]) -> Iterator[Token]:
    """What is shown of a formula: not how another program would write it (MathML 3, 5.1.1)."""
    unseen = False
    for token in inside:
        if token.name == "annotation":
            unseen = token.sort is Sort.START
        elif not unseen:
            yield token


def content_of(text: str, inside: Iterable[Token]) -> str:
    """The words among tokens, with the characters that references stand for."""
    return "".join(decode(text[token.start : token.end]) for token in inside if token.sort is Sort.TEXT)


def _stays(picture: Foreign, text: str, token: Token) -> bool:
    """Read a token in an SVG image or a formula; whether it leaves that open or is its own end."""
    if token.sort is Sort.START:
        if picture.inside() and token.name in BREAKOUT:
            return False
        picture.start(text, token)
    elif token.sort is Sort.END:
        picture.end(token.name)
        return bool(picture.open) or token.name not in {"p", "br"}
    return True


class Element(NamedTuple):
    """An element: its start tag, where its inside ends, the index of the one around it (-1 for none)."""

    tag: Token
    end: int
    parent: int


# What a start tag ends when it is the innermost that is open (standard, 13.1.2.4, the commonest).
_ENDS = {
    **dict.fromkeys(elements.BLOCKS - {"body", "html", "head", "button", "option"}, frozenset({"p"})),
    "li": frozenset({"li", "p"}),
    **dict.fromkeys(("dt", "dd"), frozenset({"dt", "dd", "p"})),
    "tr": frozenset({"tr", "td", "th", "p"}),
    **dict.fromkeys(("td", "th"), frozenset({"td", "th", "p"})),
    "option": frozenset({"option"}),
    "body": frozenset({"head"}),
}


@dataclass(slots=True)
class _Outline:
    """The elements found and those open; ``scopes`` counts the inline ones in each open block."""

    found: list[Element] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    scopes: list[dict[str, int]] = field(default_factory=lambda: [{}])
    blocks: dict[str, int] = field(default_factory=dict)

    def counted(self, name: str) -> dict[str, int]:
        """Where the open elements of a name are counted that its end tag may end."""
        return self.blocks if name in elements.BLOCKS else self.scopes[-1]

    def enter(self, token: Token) -> None:
        ends = _ENDS.get(token.name, frozenset())
        while self.open and self.found[self.open[-1]].tag.name in ends:
            self.leave(token.start)
        self.found.append(Element(token, token.end, self.open[-1] if self.open else -1))
        if token.name in VOID:
            return
        self.open.append(len(self.found) - 1)
        counted = self.counted(token.name)
        counted[token.name] = counted.get(token.name, 0) + 1
        if token.name in elements.BLOCKS:
            self.scopes.append({})

    def leave(self, at: int) -> str:
        index = self.open.pop()
        name = self.found[index].tag.name
        self.found[index] = self.found[index]._replace(end=at)
        if name in elements.BLOCKS:
            self.scopes.pop()
        self.counted(name)[name] -= 1
        return name


def outline(every: Sequence[Token], length: int) -> list[Element]:
    """The elements of a file of a length, in the order of their start tags.

    An end tag of inline markup does not end a block, as in browsers; one of a block ends whatever
    stands open in it.
    """
    out = _Outline()
    for token in every:
        if token.sort is Sort.START:
            out.enter(token)
        elif token.sort is Sort.END and out.counted(token.name).get(token.name):
            while out.leave(token.start) != token.name:
                pass
    while out.open:
        out.leave(length)
    return out.found
