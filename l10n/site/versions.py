"""The versions of the site on disk, and the one link that says which is on line."""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from l10n import disk
from l10n.errors import UsageError
from l10n.project import Project
from l10n.site import made, manifest

KEPT = 5
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


def spare(kept: list[int], on_line: int | None) -> int | None:
    """The version that goes when another comes: never the one on line, nor the one before it."""
    if len(kept) < KEPT or on_line is None:
        return None
    needed = {on_line, max((number for number in kept if number < on_line), default=on_line)}
    return next((number for number in kept if number not in needed), None)


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
        gone = store / f".old-{secrets.token_hex(4)}"
        (store / str(number)).rename(gone)
        shutil.rmtree(gone)
        manifest.path_of(store, number).unlink(missing_ok=True)
        (store / f"{number}{made.SUFFIX}").unlink(missing_ok=True)


@contextmanager
def alone(project: Project) -> Iterator[Path]:
    """The folder of versions, while nobody else publishes; what a crash left there is removed."""
    store = project.state / "site"
    with disk.locked(store / ".lock"):
        for left in (*store.glob(".new-*"), *store.glob(".old-*")):
            shutil.rmtree(left)
        known = set(numbers(store))
        for file in (*store.glob(f"*{manifest.SUFFIX}"), *store.glob(f"*{made.SUFFIX}")):
            if file.stem.isdecimal() and int(file.stem) not in known:
                file.unlink()
        for link in project.root.glob(".public-*"):
            if link.is_symlink():
                link.unlink()
        yield store
