"""The part of an HTML file that goes inside another page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from l10n import formats
from l10n.formats.html.tokens import Sort, Token, tokens
from l10n.model import Document


def body(document: Document, targets: Mapping[tuple[str, str], str], mark: tuple[str, str]) -> str:
    """The inside of the first ``<main>``, else ``<article>``, else ``<body>``, else the whole fragment.

    Only whole units are filled; ``mark`` is put around the inside of one that is not.
    """
    text = formats.fold(document, targets, whole_units=True, mark=mark)
    found = tokens(text)
    for name in ("main", "article", "body"):
        for index, token in enumerate(found):
            if token.sort is Sort.START and token.name == name:
                return text[token.end : _end(found, index, len(text))]
    return text[_after_head(found) :].lstrip("\ufeff")


def _end(found: Sequence[Token], index: int, length: int) -> int:
    """Where the element that starts at ``index`` is closed, or the file ends."""
    name, depth = found[index].name, 0
    for token in found[index:]:
        if token.name == name:
            depth += {Sort.START: 1, Sort.END: -1}.get(token.sort, 0)
            if depth == 0:
                return token.start
    return length


def _after_head(found: Sequence[Token]) -> int:
    return next((token.end for token in found if token.sort is Sort.END and token.name == "head"), 0)
