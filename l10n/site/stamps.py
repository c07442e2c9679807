"""Stamps of a release's input files (name, size, times, inode); a stamp changes when a file does."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from l10n import disk, program_stamp, resources
from l10n.messages import DOMAIN
from l10n.project import Project
from l10n.site import brand


@dataclass(frozen=True, slots=True)
class Stamps:
    """By release: what lies in its folder, and its catalogues.

    A stamp is of names, sizes, times and inodes, as make and git take them for the content.
    """

    folders: Mapping[str, str]
    catalogues: Mapping[str, str]

    def of(self, release: str) -> str:
        """The stamp of a release."""
        return f"{self.folders.get(release, '')}\n{self.catalogues.get(release, '')}"


def plan_part(stamp: str) -> str:
    """The part of a release's stamp that concerns release.toml, "" when it has none."""
    return next((line for line in stamp.split("\n") if line.startswith("release.toml|")), "")


def read_stamps(project: Project) -> Stamps:
    """The stamps of every release in a project, from directory listings alone."""
    folders: dict[str, str] = {}
    for release in _entries(project.root / "releases"):
        lines = sorted(_all(release.path))
        if any(line.startswith("release.toml|") for line in lines):
            folders[release.name] = "\n".join(lines)
    catalogues: dict[str, list[str]] = defaultdict(list)
    for locale in sorted([entry.name for entry in _entries(project.root / "locales")]):
        for entry in _entries(project.root / "locales" / locale / "LC_MESSAGES"):
            if entry.name.endswith(".po"):
                catalogues[entry.name[:-3]].append(f"{locale}|{_stamp(entry)}")
    return Stamps(folders, {release: "\n".join(lines) for release, lines in catalogues.items()})


def build_stamp(project: Project) -> str:
    """A mark of what every page depends on: this program, its templates and texts, the project's own."""
    parts = [repr(project.settings), program_stamp.stamp().hex()]
    for folder in (resources.folder("templates"), project.root / "templates"):
        parts.extend(sorted(_all(str(folder / "site"))))
        parts.append("")
    for folder in (resources.folder("locales"), project.root / "locales"):
        parts.extend(sorted(_texts(folder)))
        parts.append("")
    parts.append(brand.stamp(project))
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _texts(folder: Path) -> Iterator[str]:
    """The catalogues of the interface in a folder, where those of thousands of releases may lie, too."""
    for locale in _entries(folder):
        stamp = disk.file_stamp(f"{locale.path}/LC_MESSAGES/{DOMAIN}.po")
        if stamp:
            yield f"{locale.name}|{stamp}"


def _entries(folder: Path | str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _all(folder: str, inside: str = "") -> list[str]:
    lines: list[str] = []
    for entry in _entries(folder):
        if entry.is_dir(follow_symlinks=False):
            lines += _all(entry.path, f"{inside}{entry.name}/")
        else:
            lines.append(f"{inside}{entry.name}|{_stamp(entry)}")
    return lines


def _stamp(entry: os.DirEntry[str]) -> str:
    try:
        status = entry.stat()
    except OSError:
        return "gone"
    return f"{status.st_size}|{status.st_mtime_ns}|{status.st_ctime_ns}|{status.st_ino}"
