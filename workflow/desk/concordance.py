"""Words looked up in all that a person may see: how they were translated elsewhere, and what stands so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from l10n import inline
from l10n.errors import L10nError
from l10n.memory import TranslationUnit
from l10n.memory.concordance import places, sought_words
from l10n.project import Release
from l10n.searching import searchable
from workflow.desk.filters import SegmentFilter, filter_rows
from workflow.desk.main import Desk
from workflow.desk.views import SegmentRow, segment_row
from workflow.store import CatalogueStatus, Person, segment_id

MOST = 100
MOST_PAIRS = 20
_SHORTEST = 2
_FIRST_IDEOGRAPH = "\u2e80"


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A segment that is as it was asked for."""

    release: Release
    title: str
    locale: str
    row: SegmentRow


def search(
    desk: Desk, person: Person, filter_: SegmentFilter, *, release: str = "", into: str = ""
) -> tuple[SearchHit, ...]:
    """The first segments that are asked for, the newest release first; none where nothing is.

    ``release`` is the id of one, ``into`` a language.
    """
    if not (filter_.narrow or filter_.show != "all") or _is_too_short(filter_.text):
        return ()
    return tuple(islice(_found(desk, person, filter_, release, into), MOST))


def _is_too_short(text: str) -> bool:
    """Whether a text is a single letter; a single ideograph is a word."""
    return 0 < len(text) < _SHORTEST and text < _FIRST_IDEOGRAPH


def _found(desk: Desk, person: Person, filter_: SegmentFilter, only: str, into: str) -> Iterator[SearchHit]:
    statuses = desk.ledger.store.catalogue_statuses()
    for release in sorted(desk.releases(), key=lambda release: (-release.date.toordinal(), release.id)):
        if only not in {"", release.id}:
            continue
        title = ""
        for locale in release.locales:
            if person.role(locale) is None or into not in {"", locale}:
                continue
            known = statuses.get((release.id, locale))
            try:
                rows = _rows_holding(desk, filter_.text, release, locale, known)
            except L10nError:  # the queue names what cannot be read
                continue
            for row in rows:  # one by one, so that no more is checked than is shown
                if filter_rows((row,), filter_, partial(desk.findings_of_row, release, locale)):
                    title = title or desk.title(release)
                    yield SearchHit(release, title, locale, row)


def _rows_holding(
    desk: Desk, text: str, release: Release, locale: str, known: CatalogueStatus | None
) -> tuple[SegmentRow, ...]:
    """The segments among which are all that hold a text, whoever has them open."""
    catalogue = desk.cache.catalogue(release, locale, known)
    if catalogue is None or not desk.cache.may_hold(searchable(text), release, locale, catalogue):
        return ()
    codes = desk.cache.source(release, locale).codes
    return tuple(segment_row(entry, codes.get(entry.key, ()), {}) for entry in catalogue.live)


@dataclass(frozen=True, slots=True)
class MemoryHit:
    """A pair of the memory that holds the words, without its codes, and where the words stand in it.

    ``release`` is where it was decided, None for a pair from elsewhere or where the person may not go;
    ``segment`` is its id there.
    """

    source: str
    target: str
    locale: str
    origin: str
    in_source: tuple[tuple[int, int], ...]
    in_target: tuple[tuple[int, int], ...]
    release: Release | None = None
    segment: str = ""


@dataclass(frozen=True, slots=True)
class MemoryHits:
    """What the memory has of some words; ``complete`` is false while it is still being read."""

    hits: tuple[MemoryHit, ...]
    complete: bool


def search_memory(
    desk: Desk, person: Person, release: Release, locale: str, text: str, *, side: str = ""
) -> MemoryHits:
    """The pairs from a release's language into another that hold some words, imported ones included.

    ``side`` is "source", "target" or "" for either.  Raises InputError when the memory cannot be used.
    """
    opened = desk.cache.memory(release.locale, desk.releases())
    if opened is None:
        return MemoryHits((), complete=False)
    with opened as memory:
        if _is_too_short(text.strip()):
            return MemoryHits((), complete=True)
        found = memory.concordance(text, target_locale=locale, side=side, limit=MOST_PAIRS, wait=False)
    words = sought_words(text)
    hits = tuple(_memory_hit(desk, person, unit, words, side) for unit in found.units)
    return MemoryHits(hits, found.complete)


def _memory_hit(
    desk: Desk, person: Person, unit: TranslationUnit, words: Sequence[str], side: str
) -> MemoryHit:
    source, target = inline.plain(unit.source), inline.plain(unit.target)
    release = _decided_in(desk, person, unit) if unit.own else None
    return MemoryHit(
        source,
        target,
        unit.target_locale,
        unit.origin,
        () if side == "target" else tuple(places(source, words)),
        () if side == "source" else tuple(places(target, words)),
        release,
        segment_id(("", unit.source)) if release else "",
    )


def _decided_in(desk: Desk, person: Person, unit: TranslationUnit) -> Release | None:
    try:
        release = desk.cache.release(unit.origin)
    except L10nError:  # it was taken away, or cannot be read now
        return None
    here = unit.target_locale in release.locales and person.role(unit.target_locale) is not None
    return release if here else None
