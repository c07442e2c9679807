"""Bring the catalogues of many releases in step with their sources, which several processes take apart."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from l10n import project
from l10n.errors import L10nError
from l10n.model import Catalogue
from l10n.processes import stream, usable
from l10n.project import Project, Release
from workflow import steps
from workflow.ledger import Ledger
from workflow.states import Action
from workflow.store.database import DatabaseStore

WORTH_A_PROCESS = 16
"""Releases.  For fewer a process of its own costs more than it saves."""

_BATCH = 8


@dataclass(frozen=True, slots=True)
class Revised:
    """What the source of a release makes of one of its catalogues.

    ``digest`` is that of the catalogue's file, "" without one.  ``catalogue`` is None where that is in step.
    """

    locale: str
    digest: str
    catalogue: Catalogue | None
    changed: Counter[str]


def update_releases(
    ledger: Ledger, releases: Sequence[Release], processes: int = 1
) -> Iterator[tuple[str, str, Counter[str]]]:
    """Bring the catalogues of releases in step; (release, locale, how many changed by grade) of each.

    Up to ``processes`` processes read and compare, where there are many releases; decisions are recorded and
    files written in this one, in their order.  Raises what ``steps.update_catalogues`` raises, once all that
    comes before is recorded.
    """
    count = useful_processes(len(releases), processes)
    if count < 2:
        for release in releases:
            for locale, changed in steps.update_catalogues(ledger, release):
                yield release.id, locale, changed
        return
    if isinstance(ledger.store, DatabaseStore):
        ledger.store.rest()
    for release, compared in compare_releases(ledger.project, releases, count):
        if compared is None:  # it cannot be read, which is told when it is its turn
            for locale, changed in steps.update_catalogues(ledger, release):
                yield release.id, locale, changed
            continue
        for revised in compared:
            changed = _taken_over(ledger, release, revised)
            project.keep_up(ledger.project, release, revised.locale)
            yield release.id, revised.locale, changed


def useful_processes(releases: int, most: int) -> int:
    """How many processes to compare so many releases in."""
    return usable(max(1, min(most, releases // WORTH_A_PROCESS)))


def compare_releases(
    loaded: Project, releases: Sequence[Release], processes: int
) -> Iterator[tuple[Release, list[Revised] | None]]:
    """Each release with what its source makes of its catalogues; None where something cannot be read."""
    batches = [releases[at : at + _BATCH] for at in range(0, len(releases), _BATCH)]
    for batch, compared in zip(batches, stream(partial(_compared, loaded), batches, processes), strict=True):
        yield from zip(batch, compared, strict=True)


def _compared(loaded: Project, releases: Sequence[Release]) -> list[list[Revised] | None]:
    compared: list[list[Revised] | None] = []
    for release in releases:
        try:
            compared.append(list(compare(loaded, release)))
        except (L10nError, OSError):
            compared.append(None)
    return compared


def compare(loaded: Project, release: Release) -> Iterator[Revised]:
    """What the source of a release makes of each of its catalogues as they are on disk; nothing is written.

    Raises InputError, ConfigError or CatalogueError for what cannot be read.
    """
    source = project.document(loaded, release)
    for locale in release.locales:
        document = project.segmented_for(source, release, locale)
        path = project.catalogue_path(loaded, release, locale)
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        before = project.read_catalogue(loaded, release, locale)
        after, changed = steps.revised(loaded, before, document, locale)
        yield Revised(locale, digest, None if after == before else after, changed)


def _taken_over(ledger: Ledger, release: Release, revised: Revised) -> Counter[str]:
    """Record what was made of a catalogue, or make it again where it is not the one that was read."""
    locale = revised.locale
    if revised.catalogue is None and ledger.is_settled(release, locale, revised.digest):
        return revised.changed
    before = ledger.catalogue(release, locale)
    if before is None and not revised.digest and revised.catalogue:
        ledger.record(release, locale, revised.catalogue, Action.UPDATE)
        return revised.changed
    if before is not None and ledger.is_settled(release, locale, revised.digest):
        ledger.record(release, locale, revised.catalogue or before, Action.UPDATE, before=before)
        return revised.changed
    document = project.document(ledger.project, release, locale)
    return steps.update_catalogue(ledger, release, locale, document)
