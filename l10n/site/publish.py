"""A new version of the site is written beside the old, and one link is swapped."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from l10n import disk
from l10n.errors import InputError, UsageError
from l10n.project import Project
from l10n.site.build import Built

KEPT = 5
_NUMBER = re.compile("[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Published:
    """What is on line: the version's number, and the paths that differ from the one before.

    ``written`` is False when the site already said exactly that and nothing was done.
    """

    version: int
    written: bool = True
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def publish(project: Project, built: Built) -> Published:
    """Put a site on line in one step: a reader finds the old one or the new one, whole.

    Files that did not change are hard links to the version before.  Kept are the live version,
    its predecessor and at most three more.  Raises UsageError when something that is not ours
    stands where the link goes, InputError when the disk refuses.
    """
    _check_paths(built.files)
    try:
        with _alone(project) as store:
            return _publish(project, store, built.files)
    except OSError as error:
        raise _refused(project, error) from None


def rollback(project: Project) -> Published:
    """Put the version before the live one on line again.  Raises UsageError when there is none."""
    try:
        with _alone(project) as store:
            live = _live(project)
            before = [number for number in _versions(store) if live is not None and number < live]
            if not before:
                raise UsageError(
                    "there is no earlier version of the site to go back to",
                    path=project.public,
                    remedy="Publish the project to write one.",
                )
            _swap(project, before[-1])
            return Published(before[-1])
    except OSError as error:
        raise _refused(project, error) from None


def _publish(project: Project, store: Path, files: Mapping[str, bytes]) -> Published:
    live = _live(project)
    old = store / str(live) if live is not None else None
    present = set(_paths(old)) if old else set()
    changed = tuple(
        path
        for path, data in files.items()
        if path not in present or (old and (old / path).read_bytes() != data)
    )
    removed = tuple(sorted(present - files.keys()))
    if live is not None and not changed and not removed:
        return Published(live, written=False)
    version = max(_versions(store), default=0) + 1
    # A version that was rolled back from goes first, so that "the one before" stays true.
    _drop(store, [number for number in _versions(store) if live is not None and number > live])
    fresh = store / f".new-{secrets.token_hex(4)}"
    _write(fresh, files, old, frozenset(changed))
    fresh.rename(store / str(version))
    disk.sync_folder(store)
    _swap(project, version)
    _drop(store, _versions(store)[:-KEPT])
    return Published(version, changed=changed, removed=removed)


def _write(folder: Path, files: Mapping[str, bytes], old: Path | None, changed: frozenset[str]) -> None:
    folders = {folder}
    folder.mkdir()
    for path, data in files.items():
        target = folder / path
        if target.parent not in folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            folders.update(parent for parent in target.parents if parent.is_relative_to(folder))
        if old is None or path in changed or not _linked(old / path, target):
            _write_file(target, data)
    for each in sorted(folders, reverse=True):
        disk.sync_folder(each)


def _linked(old: Path, new: Path) -> bool:
    try:
        os.link(old, new)
    except OSError:
        return False
    return True


def _write_file(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        # Versions share their files, so none may be edited in place.
        os.fchmod(file.fileno(), 0o444)
        os.fsync(file.fileno())


def _swap(project: Project, version: int) -> None:
    """Make the public link point at a version; it is relative, so that a project can be moved."""
    fresh = project.root / f".public-{secrets.token_hex(4)}"
    fresh.symlink_to(Path(".l10n", "site", str(version)))
    try:
        fresh.replace(project.public)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    disk.sync_folder(project.root)


def _live(project: Project) -> int | None:
    """The number of the version on line, None before the first.

    Raises UsageError when something else stands in the place of the link.
    """
    public = project.public
    if not public.is_symlink():
        if public.exists():
            raise UsageError(
                "something else stands where the published site goes",
                path=public,
                remedy="Move it away; publishing makes a link of this name.",
            )
        return None
    target = public.readlink()
    if target.parent != Path(".l10n", "site") or not _NUMBER.fullmatch(target.name):
        raise UsageError(
            f"this link leads to {str(target)!r}, which was not published from here",
            path=public,
            remedy="Remove the link; publishing makes its own.",
        )
    return int(target.name) if public.is_dir() else None


def _versions(store: Path) -> list[int]:
    return sorted(int(item.name) for item in store.iterdir() if _NUMBER.fullmatch(item.name))


def _drop(store: Path, versions: list[int]) -> None:
    """Remove versions, each renamed first: half a version never has a number."""
    for number in versions:
        gone = store / f".old-{secrets.token_hex(4)}"
        (store / str(number)).rename(gone)
        shutil.rmtree(gone)


def _paths(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix()


def _check_paths(files: Mapping[str, bytes]) -> None:
    for path in files:
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts or not pure.parts or str(pure) != path:
            raise UsageError(f"{path!r} is no path inside a site")


@contextmanager
def _alone(project: Project) -> Iterator[Path]:
    """The folder of versions, while nobody else publishes; what a crash left there is removed."""
    store = project.state / "site"
    with disk.locked(store / ".lock"):
        for left in (*store.glob(".new-*"), *store.glob(".old-*")):
            shutil.rmtree(left)
        for link in project.root.glob(".public-*"):
            if link.is_symlink():
                link.unlink()
        yield store


def _refused(project: Project, error: OSError) -> InputError:
    return InputError(
        f"the site cannot be written: {error.strerror or error}",
        path=error.filename or project.public,
        remedy="Check the folder's permissions and the space on the disk.",
    )
