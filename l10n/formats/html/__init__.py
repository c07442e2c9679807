"""HTML: what a browser shows and a translator should see, with every other byte kept.

Text is read by blocks; inline markup becomes codes.  Attributes that hold words (alt, title,
placeholder, aria-label, aria-description, label, the value of a button, the caption that a program shows
of a picture, a page's descriptions), titles, the words in SVG images and in JSON-LD are units of their
own, wherever they stand: in the middle of a sentence they are holes of its code.  Only between two
sentences of one paragraph they are segments of the paragraph's unit.  The name of a file ("IMG_0412.jpg")
is no words.

Never for a translator: ``<script>``, ``<style>``, ``<textarea>``; ``<pre>`` and other blocks of
code; other attributes ``data-…``, which mean what a program makes of them, and the page in a ``srcdoc``;
keywords; whatever says ``translate="no"`` or has the class ``notranslate``.  Inline ``<code>``,
``<kbd>``, ``<samp>``, ``<var>``, formulas and template expressions are locked values.  Two
``<br>`` in a row end a block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from l10n.errors import InputError
from l10n.formats import loading, quoted_printable
from l10n.formats.html import elements, expressions, page, xhtml
from l10n.formats.html.captions import caption_writer
from l10n.formats.html.charset import charset, contradiction, named, of_label
from l10n.formats.html.dating import stated_date
from l10n.formats.html.entities import in_json, writer
from l10n.formats.html.holes import Loose, length
from l10n.formats.html.links import localised, prefixes
from l10n.formats.html.looks import written
from l10n.formats.html.main import find
from l10n.formats.html.page import shown
from l10n.formats.html.tokens import Sort, tokens
from l10n.formats.html.units import main_units, units
from l10n.formats.loading import Loaded
from l10n.formats.seam import Body, Targets
from l10n.model import Document, Segment, Unit

__all__ = [
    "as_html",
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
    "relinked",
    "save",
    "shown",
    "stated_date",
    "suffixes",
]

suffixes: tuple[str, ...] = (".html", ".htm", *xhtml.SUFFIXES)
names_encoding = True


def load(data: bytes, *, path: str) -> Loaded:
    """The file's text, in the charset it names.

    Raises InputError when the bytes are in another, as far as they show it, where there is a NUL, and when it
    is the source of an e-mail.
    """
    is_xml = xhtml.is_xhtml(path)
    declared = of_label(xhtml.label(data)) if is_xml else named(data)
    if lie := contradiction(data, declared):
        line, column = loading.position(data, lie.offset)
        raise InputError(lie.message, path=path, line=line, column=column, remedy=lie.remedy)
    place = "its XML declaration" if is_xml else "a <meta> of its head"
    remedy = f"{loading.SAVE[:-1]}, or name its charset in {place}."
    codec, label = declared or (None, "")
    loaded = loading.load(data, path=path, declared=codec, label=label, remedy=remedy)
    _refuse_mail(loaded.text, path)
    if is_xml:
        xhtml.check(loaded, data, path)
        return replace(loaded, text=xhtml.opened(loaded.text), container=data)
    text = expressions.opened(loaded.text)
    return loaded if text == loaded.text else replace(loaded, text=text, container=data)


def _refuse_mail(text: str, path: str) -> None:
    """Raise InputError for a page as the source of an e-mail spells it: nobody could read its words."""
    if (at := quoted_printable.written_in(text)) >= 0:
        raise InputError(
            "the page is written as in the source of an e-mail, in quoted-printable",
            path=path,
            line=text.count("\n", 0, at) + 1,
            column=at - text.rfind("\n", 0, at),
            remedy="Save the page from the mail program, or decode it:"
            " python3 -m quopri -d page.html > decoded.html",
        )


def save(document: Document, text: str) -> bytes:
    """The file's bytes; what its charset does not have becomes a numeric reference.

    Such a character can only come from a target, and every target stands where references are
    read, or in JSON, which has its own.
    """
    closed: Callable[[str], str] = str
    if xhtml.is_xhtml(document.path):
        closed, text = xhtml.closed, xhtml.legal(text)
    elif document.container:
        closed = expressions.closed
    try:
        return closed(text).encode(document.encoding)
    except UnicodeEncodeError:
        return closed("".join(_spelled(text, document.encoding))).encode(document.encoding)


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
    """The same with units only inside the elements that the selector ``main`` names.

    The page's titles and descriptions are units too.  Raises UsageError when it is no selector,
    InputError when it names nothing.
    """
    return _parts(text, main_units(text, locale, find(text, main, path=path)))


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


def relinked(
    document: Document, merged: bytes, *, locale: str, direction: str, link: Callable[[str], str]
) -> bytes:
    """A file that ``merge`` made of the document, as ``localised`` has it."""
    text = merged.decode(document.encoding)
    if xhtml.is_xhtml(document.path):
        text = xhtml.opened(text)
    elif document.container:
        text = expressions.opened(text)
    return save(document, localised(text, locale=locale, direction=direction, link=link))


def body(document: Document, targets: Targets, mark: tuple[str, str], *, main: str = "") -> str:
    """See ``page.body``."""
    return body_of(document, main=main)(targets, mark)


def body_of(document: Document, *, main: str = "") -> Body:
    """See ``page.body_of``."""
    written = page.body_of(document, main=main)
    return lambda targets, mark: as_html(document, written(targets, mark))


def as_html(document: Document, text: str) -> str:
    """What is written of a document, all or a part, as HTML: without marks."""
    if xhtml.is_xhtml(document.path):
        return xhtml.as_html(text, document.text)
    return expressions.closed(text) if document.container else text


def encode(unit: Unit, segment: Segment, target: str, column: int) -> str:  # noqa: ARG001 — the seam's
    """A target as the file writes it, escaped for the place it lands in.

    Raises CodeError when the target's codes are not those of the segment.
    """
    is_caption = segment.place.startswith(elements.CAPTION_PLACE)
    return written(segment, target, (caption_writer if is_caption else writer)(segment.place))
