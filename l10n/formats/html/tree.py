"""Which tokens an element has."""

from __future__ import annotations

from collections.abc import Sequence

from l10n.formats.html import elements
from l10n.formats.html.tokens import BREAKOUT, VOID, Sort, Token, alone

_HTML_IN_SVG = ("foreignobject", "desc", "title")


def reach(text: str, found: Sequence[Token], index: int) -> tuple[int, bool]:
    """The index after the element that starts at ``index``, and whether it holds a block.

    An element without an end tag reaches to the end of the block around it.
    """
    name = found[index].name
    foreign = name in {"svg", "math"}
    if name in VOID or (foreign and alone(text, found[index])):
        return index + 1, False
    opened = {name: 1}
    block = False
    for at in range(index + 1, len(found)):
        token = found[at]
        if token.sort is Sort.START and token.name not in VOID:
            if foreign and token.name in BREAKOUT and not any(map(opened.get, _HTML_IN_SVG)):
                return at, block
            block = block or token.name in elements.BLOCKS
            if not (foreign and alone(text, token)):
                opened[token.name] = opened.get(token.name, 0) + 1
        elif token.sort is Sort.END:
            if opened.get(token.name):
                opened[token.name] -= 1
                if not opened[name]:
                    return at + 1, block
            elif token.name in elements.BLOCKS:
                return at, block
    return len(found), block
