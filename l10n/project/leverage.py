"""The project's memory: a reading of its approved catalogues, made again when they change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from l10n import disk
from l10n.memory import Memory, TranslationUnit
from l10n.project.layout import Project, Release, catalogue_path, read_catalogue, releases


def open_memory(project: Project, source_locale: str) -> Memory:
    """The memory for one source language, in step with the catalogues.

    It lies under the project's state and can be deleted at any time.
    """
    folder = project.state / "memory"
    path, stamp = folder / f"{source_locale}.sqlite", folder / f"{source_locale}.stamp"
    with disk.locked(folder / f"{source_locale}.lock"):
        wanted = _stamp(project, source_locale)
        memory = Memory.open(path, source_locale=source_locale)
        if not stamp.is_file() or stamp.read_text("utf-8") != wanted:
            memory.clear()
            memory.add(_approved(project, source_locale))
            disk.write(stamp, wanted.encode())
        return memory


def _sources(project: Project, source_locale: str) -> Iterator[tuple[Release, str]]:
    for release in releases(project):
        if release.locale == source_locale:
            yield from ((release, locale) for locale in release.locales)


def _stamp(project: Project, source_locale: str) -> str:
    told = hashlib.sha256()
    for release, locale in _sources(project, source_locale):
        path = catalogue_path(project, release, locale)
        if path.is_file():
            status = path.stat()
            told.update(f"{path} {status.st_mtime_ns} {status.st_size}\n".encode())
    return told.hexdigest()


def _approved(project: Project, source_locale: str) -> Iterator[TranslationUnit]:
    for release, locale in _sources(project, source_locale):
        catalogue = read_catalogue(project, release, locale)
        live = catalogue.live if catalogue else ()
        for index, entry in enumerate(live):
            if entry.approved:
                yield TranslationUnit(
                    source=entry.source,
                    target=entry.target,
                    target_locale=locale,
                    before=live[index - 1].source if index else "",
                    after=live[index + 1].source if index + 1 < len(live) else "",
                    origin=release.id,
                    state=entry.state,
                )
