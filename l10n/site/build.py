"""Build the files of a site from a project's approved releases; the same input gives the same bytes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from l10n.errors import ConfigError, UsageError
from l10n.gc_tuning import relaxed_gc
from l10n.progress import ProgressCallback
from l10n.project import Project, Release
from l10n.project.toml_lines import line_of
from l10n.site import archive as kept_pages
from l10n.site import assets, last_published, manifest, records, render, stamps, whole_page
from l10n.site.archive import PageInputs, PublishedInputs
from l10n.site.assets import Assets
from l10n.site.credits import CreditSource
from l10n.site.files import Files
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
from l10n.site.site_frame import Directory, SiteFrame, address, folder

RESERVED = frozenset({"topics", "search"})
_YEAR = re.compile(r"\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A whole site: each path, relative to its root, with the bytes of the file.

    ``made`` says by release what its pages were made from (``archive.decoded`` reads it), for those
    that were made now.  ``as_of`` is at which moment it stands so, None when it does not depend on
    one; ``record`` is for the next build, None when there is none.
    """

    files: Mapping[str, bytes]
    skipped: tuple[Skipped, ...] = ()
    made: Mapping[str, bytes] = field(default_factory=dict)
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
) -> BuiltSite:
    """The site as it stands at a moment, which needs its time zone.

    ``kept`` gives what the pages of a release were made from before, by locale: a translation that
    a correction of its source left behind goes on saying that.  ``before`` is the record of the
    version on line: what would come out the same is taken from there.  ``crediting`` says who made a
    translation, ``progress`` hears how many releases are done, of how many.  ``scope`` is what is put on
    line as it is now, all by itself; the rest stays as ``kept`` has it.  Nothing is written.  Raises
    ConfigError, InputError or CatalogueError, with the file, for what cannot be read.
    """
    if as_of.tzinfo is None:
        raise UsageError("the moment of a build needs its time zone")
    request = BuildRequest(project, as_of, kept, crediting, scope)
    base = f"{stamps.build_stamp(project)}{crediting.mark if crediting else ''}"
    before = before if before and before.key.startswith(base) else None
    done = _selected(request, before, progress)
    locales, blocks, key = _shared(project, base, done)
    if before is not None and before.key != key:
        # What every page shows is different: nothing of the version on line can be taken over.
        before = None
        done = _selected(request, before, progress)
        locales, blocks, key = _shared(project, base, done)
    _check_addresses(done)
    frame = before.frame if before and before.frame else render.frame_of(project, locales)
    directory = _directory(frame, done)
    done = _relinked(request, done, directory)
    files = _Files({}, {}, before.folder if before else Path())
    groups, made = _release_files(done, frame, blocks, directory, files)
    others = _other_files(frame, groups, before, files)
    return BuiltSite(
        Files(files.fresh, dict(sorted(files.digests.items())), files.live),
        tuple(Skipped(name, *held) for name, group in groups.items() for held in group.held),
        made,
        as_of,
        Record(key, groups, others, files.live, frame),
    )


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of a build so far: bytes of new ones, digests of all; the others stand in ``live``."""

    fresh: dict[str, bytes]
    digests: dict[str, str]
    live: Path


def _selected(request: BuildRequest, before: Record | None, progress: ProgressCallback | None) -> list[_Done]:
    """Every release with its pages, or as the version on line has it; newest first."""
    marks = stamps.read_stamps(request.project)
    done: list[_Done] = []
    names = request.names(marks.folders)
    for number, name in enumerate(names, 1):
        done.extend(_group(request, name, marks.of(name), before))
        if progress is not None:
            progress(number, len(names))
    done.sort(key=lambda each: (-each.group.release.date.toordinal(), each.group.release.id))
    return done


def _shared(
    project: Project, base: str, done: Sequence[_Done]
) -> tuple[tuple[str, ...], Mapping[str, tuple[Block, ...]], str]:
    """What every page depends on: the locales, the blocks at its foot, and the key of the record."""
    named = (*project.settings.locales, *(page.locale for each in done for page in each.pages))
    locales = tuple(dict.fromkeys(named))
    blocks = _blocks(done, locales)
    return locales, blocks, f"{base} {' '.join(locales)} {records.digest(repr(blocks))}"


def _relinked(request: BuildRequest, done: Sequence[_Done], directory: Directory) -> list[_Done]:
    """The same, where a release whose links lead elsewhere now is made again."""
    return [
        again
        for each in done
        for again in (
            (each,)
            if _leads_as_before(each, directory)
            else _group(request, each.group.release.id, each.group.stamp, None)
        )
    ]


def _release_files(
    done: list[_Done],
    frame: SiteFrame,
    blocks: Mapping[str, tuple[Block, ...]],
    directory: Directory,
    files: _Files,
) -> tuple[dict[str, Group], dict[str, bytes]]:
    """Render the releases that were made; all of them by name, and the inputs of those.

    Empties ``done`` from its end, so that the text of a page is let go as soon as it is rendered.
    """
    groups: dict[str, Group] = {}
    made: dict[str, bytes] = {}
    done.reverse()
    while done:
        each = done.pop()
        group = each.group
        if each.made is not None:
            group, fresh = _rendered(each, frame, blocks, directory)
            files.fresh.update(fresh)
            made[group.release.id] = each.made
        files.digests.update(group.files)
        groups[group.release.id] = group
    return groups, made


def _other_files(
    frame: SiteFrame, groups: Mapping[str, Group], before: Record | None, files: _Files
) -> dict[str, tuple[str, str]]:
    """Make the files that belong to no release where they show something else; their digests by path."""
    others: dict[str, tuple[str, str]] = {}
    shelf = [each.pages for each in groups.values() if each.pages and each.release.kind == "release"]
    pages = Files(files.fresh, files.digests, files.live)
    for file in render.site_files(frame, shelf, pages.__getitem__, files.digests.__getitem__):
        shows = records.digest(file.shows)
        last = before.others.get(file.path) if before else None
        if last is None or last[0] != shows:
            files.fresh[file.path] = data = file.make()
            last = shows, manifest.digest(data)
        others[file.path] = last
        files.digests[file.path] = last[1]
    return others


@dataclass(frozen=True, slots=True)
class _Done:
    """A release as it was built, or taken over: then ``made`` is None and the pages have no bodies.

    ``last`` is what it was before.
    """

    group: Group
    pages: tuple[Page, ...]
    made: bytes | None = None
    assets: Mapping[str, bytes] = field(default_factory=dict)
    last: Group | None = None


def _rendered(
    done: _Done, frame: SiteFrame, blocks: Mapping[str, tuple[Block, ...]], directory: Directory
) -> tuple[Group, Mapping[str, bytes]]:
    """A release with its files, and those of them that are made now."""
    group = done.group
    anew: dict[str, bytes] = {}
    standing: Mapping[str, str] = {}
    if group.release.kind == "release":
        asking = _Asking(directory)
        standing = _standing_pages(done)
        files = render.release_files(frame, done.pages, blocks, asking, standing)
        anew = {**done.assets, **files}
        group = replace(group, leads=tuple(asking.heard))
    group = replace(
        group,
        files={**standing, **{path: manifest.digest(data) for path, data in anew.items()}},
        pages=tuple([page.with_texts("", "") for page in done.pages]),
    )
    return replace(group, line=records.line_of(frame.project, group)), anew


def _standing_pages(done: _Done) -> Mapping[str, str]:
    """The pages of a release that come out as they did, with their digests.

    That is so while its plan and all that is told of its other languages stay, and what the page says.
    """
    last = done.last
    if last is None or last.release != done.group.release:
        return {}
    if [page.face for page in last.pages] != [page.face for page in done.pages]:
        return {}
    paths = [
        f"{folder(page)}index.html"
        for page, before in zip(done.pages, last.pages, strict=True)
        if page.mark == before.mark and not page.whole
    ]
    return {path: last.files[path] for path in paths if path in last.files}


@dataclass(frozen=True, slots=True)
class _Asking:
    """A directory that remembers what it was asked, for the next build to see whether it is still so."""

    directory: Directory
    heard: dict[tuple[str, str, str], None] = field(default_factory=dict)

    def __call__(self, address: str, locale: str) -> str:
        led = self.directory.lead(address, locale)
        self.heard[locale, address, led] = None
        return led


def _directory(frame: SiteFrame, done: Sequence[_Done]) -> Directory:
    """Where every page stands; nobody asks where no page has a frame of its own."""
    known: dict[str, Mapping[str, str]] = {}
    if not any(each.group.release.page == "own" for each in done):
        return Directory(known)
    for each in done:
        stand = [page for page in each.pages if page.status != "withdrawn"]
        urls = {page.locale: frame.url(address(page)) for page in stand}
        if urls and each.group.release.kind == "release":
            known.update(dict.fromkeys((*each.group.former, *urls.values()), urls))
    return Directory(known)


def _leads_as_before(done: _Done, directory: Directory) -> bool:
    return done.made is not None or all(
        directory.lead(link, locale) == led for locale, link, led in done.group.leads
    )


def _blocks(done: Sequence[_Done], locales: Sequence[str]) -> dict[str, tuple[Block, ...]]:
    """The texts at the foot of every release, by locale."""
    found = [each.pages for each in done if each.group.release.kind == "block"]
    return {
        locale: tuple(block for pages in found if (block := render.block_of(pages, locale)))
        for locale in locales
    }


def _stands_as_before(done: _Done) -> bool:
    """Whether a release takes the addresses it took in the version on line."""
    last = done.group if done.made is None else done.last
    return last is not None and (
        last is done.group
        or (
            last.release == done.group.release
            and [page.locale for page in last.pages] == [page.locale for page in done.pages]
        )
    )


def _check_addresses(done: Sequence[_Done]) -> None:
    """Raise ConfigError where two releases, or a release and a list, would stand at one address.

    An address a release had before may not be taken either: it leads on to where that stands now.
    """
    if all(_stands_as_before(each) for each in done):
        return
    taken: dict[str, Release] = {}
    for each in done:
        release = each.group.release
        for page in each.pages if release.kind == "release" else ():
            slug = release.slug(page.locale)
            other = _holder(page.locale, slug, taken)
            if other:
                raise _taken(release, page.locale, slug, other, "slugs")
            taken[f"{page.locale}/{slug}"] = release
    for each in done:
        release = each.group.release
        for page in each.pages if release.kind == "release" and release.former else ():
            for slug in release.former.get(page.locale, ()):
                other = _holder(page.locale, slug, taken)
                if other and other != release.id:
                    raise _taken(release, page.locale, slug, other, "former")
                taken[f"{page.locale}/{slug}"] = release


def _holder(locale: str, slug: str, taken: Mapping[str, Release]) -> str:
    """What stands at an address, "" where nothing does."""
    if slug in RESERVED or _YEAR.fullmatch(slug):
        return "a list"
    other = taken.get(f"{locale}/{slug}")
    return other.id if other else ""


def _taken(release: Release, locale: str, slug: str, other: str, table: str) -> ConfigError:
    path = release.folder / "release.toml"
    return ConfigError(
        f"the address {locale}/{slug} is taken by {other}",
        path=path,
        line=line_of(path, table, locale),
        remedy="Take it out of [former]."
        if table == "former"
        else f"Give it another in [slugs]: {locale} = …",
    )


def _group(request: BuildRequest, name: str, stamp: str, before: Record | None) -> Iterator[_Done]:
    """A release as it is now, or as it was published last, each in some languages; none that is gone."""
    last = before.groups.get(name) if before else None
    if last is not None and request.takes_over(last, stamp):
        yield _Done(last, last.pages)
        return
    release = request.planned(name)
    anew = request.anew(release)
    whole = release is not None and anew.issuperset(release.languages)
    known = {} if whole or request.kept is None else request.kept(name)
    plan = request.plan(name)
    if not anew:
        release = last_published.release(request.project, name, known)
        stamp = stamps.plan_part(stamp) if all(made.plan == plan for made in known.values()) else ""
        plan = next((made.plan for made in known.values()), plan)
    elif not whole:
        stamp = stamps.plan_part(stamp)
    if release is not None:
        yield _made(request, release, anew, known, plan, stamp, last)


def _made(
    request: BuildRequest,
    release: Release,
    anew: Collection[str],
    known: Mapping[str, PageInputs],
    plan: str,
    stamp: str,
    last: Group | None,
) -> _Done:
    skipped: list[Skipped] = []
    if anew and due(release, request.as_of, skipped):
        found = list(shown_pages(request, release, anew, known, skipped))
    else:
        found = [as_published(request, release, known[locale], locale) for locale in known]
        skipped.extend([] if found or skipped else [Skipped(release.id, "", NOT_YET)])
    beside = assets.of(release) if any(not shown.stays for shown in found) else Assets(release, {})
    used: dict[str, bytes] = {}
    whole: list[Page] = []
    for shown in found:
        files = beside
        if shown.stays and request.kept is not None:
            files = last_published.beside(release, shown.made, request.kept.folder)
        whole.append(_finished(shown.page, files))
        used.update(files.used)
        if shown.page.original and not shown.stays:
            gone = assets.missing(files, shown.page.whole or shown.page.body)
            skipped.extend(Skipped(release.id, "", why) for why in gone)
    told = {shown.page.locale: _placed(shown, beside) for shown in found}
    made = kept_pages.encode(told, plan)
    group = Group(
        release,
        stamp,
        request.as_of,
        next_moment((release,), request.as_of),
        tuple(whole),
        {},
        manifest.digest(made),
        tuple((each.locale, each.why) for each in skipped),
        whole_page.addresses(found[0].page.whole) if found else (),
    )
    return _Done(group, tuple(whole), made, used, last)


def _placed(shown: ShownPage, beside: Assets) -> PageInputs:
    """What a page is made from, with where the files beside it stand."""
    made = shown.made
    return made if shown.stays or made.placed == beside.placed else replace(made, placed=beside.placed)


def _finished(page: Page, beside: Assets) -> Page:
    """A page whose pictures are the published ones; nothing is left of one that is withdrawn."""
    if page.status == "withdrawn":
        return finished(page, "")
    whole = beside.shown(page.whole, page.locale) if page.whole else ""
    return finished(page, beside.shown(page.body, page.locale), whole)
