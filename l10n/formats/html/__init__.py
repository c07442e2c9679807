"""HTML: what a browser shows and a translator should see, with every other byte kept.

Text is read by blocks; inline markup becomes codes.  Attributes that hold words (alt, title,
placeholder, aria-label, aria-description, label, the value of a button, a page's descriptions),
titles, the words in SVG images and in JSON-LD are units of their own, wherever they stand: in the
middle of a sentence they are holes of its code.  Only between two sentences of one paragraph they
are segments of the paragraph's unit.  The name of a file ("IMG_0412.jpg") is no words.

Never for a translator: ``<script>``, ``<style>``, ``<textarea>``; ``<pre>`` and other blocks of
code; attributes ``data-…``, which mean what a program makes of them, and the page in a ``srcdoc``;
keywords; whatever says ``translate="no"`` or has the class ``notranslate``.  Inline ``<code>``,
``<kbd>``, ``<samp>``, ``<var>``, formulas and template expressions are locked values.  Two
``<br>`` in a row end a block.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from l10n.errors import InputError
from l10n.formats import loading
from l10n.formats.html.charset import charset, contradiction
from l10n.formats.html.dating import stated_date
from l10n.formats.html.entities import in_json, writer
from l10n.formats.html.holes import Loose, length
from l10n.formats.html.links import localised, prefixes
from l10n.formats.html.looks import written
from l10n.formats.html.main import find
from l10n.formats.html.page import body, body_of, shown
from l10n.formats.html.tokens import Sort, tokens
from l10n.formats.html.units import main_units, units
from l10n.formats.loading import Loaded
from l10n.model import Document, Segment, Unit

__all__ = [
    "body",
    "body_of",
    "charset",
    "encode",
    "extract",
    "extract_main",
    "load",
    "localised",
    "names_encoding",
    "prefixes",
    "save",
    "shown",
    "stated_date",
    "suffixes",
]

suffixes: tuple[str, ...] = (".html", ".htm")
names_encoding = True


def load(data: bytes, *, path: str) -> Loaded:
    """The file's text, in the charset it names.

    Raises InputError when the bytes are in another, as far as they show it, and where there is a NUL.
    """
    declared = charset(data)
    if lie := contradiction(data, declared):
        line, column = loading.position(data, lie.offset)
        raise InputError(lie.message, path=path, line=line, column=column, remedy=lie.remedy)
    remedy = f"{loading.SAVE[:-1]}, or name its charset in a <meta> of its head."
    return loading.load(data, path=path, declared=declared, remedy=remedy)


def save(document: Document, text: str) -> bytes:
    """The file's bytes; what its charset does not have becomes a numeric reference.

    Such a character can only come from a target, and every target stands where references are
    read, or in JSON, which has its own.
    """
    try:
        return text.encode(document.encoding)
    except UnicodeEncodeError:
        return "".join(_spelled(text, document.encoding)).encode(document.encoding)


def _spelled(text: str, encoding: str) -> Iterator[str]:
    """Text with what an encoding does not have written as a reference, in scripts as JSON writes it."""
    for token in tokens(text):
        raw = text[token.start : token.end]
        if token.sort is Sort.RAW:
            yield "".join(char if _is_in(char, encoding) else in_json(char) for char in raw)
        else:
            yield raw.encode(encoding, "xmlcharrefreplace").decode(encoding)


def _is_in(char: str, encoding: str) -> bool:
    if char.isascii():
        return True
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def extract(text: str, *, path: str, locale: str) -> tuple[str | Unit, ...]:  # noqa: ARG001 — the seam's
    """The file's text taken apart."""
    return _parts(text, units(text, locale))


def extract_main(text: str, *, path: str, locale: str, main: str) -> tuple[str | Unit, ...]:
    """The same with units only inside the first element that the selector ``main`` names.

    The page's titles and descriptions are units too.  Raises UsageError when it is no selector,
    InputError when it names nothing.
    """
    found = find(text, main)
    if found is None:
        raise InputError(
            f"nothing in the page is {main!r}", path=path, remedy="Look up the element's tag, id or class."
        )
    return _parts(text, main_units(text, locale, *found))


def _parts(text: str, placed: Iterable[Loose]) -> tuple[str | Unit, ...]:
    parts: list[str | Unit] = []
    at = 0
    for start, unit in placed:
        if start > at:
            parts.append(text[at:start])
        parts.append(unit)
        at = start + length(unit)
    if at < len(text):
        parts.append(text[at:])
    return tuple(parts)


def encode(unit: Unit, segment: Segment, target: str, column: int) -> str:  # noqa: ARG001 — the seam's
    """A target as the file writes it, escaped for the place it lands in.

    Raises CodeError when the target's codes are not those of the segment.
    """
    return written(segment, target, writer(segment.place))
