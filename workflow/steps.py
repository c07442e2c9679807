"""Updating and pre-translating the catalogues of a release; every step can be repeated safely."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from l10n import catalogue as po
from l10n import pretranslate, project
from l10n.engines import Engine
from l10n.glossary import Glossary
from l10n.model import Catalogue, Document, Entry
from l10n.pretranslate import Report
from l10n.progress import ProgressCallback
from l10n.project import Project, Release
from workflow.engine_records import StoredRecords
from workflow.ledger import Ledger
from workflow.states import Action
from workflow.store.database import DatabaseStore

_FEWEST = 40


def update_catalogues(ledger: Ledger, release: Release) -> Iterator[tuple[str, Counter[str]]]:
    """Bring a release's catalogues in step with its source; (locale, how many changed by grade) of each."""
    source = project.document(ledger.project, release)
    for locale in release.locales:
        document = project.segmented_for(source, release, locale)
        changed = update_catalogue(ledger, release, locale, document)
        project.keep_up(ledger.project, release, locale, source)
        yield locale, changed


def update_catalogue(ledger: Ledger, release: Release, locale: str, document: Document) -> Counter[str]:
    """Bring one catalogue in step with a document cut for its language; how many changed, by grade."""
    before = ledger.catalogue(release, locale)
    after, changed = revised(ledger.project, before, document, locale)
    ledger.record(release, locale, after, Action.UPDATE, before=before)
    return changed


def revised(
    loaded: Project, before: Catalogue | None, document: Document, locale: str
) -> tuple[Catalogue, Counter[str]]:
    """A catalogue in step with its document, and how many entries changed, by grade; a new one for None."""
    if before is None:
        fresh = po.template(document, locale=locale, name=loaded.settings.name)
        return fresh, Counter(new=len(fresh.live))
    revision = po.revise(before, document)
    return revision.catalogue, Counter(str(change.grade) for change in revision.changes)


def pretranslate_catalogue(
    ledger: Ledger,
    release: Release,
    locale: str,
    *,
    route: Sequence[Engine],
    terms: Glossary | None = None,
    progress: ProgressCallback | None = None,
) -> Report:
    """Pre-translate what is empty in a catalogue.

    What the engines answered is recorded a few batches at a time, so that a run that is cut short does
    not ask for it again.  ``progress`` hears how many of how many entries are settled, between
    two batches.
    """
    tell = progress or _ignore_progress
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
        usable = [engine for engine in route if pretranslate.name_in_project(engine) not in failed]
        filled_batch, batch_report = pretranslate.pretranslate(
            replace(current, entries=batch),
            source_locale=release.locale,
            glossary=terms,
            route=usable,
            neighbours=around,
        )
        if batch_report.filled:
            drafted = _with(current, filled_batch.entries)
            current = ledger.record(release, locale, drafted, Action.PRETRANSLATE, before=current)
        report = _together(report, batch_report)
        tell(total - report.left, total)
    return report


def drop_expired_answers(ledger: Ledger) -> int:
    """Forget what engines answered longer ago than the project keeps it; how many answers that were."""
    days_kept = ledger.project.settings.answers_kept
    if not days_kept or not isinstance(ledger.store, DatabaseStore):
        return 0
    return StoredRecords(ledger.store).forget(ledger.clock() - dt.timedelta(days=days_kept))


def _ignore_progress(_done: int, _all: int) -> None:
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


def _together(first: Report, second: Report) -> Report:
    """Two reports as one, the second about some of what the first left."""
    filled = Counter(first.filled) + Counter(second.filled)
    return Report(
        dict(sorted(filled.items())),
        first.fuzzy + second.fuzzy,
        first.left - sum(second.filled.values()),
        (*first.failures, *second.failures),
    )
