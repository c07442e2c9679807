"""A project's approved releases become the files of its site, the same bytes every time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from l10n import project as projects
from l10n.errors import UsageError
from l10n.model import Document
from l10n.project import Project, Release
from l10n.site import pages, render
from l10n.site.pages import Original, Page


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
    """A whole site: each path, relative to its root, with the bytes of the file."""

    files: Mapping[str, bytes]
    skipped: tuple[Skipped, ...] = ()


def build(project: Project, *, as_of: dt.datetime) -> Built:
    """The site as it stands at a moment, which needs its time zone.

    Nothing is written.  Raises ConfigError, InputError or CatalogueError, with the file, for
    what cannot be read.
    """
    if as_of.tzinfo is None:
        raise UsageError("the moment of a build needs its time zone")
    skipped: list[Skipped] = []
    shelf = [
        tuple(_pages(project, release, skipped))
        for release in projects.releases(project)
        if _due(release, as_of, skipped)
    ]
    files = render.files(project, shelf, as_of)
    return Built({path: files[path] for path in sorted(files)}, tuple(skipped))


def _due(release: Release, as_of: dt.datetime, skipped: list[Skipped]) -> bool:
    if release.status != "published":
        skipped.append(Skipped(release.id, "", f"its status is {release.status}"))
    elif release.embargo is not None and release.embargo > as_of:
        skipped.append(Skipped(release.id, "", f"under embargo until {release.embargo.isoformat()}"))
    else:
        return True
    return False


def _pages(project: Project, release: Release, skipped: list[Skipped]) -> Iterator[Page]:
    """A release in every language it may be shown in, its own first."""
    document = projects.document(project, release)
    source = pages.original(release, document)
    yield pages.page(source, release.locale, source.own)
    for locale in release.locales:
        page, why = _translation(project, _cut_for(source, document, locale), locale)
        skipped.extend(Skipped(release.id, locale, reason) for reason in why)
        if page is not None:
            yield page


def _cut_for(source: Original, document: Document, locale: str) -> Original:
    """A release's source as people cut it for a target language."""
    cut = projects.cut_for(document, source.release, locale)
    return source if cut is document else pages.original(source.release, cut)


def _translation(project: Project, source: Original, locale: str) -> tuple[Page | None, tuple[str, ...]]:
    """A page in a target language, None when it may not stand; and what is not shown, and why."""
    release = source.release
    catalogue = projects.read_catalogue(project, release, locale)
    if catalogue is None:
        return None, ("it has no catalogue yet",)
    targets, damaged = pages.approved(source, catalogue, locale)
    why = tuple(f"the codes of a target are damaged, so it is not shown: {text[:60]!r}" for text in damaged)
    counts = pages.counts(source, targets)
    told = f"{counts.approved} of {counts.total} segments are approved"
    if release.partial == "wait" and not counts.complete:
        return None, (*why, f"{told}, and the release waits for all of them")
    if release.partial == "draft" and not counts.complete:
        drafts, who = pages.drafted(source, catalogue, locale)
        if who:
            return pages.page(source, locale, drafts, who), why
    threshold = project.settings.threshold(locale)
    if counts.approved * 100 < threshold * counts.total:
        return None, (*why, f"{told}, and the language needs {threshold} %")
    return pages.page(source, locale, targets), why
