"""The layout of a project's folder: where its releases and their catalogues are."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import tomli_w

from l10n import catalogue as po
from l10n import disk, formats
from l10n.conventions.likely import same_language
from l10n.errors import ConfigError, InputError, L10nError, UsageError
from l10n.model import Catalogue, Document
from l10n.project import lengths, release_table, toml_table
from l10n.project import settings as read_settings
from l10n.project.nouns import Project, Release
from l10n.project.settings import FILE, PLACEHOLDER_URL, locale_of
from l10n.review_rule import ReviewRule

_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


def find(start: Path) -> Path:
    """The nearest folder with an `l10n.toml`, from ``start`` upwards.  UsageError when none."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if os.path.isfile(folder / FILE):  # noqa: PTH113 - not where a folder above may not be asked
            return folder
    raise UsageError(
        f"there is no {FILE} here or above", path=start, remedy="Run l10n init to start a project here."
    )


def load(root: Path) -> Project:
    """The project in a folder.

    Raises ConfigError when its settings are wrong, and where one of the folders that are written to leads out
    of the project: whoever may commit a link would choose what is written over.
    """
    root = root.resolve()
    settings = read_settings.read(root / FILE)
    for folder in _written_to(root, settings.locales):
        if folder.is_symlink() and not Path(os.path.realpath(folder)).is_relative_to(root):
            raise ConfigError(
                "this link leads out of the project", path=folder, remedy="Put the folder itself there."
            )
    return Project(root, settings, lengths.read(root))


def _written_to(root: Path, locales: Iterable[str]) -> Iterator[Path]:
    """The folders of releases and catalogues, those above first."""
    for folder in (root / "releases", root / "locales"):
        yield folder
        with suppress(OSError), os.scandir(folder) as entries:
            yield from (folder / entry.name for entry in entries if entry.is_symlink())
    yield from (root / "locales" / locale / "LC_MESSAGES" for locale in locales)


def create(
    root: Path, *, name: str, source_locale: str, locales: tuple[str, ...], also_from: tuple[str, ...] = ()
) -> Project:
    """Start a project in a folder.  Raises UsageError when there is one.

    ``also_from`` are further languages that its releases are written in.
    """
    path = root / FILE
    if path.exists():
        raise UsageError("a project is already here", path=path, remedy="Edit its settings instead.")
    sources = dict.fromkeys(locale_of(locale) for locale in (source_locale, *also_from))
    targets = dict.fromkeys(locale_of(locale) for locale in locales)
    plan = {
        "project": {"name": name, "source_locales": [*sources], "locales": [*(sources | targets)]},
        "site": {"url": PLACEHOLDER_URL, "title": name},
        "routes": {"*": ["apertium"]},
    }
    disk.write(path, tomli_w.dumps(plan).encode())
    ignored = root / ".gitignore"
    lines = ignored.read_text("utf-8").splitlines() if ignored.is_file() else []
    missing = [line for line in ("/.l10n/", "/public") if line not in lines]
    disk.write(ignored, "".join(f"{line}\n" for line in (*lines, *missing)).encode())
    return load(root)


def releases(project: Project) -> tuple[Release, ...]:
    """Every release, newest first.  Raises what ``release`` raises."""
    read = readable_releases(project)
    for error in read.errors:
        raise error
    return read.releases


@dataclass(frozen=True, slots=True)
class ReadableReleases:
    """The releases whose plans can be read, newest first, and what is wrong with the others."""

    releases: tuple[Release, ...]
    errors: tuple[L10nError, ...]


def readable_releases(project: Project) -> ReadableReleases:
    """What can be read of the plans, for what has to go on whatever somebody is writing into one of them."""
    loaded: list[Release] = []
    errors: list[L10nError] = []
    for path in sorted((project.root / "releases").glob("*/release.toml")):
        try:
            loaded.append(release(project, path.parent.name))
        except L10nError as error:
            errors.append(error)
    loaded.sort(key=lambda item: (-item.date.toordinal(), item.id))
    return ReadableReleases(tuple(loaded), tuple(errors))


def is_release_id(name: str) -> bool:
    """Whether a release may be called so."""
    return _ID.fullmatch(name) is not None


def release(project: Project, release_id: str) -> Release:
    """One release by its id.  Raises UsageError when there is none, ConfigError when it is wrong."""
    if not is_release_id(release_id):
        raise UsageError(
            f"{release_id!r} is no release id", remedy="An id has lower-case letters, digits and hyphens."
        )
    folder = project.root / "releases" / release_id
    path = folder / "release.toml"
    if not path.is_file():
        ids = ", ".join(sorted(item.parent.name for item in folder.parent.glob("*/release.toml")))
        raise UsageError(f"there is no release {release_id!r}", remedy=f"Releases: {ids or 'none yet'}.")
    table = toml_table.read(path)
    return release_table.planned(project, table, release_table.source_of(project, table))


def as_planned(project: Project, release_id: str, plan: str, source: str) -> Release:
    """A release by an earlier version of its plan; ``source`` is the name of its source then.

    Raises ConfigError when the plan does not go with the project's settings any more.
    """
    path = project.root / "releases" / release_id / "release.toml"
    return release_table.planned(project, toml_table.parsed(plan.encode(), path), path.parent / source)


def document(project: Project, item: Release) -> Document:
    """A release's source, taken apart; its path is relative to the project."""
    name = item.source.relative_to(project.root).as_posix()
    return formats.extract(disk.read(item.source), path=name, locale=item.locale, main=item.main)


def catalogue_path(project: Project, item: Release, locale: str) -> Path:
    """The path of the catalogue of a release in a language."""
    return Path(catalogue_name(project, item, locale))


def segmentation_path(item: Release, locale: str) -> Path:
    """The path of the segmentation choices of a release for a target language."""
    return item.folder / f"segmentation.{locale}.toml"


def catalogue_name(project: Project, item: Release, locale: str) -> str:
    """The path of ``catalogue_path`` as a string, which is quicker to make."""
    return f"{project.root}/locales/{locale}/LC_MESSAGES/{item.id}.po"


def route(project: Project, release: Release, locale: str, now: dt.datetime) -> tuple[str, ...]:
    """The route to translate a release at a moment: steps in the order to try them."""
    confidentiality = release.confidentiality(now)
    return project.settings.routes.of(release.locale, locale, confidentiality, release.domains)


def review_rule(project: Project, item: Release, locale: str) -> ReviewRule:
    """The review rule of a release in a language."""
    return ReviewRule(
        four_eyes=item.review == "four-eyes",
        approvals_needed=2 if locale in item.two_passes else 1,
        gettext=project.settings.trust_gettext,
    )


def read_catalogue(project: Project, item: Release, locale: str) -> Catalogue | None:
    """The catalogue of a release in a language, None when there is none yet.

    Raises CatalogueError when it cannot be read or is in another language.
    """
    path = catalogue_path(project, item, locale)
    if not path.is_file():
        return None
    catalogue = po.read(path, rule=review_rule(project, item, locale))
    if not same_language(catalogue.locale or locale, locale):
        raise InputError(
            f"its header says Language: {catalogue.locale}, but it lies among the {locale} catalogues",
            path=path,
            remedy="Correct the header or move the file.",
        )
    return catalogue if catalogue.locale == locale else replace(catalogue, locale=locale)


def approved_targets(project: Project, item: Release, locale: str) -> Mapping[tuple[str, str], str] | None:
    """The approved targets of a catalogue by (context, source), read on the fast path where possible.

    None where there is none, and where only ``read_catalogue`` can tell.
    """
    page_targets = po.read_page_targets(catalogue_name(project, item, locale))
    if page_targets is None or not same_language(page_targets.locale or locale, locale):
        return None
    return page_targets.targets
