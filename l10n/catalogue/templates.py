"""Creates the entries of a document."""

from __future__ import annotations

from dataclasses import replace

from l10n import inline
from l10n.conventions import load
from l10n.gc_tuning import paused_gc
from l10n.model import Catalogue, Document, Entry, Kind, Segment, Unit
from l10n.segment import VERSION

SEGMENTATION = "X-Segmentation"
DATES = ("POT-Creation-Date", "PO-Revision-Date")
# Where gettext's tools write them.
_ORDER = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    *DATES,
    "Last-Translator",
    "Language-Team",
    "Language",
)
_PARAGRAPH = Kind.PARAGRAPH


@paused_gc()
def template(document: Document, *, locale: str = "", name: str = "") -> Catalogue:
    """A catalogue with one empty entry for each distinct segment, in the order of the document.

    ``locale`` is the target locale, ``name`` what the catalogue calls its project.
    """
    entries: dict[tuple[str, str], Entry] = {}
    for unit, segment in document.segments():
        if (key := segment.key) not in entries:
            entries[key] = Entry(segment.source, context=segment.context, notes=_notes(unit, segment))
    return Catalogue(
        locale, tuple(entries.values()), headers(locale, source_locale=document.locale, name=name)
    )


def headers(locale: str, *, source_locale: str, name: str = "") -> tuple[tuple[str, str], ...]:
    """The header of a new catalogue; no date, since nothing has been decided yet.

    An empty one would be no better: Babel reads no file that has it.
    """
    plural_forms = load(locale).plural_forms if locale else "nplurals=INTEGER; plural=EXPRESSION;"
    return (
        ("Project-Id-Version", name or "passerelle"),
        ("Report-Msgid-Bugs-To", ""),
        ("Last-Translator", ""),
        ("Language-Team", ""),
        ("Language", locale.replace("-", "_")),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", plural_forms),
        ("X-Source-Language", source_locale.replace("-", "_")),
        (SEGMENTATION, VERSION),
        ("X-Generator", "Passerelle"),
    )


def header(catalogue: Catalogue, name: str, value: str) -> Catalogue:
    """The catalogue with one header set, in its place when it has one, else where gettext writes it."""
    old = catalogue.headers
    at = next((at for at, (key, _) in enumerate(old) if key == name), -1)
    if at >= 0:
        return replace(catalogue, headers=(*old[:at], (name, value), *old[at + 1 :]))
    later = _ORDER[_ORDER.index(name) + 1 :] if name in _ORDER else ()
    at = next((at for at, (key, _) in enumerate(old) if key in later), len(old))
    return replace(catalogue, headers=(*old[:at], (name, value), *old[at:]))


def _notes(unit: Unit, segment: Segment) -> tuple[str, ...]:
    notes: tuple[str, ...] = ()
    if unit.kind is not _PARAGRAPH:
        notes = (f"{unit.kind}: {unit.name}" if unit.name else str(unit.kind),)
    return (*notes, inline.notes(segment.codes)) if segment.codes else notes
