"""Build the files of a site from a project's approved releases; the same input gives the same bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from l10n.errors import UsageError
from l10n.gc_tuning import relaxed_gc
from l10n.processes import spread, usable
from l10n.progress import ProgressCallback
from l10n.project import Project
from l10n.site import manifest, records, render, stamps
from l10n.site.archive import PublishedInputs
from l10n.site.credits import CreditSource
from l10n.site.directory import Destination, Directory, Listed, directory
from l10n.site.files import Files
from l10n.site.own_addresses import check_addresses
from l10n.site.page import digest
from l10n.site.page_selection import BuildRequest, Skipped
from l10n.site.records import Group, Record
from l10n.site.release_building import BuiltRelease, build_release
from l10n.site.release_frame import Block
from l10n.site.scope import Scope
from l10n.site.site_frame import SiteFrame, folder

_BATCH = 16  # releases for a process at a time


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A whole site: each path, relative to its root, with the bytes of the file.

    ``skipped`` is what it does not show, ``unreadable`` what of it stays as it was published last since it
    cannot be read.  ``inputs`` say by release what its pages were made from (``archive.decode`` reads
    them), for those that were made now.  ``as_of`` is at which moment it stands so, None when it does not
    depend on one; ``record`` is for the next build, None when there is none.
    """

    files: Mapping[str, bytes]
    skipped: tuple[Skipped, ...] = ()
    unreadable: tuple[Skipped, ...] = ()
    inputs: Mapping[str, bytes] = field(default_factory=dict)
    as_of: dt.datetime | None = None
    record: Record | None = None


@relaxed_gc()
def build(
    project: Project,
    *,
    as_of: dt.datetime,
    kept: PublishedInputs | None = None,
    before: Record | None = None,
    crediting: CreditSource | None = None,
    progress: ProgressCallback | None = None,
    scope: Scope | None = None,
    processes: int = 1,
) -> BuiltSite:
    """The site as it stands at a moment, which needs its time zone.

    ``kept`` gives what the pages of a release were made from before, by locale: a translation that
    a correction of its source left behind goes on saying that.  ``before`` is the record of the
    version on line: what would come out the same is taken from there.  ``crediting`` says who made a
    translation, ``progress`` hears how many releases are done, of how many, where one process does all.
    ``scope`` is what is put on line as it is now, all by itself; the rest stays as ``kept`` has it.  Up to
    ``processes`` processes take releases apart and fill them in, where that is much.  Nothing is written.
    Raises ConfigError, InputError or CatalogueError, with the file, for what cannot be read.
    """
    if as_of.tzinfo is None:
        raise UsageError("the moment of a build needs its time zone")
    request = BuildRequest(project, as_of, kept, crediting, scope)
    base = f"{stamps.build_stamp(project)}{crediting.mark if crediting else ''}"
    before = before if before and before.key.startswith(base) else None
    releases, unreadable = _selected(request, before, progress, processes)
    locales, blocks, key, where = _shared(project, base, releases)
    if before is not None and before.key != key:
        # What every page shows is different: nothing of the version on line can be taken over.
        before = None
        releases, unreadable = _selected(request, before, progress, processes)
        locales, blocks, key, where = _shared(project, base, releases)
    check_addresses(releases)
    frame = before.frame if before and before.frame else render.frame_of(project, locales)
    releases, left = _relinked(request, releases, where)
    unreadable = (*unreadable, *left)
    files = _Files({}, {}, before.folder if before else Path())
    groups, inputs = _release_files(releases, frame, blocks, where, files)
    other_files = _other_files(frame, groups, before, files)
    return BuiltSite(
        Files(files.fresh, dict(sorted(files.digests.items())), files.live),
        (*unreadable, *(Skipped(name, *skip) for name, group in groups.items() for skip in group.skipped)),
        unreadable,
        inputs,
        as_of,
        Record(key, groups, other_files, files.live, frame),
    )


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of a build so far: bytes of new ones, digests of all; the others stand in ``live``."""

    fresh: dict[str, bytes]
    digests: dict[str, str]
    live: Path


def _selected(
    request: BuildRequest, before: Record | None, progress: ProgressCallback | None, processes: int
) -> tuple[list[BuiltRelease], tuple[Skipped, ...]]:
    """Every release with its pages, or as the version on line has it, newest first; what cannot be read."""
    marks = stamps.read_stamps(request.project)
    names = request.names(marks.folders)

    def made(some_names: Sequence[str]) -> list[BuiltRelease | Skipped]:
        return [
            built for name in some_names for built in build_release(request, name, marks.of(name), before)
        ]

    built: list[BuiltRelease | Skipped] = []
    count = _useful_processes(request, before, len(names), processes)
    if count > 1:
        built += made(names[:1])  # what it reads into memory, every process has from the start
        batches = [names[at : at + _BATCH] for at in range(1, len(names), _BATCH)]
        for of_batch in spread(made, batches, count):
            built += of_batch
    for number, name in enumerate(names if count == 1 else (), 1):
        built += made((name,))
        if progress is not None:
            progress(number, len(names))
    releases, unreadable = _parted(built)
    releases.sort(key=lambda built: (-built.group.release.date.toordinal(), built.group.release.id))
    return releases, unreadable


def _parted(
    built: Iterable[BuiltRelease | Skipped],
) -> tuple[list[BuiltRelease], tuple[Skipped, ...]]:
    """What was built, apart from what could not be read."""
    releases: list[BuiltRelease] = []
    unreadable: list[Skipped] = []
    for one in built:
        if isinstance(one, Skipped):
            unreadable.append(one)
        else:
            releases.append(one)
    return releases, tuple(unreadable)


def _useful_processes(request: BuildRequest, before: Record | None, releases: int, most: int) -> int:
    """How many processes to make releases in: one where most stay, and where a ledger is asked for credits.

    Its connections are this process's own.
    """
    if before is not None or request.crediting is not None:
        return 1
    return usable(max(1, min(most, releases // _BATCH)))


def _shared(
    project: Project, base: str, releases: Sequence[BuiltRelease]
) -> tuple[tuple[str, ...], Mapping[str, tuple[Block, ...]], str, Directory]:
    """What every page depends on: the locales, the blocks at its foot, the record's key, where all stands."""
    named_locales = (*project.settings.locales, *(page.locale for built in releases for page in built.pages))
    locales = tuple(dict.fromkeys(named_locales))
    where = _directory(project, releases)
    blocks = _blocks(releases, locales, where)
    return locales, blocks, f"{base} {' '.join(locales)} {digest(repr(blocks))}", where


def _relinked(
    request: BuildRequest, releases: Sequence[BuiltRelease], where: Directory
) -> tuple[list[BuiltRelease], tuple[Skipped, ...]]:
    """The same, where a release whose links lead elsewhere now is made again."""
    return _parted(
        current
        for built in releases
        for current in (
            (built,)
            if built.inputs is not None or _leads_as_before(built.group, where)
            else build_release(request, built.group.release.id, built.group.stamp, None)
        )
    )


def _release_files(
    releases: list[BuiltRelease],
    frame: SiteFrame,
    blocks: Mapping[str, tuple[Block, ...]],
    where: Directory,
    files: _Files,
) -> tuple[dict[str, Group], dict[str, bytes]]:
    """Render the releases that were made; all of them by name, and the inputs of those.

    Empties ``releases`` from its end, so that the text of a page is let go as soon as it is rendered.
    """
    groups: dict[str, Group] = {}
    inputs: dict[str, bytes] = {}
    releases.reverse()
    while releases:
        built = releases.pop()
        group = built.group
        if built.inputs is not None:
            group, fresh = _rendered(built, frame, blocks, where)
            files.fresh.update(fresh)
            inputs[group.release.id] = built.inputs
        files.digests.update(group.files)
        groups[group.release.id] = group
    return groups, inputs


def _other_files(
    frame: SiteFrame, groups: Mapping[str, Group], before: Record | None, files: _Files
) -> dict[str, tuple[str, str]]:
    """Make the files that belong to no release where they show something else; their digests by path."""
    other_files: dict[str, tuple[str, str]] = {}
    shelf = [group.pages for group in groups.values() if group.pages and group.release.kind == "release"]
    pages = Files(files.fresh, files.digests, files.live)
    for file in render.site_files(frame, shelf, pages.__getitem__, files.digests.__getitem__):
        shows = digest(file.shows)
        last = before.other_files.get(file.path) if before else None
        if last is None or last[0] != shows:
            files.fresh[file.path] = data = file.make()
            last = shows, manifest.digest(data)
        other_files[file.path] = last
        files.digests[file.path] = last[1]
    return other_files


def _rendered(
    built: BuiltRelease, frame: SiteFrame, blocks: Mapping[str, tuple[Block, ...]], where: Directory
) -> tuple[Group, Mapping[str, bytes]]:
    """A release with its files, and those of them that are made now."""
    group = built.group
    anew: dict[str, bytes] = {}
    standing: Mapping[str, str] = {}
    if group.release.kind == "release":
        asking = _Asking(where, group.release.id)
        standing = _standing_pages(built, where)
        asking.heard.update(_leads_of(built.last, standing))
        files = render.release_files(frame, built.pages, blocks, asking, standing)
        anew = {**built.assets, **files}
        group = replace(group, leads=tuple(asking.heard))
    group = replace(
        group,
        files={**standing, **{path: manifest.digest(data) for path, data in anew.items()}},
        pages=tuple([page.with_texts("", "") for page in built.pages]),
    )
    return replace(group, line=records.line_of(frame.project, group)), anew


def _standing_pages(built: BuiltRelease, where: Directory) -> Mapping[str, str]:
    """The pages of a release that come out as they did, with their digests.

    That is so while its plan and all that is told of its other languages stay, and what the page says, and
    where its links lead.
    """
    last = built.last
    if last is None or last.release != built.group.release or not _leads_as_before(last, where):
        return {}
    if [page.face for page in last.pages] != [page.face for page in built.pages]:
        return {}
    paths = [
        f"{folder(page)}index.html"
        for page, before in zip(built.pages, last.pages, strict=True)
        if page.mark == before.mark and not page.whole
    ]
    return {path: last.files[path] for path in paths if path in last.files}


def _leads_of(last: Group | None, standing: Mapping[str, str]) -> Mapping[tuple[str, str, str], None]:
    """Where the links of pages lead that are taken over."""
    locales = {path.partition("/")[0] for path in standing}
    return dict.fromkeys(lead for lead in last.leads if lead[0] in locales) if last and locales else {}


@dataclass(frozen=True, slots=True)
class _Asking:
    """A directory that remembers what a release asked, for the next build to see whether it is still so."""

    where: Directory
    name: str
    heard: dict[tuple[str, str, str], None] = field(default_factory=dict)

    def __call__(self, link: str, locale: str) -> Destination | None:
        destination = self.where.lead(link, locale, self.name)
        self.heard[locale, link, _told(destination)] = None
        return destination


def _told(destination: Destination | None) -> str:
    """Where a link leads, as a record has it."""
    return "-" if destination is None else destination.path


def _directory(project: Project, releases: Sequence[BuiltRelease]) -> Directory:
    """Where every release of a site has its pages."""
    return directory(
        project.settings.site.url,
        (
            Listed(
                built.group.release,
                tuple([page.locale for page in built.pages if page.status != "withdrawn"]),
                built.group.former,
            )
            for built in releases
            if built.group.release.kind == "release"
        ),
    )


def _leads_as_before(group: Group, where: Directory) -> bool:
    name = group.release.id
    return all(_told(where.lead(link, locale, name)) == told for locale, link, told in group.leads)


def _blocks(
    releases: Sequence[BuiltRelease], locales: Sequence[str], where: Directory
) -> dict[str, tuple[Block, ...]]:
    """The texts at the foot of every release, by locale."""
    blocks = [built for built in releases if built.group.release.kind == "block"]
    site = where.site
    return {
        locale: tuple(
            block
            for built in blocks
            if (block := render.block_of(built.pages, locale, site, _Asking(where, built.group.release.id)))
        )
        for locale in locales
    }
