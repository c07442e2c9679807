"""Build the files of a site from a project's approved releases; the same input gives the same bytes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from l10n.errors import ConfigError, UsageError
from l10n.gc_tuning import relaxed_gc
from l10n.processes import spread, usable
from l10n.progress import ProgressCallback
from l10n.project import Project, Release
from l10n.project.toml_lines import line_of
from l10n.site import archive as kept_pages
from l10n.site import assets, last_published, manifest, records, render, stamps, whole_page
from l10n.site.archive import PageInputs, PublishedInputs
from l10n.site.assets import Assets
from l10n.site.credits import CreditSource
from l10n.site.directory import Destination, Directory, Listed, directory
from l10n.site.files import Files
from l10n.site.held import Held, held, with_events, with_history, without_moments
from l10n.site.lifecycle import next_moment
from l10n.site.page import Page, finished
from l10n.site.page_selection import (
    NOT_YET,
    BuildRequest,
    ShownPage,
    Skipped,
    as_published,
    due,
    shown_pages,
)
from l10n.site.records import Group, Record
from l10n.site.release_frame import Block
from l10n.site.scope import Scope
from l10n.site.site_frame import SiteFrame, folder

RESERVED = frozenset({"topics", "search"})
_YEAR = re.compile(r"\d{4}", re.ASCII)
_BATCH = 16  # releases for a process at a time


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A whole site: each path, relative to its root, with the bytes of the file.

    ``inputs`` say by release what its pages were made from (``archive.decode`` reads them), for those
    that were made now.  ``as_of`` is at which moment it stands so, None when it does not depend on
    one; ``record`` is for the next build, None when there is none.
    """

    files: Mapping[str, bytes]
    skipped: tuple[Skipped, ...] = ()
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
    releases = _selected(request, before, progress, processes)
    locales, blocks, key, where = _shared(project, base, releases)
    if before is not None and before.key != key:
        # What every page shows is different: nothing of the version on line can be taken over.
        before = None
        releases = _selected(request, before, progress, processes)
        locales, blocks, key, where = _shared(project, base, releases)
    _check_addresses(releases)
    frame = before.frame if before and before.frame else render.frame_of(project, locales)
    releases = _relinked(request, releases, where)
    files = _Files({}, {}, before.folder if before else Path())
    groups, inputs = _release_files(releases, frame, blocks, where, files)
    other_files = _other_files(frame, groups, before, files)
    return BuiltSite(
        Files(files.fresh, dict(sorted(files.digests.items())), files.live),
        tuple(Skipped(name, *skip) for name, group in groups.items() for skip in group.skipped),
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
) -> list[_BuiltRelease]:
    """Every release with its pages, or as the version on line has it; newest first."""
    marks = stamps.read_stamps(request.project)
    names = request.names(marks.folders)

    def made(some_names: Sequence[str]) -> list[_BuiltRelease]:
        return [built for name in some_names for built in _group(request, name, marks.of(name), before)]

    releases: list[_BuiltRelease] = []
    count = _useful_processes(request, before, len(names), processes)
    if count > 1:
        releases += made(names[:1])  # what it reads into memory, every process has from the start
        batches = [names[at : at + _BATCH] for at in range(1, len(names), _BATCH)]
        for of_batch in spread(made, batches, count):
            releases += of_batch
    for number, name in enumerate(names if count == 1 else (), 1):
        releases += made((name,))
        if progress is not None:
            progress(number, len(names))
    releases.sort(key=lambda built: (-built.group.release.date.toordinal(), built.group.release.id))
    return releases


def _useful_processes(request: BuildRequest, before: Record | None, releases: int, most: int) -> int:
    """How many processes to make releases in: one where most stay, and where a ledger is asked for credits.

    Its connections are this process's own.
    """
    if before is not None or request.crediting is not None:
        return 1
    return usable(max(1, min(most, releases // _BATCH)))


def _shared(
    project: Project, base: str, releases: Sequence[_BuiltRelease]
) -> tuple[tuple[str, ...], Mapping[str, tuple[Block, ...]], str, Directory]:
    """What every page depends on: the locales, the blocks at its foot, the record's key, where all stands."""
    named_locales = (*project.settings.locales, *(page.locale for built in releases for page in built.pages))
    locales = tuple(dict.fromkeys(named_locales))
    where = _directory(project, releases)
    blocks = _blocks(releases, locales, where)
    return locales, blocks, f"{base} {' '.join(locales)} {records.digest(repr(blocks))}", where


def _relinked(
    request: BuildRequest, releases: Sequence[_BuiltRelease], where: Directory
) -> list[_BuiltRelease]:
    """The same, where a release whose links lead elsewhere now is made again."""
    return [
        current
        for built in releases
        for current in (
            (built,)
            if built.inputs is not None or _leads_as_before(built.group, where)
            else _group(request, built.group.release.id, built.group.stamp, None)
        )
    ]


def _release_files(
    releases: list[_BuiltRelease],
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
        shows = records.digest(file.shows)
        last = before.other_files.get(file.path) if before else None
        if last is None or last[0] != shows:
            files.fresh[file.path] = data = file.make()
            last = shows, manifest.digest(data)
        other_files[file.path] = last
        files.digests[file.path] = last[1]
    return other_files


@dataclass(frozen=True, slots=True)
class _BuiltRelease:
    """A release as it was built, or taken over: then ``inputs`` is None and the pages have no bodies.

    ``last`` is what it was before.
    """

    group: Group
    pages: tuple[Page, ...]
    inputs: bytes | None = None
    assets: Mapping[str, bytes] = field(default_factory=dict)
    last: Group | None = None


def _rendered(
    built: _BuiltRelease, frame: SiteFrame, blocks: Mapping[str, tuple[Block, ...]], where: Directory
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


def _standing_pages(built: _BuiltRelease, where: Directory) -> Mapping[str, str]:
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


def _directory(project: Project, releases: Sequence[_BuiltRelease]) -> Directory:
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
    releases: Sequence[_BuiltRelease], locales: Sequence[str], where: Directory
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


def _stands_as_before(built: _BuiltRelease) -> bool:
    """Whether a release takes the addresses it took in the version on line."""
    last = built.group if built.inputs is None else built.last
    return last is not None and (
        last is built.group
        or (
            last.release == built.group.release
            and [page.locale for page in last.pages] == [page.locale for page in built.pages]
        )
    )


def _check_addresses(releases: Sequence[_BuiltRelease]) -> None:
    """Raise ConfigError where two releases, or a release and a list, would stand at one address.

    An address a release had before may not be taken either: it leads on to where that stands now.
    """
    if all(_stands_as_before(built) for built in releases):
        return
    taken: dict[str, Release] = {}
    for built in releases:
        release = built.group.release
        for page in built.pages if release.kind == "release" else ():
            slug = release.slug(page.locale)
            holder = _holder(page.locale, slug, taken)
            if holder:
                raise _address_taken(release, page.locale, slug, holder, "slugs")
            taken[f"{page.locale}/{slug}"] = release
    for built in releases:
        release = built.group.release
        for page in built.pages if release.kind == "release" and release.former else ():
            for slug in release.former.get(page.locale, ()):
                holder = _holder(page.locale, slug, taken)
                if holder and holder != release.id:
                    raise _address_taken(release, page.locale, slug, holder, "former")
                taken[f"{page.locale}/{slug}"] = release


def _holder(locale: str, slug: str, taken: Mapping[str, Release]) -> str:
    """What stands at an address, "" where nothing does."""
    if slug in RESERVED or _YEAR.fullmatch(slug):
        return "a list"
    release = taken.get(f"{locale}/{slug}")
    return release.id if release else ""


def _address_taken(release: Release, locale: str, slug: str, holder: str, table: str) -> ConfigError:
    path = release.folder / "release.toml"
    return ConfigError(
        f"the address {locale}/{slug} is taken by {holder}",
        path=path,
        line=line_of(path, table, locale),
        remedy="Take it out of [former]."
        if table == "former"
        else f"Give it another in [slugs]: {locale} = …",
    )


def _group(request: BuildRequest, name: str, stamp: str, before: Record | None) -> Iterator[_BuiltRelease]:
    """A release as it is now, or as it was published last, each in some languages; none that is gone."""
    last = before.groups.get(name) if before else None
    if last is not None and request.takes_over(last, stamp):
        yield _BuiltRelease(last, last.pages)
        return
    release = request.planned(name)
    anew = request.anew(release)
    waits = None if release is None else held(request, release, anew)
    anew = frozenset() if waits and waits.whole else anew.difference(waits.moments if waits else ())
    in_all = release is not None and anew.issuperset(release.languages)
    last_inputs = {} if in_all or request.kept is None else request.kept(name)
    plan = request.plan(name)
    if not anew:
        as_last = last_published.release(request.project, name, last_inputs)
        release = with_history(as_last, waits) if waits and waits.moments else as_last
        stamp = stamps.plan_part(stamp) if all(inputs.plan == plan for inputs in last_inputs.values()) else ""
        plan = next((inputs.plan for inputs in last_inputs.values()), plan)
    elif waits and waits.moments:
        as_last = last_published.release(request.project, name, last_inputs)
        release, plan = without_moments(waits, as_last, plan)
        stamp = ""  # looked at again by every build, until its moment has come
    elif not in_all:
        stamp = stamps.plan_part(stamp)
    if release is not None:
        yield _built(request, release, _Sources(anew, last_inputs, plan, stamp, waits), last)


@dataclass(frozen=True, slots=True)
class _Sources:
    """What the pages of a release are made from: in the languages ``anew`` from what it is now.

    In the others from what was published last; of these ``waits`` says which stay until a moment to come.
    """

    anew: Collection[str]
    last_inputs: Mapping[str, PageInputs]
    plan: str
    stamp: str
    waits: Held | None


def _built(request: BuildRequest, release: Release, sources: _Sources, last: Group | None) -> _BuiltRelease:
    waits, last_inputs = sources.waits, sources.last_inputs
    skipped: list[Skipped] = [*waits.reasons] if waits else []
    if sources.anew and due(release, request.as_of, skipped):
        selected = list(shown_pages(request, release, sources.anew, last_inputs, skipped))
    else:
        selected = [as_published(request, release, last_inputs[locale], locale) for locale in last_inputs]
        if not selected and not skipped and due(release, request.as_of, skipped):
            skipped.append(Skipped(release.id, "", NOT_YET))
    if waits and waits.moments:
        selected = [with_events(request, release, shown) if shown.stays else shown for shown in selected]
    beside = assets.of(release) if any(not shown.stays for shown in selected) else Assets(release, {})
    used: dict[str, bytes] = {}
    pages: list[Page] = []
    for shown in selected:
        files = beside
        if shown.stays and request.kept is not None:
            files = last_published.beside(release, shown.inputs, request.kept.folder)
        pages.append(_finished(shown.page, files))
        used.update(files.used)
        if shown.page.original and not shown.stays:
            reasons = assets.missing(files, shown.page.whole or shown.page.body)
            skipped.extend(Skipped(release.id, "", why) for why in reasons)
    inputs = {shown.page.locale: _placed(shown, beside) for shown in selected}
    encoded = kept_pages.encode(inputs, sources.plan)
    group = Group(
        release,
        sources.stamp,
        request.as_of,
        next_moment((release,), request.as_of),
        tuple(pages),
        {},
        manifest.digest(encoded),
        tuple((skip.locale, skip.why) for skip in skipped),
        whole_page.addresses(selected[0].page.whole) if selected else (),
    )
    return _BuiltRelease(group, tuple(pages), encoded, used, last)


def _placed(shown: ShownPage, beside: Assets) -> PageInputs:
    """What a page is made from, with where the files beside it stand."""
    inputs = shown.inputs
    return inputs if shown.stays or inputs.placed == beside.placed else replace(inputs, placed=beside.placed)


def _finished(page: Page, beside: Assets) -> Page:
    """A page whose pictures are the published ones; nothing is left of one that is withdrawn."""
    if page.status == "withdrawn":
        return finished(page, "")
    whole = beside.shown(page.whole, page.locale) if page.whole else ""
    return finished(page, beside.shown(page.body, page.locale, measured=True), whole)
