"""The counts of a project's catalogues, cached until a file changes.

What was counted is kept in `.l10n/cache/counts.json`, beside what the file system said of each catalogue
(as git's index does it): a release of any size costs a look at its folder.  The file may be deleted at any
time; it is written only where the project has its `.l10n` already, so a bare checkout stays bare.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any

from l10n import catalogue as po
from l10n import disk, program_stamp
from l10n.catalogue import Counts
from l10n.errors import InputError
from l10n.project.layout import catalogue_path, read_catalogue, review_rule
from l10n.project.nouns import Project, Release
from l10n.project.segmentation import document

_FORMAT = 1
# Two changes that lie closer together than this may bear the same time on some file systems.
_TICK = 2_000_000_000


@dataclass(frozen=True, slots=True)
class ProjectCounts:
    """The counts of a project: ``before`` as they were cached, ``now`` those asked for since.

    ``clock`` gives the time in nanoseconds, as the file system does.
    """

    project: Project
    before: dict[str, Any]
    clock: Callable[[], int]
    now: dict[str, list[Any]] = field(default_factory=dict)

    def of(self, release: Release, locale: str) -> Counts:
        """The counts of a release in a language; all zero where there is no catalogue yet.

        Raises CatalogueError when the catalogue cannot be read or is in another language.
        """
        path = catalogue_path(self.project, release, locale)
        file_stamp = disk.file_stamp(path)
        name = f"{locale}/{release.id}"
        stamp = [*file_stamp, repr(review_rule(self.project, release, locale))]
        if file_stamp and (cached := _cached(self.before.get(name), stamp)) is not None:
            self.now[name] = self.before[name]
            return cached
        stored = read_catalogue(self.project, release, locale)
        if stored is None:
            return po.count(po.template(document(self.project, release, locale)).entries)
        counts = po.count(stored.entries)
        if self.clock() - max(file_stamp[2:], default=0) > _TICK:
            self.now[name] = [stamp, astuple(counts)]
        return counts

    def keep(self) -> None:
        """Write new counts to the cache; a folder that cannot be written is no failure."""
        if self.now.items() <= self.before.items() or not self.project.state.is_dir():
            return
        rows = self.before | self.now
        if len(rows) > 4 * max(len(self.now), 1000):
            rows = self.now
        payload = {"format": _FORMAT, "program": program_stamp.stamp().hex(), "rows": rows}
        try:
            disk.write(_path(self.project), json.dumps(payload, separators=(",", ":")).encode())
        except InputError:
            return


def load_counts(project: Project, clock: Callable[[], int] = time.time_ns) -> ProjectCounts:
    """The cached counts of a project, none where they cannot be read."""
    try:
        payload = json.loads(disk.read(_path(project)))
        current = payload["format"] == _FORMAT and payload["program"] == program_stamp.stamp().hex()
        rows = payload["rows"] if current else {}
    except (InputError, ValueError, KeyError, TypeError):
        rows = {}
    return ProjectCounts(project, rows if isinstance(rows, dict) else {}, clock)


def _path(project: Project) -> Path:
    return project.state / "cache" / "counts.json"


def _cached(row: Any, stamp: list[Any]) -> Counts | None:  # noqa: ANN401 - what a file holds may be anything
    """The counts in a row with the same stamp; None for any other."""
    try:
        cached_stamp, counts = row
        return Counts(*map(int, counts)) if cached_stamp == stamp else None
    except (TypeError, ValueError):
        return None
