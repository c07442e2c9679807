"""Preview a page with every target there is, approved or not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

from l10n import project as projects
from l10n.model import Catalogue
from l10n.project import Project, Release
from l10n.site import assets, originals, pages, publishable_targets, render, templates
from l10n.site.brand import Brand
from l10n.site.page import finished
from l10n.site.site_frame import folder


def preview(project: Project, release: Release, locale: str, catalogue: Catalogue | None) -> bytes:
    """The page of a release in a language, in its frame; what has no target is in the source's.

    Raises ConfigError for a mistake in a project's own template.
    """
    document = projects.document(project, release)
    original = originals.original(release, document)
    first = pages.page(original, release.locale, original.own)
    source = (
        original
        if locale == release.locale
        else originals.original(release, projects.segmented_for(document, release, locale))
    )
    shown = first
    if catalogue is not None and locale != release.locale:
        targets, _ = publishable_targets.drafted(source, catalogue, locale)
        shown = pages.page(source, locale, targets)
    # Without the files of a site, which are not there for a page by itself.
    frame = render.frame_of(project, tuple(dict.fromkeys(release.languages)), Brand())
    several = [first] if shown is first else [first, shown]
    return render.release_files(frame, several, {}, _nowhere)[f"{folder(shown)}index.html"]


def everywhere(
    project: Project,
    release: Release,
    catalogue: Callable[[str], Catalogue | None],
    *,
    until: dt.date,
) -> Mapping[str, bytes]:
    """The pages of a release in all of its languages with what they show, by path on the site.

    Every page says that it is a preview, and the day ``until`` which it may be looked at.  Raises what
    ``preview`` raises.
    """
    document = projects.document(project, release)
    original = originals.original(release, document)
    unfinished = [pages.page(original, release.locale, original.own)]
    for locale in release.locales:
        entries = catalogue(locale)
        if entries is not None:
            source = originals.original(release, projects.segmented_for(document, release, locale))
            targets, who = publishable_targets.drafted(source, entries, locale)
            unfinished.append(pages.page(source, locale, targets, who))
    frame = render.frame_of(project, release.languages)
    beside = assets.of(release)
    shown = [
        finished(
            page,
            beside.shown(page.body, page.locale, measured=True),
            page.whole and beside.shown(page.whole, page.locale),
        )
        for page in unfinished
    ]
    files = render.release_files(replace(frame, until=until), shown, {}, _nowhere)
    return {**beside.used, **files, **frame.brand.files, frame.css: templates.source(frame.env, "site.css")}


def style(project: Project) -> bytes:
    """The style sheet of a project's pages."""
    return templates.source(templates.environment(project), "site.css")


def _nowhere(_link: str, _locale: str) -> None:
    """Links of a page that is only looked at stay as they are."""
