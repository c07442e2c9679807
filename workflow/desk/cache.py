"""The desk's cache of releases, documents, summaries, glossary and memory, invalidated by file digests."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Lock
from typing import TypeVar, cast

from l10n import checks, disk, inline, project, review_routing
from l10n.catalogue import Counts, count
from l10n.errors import UsageError
from l10n.glossary import Glossary
from l10n.memory import Memory
from l10n.model import Catalogue, Code, Document, Entry, Finding, Key, Kind, Unit, units_inside
from l10n.project import Release, notices
from l10n.searching import searchable
from l10n.site import naming
from workflow.deferred_writer import WAIT
from workflow.file_cache import DigestCache, StampedCache
from workflow.ledger import Ledger
from workflow.store import CatalogueStatus, Decision, segment_id

T = TypeVar("T")
_LONG = 2000  # characters of a target that is checked each time
_SEGMENTS = 30_000  # of documents that are kept as they were read last
_CHARACTERS = 8_000_000  # of texts that are kept as they are looked for
_ID = re.compile(r"[a-z0-9-]{1,64}")
_ROW = re.compile(r"<(?:w:)?tr[\s>]|\A[^<]*\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DocumentBlock:
    """A unit as it is laid out: its segments by key, with the space that stands between them.

    ``level`` is that of a heading, from 1, and 0 of anything else; ``opens`` says that a cell
    begins a row of its table.  ``note_on`` is the event that a notice to readers tells of.
    """

    kind: Kind
    parts: tuple[str | Key, ...]
    name: str = ""
    level: int = 0
    opens: bool = False
    note_on: str = ""


@dataclass(frozen=True, slots=True)
class SourceIndex:
    """A release's document, as the desk looks things up in it; ``title`` is "" without one.

    ``notes`` are the segments of notices to readers, with the event that they tell of.
    """

    title: str
    codes: Mapping[Key, tuple[Code, ...]]
    kinds: Mapping[Key, Kind]
    notes: Mapping[Key, str]
    blocks: tuple[DocumentBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class UnapprovedGroup:
    """Segments of a catalogue that are not approved and stand alike.

    ``status`` is missing, fuzzy or translated, ``origin`` the first word of where their targets came
    from, ``actor`` who decided them last; ``points`` say how closely to look at them, all together.
    """

    status: str
    origin: str
    actor: str
    number: int
    points: int


@dataclass(frozen=True, slots=True)
class CatalogueSummary:
    """How complete a catalogue is, and what is not approved in it."""

    counts: Counts
    unapproved: tuple[UnapprovedGroup, ...]


@dataclass(frozen=True, slots=True)
class DeskCache:
    """What was read from files, each value under the digest of the bytes it was made from.

    A value is used only while the file still has these bytes, so that an edit made outside is seen by
    the next request.  Two threads at worst read the same file twice.
    """

    ledger: Ledger
    _large: StampedCache = field(default_factory=lambda: StampedCache(_SEGMENTS), repr=False)
    _texts: StampedCache = field(default_factory=lambda: StampedCache(_CHARACTERS), repr=False)
    _small: StampedCache = field(default_factory=lambda: StampedCache(20_000), repr=False)
    _seen: StampedCache = field(default_factory=lambda: StampedCache(2000), repr=False)
    _digests: DigestCache = field(default_factory=DigestCache, repr=False)
    _opening: Lock = field(default_factory=Lock, repr=False)

    def release_ids(self) -> tuple[str, ...]:
        """The id of every release."""
        folder = f"{self.ledger.project.root}/releases"
        names = sorted(self._digests.names(folder))
        return tuple(name for name in names if disk.file_stamp(f"{folder}/{name}/release.toml"))

    def release(self, release_id: str) -> Release:
        """One release by its id.  Raises UsageError when there is none, ConfigError when it is wrong."""
        folder = f"{self.ledger.project.root}/releases/{release_id}"
        plan = self._digests.of(f"{folder}/release.toml") if _ID.fullmatch(release_id) else ""
        if not plan:
            raise UsageError("there is no such release", remedy="It may have been taken away.")
        stamp = plan, self._digests.names(folder)
        return self._same(
            self._small,
            ("release", release_id),
            stamp,
            lambda: project.release(self.ledger.project, release_id),
        )

    def catalogue(
        self, release: Release, locale: str, known: CatalogueStatus | None = None
    ) -> Catalogue | None:
        """The catalogue as it stands now, edits made outside included; None when there is none.

        ``known`` is what the store said of it, for those who look at many.
        """
        return self.ledger.catalogue(release, locale, known)

    def may_hold(self, sought: str, release: Release, locale: str, catalogue: Catalogue) -> bool:
        """Whether a text, as it is looked for, may stand in a segment of a catalogue; False is certain."""
        source, name = self.source(release, locale), (release.id, locale)
        stamp, texts = self._texts.get(name)
        if stamp != (catalogue, source):
            texts = "\n".join(
                searchable(text)
                for entry in catalogue.live
                for text in texts_of(entry, source.codes.get(entry.key, ()))
            )
            self._texts.put(name, (catalogue, source), texts, weight=len(texts) + 1)
        return sought in cast("str", texts)

    def summary(
        self, release: Release, locale: str, known: CatalogueStatus | None = None
    ) -> CatalogueSummary | None:
        """How complete the catalogue is, None when there is none.

        ``known`` is what the store knows of it, for those who look at many.
        """
        name = ("tally", release.id, locale)
        path = project.catalogue_name(self.ledger.project, release, locale)
        standing = known or self.ledger.store.catalogue_status(release.id, locale)
        stamp, cached = self._small.get(name)
        if stamp == (standing.digest, standing.newest) and standing.digest == self._digests.of(path):
            return cast("CatalogueSummary", cached)
        catalogue = self.ledger.catalogue(release, locale)
        summary = _tally(catalogue, self.ledger.store.faults(release.id, locale)) if catalogue else None
        after = self.ledger.store.catalogue_status(release.id, locale)
        consistent = after.newest == after.upto or after == standing
        if summary and consistent and after.digest == self._digests.of(path):
            self._small.put(name, (after.digest, after.newest), summary)
        return summary

    def source(self, release: Release, locale: str | None = None) -> SourceIndex:
        """A release's document, taken apart, and cut as people chose for a target locale."""
        choices = self._digests.of(project.segmentation_path(release, locale)) if locale else ""
        # Most languages have it as it is cut by itself, once for all of them.
        own = locale if choices or release.history else None
        stamp = self._digests.of(release.source), release.locale, release.history, choices
        name = ("source", release.id, own or "")
        cached_stamp, cached = self._large.get(name)
        if cached_stamp == stamp:
            return cast("SourceIndex", cached)
        source = _looked_up(project.document(self.ledger.project, release, own))
        self._large.put(name, stamp, source, weight=len(source.kinds) + 1)
        return source

    def glossary(self) -> Glossary | None:
        """The project's glossary, None when it has none."""
        folder = f"{self.ledger.project.root}/glossary"
        names = sorted(name for name in self._digests.names(folder) if name.endswith(".csv"))
        stamp = tuple((name, self._digests.of(f"{folder}/{name}")) for name in names)
        read = partial(project.read_glossary, self.ledger.project)
        return self._same(self._small, ("glossary",), stamp, read)

    def terms(self, release: Release) -> Glossary | None:
        """The terms that hold in a release."""
        glossary = self.glossary()
        return glossary.within(release.domains) if glossary else None

    def checked(
        self, release: Release, locale: str, source: str, target: str, kind: Kind
    ) -> Sequence[Finding]:
        """What the checks see in a target; what was seen while it was typed is not looked for again."""
        stamp = kind, release.locale, release.domains, self.glossary()
        name = ("checked", locale, source, target)
        cached_stamp, findings = self._seen.get(name)
        if cached_stamp != stamp:
            findings = checks.check_pair(
                source,
                target,
                source_locale=release.locale,
                target_locale=locale,
                kind=kind,
                glossary=self.terms(release),
                band=self.ledger.project.lengths.get(f"{release.locale}-{locale}"),
            )
            if len(target) < _LONG:
                self._seen.put(name, stamp, tuple(findings))
        return cast("Sequence[Finding]", findings)

    def memory(self, source_locale: str, releases: Iterable[Release]) -> Memory | None:
        """The memory for a source language, as it stood at most a moment ago.

        Where catalogues are written a moment after their decisions, it is brought in step as seldom, and by
        one at a time: that asks for the times of every catalogue of ``releases``, which is more than a
        look-up.  None there while somebody else opens it for the first time, which may take long.
        """
        if self.ledger.schedule_write is None:
            return self._memory(source_locale, releases, as_it_is=False)
        name, moment = ("memory", source_locale), int(time.monotonic() / WAIT)
        opened, _ = self._small.get(name)
        if opened is None and not self._opening.acquire(blocking=False):
            return None
        if opened is not None:
            self._small.put(name, moment, None)
            return self._memory(source_locale, releases, as_it_is=opened == moment)
        try:
            memory = self._memory(source_locale, releases, as_it_is=False)
            self._small.put(name, moment, None)
        finally:
            self._opening.release()
        return memory

    def _memory(self, source_locale: str, releases: Iterable[Release], *, as_it_is: bool) -> Memory:
        of_project, today = self.ledger.project, self.ledger.clock().date()
        return project.open_memory(
            of_project, source_locale, releases=releases, today=today, as_it_is=as_it_is
        )

    def _same(self, values: StampedCache, name: tuple[str, ...], stamp: object, read: Callable[[], T]) -> T:
        cached_stamp, value = values.get(name)
        if cached_stamp != stamp:
            value = read()
            values.put(name, stamp, value)
        return cast("T", value)


def texts_of(entry: Entry, codes: Sequence[Code]) -> Iterator[str]:
    """The texts that words are looked for in: source and target, with their codes and without."""
    for side in (entry.source, entry.target):
        yield side
        if "<" in side:
            yield inline.plain(side, codes)


def segment_status(item: Entry | Decision) -> str:
    """Where a segment stands, or stood after a decision: missing, fuzzy, translated or approved."""
    if not item.target:
        return "missing"
    if item.fuzzy:
        return "fuzzy"
    return "approved" if item.state.approved else "translated"


def _tally(catalogue: Catalogue, faults: Mapping[str, tuple[str, ...]]) -> CatalogueSummary:
    live = catalogue.live
    groups: dict[tuple[str, str, str], list[int]] = {}
    for entry in live:
        if not entry.approved:
            group_key = segment_status(entry), entry.origin.partition(":")[0], entry.actor
            groups.setdefault(group_key, []).append(_points(entry, faults.get(segment_id(entry.key), ())))
    return CatalogueSummary(
        count(live),
        tuple(UnapprovedGroup(*group_key, len(points), sum(points)) for group_key, points in groups.items()),
    )


def _points(entry: Entry, faults: tuple[str, ...]) -> int:
    """How closely to look at a segment, as far as it is known without checking it again.

    A draft in which the checks saw an error when it was made is fuzzy.
    """
    hard = len(faults) + (entry.fuzzy and bool(entry.target))
    return review_routing.doubt_points(entry) + review_routing.HARD * hard


def _blocks(document: Document) -> Iterator[DocumentBlock]:
    between = "<tr>"
    for part in document.parts:
        if isinstance(part, str):
            between += part
            continue
        for unit in (part, *units_inside(part)):
            if unit.segments:
                yield _block(unit, between)
                between = ""
    for note in document.extra_units:
        yield replace(_block(note, ""), note_on=notices.what(note))


def _block(unit: Unit, between: str) -> DocumentBlock:
    heading = unit.kind in {Kind.TITLE, Kind.HEADING}
    number = unit.name.removeprefix("h")
    parts = tuple(
        (" " if part.isspace() or "\n" in part else "") if isinstance(part, str) else part.key
        for part in unit.parts
    )
    return DocumentBlock(
        unit.kind,
        parts,
        name=unit.name,
        level=(int(number) if number in {"1", "2", "3", "4", "5", "6"} else 1) if heading else 0,
        opens=unit.kind is Kind.CELL and _ROW.search(between) is not None,
    )


def _looked_up(document: Document) -> SourceIndex:
    pairs = list(document.segments())
    headline = naming.headline(document.units)
    return SourceIndex(
        title="" if headline is None else naming.plain(headline, {}),
        codes={segment.key: segment.codes for _, segment in pairs},
        kinds={segment.key: unit.kind for unit, segment in pairs},
        notes={segment.key: notices.what(note) for note in document.extra_units for segment in note.segments},
        blocks=tuple(_blocks(document)),
    )
