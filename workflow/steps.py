"""Updating and pre-translating a release, and its pool of engines; every step can be repeated safely."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from l10n import catalogue as po
from l10n import pretranslate, project
from l10n.engines import ENGINES, Engine, pivot, route_steps
from l10n.engines.limits import Usage
from l10n.engines.managed import ManagedEngine
from l10n.errors import EngineMissing
from l10n.glossary import Glossary
from l10n.model import Catalogue, Document, Entry
from l10n.pretranslate import Report
from l10n.project import Confidentiality, Release, locale_of
from l10n.project.settings import EngineSettings
from workflow.engine_records import StoredRecords
from workflow.ledger import Ledger
from workflow.states import Action
from workflow.store.database import DatabaseStore

Tell = Callable[[str], None]
Progress = Callable[[int, int], None]
_FEWEST = 40


def update_catalogues(ledger: Ledger, release: Release) -> Iterator[tuple[str, Counter[str]]]:
    """Bring a release's catalogues in step with its source; (locale, how many changed by grade) of each."""
    source = project.document(ledger.project, release)
    for locale in release.locales:
        yield (
            locale,
            update_catalogue(ledger, release, locale, project.segmented_for(source, release, locale)),
        )


def update_catalogue(ledger: Ledger, release: Release, locale: str, document: Document) -> Counter[str]:
    """Bring one catalogue in step with a document cut for its language; how many changed, by grade."""
    before = ledger.catalogue(release, locale)
    if before is None:
        after = po.template(document, locale=locale, name=ledger.project.settings.name)
        changed: Counter[str] = Counter(new=len(after.live))
    else:
        revision = po.revise(before, document)
        after = revision.catalogue
        changed = Counter(str(change.grade) for change in revision.changes)
    ledger.record(release, locale, after, Action.UPDATE, before=before)
    return changed


def pretranslate_catalogue(
    ledger: Ledger,
    release: Release,
    locale: str,
    *,
    route: Sequence[Engine],
    terms: Glossary | None = None,
    progress: Progress | None = None,
) -> Report:
    """Pre-translate what is empty in a catalogue.

    What the engines answered is recorded a few batches at a time, so that a run that is cut short does
    not ask for it again.  ``progress`` hears how many of how many entries are settled, between
    two batches.
    """
    tell = progress or _nobody
    terms = terms and terms.within(release.domains)
    current = ledger.catalogue(release, locale)
    if current is None:
        return Report()
    with project.open_memory(ledger.project, release.locale, today=ledger.clock().date()) as memory:
        filled, report = pretranslate.pretranslate(
            current, source_locale=release.locale, memory=memory, glossary=terms
        )
    if report.filled:
        current = ledger.record(release, locale, filled, Action.PRETRANSLATE, before=current)
    total = sum(report.filled.values()) + report.left
    tell(total - report.left, total)
    around = pretranslate.neighbours_of(current)
    for batch in _batches(current, route):
        failed = {failure.engine for failure in report.failures if not failure.source}
        able = [engine for engine in route if pretranslate.name_in_project(engine) not in failed]
        part, more = pretranslate.pretranslate(
            replace(current, entries=batch),
            source_locale=release.locale,
            glossary=terms,
            route=able,
            neighbours=around,
        )
        if more.filled:
            drafted = _with(current, part.entries)
            current = ledger.record(release, locale, drafted, Action.PRETRANSLATE, before=current)
        report = _together(report, more)
        tell(total - report.left, total)
    return report


def terms_of(ledger: Ledger) -> Glossary | None:
    """The project's glossary, None without one."""
    return project.read_glossary(ledger.project)


def drop_expired_answers(ledger: Ledger) -> int:
    """Forget what engines answered longer ago than the project keeps it; how many answers that were."""
    kept = ledger.project.settings.answers_kept
    if not kept or not isinstance(ledger.store, DatabaseStore):
        return 0
    return StoredRecords(ledger.store).forget(ledger.clock() - dt.timedelta(days=kept))


class EnginePool:
    """Engines by name, each constructed once; one that cannot run is reported once and left out."""

    def __init__(self, ledger: Ledger, tell: Tell) -> None:
        self._settings = ledger.project.settings
        self._clock = ledger.clock
        self._store = ledger.store
        self._tell = tell
        self._made: dict[str, Engine | None] = {}

    def route(self, said: Sequence[str], release: Release) -> list[Engine]:
        """What a route names, as far as it can run and every engine of it may see a release."""
        confidentiality = release.confidentiality(self._clock())
        engines = []
        for one in said:
            engine = self.engine(one)
            kept_from = self.kept_from(one, confidentiality) if engine is not None else ()
            if kept_from:
                self._tell(f"{release.id}: not shown to {', '.join(kept_from)}, not allowed to see it yet")
            elif engine is not None:
                engines.append(engine)
        return engines

    def engine(self, said: str) -> Engine | None:
        """An engine, or two with a language in between; None where one of them cannot run."""
        way = route_steps.parse_step(said)
        first, second = self._named(way.first), self._named(way.second)
        if first is None or second is None:
            return None
        if not way.through:
            return first
        return pivot.Pivot(first, locale_of(way.through), second)

    def kept_from(self, said: str, confidentiality: Confidentiality) -> tuple[str, ...]:
        """The engines of a way that may not see such a release.

        Text that is not public leaves the machine only by an engine that is allowed to see it.
        """
        return tuple(
            name
            for name in route_steps.parse_step(said).engines
            if (engine := self._named(name)) is not None
            and engine.capabilities.leaves_machine
            and not self._known(name).may_see(confidentiality)
        )

    def spent(self, name: str) -> Usage:
        """What was taken from an engine's budgets today and this month."""
        engine = self._named(name)
        return engine.usage() if isinstance(engine, ManagedEngine) else Usage()

    def close(self) -> None:
        """Let go of all of them."""
        for engine in self._made.values():
            if engine is not None:
                engine.close()

    def _named(self, name: str) -> Engine | None:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _known(self, name: str) -> EngineSettings:
        # A route may name a kind itself, without a table that says more about it.
        return self._settings.engines.get(name) or EngineSettings(name, name)

    def _make(self, name: str) -> Engine | None:
        known = self._known(name)
        try:
            engine = ENGINES.get(known.kind)(known.options)
        except EngineMissing as error:
            self._tell(f"{name}: {error}")
            return None
        return self._with_care(name, engine, known)

    def _with_care(self, name: str, engine: Engine, known: EngineSettings) -> Engine:
        """The engine with its budgets and its memory, unless asking it costs nothing."""
        if not engine.capabilities.metered or not isinstance(self._store, DatabaseStore):
            return engine
        shown = {key: value for key, value in known.options.items() if key != "key"}
        version = json.dumps([known.kind, shown], sort_keys=True, default=str)
        return ManagedEngine(engine, name, StoredRecords(self._store), self._clock, known.limits, version)


@contextmanager
def engine_pool(ledger: Ledger, tell: Tell) -> Iterator[EnginePool]:
    """A pool of engines that is closed afterwards."""
    made = EnginePool(ledger, tell)
    try:
        yield made
    finally:
        made.close()


def _nobody(_done: int, _all: int) -> None:
    pass


def _batches(catalogue: Catalogue, route: Sequence[Engine]) -> Iterator[tuple[Entry, ...]]:
    """The empty entries in whole batches of the first engine, equal sources together.

    The longer it goes on, the more at a time, since recording takes as long as the catalogue is
    long: what is lost when it is cut short is a tenth of what was done at most, or 40 sources.
    """
    if not route:
        return
    by_source: dict[str, list[Entry]] = {}
    for entry in catalogue.live:
        if not entry.target.strip():
            by_source.setdefault(entry.source, []).append(entry)
    groups, start = list(by_source.values()), 0
    step = route[0].capabilities.max_batch or 1
    while start < len(groups):
        size = -(-max(_FEWEST, start // 10) // step) * step
        yield tuple(entry for group in groups[start : start + size] for entry in group)
        start += size


def _with(catalogue: Catalogue, entries: Sequence[Entry]) -> Catalogue:
    filled: Mapping[tuple[str, str], Entry] = {entry.key: entry for entry in entries}
    return replace(
        catalogue,
        entries=tuple(
            entry if entry.obsolete else filled.get(entry.key, entry) for entry in catalogue.entries
        ),
    )


def _together(one: Report, other: Report) -> Report:
    """Two reports as one, the second about some of what the first left."""
    filled = Counter(one.filled) + Counter(other.filled)
    return Report(
        dict(sorted(filled.items())),
        one.fuzzy + other.fuzzy,
        one.left - sum(other.filled.values()),
        (*one.failures, *other.failures),
    )
