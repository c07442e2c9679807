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


def release(project: Project, name: str, inputs_by_locale: Mapping[str, PageInputs]) -> Release | None:
    """A release as its plan was when it was published last; as it is now where that does not go any more.

    None where neither can be told.
    """
    if inputs := next(iter(inputs_by_locale.values()), None):
        try:
            return projects.as_planned(project, name, inputs.plan, Path(inputs.source.path).name)
        except L10nError:
            pass
    try:
        return projects.release(project, name)
    except L10nError:
        return None


def original(release: Release, inputs: PageInputs, locale: str) -> Original:
    """The source that the page of a language was made from, cut as it was then."""
    source = inputs.source
    document = formats.extract(source.data, path=source.path, locale=source.locale, main=source.main)
    return originals.original(release, projects.segmented_for(document, release, locale, inputs.choices))


def page(release: Release, inputs: PageInputs, locale: str) -> PublishedPage:
    """The page of a language as it was published last; how it stands where that was kept."""
    source = original(release, inputs, locale)
    is_original = locale == inputs.source.locale
    targets = (
        source.own
        if is_original
        else {source.keys[key]: text for key, text in inputs.targets.items() if key in source.keys}
    )
    rebuilt = pages.page(source, locale, targets, inputs.draft)
    status = PublicationStatus() if inputs.standing is None else inputs.standing
    return PublishedPage(replace(rebuilt, standing=status, behind=inputs.behind), source)


def beside(release: Release, inputs: PageInputs, folder: Path) -> Assets:
    """The files that the page of a language showed, as they stand in the ``folder`` of a version."""
    paths = {name: folder / path for name, path in inputs.placed.items()}
    return Assets(release, {name: path for name, path in paths.items() if path.is_file()})
