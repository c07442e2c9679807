"""The project's memory, kept up to date with its approved catalogues and the TMX files in `memory/`."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from l10n import disk
from l10n.memory import Memory, TranslationUnit, tmx
from l10n.model import Catalogue
from l10n.project.layout import catalogue_path, read_catalogue
from l10n.project.layout import releases as all_releases
from l10n.project.nouns import Project, Release
from l10n.xml_elements import SkippedElement

_Read = Mapping[str, tuple[str, str]]
_SIZE = 16  # characters of a digest that stands for a pair
_Origin = tuple[str, bool]


def _ignore(path: Path, bad: SkippedElement) -> None:
    del path, bad


def open_memory(
    project: Project,
    source_locale: str,
    *,
    releases: Iterable[Release] | None = None,
    today: dt.date | None = None,
    on_skipped: Callable[[Path, SkippedElement], None] = _ignore,
    as_it_is: bool = False,
) -> Memory:
    """The memory for one source language, in step with the catalogues and with ``memory/*.tmx``.

    It lies under the project's state, or in the database that the settings name, and can be deleted at
    any time.  Only what changed is read
    again; where it took something back, so is all that has the same origin.  ``releases`` spares
    the reading of their plans.  Pairs have an age where
    ``today`` is known.  ``on_skipped`` hears of the units of a TMX file that were passed over.
    ``as_it_is`` leaves it as it was brought in step last.
    """
    if as_it_is:
        return _opened(project, source_locale, today)
    folder = project.state / "memory"
    with disk.locked(folder / f"{source_locale}.lock"):
        memory = _opened(project, source_locale, today)
        try:
            catalogues = list(_catalogues(project, source_locale, releases))
            _bring_up_to_date(project, memory, catalogues, on_skipped)
        except BaseException:
            memory.close()
            raise
        return memory


def forget_memory(project: Project, source_locale: str) -> None:
    """Delete the memory for one source language; the next ``open_memory`` makes it again."""
    folder = project.state / "memory"
    with disk.locked(folder / f"{source_locale}.lock"):
        for path in folder.glob(f"{source_locale}.*"):
            if path.suffix != ".lock":
                path.unlink()
        if project.settings.memory_database:
            with _opened(project, source_locale, None) as memory:
                memory.clear()


def _opened(project: Project, source_locale: str, today: dt.date | None) -> Memory:
    path = project.state / "memory" / f"{source_locale}.sqlite"
    return Memory.open(
        project.settings.memory_database or path,
        source_locale,
        penalties=project.settings.penalties,
        today=today.toordinal() if today else 0,
        beside=path,
    )


def _bring_up_to_date(
    project: Project,
    memory: Memory,
    catalogues: Sequence[tuple[Release, str, str]],
    on_skipped: Callable[[Path, SkippedElement], None],
) -> None:
    recorded = memory.read_files()
    if not recorded and len(memory):
        memory.clear()
    imports = {f"memory/{path.name}": path for path in sorted((project.root / "memory").glob("*.tmx"))}
    by_name = {f"{release.id}/{locale}": (release, locale) for release, locale, _ in catalogues}
    stamps = {f"{release.id}/{locale}": stamp for release, locale, stamp in catalogues}
    stamps |= {name: _stamp(project, path) for name, path in imports.items()}
    changed = {name for name, stamp in stamps.items() if recorded.get(name, ("", ""))[0] != stamp}
    if not changed and stamps.keys() == recorded.keys():
        return
    changed_catalogues = {name: read_catalogue(project, *by_name[name]) for name in changed & by_name.keys()}
    lost = {name for name, catalogue in changed_catalogues.items() if _lost(recorded, name, catalogue)}
    changed |= _forgotten(
        memory, recorded, lost | (changed & imports.keys()) | (recorded.keys() - stamps.keys())
    )
    for name in sorted(changed & stamps.keys()):
        if name in imports:
            memory.note_file(name, "", "")
            on_skipped_here = partial(on_skipped, imports[name])
            memory.add(tmx.read(imports[name], memory.source_locale, on_skipped=on_skipped_here))
            memory.note_file(name, stamps[name], "")
            continue
        release, locale = by_name[name]
        catalogue = (
            changed_catalogues[name]
            if name in changed_catalogues
            else read_catalogue(project, release, locale)
        )
        pairs = _pairs(catalogue)
        # Noted before and after, so that nothing is in the memory unnoted when this is cut short.
        memory.note_file(name, "", recorded.get(name, ("", ""))[1] + pairs)
        memory.add(_approved(catalogue, release, locale))
        memory.note_file(name, stamps[name], pairs)


def _forgotten(memory: Memory, recorded: _Read, lost: set[str]) -> set[str]:
    """The files that have to be read again once the origins of some are forgotten."""
    origins = {_origin(name) for name in lost & recorded.keys()}
    shared = {name for name in recorded if _origin(name) in origins}
    for name in sorted(shared):
        memory.note_file(name, "", recorded[name][1])
    for origin, own in sorted(origins):
        memory.forget(origin, own=own)
    for name in sorted(shared):
        memory.forget_file(name)
    return shared


def _origin(name: str) -> _Origin:
    """What the units of a file say of where they come from."""
    release_id, _, file_name = name.partition("/")
    return (tmx.origin(Path(file_name)), False) if file_name.endswith(".tmx") else (release_id, True)


def _catalogues(
    project: Project, source_locale: str, releases: Iterable[Release] | None
) -> Iterator[tuple[Release, str, str]]:
    """(release, locale, stamp) for every catalogue from a source language."""
    for release in all_releases(project) if releases is None else releases:
        for locale in release.locales if release.locale == source_locale else ():
            if stamp := _stamp(project, catalogue_path(project, release, locale)):
                yield release, locale, stamp


def _stamp(project: Project, path: Path) -> str:
    """Changes with the file, and for a memory of many machines with nothing else; "" when there is none."""
    stamp = disk.file_stamp(path)
    if stamp and project.settings.memory_database:
        return hashlib.sha256(disk.read(path)).hexdigest()
    return " ".join(map(str, stamp))


def _lost(recorded: _Read, name: str, catalogue: Catalogue | None) -> bool:
    """Whether a pair that is in the memory is not approved any more."""
    return bool(_split_digests(recorded.get(name, ("", ""))[1]) - _split_digests(_pairs(catalogue)))


def _split_digests(pairs: str) -> set[str]:
    return {pairs[at : at + _SIZE] for at in range(0, len(pairs), _SIZE)}


def _pairs(catalogue: Catalogue | None) -> str:
    """The digests of the approved pairs, one after the other."""
    return "".join(
        hashlib.sha256(f"{len(entry.source)} {entry.source}{entry.target}".encode()).hexdigest()[:_SIZE]
        for entry in (catalogue.live if catalogue else ())
        if entry.approved
    )


def _approved(catalogue: Catalogue | None, release: Release, locale: str) -> Iterator[TranslationUnit]:
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
                day=release.date.toordinal(),
            )
