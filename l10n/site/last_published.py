"""Pages as they were last published, rebuilt from their archived inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from l10n import formats
from l10n import project as projects
from l10n.errors import L10nError
from l10n.project import Project, Release
from l10n.site import originals, pages
from l10n.site.archive import PageInputs
from l10n.site.assets import Assets
from l10n.site.lifecycle import PublicationStatus
from l10n.site.originals import Original
from l10n.site.page import Page


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """A page as it was last published, with the source it was made from."""

    page: Page
    source: Original


def release(project: Project, name: str, known: Mapping[str, PageInputs]) -> Release | None:
    """A release as its plan was when it was published last; as it is now where that does not go any more.

    None where neither can be told.
    """
    if made := next(iter(known.values()), None):
        try:
            return projects.as_planned(project, name, made.plan, Path(made.source.path).name)
        except L10nError:
            pass
    try:
        return projects.release(project, name)
    except L10nError:
        return None


def original(release: Release, made: PageInputs, locale: str) -> Original:
    """The source that the page of a language was made from, cut as it was then."""
    source = made.source
    document = formats.extract(source.data, path=source.path, locale=source.locale, main=source.main)
    return originals.original(release, projects.segmented_for(document, release, locale, made.choices))


def page(release: Release, made: PageInputs, locale: str) -> PublishedPage:
    """The page of a language as it was published last; how it stands where that was kept."""
    source = original(release, made, locale)
    own = locale == made.source.locale
    targets = (
        source.own
        if own
        else {source.keys[key]: text for key, text in made.targets.items() if key in source.keys}
    )
    found = pages.page(source, locale, targets, made.draft)
    stands = PublicationStatus() if made.standing is None else made.standing
    return PublishedPage(replace(found, standing=stands, behind=made.behind), source)


def beside(release: Release, made: PageInputs, folder: Path) -> Assets:
    """The files that the page of a language showed, as they stand in the ``folder`` of a version."""
    stand = {name: folder / path for name, path in made.placed.items()}
    return Assets(release, {name: path for name, path in stand.items() if path.is_file()})
