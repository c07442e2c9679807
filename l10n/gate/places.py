"""Which catalogues there are to look at: those of a project, or those in folders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from l10n import glossary, project
from l10n.catalogue import template
from l10n.errors import InputError, UsageError
from l10n.gate.looking import Place
from l10n.project import Project


def in_project(found: Project, pattern: str = "*") -> Iterator[Place]:
    """The catalogues of every release whose id fits a pattern of the shell's kind.

    Raises UsageError when no release does, InputError for a source that cannot be read.
    """
    fitting = [one for one in project.releases(found) if fnmatchcase(one.id, pattern)]
    if not fitting and pattern != "*":
        known = ", ".join(one.id for one in project.releases(found))
        raise UsageError(f"no release fits {pattern!r}", remedy=f"Releases: {known or 'none yet'}.")
    paths = project.glossary_paths(found)
    terms = glossary.read(paths) if paths else None
    for release in fitting:
        document = project.document(found, release)
        for locale in release.locales:
            entries = template(project.cut_for(document, release, locale)).entries
            path = project.catalogue_path(found, release, locale)
            yield Place(
                path,
                path.relative_to(found.root).as_posix(),
                locale,
                release.locale,
                release.id,
                frozenset(entry.key for entry in entries),
                terms,
                found.settings.trust_gettext,
            )


def in_folders(paths: Sequence[Path], pattern: str = "*") -> Iterator[Place]:
    """The PO files that paths name or hold, whose name without ending fits a pattern.

    Raises UsageError for a folder without one.  A path that does not exist is a place all the
    same: looking at it tells.
    """
    for path in paths:
        if not path.is_dir():
            yield Place(path, str(path))
            continue
        files = sorted(path.rglob("*.po"))
        if not files:
            raise UsageError("there is no PO file in this folder", path=path)
        yield from (Place(file, str(file)) for file in files if fnmatchcase(file.stem, pattern))


def belonging(found: Project, paths: Sequence[Path]) -> Iterator[Place]:
    """Places for paths, each as the project knows it when it is one of its catalogues."""
    known: dict[Path, Place] | None = None
    for place in in_folders(paths):
        full = place.path.resolve()
        if known is None and full.is_relative_to(found.root):
            try:
                known = {one.path.resolve(): one for one in in_project(found)}
            except InputError:
                known = {}
        yield (known or {}).get(full, place)
