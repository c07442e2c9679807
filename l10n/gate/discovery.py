"""Finds the catalogues to inspect: those of a project, or those in folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache, partial
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from l10n import catalogue
from l10n import project as projects
from l10n.errors import InputError, UsageError
from l10n.gate.catalogue_file import CatalogueFile

_ENDING = ".po"
_name = attrgetter("name")

if TYPE_CHECKING:
    from l10n.glossary import Glossary
    from l10n.model import Document
    from l10n.project import Project, Release


def in_project(project: Project, pattern: str = "*") -> Iterator[CatalogueFile]:
    """Yield the catalogues of every release whose id matches a glob pattern.

    Raises UsageError when no release does, InputError for a source that cannot be read.
    """
    fitting = [release for release in projects.releases(project) if fnmatchcase(release.id, pattern)]
    if not fitting and pattern != "*":
        ids = ", ".join(release.id for release in projects.releases(project))
        raise UsageError(f"no release fits {pattern!r}", remedy=f"Releases: {ids or 'none yet'}.")
    paths = projects.glossary_paths(project)
    terms = cache(partial(_glossary, project))
    within = cache(lambda domains: partial(_within, terms, domains))
    settings = (project.root / projects.FILE, project.root / projects.LENGTHS)
    shared = f"{_stamp(*settings, *paths)} {_inflection(project) if paths else ''}"
    for release in fitting:
        document = cache(partial(_document, project, release))
        made_from = _stamp(release.source, release.folder / "release.toml")
        for locale in release.locales:
            path = projects.catalogue_path(project, release, locale)
            cuts = projects.segmentation_path(release, locale)
            yield CatalogueFile(
                str(path),
                path.relative_to(project.root).as_posix(),
                locale,
                release.locale,
                release.id,
                partial(_keys, document, release, locale),
                within(release.domains),
                projects.review_rule(project, release, locale),
                f"{shared} {made_from} {_stamp(cuts)}",
                project.lengths.get(f"{release.locale}-{locale}"),
                (str(release.source), str(release.folder / "release.toml"), str(cuts)),
            )


def _document(project: Project, release: Release) -> Document:
    return projects.document(project, release)


def _glossary(project: Project) -> Glossary | None:
    return projects.read_glossary(project)


def _inflection(project: Project) -> str:
    """A stamp of the hunspell dictionaries of a project's languages."""
    from l10n import hunspell  # noqa: PLC0415  where there is a glossary

    return hunspell.dictionaries_stamp((*project.settings.source_locales, *project.settings.locales))


def _keys(document: Callable[[], Document], release: Release, locale: str) -> frozenset[tuple[str, str]]:
    """The keys of the segments of a source, as segmented for a locale."""
    return frozenset(
        entry.key for entry in catalogue.template(projects.segmented_for(document(), release, locale)).entries
    )


def _within(terms: Callable[[], Glossary | None], domains: tuple[str, ...]) -> Glossary | None:
    """The part of a glossary that holds in some domains."""
    glossary = terms()
    return glossary.within(domains) if glossary else None


def _stamp(*paths: Path) -> str:
    """A digest of files, also of which of them are missing."""
    digest = blake2b(digest_size=16)
    for path in paths:
        digest.update(f"{path}\0".encode("utf-8", "surrogateescape"))
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def in_folders(paths: Sequence[Path], pattern: str = "*") -> Iterator[CatalogueFile]:
    """Yield the PO files in paths whose name, with or without its suffix, matches a pattern.

    A file that several paths lead to comes once.  A missing path or an unreadable folder is yielded too:
    inspecting it reports the error.  Raises UsageError for a folder without any, and when none matches.
    """
    nothing = True
    seen: set[str] = set()
    real = cache(os.path.realpath)
    for name in _named(paths, pattern):
        nothing = False
        # One path alone leads to each file once, and to resolve thousands takes its time.
        if len(paths) > 1:
            full = _full(name, real)
            if full in seen:
                continue
            seen.add(full)
        yield CatalogueFile(name, name)
    if nothing and paths:
        raise UsageError(f"no PO file here fits {pattern!r}", remedy="--release takes the name of a file.")


def _named(paths: Sequence[Path], pattern: str) -> Iterator[str]:
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - never raises; inspecting the path reports the error
            yield str(path)
            continue
        files = list(_files(str(path)))
        if not files:
            raise UsageError("there is no PO file in this folder", path=path)
        for name in files:
            if pattern == "*" or not name.lower().endswith(_ENDING) or _fits(Path(name), pattern):
                yield name


def _fits(path: Path, pattern: str) -> bool:
    return fnmatchcase(path.stem, pattern) or fnmatchcase(path.name, pattern)


def _files(folder: str) -> Iterator[str]:
    """The PO files below a folder in the order of their paths, and each unreadable folder."""
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=_name)
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            # A branch may be called update.po, and git keeps a file of its name.
            if entry.name != ".git":
                yield from _files(entry.path)
        elif entry.name.lower().endswith(_ENDING) and not _would_wait(entry):
            yield entry.path.removeprefix("./")


def _would_wait(entry: os.DirEntry[str]) -> bool:
    """Whether this is a pipe, a socket or a device, whose reader may wait for ever."""
    if entry.is_file(follow_symlinks=False):
        return False
    try:
        mode = entry.stat().st_mode
    except OSError:
        return False  # a link that leads nowhere: inspecting it reports the error
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def belonging(project: Project, paths: Sequence[Path], pattern: str = "*") -> Iterator[CatalogueFile]:
    """As ``in_folders``, but the project's own catalogues come as ``in_project`` yields them."""
    own_files: dict[str, CatalogueFile] | None = None
    real = cache(os.path.realpath)
    for file in in_folders(paths, pattern):
        if own_files is None and Path(_full(file.path, real)).is_relative_to(project.root):
            own_files = _by_path(project)
        yield own_files.get(_full(file.path, real), file) if own_files else file


def around(paths: Sequence[Path], pattern: str = "*") -> Iterator[CatalogueFile]:
    """As ``in_folders``, but a catalogue of a project comes as ``in_project`` has it, with its name here.

    The project is the nearest around a file, such as one in a folder of a repository whose hooks run at its
    root.  Raises ConfigError for one whose settings are wrong.
    """
    real = cache(os.path.realpath)
    own_files: dict[Path, dict[str, CatalogueFile]] = {}
    root_of = cache(_root)
    for file in in_folders(paths, pattern):
        full = _full(file.path, real)
        root = root_of(os.path.dirname(full))  # noqa: PTH120 - of thousands
        if root is not None and root not in own_files:
            own_files[root] = _by_path(projects.load(root))
        own = own_files[root].get(full) if root else None
        yield replace(own, name=file.name) if own else file


def _root(folder: str) -> Path | None:
    try:
        return projects.find(Path(folder))
    except UsageError:
        return None


def _by_path(project: Project) -> dict[str, CatalogueFile]:
    """A project's own catalogues by their real paths; none where a source cannot be read."""
    try:
        return {os.path.realpath(file.path): file for file in in_project(project)}
    except InputError:
        return {}


def _full(path: str, real: Callable[[str], str]) -> str:
    """The real path of a file; ``real`` resolves folders and may be cached."""
    if os.path.islink(path):  # noqa: PTH114 - of thousands
        return real(path)
    folder, name = os.path.split(path)
    return os.path.join(real(folder), name)  # noqa: PTH118 - of thousands
