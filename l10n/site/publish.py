"""Publish a version: write it beside the old one, then swap one symbolic link."""

from __future__ import annotations

import datetime as dt
import os
import re
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from l10n import disk
from l10n.errors import InputError, UsageError
from l10n.progress import ProgressCallback
from l10n.project import Project, Release
from l10n.site import archive, manifest, records, stamps, versions
from l10n.site import as_of as moments
from l10n.site.archive import PublishedInputs
from l10n.site.build import BuiltSite, build
from l10n.site.credits import CreditSource
from l10n.site.files import digests as file_digests
from l10n.site.lifecycle import next_moment
from l10n.site.manifest import Damage
from l10n.site.records import Record
from l10n.site.scope import Scope

_NAME = r"(?!\.\.?(?:/|\Z))[^/\\\x00-\x1f\x7f]+"
_PATH = re.compile(rf"{_NAME}(?:/{_NAME})*")


@dataclass(frozen=True, slots=True)
class Published:
    """What is on line: the version's number, and the paths that differ from the one before.

    ``written`` is False when the site already said exactly that and nothing was done.  ``record`` is
    what the next build may start from.
    """

    version: int
    written: bool = True
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    record: Record | None = None


def publish(project: Project, built: BuiltSite, *, full: bool = False) -> Published:
    """Put a site on line in one step: a reader finds the old one or the new one, whole.

    Files that did not change are hard links to the version before, unless it is to be written in
    ``full``.  Kept are the live version, its predecessor and at most three more.  Raises
    UsageError when something that is not ours stands where the link goes, InputError when the
    disk refuses.
    """
    try:
        with versions.exclusively(project) as store:
            published = _publish(project, store, built, full=full)
            if built.record is not None:
                record = replace(built.record, folder=store / str(published.version))
                records.write(store, published.version, record)
                published = replace(published, record=record)
            if built.as_of is not None:
                moments.write(store, built.as_of, [skipped.release for skipped in built.unreadable])
            return published
    except OSError as error:
        raise _refused(project, error) from None


def rollback(project: Project, *, only: tuple[int, int] | None = None) -> Published:
    """Put the version before the live one on line again.

    ``only`` is which version was on line when that was decided, and which was before it.  Raises UsageError
    when there is none, or when it would lead from or to another by now.
    """
    try:
        with versions.exclusively(project) as store:
            live = versions.live(project)
            before = versions.before_live(store, live)
            if live is None or before is None:
                raise UsageError(
                    "there is no earlier version of the site to go back to",
                    path=project.public,
                    remedy="Publish the project to write one.",
                )
            if only is not None and only != (live, before):
                raise UsageError("another version is on line by now", remedy="Look at it first.")
            versions.swap(project, before)
            versions.mark_rolled_back(store, live)
            return Published(before)
    except OSError as error:
        raise _refused(project, error) from None


def verify(project: Project) -> tuple[Damage, ...]:
    """Where the live version is not as it was published.  Raises UsageError when none is live."""
    live = versions.live(project)
    if live is None:
        raise UsageError("nothing is on line yet", path=project.public, remedy="Publish the project first.")
    store = project.state / "site"
    try:
        return manifest.damages(store / str(live), manifest.read(store, live))
    except OSError as error:
        raise InputError(
            f"the site cannot be read: {error.strerror or error}", path=error.filename or project.public
        ) from None


def due(project: Project, releases: Iterable[Release], now: dt.datetime) -> bool:
    """Whether a moment has come since the site was last published at which a release changes by itself."""
    last = moments.read(project.state / "site")
    if last is None:
        return True
    coming = (next_moment((release,), last.since(release.id)) for release in releases)
    return any(at is not None and at <= now for at in coming)


def published_at(project: Project) -> dt.datetime | None:
    """The moment as which the site was last published, None when that is not known."""
    last = moments.read(project.state / "site")
    return None if last is None else last.at


def kept(project: Project) -> PublishedInputs:
    """What the pages on line were made from, for a build to fall back on."""
    inputs = archive.reader(project.state / "site", versions.live(project))
    return replace(inputs, at=published_at(project))


def inputs_stamp(project: Project) -> tuple[object, ...]:
    """A mark of what a build of everything is made from, what is on line with it, but for the moment."""
    last = moments.read(project.state / "site")
    return stamps.build_stamp(project), stamps.read_stamps(project), versions.live(project), last


def build_incremental(
    project: Project,
    *,
    as_of: dt.datetime,
    full: bool = False,
    last: Record | None = None,
    crediting: CreditSource | None = None,
    progress: ProgressCallback | None = None,
    scope: Scope | None = None,
    processes: int = 1,
) -> BuiltSite:
    """The site as it stands at a moment, made from what is on line wherever that is still so.

    ``last`` is the record of a version that may still be the live one.  With ``full`` all is made anew.
    With a ``scope`` only that is put on line as it is now, and what is due; nothing is left out where it is
    not known what is on line.  Up to ``processes`` processes work on it.  Raises what ``build`` raises.
    """
    before = None
    published_inputs = kept(project)
    if scope is not None:
        lost = versions.live(project) is not None and not published_inputs.known
        scope = None if lost else replace(scope, since=moments.read(project.state / "site"))
    if not full:
        live = versions.live(project)
        is_live = last is not None and live is not None and last.folder == project.state / "site" / str(live)
        before = last if is_live else recorded(project)
    return build(
        project,
        as_of=as_of,
        kept=published_inputs,
        before=before,
        crediting=crediting,
        progress=progress,
        scope=scope,
        processes=processes,
    )


def recorded(project: Project) -> Record | None:
    """The record of the version on line, for a build to start from; None when there is none."""
    return records.read(project, project.state / "site", versions.live(project))


def _publish(project: Project, store: Path, built: BuiltSite, *, full: bool) -> Published:
    files = built.files
    live = versions.live(project)
    old = store / str(live) if live is not None else None
    before = manifest.read(store, live) if live is not None else {}
    digests = file_digests(files)
    _check_paths(files.keys() - before.keys())
    changed = tuple(path for path, digest in digests.items() if before.get(path) != digest)
    removed = tuple(sorted(before.keys() - files.keys()))
    if live is not None and before and not changed and not removed and not full:
        return Published(live, written=False)
    version = max(versions.numbers(store), default=0) + 1
    fresh = store / f".new-{secrets.token_hex(4)}"
    linked = frozenset() if full or old is None else frozenset(files.keys() - set(changed))
    outdated = next(iter(versions.prunable(store, live, coming=1)), None)
    if outdated is None or not linked:
        fresh.mkdir()
        standing = {}
    else:
        standing = manifest.read(store, outdated)
        (store / str(outdated)).rename(fresh)
        versions.remove_leftovers(store, outdated)
    input_digests = (
        {name: group.inputs_digest for name, group in built.record.groups.items()} if built.record else {}
    )
    input_digests.update(
        (name, manifest.digest(data)) for name, data in built.inputs.items() if name not in input_digests
    )
    staged = archive.stage(store, built.inputs, input_digests)
    written = _Writing(fresh, old, standing).write(files, digests, linked)
    disk.sync(fresh, [*written, *staged])
    manifest.write(store, version, digests)
    archive.commit(store, version, input_digests, staged)
    fresh.rename(store / str(version))
    disk.sync_folder(store)
    versions.swap(project, version)
    versions.drop(store, versions.prunable(store, version))
    return Published(version, changed=changed, removed=removed)


@dataclass(frozen=True, slots=True)
class _Writing:
    """A version being written in a folder that may hold an outdated one, which saves most of the work.

    ``standing`` is the manifest of what is in the folder, which nobody has written to since: its files
    are read-only.  ``old`` is the live version that files are linked to.
    """

    folder: Path
    old: Path | None
    standing: Mapping[str, str]

    def write(
        self, files: Mapping[str, bytes], digests: Mapping[str, str], linked: frozenset[str]
    ) -> list[str]:
        """Write a version's files; the paths that have to be made durable."""
        root = str(self.folder)
        touched, folders, written = {root}, {root}, list[str]()
        for path in self.standing.keys() - files.keys():
            self._remove(f"{root}/{path}", touched)
        stand = self._stand(path for path in linked if self.standing.get(path) == digests[path])
        for path in files:
            if path in stand:
                continue
            name = f"{root}/{path}"
            if path in self.standing:
                self._remove(name, touched)
            parent = name.rpartition("/")[0]
            if parent not in folders:
                _make(parent, folders, touched)
            touched.add(parent)
            if path not in linked or not _linked(f"{self.old}/{path}", name):
                # Versions share their files, so none may be edited in place.
                disk.put(name, files[path], mode=0o444, new=True)
                written.append(name)
        written.extend(folder for folder in sorted(touched, reverse=True) if os.path.isdir(folder))  # noqa: PTH112
        return written

    def _stand(self, paths: Iterable[str]) -> frozenset[str]:
        """Those of some paths that are in the folder; seen from there, which takes half as long."""
        if not self.standing:
            return frozenset()
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            return frozenset([path for path in paths if os.access(path, os.F_OK, dir_fd=folder)])
        finally:
            os.close(folder)

    def _remove(self, name: str, touched: set[str]) -> None:
        target = Path(name)
        target.unlink(missing_ok=True)
        touched.add(str(target.parent))
        for parent in target.parents:
            if parent == self.folder or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()
            touched.add(str(parent.parent))


def _make(folder: str, folders: set[str], touched: set[str]) -> None:
    """Make a folder with those around it, up to one that was made before."""
    parent = folder.rpartition("/")[0]
    if parent not in folders:
        _make(parent, folders, touched)
    with suppress(FileExistsError):
        os.mkdir(folder)  # noqa: PTH102 - thousands of them
        touched.add(parent)
    folders.add(folder)


def _linked(old: str, new: str) -> bool:
    try:
        os.link(old, new)
    except OSError:
        return False
    return True


def _check_paths(files: Iterable[str]) -> None:
    for path in files:
        if not _PATH.fullmatch(path):
            raise UsageError(f"{path!r} is no path inside a site")


def _refused(project: Project, error: OSError) -> InputError:
    return InputError(
        f"the site cannot be written: {error.strerror or error}",
        path=error.filename or project.public,
        remedy="Check the folder's permissions and the space on the disk.",
    )
