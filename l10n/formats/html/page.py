"""The part of an HTML file that goes inside another page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from l10n import formats
from l10n.errors import InputError
from l10n.formats import Targets
from l10n.formats.html import main as selectors
from l10n.formats.html.tokens import Sort, Token, names, tokens
from l10n.model import Document, Unit

_HEAD = names("html head title meta link base style script")
_PAGE = names("html head title meta base")
_SPACE = " \t\n\f\r\ufeff"


def body(
    document: Document, targets: Mapping[tuple[str, str], str], mark: tuple[str, str], *, main: str = ""
) -> str:
    """The elements that the selector ``main`` names, in the page's order; see ``main.find``.

    Without one the inside of the first ``<main>``, else ``<article>``, else ``<body>``, else the whole
    fragment.  Only whole units are filled; ``mark`` is put around the inside of one that is not.
    """
    return body_of(document, main=main)(targets, mark)


def body_of(document: Document, *, main: str = "") -> Callable[[Targets, tuple[str, str]], str]:
    """``body`` of a document for any targets: where its inside begins and ends is looked up once."""
    spans = places(document.text, main)
    inside: list[Document] = []
    for start, end in spans:
        parts = _between(document.parts, start, end)
        if parts is not None:
            inside.append(replace(document, parts=parts))

    def written(targets: Targets, mark: tuple[str, str]) -> str:
        if len(inside) == len(spans):
            told = [formats.fold(part, targets, whole_units=True, mark=mark) for part in inside]
        else:
            text = formats.fold(document, targets, whole_units=True, mark=mark)
            told = [text[start:end] for start, end in places(text, main)]
        return "\n".join(told).lstrip("\ufeff")

    return written


def _between(parts: Sequence[str | Unit], start: int, end: int) -> tuple[str | Unit, ...] | None:
    """The parts between two offsets of their text, None when a unit lies across one of them."""
    out: list[str | Unit] = []
    at = 0
    for part in parts:
        length = len(part if isinstance(part, str) else part.raw)
        first, last = max(start - at, 0), min(end - at, length)
        if isinstance(part, str):
            if first < last:
                out.append(part[first:last])
        elif first == 0 and last == length:
            out.append(part)
        elif first < last:
            return None
        at += length
    return tuple(out)


def shown(document: Document, *, main: str = "") -> tuple[Unit, ...]:
    """The units that stand in what ``body`` returns, with those in their codes."""
    spans = places(document.text, main)
    inside: list[Unit] = []
    at = 0
    for part in document.parts:
        if isinstance(part, Unit):
            if any(start <= at < end for start, end in spans):
                inside.append(part)
            at += len(part.raw)
        else:
            at += len(part)
    return replace(document, parts=tuple(inside)).units


def places(text: str, main: str = "") -> tuple[tuple[int, int], ...]:
    """Where in a page the elements of its main part stand; ``body`` says which part that is."""
    if main:
        with suppress(InputError):
            return selectors.find(text, main)
    return (_usual_place(text),)


def _usual_place(text: str) -> tuple[int, int]:
    page_tokens = tokens(text)
    for name in ("main", "article", "body"):
        for index, token in enumerate(page_tokens):
            if token.sort is Sort.START and token.name == name:
                return token.end, _end(page_tokens, index, len(text))
    return _after_head(text, page_tokens), len(text)


def _end(page_tokens: Sequence[Token], index: int, length: int) -> int:
    """Where the element that starts at ``index`` is closed, or the file ends."""
    name, depth = page_tokens[index].name, 0
    for token in page_tokens[index:]:
        if token.name == name:
            depth += {Sort.START: 1, Sort.END: -1}.get(token.sort, 0)
            if depth == 0:
                return token.start
    return length


def _after_head(text: str, page_tokens: Sequence[Token]) -> int:
    """Where the words of a page without ``<body>`` start; a fragment has no head and is kept whole."""
    page = False
    for token in page_tokens:
        blank = token.sort is Sort.TEXT and text[token.start : token.end].strip(_SPACE) == ""
        if token.sort is Sort.END and token.name == "head":
            return token.end
        if not (blank or token.name in _HEAD or token.sort in (Sort.DOCTYPE, Sort.COMMENT)):
            return token.start if page else 0
        page = page or token.sort is Sort.DOCTYPE or token.name in _PAGE
    return len(text) if page else 0
