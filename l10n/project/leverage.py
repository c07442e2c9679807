"""The project's memory: a reading of its approved catalogues and of the TMX files in `memory/`."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from l10n import disk
from l10n.memory import Memory, TranslationUnit, tmx
from l10n.model import Catalogue
from l10n.project.layout import Project, Release, catalogue_path, read_catalogue
from l10n.project.layout import releases as all_releases

_Read = Mapping[str, tuple[str, bytes]]
_SIZE = 8  # bytes of a digest that stands for a pair


def open_memory(project: Project, source_locale: str, *, releases: Iterable[Release] | None = None) -> Memory:
    """The memory for one source language, in step with the catalogues and with ``memory/*.tmx``.

    It lies under the project's state and can be deleted at any time.  Only catalogues that
    changed are read again; all are when one of them took something back, since the memory
    cannot forget a single pair.  ``releases`` spares the reading of their plans.
    """
    folder = project.state / "memory"
    path = folder / f"{source_locale}.sqlite"
    with disk.locked(folder / f"{source_locale}.lock"):
        memory = Memory.open(path, source_locale=source_locale)
        with closing(sqlite3.connect(path, isolation_level=None)) as notes:
            wanted = list(_catalogues(project, source_locale, releases))
            _bring_up_to_date(project, memory, notes, wanted, source_locale)
        return memory


def _bring_up_to_date(
    project: Project,
    memory: Memory,
    notes: sqlite3.Connection,
    wanted: Sequence[tuple[Release, str, str]],
    source_locale: str,
) -> None:
    known = _noted(notes)
    imports = {f"memory/{path.name}": path for path in sorted((project.root / "memory").glob("*.tmx"))}
    stamps = {f"{release.id}/{locale}": stamp for release, locale, stamp in wanted}
    stamps |= {name: _stamp(path) for name, path in imports.items()}
    changed: Sequence[tuple[Release, str, str]] = [
        one for one in wanted if known.get(f"{one[0].id}/{one[1]}", ("", b""))[0] != one[2]
    ]
    foreign = {name for name in imports if known.get(name, ("", b""))[0] != stamps[name]}
    if not changed and not foreign and stamps.keys() == known.keys():
        return
    read = {(item.id, locale): read_catalogue(project, item, locale) for item, locale, _ in changed}
    gone = known.keys() - stamps.keys() or foreign & known.keys()
    if gone or (not known and len(memory)) or _lost(known, read):
        memory.clear()
        notes.execute("DELETE FROM read_catalogue")
        known, changed, foreign = {}, wanted, set(imports)
    for item, locale, stamp in changed:
        found = read.get((item.id, locale)) or read_catalogue(project, item, locale)
        name, pairs = f"{item.id}/{locale}", _pairs(found)
        # Noted before and after, so that nothing is in the memory unnoted when this is cut short.
        _note(notes, name, "", known.get(name, ("", b""))[1] + pairs)
        memory.add(_approved(found, item, locale))
        _note(notes, name, stamp, pairs)
    for name in sorted(foreign):
        _note(notes, name, "", b"")
        memory.add(tmx.read(imports[name], source_locale))
        _note(notes, name, stamps[name], b"")


def _note(notes: sqlite3.Connection, name: str, stamp: str, pairs: bytes) -> None:
    notes.execute("INSERT OR REPLACE INTO read_catalogue VALUES (?, ?, ?)", (name, stamp, pairs))


def _noted(notes: sqlite3.Connection) -> _Read:
    """What was read into the memory: the stamp of each catalogue and its pairs."""
    notes.execute(
        "CREATE TABLE IF NOT EXISTS read_catalogue"
        " (name TEXT PRIMARY KEY, stamp TEXT NOT NULL, pairs BLOB NOT NULL) WITHOUT ROWID"
    )
    return {name: (stamp, pairs) for name, stamp, pairs in notes.execute("SELECT * FROM read_catalogue")}


def _catalogues(
    project: Project, source_locale: str, releases: Iterable[Release] | None
) -> Iterator[tuple[Release, str, str]]:
    """(release, locale, stamp) for every catalogue from a source language."""
    for release in all_releases(project) if releases is None else releases:
        for locale in release.locales if release.locale == source_locale else ():
            if stamp := _stamp(catalogue_path(project, release, locale)):
                yield release, locale, stamp


def _stamp(path: Path) -> str:
    """Changes with the file; "" when there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return ""
    return f"{status.st_mtime_ns} {status.st_size} {status.st_ino}"


def _lost(known: _Read, read: Mapping[tuple[str, str], Catalogue | None]) -> bool:
    """Whether a pair that is in the memory is not approved any more."""
    for (release_id, locale), found in read.items():
        _, before = known.get(f"{release_id}/{locale}", ("", b""))
        now = _pairs(found)
        if _cut(before) - _cut(now):
            return True
    return False


def _cut(pairs: bytes) -> set[bytes]:
    return {pairs[at : at + _SIZE] for at in range(0, len(pairs), _SIZE)}


def _pairs(catalogue: Catalogue | None) -> bytes:
    """The digests of the approved pairs, one after the other."""
    return b"".join(
        hashlib.sha256(f"{len(entry.source)} {entry.source}{entry.target}".encode()).digest()[:_SIZE]
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
            )
