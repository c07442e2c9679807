"""A page as it would stand with everything that is written, approved or not."""

from __future__ import annotations

from l10n import project as projects
from l10n.model import Catalogue
from l10n.project import Project, Release
from l10n.site import pages, render, templates
from l10n.site.frame import folder


def preview(project: Project, release: Release, locale: str, catalogue: Catalogue | None) -> bytes:
    """The page of a release in a language, in its frame; what has no target is in the source's.

    Raises ConfigError for a mistake in a project's own template.
    """
    document = projects.document(project, release)
    own = pages.original(release, document)
    first = pages.page(own, release.locale, own.own)
    source = (
        own
        if locale == release.locale
        else pages.original(release, projects.cut_for(document, release, locale))
    )
    shown = first
    if catalogue is not None and locale != release.locale:
        targets, _ = pages.drafted(source, catalogue, locale)
        shown = pages.page(source, locale, targets)
    frame = render.frame_of(project, tuple(dict.fromkeys((release.locale, *release.locales))))
    several = [first] if shown is first else [first, shown]
    return render.release_files(frame, several, {})[f"{folder(shown)}index.html"]


def style(project: Project) -> bytes:
    """The style sheet of a project's pages."""
    return templates.source(templates.environment(project), "site.css")
