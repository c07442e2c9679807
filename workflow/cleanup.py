"""Temporary files that killed processes left beside the catalogues."""

from __future__ import annotations

import datetime as dt
import re

from l10n import project as projects
from l10n.project import Project

_LEFT = re.compile(r"\..+\.po\.[a-z0-9_]{8}")  # as `disk` names a file it has not put in its place yet
_LEFT_FOR = 3600  # seconds: nobody takes so long to write a catalogue


def remove_leftovers(project: Project, now: dt.datetime) -> int:
    """Delete them; how many there were."""
    last = now.timestamp() - _LEFT_FOR
    folders = {
        projects.catalogue_path(project, release, locale).parent
        for release in projects.readable_releases(project).releases
        for locale in release.locales
    }
    count = 0
    for folder in sorted(folders):
        for path in folder.glob(".*.po.*") if folder.is_dir() else ():
            if _LEFT.fullmatch(path.name) and path.lstat().st_mtime < last:
                path.unlink(missing_ok=True)
                count += 1
    return count
