"""The versions of the site on disk, and the symbolic link to the one on line."""

from __future__ import annotations

import datetime as dt
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from l10n import disk
from l10n.errors import UsageError
from l10n.project import Project
from l10n.site import archive, manifest

KEPT = 5
# Seconds: far more than a system under load leaves a process asleep in the middle of opening a file.
GRACE = 10.0
_BAD = ".bad"
_BESIDE = (manifest.SUFFIX, archive.SUFFIX, _BAD)
_NUMBER = re.compile("[1-9][0-9]{0,8}")


def live(project: Project) -> int | None:
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


def numbers(store: Path) -> list[int]:
    """The versions that are kept, oldest first."""
    return sorted(int(item.name) for item in store.iterdir() if _NUMBER.fullmatch(item.name))


def rollback_candidates(store: Path) -> list[int]:
    """The versions that may be put on line again, oldest first: not those that were rolled back from."""
    return [number for number in numbers(store) if not _bad(store, number).exists()]


def before_live(store: Path, on_line: int | None) -> int | None:
    """The version to go back to from the one on line, None when there is none."""
    earlier = (number for number in rollback_candidates(store) if on_line is not None and number < on_line)
    return max(earlier, default=None)


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A version on disk, when it was ``written``, and whether it was rolled back from."""

    number: int
    written: dt.datetime
    rolled_back: bool


def kept_versions(project: Project) -> tuple[KeptVersion, ...]:
    """The versions on disk, the newest first; none before the first publication."""
    store = project.state / "site"
    if not store.is_dir():
        return ()
    versions = (_kept(store, number) for number in reversed(numbers(store)))
    return tuple(version for version in versions if version is not None)


def _kept(store: Path, number: int) -> KeptVersion | None:
    """A version, None where it is pruned by now."""
    for path in (manifest.path_of(store, number), store / str(number)):
        with suppress(FileNotFoundError):
            at = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
            return KeptVersion(number, at, _bad(store, number).exists())
    return None


def mark_rolled_back(store: Path, number: int) -> None:
    """Remember that a version was rolled back from."""
    disk.write(_bad(store, number), b"")


def prunable(store: Path, on_line: int | None, *, coming: int = 0) -> list[int]:
    """The versions that may go, oldest first: neither on line nor the one before, and beyond those kept.

    ``coming`` is how many are about to be added.  A version that was on line a moment ago stays: a
    reader who had the link resolved by then, and was put to sleep, still walks into it.
    """
    if on_line is None:
        return []
    good = rollback_candidates(store)
    before = max((number for number in good if number < on_line), default=on_line)
    staying = {on_line, before, *good[-(KEPT - coming) :]}
    now = _now(store)
    all_numbers = numbers(store)
    out = []
    for number, following in zip(all_numbers, [*all_numbers[1:], 0], strict=True):
        if number not in staying and now - _left(store, number, following) >= GRACE:
            out.append(number)
    return out


def _left(store: Path, number: int, following: int) -> float:
    """When a version went off line: when it was rolled back from, else when the next one was written."""
    files = (_bad(store, number), manifest.path_of(store, following))
    return max((file.stat().st_mtime for file in files if file.exists()), default=0.0)


def _now(store: Path) -> float:
    """The time as the file system has it."""
    lock = store / ".lock"
    os.utime(lock)
    return lock.stat().st_mtime


def _bad(store: Path, number: int) -> Path:
    return store / f"{number}{_BAD}"


def swap(project: Project, version: int) -> None:
    """Make the public link point at a version; it is relative, so that a project can be moved."""
    fresh = project.root / f".public-{secrets.token_hex(4)}"
    fresh.symlink_to(Path(".l10n", "site", str(version)))
    try:
        fresh.replace(project.public)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    disk.sync_folder(project.root)


def drop(store: Path, versions: Iterable[int]) -> None:
    """Remove versions, each renamed first: half a version never has a number."""
    for number in versions:
        renamed = store / f".old-{secrets.token_hex(4)}"
        (store / str(number)).rename(renamed)
        shutil.rmtree(renamed)
        remove_leftovers(store, number)


def remove_leftovers(store: Path, number: int) -> None:
    """Remove what lies beside a version that is gone."""
    for ending in _BESIDE:
        (store / f"{number}{ending}").unlink(missing_ok=True)


@contextmanager
def exclusively(project: Project) -> Iterator[Path]:
    """The folder of versions, while nobody else publishes; what a crash left there is removed."""
    store = project.state / "site"
    with disk.locked(store / ".lock"):
        for leftover in (*store.glob(".new-*"), *store.glob(".old-*")):
            shutil.rmtree(leftover)
        existing = set(numbers(store))
        for file in (
            *store.glob(f"*{manifest.SUFFIX}"),
            *store.glob(f"*{archive.SUFFIX}"),
            *store.glob("*.bad"),
        ):
            if file.stem.isdecimal() and int(file.stem) not in existing:
                file.unlink()
        for link in project.root.glob(".public-*"):
            if link.is_symlink():
                link.unlink()
        yield store
