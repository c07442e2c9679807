"""Word files: the words of the document, its notes, headers and footers, with every other byte kept.

The text of such a file is that of its XML parts, one after the other.  A paragraph is a unit;
stretches that look alike are one, however many runs Word has made of them, and one that looks
different is a pair of codes.  Text boxes, charts and diagrams, what pictures say to those who do not
see them and the document's own title, subject and keywords are units too, and so is a property of
somebody's own making that a field in the document shows.  So are the words that a list puts in front of its
numbers ("Article 1."), where a paragraph is in that list.  What a form field takes from data beside the
document is a unit there too, where Word reads it.  A unit's line is the number of its paragraph in the
file.

Never for a translator: field instructions, empty form fields and what a form offers, hidden and deleted
text, comments, building blocks, settings, the workbook behind a chart, placeholders.  Tracked changes
count as accepted, smart tags as not there, and of a ruby its words count: a translated sentence has no
trace of them, another keeps them. A field that repeats words of the document or holds what somebody has
typed is a pair of codes around them; what another shows is a locked value, and so is a formula.
Bookmarks of Word's own making, marks of the spelling checker and of page breaks are no codes; in a
translated sentence the first stand before the words and the others are left out.
"""

from __future__ import annotations

from l10n.formats import BodyTraits
from l10n.formats.docx import languages, localised, numbering, parts, writing
from l10n.formats.docx.package import opened, replaced
from l10n.formats.docx.page import body
from l10n.formats.docx.units import units
from l10n.formats.loading import Loaded
from l10n.model import Document, Segment, Unit

__all__ = [
    "body",
    "body_traits",
    "encode",
    "extract",
    "in_language",
    "load",
    "names_encoding",
    "save",
    "suffixes",
]

suffixes: tuple[str, ...] = (".docx",)
names_encoding = True
body_traits = BodyTraits(plain_addresses=True, one_way_notes=True, xml_skeleton=True)


def load(data: bytes, *, path: str) -> Loaded:
    """The text of the parts that hold words.

    Raises InputError when the bytes are no Word document, or a damaged or dangerous one.
    """
    return Loaded(parts.joined(opened(data, path=path)), container=data)


def save(document: Document, text: str) -> bytes:
    """The file's bytes; parts whose text has not changed stay as they are, packed as they are."""
    package = opened(document.container, path=document.path)
    changed = parts.changed(package, text)
    return replaced(package, changed) if changed else document.container


def extract(text: str, *, path: str, locale: str) -> tuple[str | Unit, ...]:  # noqa: ARG001 — the seam's
    """The file's text taken apart."""
    out: list[str | Unit] = []
    at = 0
    for placed in units(text, locale):
        if placed.start > at:
            out.append(text[at : placed.start])
        out.append(placed.unit)
        at = placed.end
    if at < len(text):
        out.append(text[at:])
    return tuple(out)


def encode(unit: Unit, segment: Segment, target: str, column: int) -> str:  # noqa: ARG001 — the seam's
    """A target as runs of the paragraph, or escaped for the attribute or element it lands in.

    Raises CodeError when the target's codes are not those of the segment.
    """
    if segment.place.startswith("<"):
        return writing.written(segment, target)
    if segment.place == numbering.PLACE:
        return writing.in_element(segment, target, write=numbering.escape)
    return writing.in_element(segment, target)


def in_language(document: Document, merged: bytes, *, locale: str) -> bytes:
    """A merged file that says it is in ``locale``, with paragraphs that run the way their words do.

    What Word writes itself, such as a date, is in that language where the words around it are.
    """
    package = opened(merged, path=document.path)
    original = parts.joined(opened(document.container, path=document.path))
    text = languages.speaking(parts.joined(package), original, before=document.locale, locale=locale)
    text = localised.localised(text, before=document.locale, locale=locale)
    changed = parts.changed(package, text)
    return replaced(package, changed) if changed else merged
