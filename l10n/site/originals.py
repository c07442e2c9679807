"""A release's source with its typography repaired, and what all of its pages need from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from l10n.formats import FORMATS, Targets, Written, body_of, body_traits, shown
from l10n.model import Code, Document, Segment, Unit
from l10n.project import Release
from l10n.site import naming, page_body
from l10n.site.contact_links import Contacts, contacts_of
from l10n.site.filling import Form, form
from l10n.site.typography import repair_segments

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Original:
    """A release's source, ready to be shown: its own text with its typography repaired.

    ``document`` has its words; ``exact`` gives it with its raw text repaired as well, which few pages need.
    ``keys`` maps the key of each segment in the file to its key in ``document``.  The rest is what
    every language needs, worked out once: ``rows`` are the keys of each unit, ``codes`` those of each
    segment, ``on_page`` gives the keys on the page, ``written`` the page's body, ``form`` is that of all
    targets as one text.  ``swallows`` says that a tag of the writer's may have no end; ``contacts`` are
    those its pages link, where its format does not.
    """

    release: Release
    document: Document
    exact: Callable[[], Document]
    keys: Mapping[Key, Key]
    rows: tuple[tuple[Key, ...], ...]
    codes: Mapping[Key, tuple[Code, ...]]
    on_page: Callable[[], frozenset[Key]]
    title: Unit | None
    summary: Unit | None
    written: Written
    form: Form | None
    swallows: bool
    contacts: Contacts | None

    @property
    def own(self) -> Targets:
        """Every segment as its own target, which fills a page in the source language."""
        return {key: key[1] for key in self.keys.values()}


def original(release: Release, document: Document) -> Original:
    """A release's source with its typography repaired."""
    units = document.units
    rows = _rows(units)
    own_targets = {key: key[1] for row in rows for key in row}
    in_holes = _in_holes(units)
    raw = None if in_holes else form({key: key for key in own_targets}, rows)
    filling = None if raw is None else raw.filled(own_targets, document.locale)
    repaired = (
        {**repair_segments(rows, own_targets, document.locale), **in_holes}
        if filling is None
        else filling.targets
    )
    keys = {key: (key[0], text) for key, text in repaired.items()}
    worded = _with_words(document, repaired)

    @cache
    def exact() -> Document:
        return _mended(document, worded)

    written = body_of(document, main=release.main, exact=exact, keys=keys)
    rows = tuple([tuple([keys[key] for key in row]) for row in rows])
    its_form = form(keys, rows) if raw is None or filling is None else raw.renamed(keys)
    return _ready(release, worded, exact, keys, rows, written, its_form)


def _with_words(document: Document, targets: Targets) -> Document:
    """A document whose segments say other words, and have the raw text they had."""
    changed = {key for key, text in targets.items() if text != key[1]}
    if not changed:
        return document

    def unit(old: Unit) -> Unit:
        parts = tuple(
            [
                Segment(part.raw, targets[part.key], part.context, part.codes, part.place)
                if not isinstance(part, str) and part.key in changed
                else part
                for part in old.parts
            ]
        )
        return Unit(parts, old.kind, old.line, old.name, old.width)

    parts = tuple(part if isinstance(part, str) else unit(part) for part in document.parts)
    return replace(document, parts=parts, extra_units=tuple(unit(extra) for extra in document.extra_units))


def _mended(document: Document, worded: Document) -> Document:
    """A document with the words of another of its shape, in its raw text, too."""
    format_ = FORMATS.get(document.format)

    def unit(old: Unit, new: Unit) -> Unit:
        parts = (
            new_part
            if isinstance(new_part, str) or isinstance(old_part, str) or new_part.source == old_part.source
            else replace(new_part, raw=format_.encode(old, old_part, new_part.source, 0))
            for old_part, new_part in zip(old.parts, new.parts, strict=True)
        )
        return new if new is old else replace(new, parts=tuple(parts))

    parts = tuple(
        new if isinstance(old, str) or isinstance(new, str) else unit(old, new)
        for old, new in zip(document.parts, worded.parts, strict=True)
    )
    return replace(worded, parts=parts)


def _ready(
    release: Release,
    document: Document,
    exact: Callable[[], Document],
    keys: Mapping[Key, Key],
    rows: tuple[tuple[Key, ...], ...],
    written: Written,
    form: Form | None,
) -> Original:
    """A repaired document with what all of its pages need: its headline, its summary, what is on it."""
    all_units = document.units
    units = all_units if not document.extra_units else replace(document, extra_units=()).units
    traits = body_traits(document)
    title = naming.headline(units)
    summary = naming.summary(units, title)

    @cache
    def on_page() -> frozenset[Key]:
        shown_units = (*shown(document, main=release.main), *filter(None, (title, summary)))
        return frozenset([segment.key for unit in shown_units for segment in unit.segments])

    return Original(
        release,
        document,
        exact,
        keys,
        rows=rows,
        codes={segment.key: segment.codes for unit in all_units for segment in unit.segments},
        on_page=on_page,
        title=title,
        summary=summary,
        written=written,
        form=form,
        contacts=contacts_of(document, release.calling_code) if traits.plain_addresses else None,
        swallows=traits.commonmark and page_body.may_swallow(document.text),
    )


def _rows(units: Iterable[Unit]) -> tuple[tuple[Key, ...], ...]:
    return tuple([tuple([segment.key for segment in unit.segments]) for unit in units])


def _in_holes(units: Iterable[Unit]) -> Targets:
    """The segments in the holes of codes, as they are: a code is shown as the file has it."""
    return {
        inner.key: inner.source
        for unit in units
        for segment in unit.segments
        for code in segment.codes
        for hole in code.holes
        for inner in hole.unit.segments
    }
