"""HTML: what a browser shows and a translator should see, with every other byte kept.

Text is read by blocks; inline markup becomes codes.  Attributes that hold words (alt, title,
placeholder, aria-label, aria-description, label, the value of a button, a page's descriptions),
titles, the words in SVG images and in JSON-LD are units of their own, wherever they stand: in the
middle of a sentence they are holes of its code.  Only between two sentences of one paragraph they
are segments of the paragraph's unit.

Never for a translator: ``<script>``, ``<style>``, ``<textarea>``; ``<pre>`` and other blocks of
code; whatever says ``translate="no"`` or has the class ``notranslate``.  Inline ``<code>``,
``<kbd>``, ``<samp>``, ``<var>``, formulas and template expressions are locked values.  Two
``<br>`` in a row end a block.
"""

from __future__ import annotations

from l10n import inline
from l10n.formats import loading
from l10n.formats.html.charset import charset
from l10n.formats.html.entities import writer
from l10n.formats.html.holes import length
from l10n.formats.html.page import body
from l10n.formats.html.units import units
from l10n.formats.loading import Loaded
from l10n.model import Document, Segment, Unit

__all__ = ["body", "charset", "encode", "extract", "load", "save", "suffixes"]

suffixes: tuple[str, ...] = (".html", ".htm")


def load(data: bytes, *, path: str) -> Loaded:
    """The file's text, in the charset it names."""
    return loading.load(data, path=path, declared=charset(data))


def save(document: Document, text: str) -> bytes:
    """The file's bytes; what its charset does not have becomes a numeric reference.

    Such a character can only come from a target, and every target stands where references are read.
    """
    return text.encode(document.encoding, "xmlcharrefreplace")


def extract(text: str, *, path: str, locale: str) -> tuple[str | Unit, ...]:  # noqa: ARG001 — the seam's
    """The file's text taken apart."""
    parts: list[str | Unit] = []
    at = 0
    for start, unit in units(text, locale):
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
    return inline.fill(target, segment.codes, writer(segment.place))
