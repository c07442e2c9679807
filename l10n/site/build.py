"""A project's approved releases become the files of its site, the same bytes every time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from l10n import formats
from l10n import project as projects
from l10n.errors import UsageError
from l10n.model import Document
from l10n.project import Project, Release
from l10n.site import assets, pages, render
from l10n.site import made as kept_pages
from l10n.site.assets import Assets
from l10n.site.made import Made, Source
from l10n.site.pages import Original, Page
from l10n.site.standing import Standing, standing

Kept = Callable[[str], Mapping[str, Made]]


@dataclass(frozen=True, slots=True)
class Skipped:
    """What the site does not show, and why, in words for an editor.

    ``locale`` is "" when it is the whole release.
    """

    release: str
    locale: str
    why: str


@dataclass(frozen=True, slots=True)
class Built:
    """A whole site: each path, relative to its root, with the bytes of the file.

    ``made`` says by release what its pages were made from (``made.decoded`` reads it), ``as_of`` at
    which moment it stands so, None when it does not depend on one.
    """

    files: Mapping[str, bytes]
    skipped: tuple[Skipped, ...] = ()
    made: Mapping[str, bytes] = field(default_factory=dict)
    as_of: dt.datetime | None = None


def build(project: Project, *, as_of: dt.datetime, kept: Kept | None = None) -> Built:
    """The site as it stands at a moment, which needs its time zone.

    ``kept`` gives what the pages of a release were made from before, by locale: a translation that
    a correction of its source left behind goes on saying that.  Nothing is written.  Raises
    ConfigError, InputError or CatalogueError, with the file, for what cannot be read.
    """
    if as_of.tzinfo is None:
        raise UsageError("the moment of a build needs its time zone")
    skipped: list[Skipped] = []
    made: dict[str, bytes] = {}
    shelf: list[tuple[Page, ...]] = []
    files: dict[str, bytes] = {}
    for release in projects.releases(project):
        if _due(release, as_of, skipped):
            found = list(_pages(project, release, as_of, kept, skipped))
            beside = assets.of(release)
            shelf.append(tuple(_with_assets(page, beside) for page, _ in found))
            files.update(beside.used)
            made[release.id] = kept_pages.encoded({page.locale: how for page, how in found})
    files.update(render.files(project, shelf, as_of))
    return Built({path: files[path] for path in sorted(files)}, tuple(skipped), made, as_of)


def _due(release: Release, as_of: dt.datetime, skipped: list[Skipped]) -> bool:
    if release.status != "published":
        skipped.append(Skipped(release.id, "", f"its status is {release.status}"))
    elif release.embargo is not None and release.embargo > as_of:
        skipped.append(Skipped(release.id, "", f"under embargo until {release.embargo.isoformat()}"))
    else:
        return True
    return False


def _pages(
    project: Project, release: Release, as_of: dt.datetime, kept: Kept | None, skipped: list[Skipped]
) -> Iterator[tuple[Page, Made]]:
    """A release in every language it may be shown in, its own first, with what each is made from."""
    document = projects.document(project, release)
    source = pages.original(release, document)
    raw = kept_pages.source_of(document, release.main)
    stands = standing(release, release.locale, as_of)
    own = pages.page(source, release.locale, source.own)
    yield _standing(own, stands), Made(raw, {}, own.complete, len(stands.corrections))
    before: Mapping[str, Made] | None = None
    for locale in release.locales:
        stands = standing(release, locale, as_of)
        cut = _cut_for(source, document, locale)
        page, targets, why = _translation(project, cut, locale)
        skipped.extend(Skipped(release.id, locale, reason) for reason in why)
        if (page is None or not page.complete) and kept is not None:
            before = kept(release.id) if before is None else before
            last = before.get(locale)
            earlier = (
                None
                if last is None or last.source.digest == raw.digest
                else _as_before(release, last, locale)
            )
            if last is not None and earlier is not None:
                skipped.append(Skipped(release.id, locale, _BEHIND))
                yield _standing(earlier, stands, last.corrected), last
                continue
        if page is not None:
            named = {key: targets[own] for key, own in cut.keys.items() if own in targets}
            yield _standing(page, stands), Made(raw, named, page.complete, len(stands.corrections))


def _with_assets(page: Page, beside: Assets) -> Page:
    """A page whose pictures are the published ones; nothing is left of one that is withdrawn."""
    body = "" if page.status == "withdrawn" else beside.shown(page.body, page.locale)
    return page if body is page.body else replace(page, body=body)


_BEHIND = "its source was corrected; the page says what was approved before"


def _standing(page: Page, stands: Standing, corrected: int | None = None) -> Page:
    """A page with how it stands; ``corrected`` is how many of its corrections it carries, if not all."""
    if corrected is None or corrected >= len(stands.corrections):
        return replace(page, standing=stands)
    carried = stands.corrections[len(stands.corrections) - corrected :]
    events = tuple(event for event in stands.events if event.what != "corrected" or event in carried)
    return replace(page, standing=replace(stands, events=events), behind=True)


def _as_before(release: Release, last: Made, locale: str) -> Page | None:
    """The page of a language as it was made last, None when it was not, or cannot be, complete."""
    if not last.complete:
        return None
    source = _original(release, last.source, locale)
    targets = {source.keys[key]: text for key, text in last.targets.items() if key in source.keys}
    page = pages.page(source, locale, targets)
    return page if page.complete else None


def _original(release: Release, source: Source, locale: str) -> Original:
    document = formats.extract(source.data, path=source.path, locale=source.locale, main=source.main)
    return pages.original(release, projects.cut_for(document, release, locale))


def _cut_for(source: Original, document: Document, locale: str) -> Original:
    """A release's source as people cut it for a target language."""
    cut = projects.cut_for(document, source.release, locale)
    return source if cut is document else pages.original(source.release, cut)


def _translation(
    project: Project, source: Original, locale: str
) -> tuple[Page | None, formats.Targets, tuple[str, ...]]:
    """A page in a target language, None when it may not stand; its targets; what is not shown, and why."""
    release = source.release
    catalogue = projects.read_catalogue(project, release, locale)
    if catalogue is None:
        return None, {}, ("it has no catalogue yet",)
    targets, damaged = pages.approved(source, catalogue, locale)
    why = tuple(f"the codes of a target are damaged, so it is not shown: {text[:60]!r}" for text in damaged)
    counts = pages.counts(source, targets)
    told = f"{counts.approved} of {counts.total} segments are approved"
    if release.partial == "wait" and not counts.complete:
        return None, {}, (*why, f"{told}, and the release waits for all of them")
    if release.partial == "draft" and not counts.complete:
        drafts, who = pages.drafted(source, catalogue, locale)
        if who:
            return pages.page(source, locale, drafts, who), drafts, why
    threshold = project.settings.threshold(locale)
    if counts.approved * 100 < threshold * counts.total:
        return None, {}, (*why, f"{told}, and the language needs {threshold} %")
    return pages.page(source, locale, targets), targets, why
