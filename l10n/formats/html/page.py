"""The part of an HTML file that goes inside another page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from l10n import formats
from l10n.formats.html.tokens import Sort, Token, names, tokens
from l10n.model import Document

_HEAD = names("html head title meta link base style script")
_PAGE = names("html head title meta base")


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
    return text[_after_head(text, found) :].lstrip("\ufeff")


def _end(found: Sequence[Token], index: int, length: int) -> int:
    """Where the element that starts at ``index`` is closed, or the file ends."""
    name, depth = found[index].name, 0
    for token in found[index:]:
        if token.name == name:
            depth += {Sort.START: 1, Sort.END: -1}.get(token.sort, 0)
            if depth == 0:
                return token.start
    return length


def _after_head(text: str, found: Sequence[Token]) -> int:
    """Where the words of a page without ``<body>`` start; a fragment has no head and is kept whole."""
    page = False
    for token in found:
        blank = token.sort is Sort.TEXT and text[token.start : token.end].strip(" \t\n\f\r\ufeff") == ""
        if token.sort is Sort.END and token.name == "head":
            return token.end
        if not (blank or token.name in _HEAD or token.sort in (Sort.DOCTYPE, Sort.COMMENT)):
            return token.start if page else 0
        page = page or token.sort is Sort.DOCTYPE or token.name in _PAGE
    return len(text) if page else 0
