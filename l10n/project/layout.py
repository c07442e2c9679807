"""The layout of a project's folder, and its releases."""

from __future__ import annotations

import datetime as dt
import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import tomli_w

from l10n import catalogue as po
from l10n import disk, formats
from l10n.errors import ConfigError, InputError, UsageError
from l10n.lengths import LengthRatio
from l10n.model import Catalogue, Document
from l10n.project import events, lengths, toml_table
from l10n.project import settings as read_settings
from l10n.project.engine_routes import Confidentiality
from l10n.project.events import Event
from l10n.project.settings import FILE, PARTIAL, REVIEW, Settings, locale_in, locale_of, locales_in
from l10n.review_rule import ReviewRule

_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
# What an address may be called: letters of any script, digits, hyphens.
_SLUG = re.compile(r"[^\W_](?:[\w-]{0,78}[^\W_])?")
STATUSES = ("published", "draft")
KINDS = ("release", "block")
PAGES = ("template", "own")
PRIORITIES = ("normal", "high", "low")


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with an `l10n.toml`; ``lengths`` are what it learned of targets, by pair ("en-fr")."""

    root: Path
    settings: Settings
    lengths: Mapping[str, LengthRatio] = field(default_factory=dict)

    @property
    def state(self) -> Path:
        """The folder of what can be made again, ignored by git."""
        return self.root / ".l10n"

    @property
    def public(self) -> Path:
        """The published site, a link to its newest version."""
        return self.root / "public"


@dataclass(frozen=True, slots=True)
class Override:
    """The decision to publish a language although a gate would hold it back: by whom, and why."""

    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Credits:
    """The translators and reviewers of a release in a language, by their public names."""

    translated: tuple[str, ...] = ()
    reviewed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """One source document with its plan.

    ``title`` is "" when the source has its own.  ``locales`` are the target locales, without
    the source's.  ``partial`` says what a page does with paragraphs that are not approved:
    "fallback" shows them in the source language, "wait" holds the language back, "draft" shows what
    a machine or a translator wrote, and says so.  ``main`` is a selector for the part of a web page
    that is for translators, "" for all of it.  A ``confidential`` release leaves the machine only by
    engines that are allowed such.  ``review`` and ``two_passes`` say whose approval a text needs, as in the
    project's settings.  ``history`` is what happens to it after it was published.
    ``topics`` are keys among the site's.  ``slugs`` is what its address is called by locale, where
    that is not its id, and ``former`` what it was called before.  ``kind`` is "release", or "block"
    for a text that stands at the foot of every release until the day it ``expires``.  ``overrides``
    lets a language be published that a gate would hold back, with who said so, and why.  ``page`` is
    "template" for a page in the site's frame, "own" for a web page that is published as it is.
    ``schedule`` gives a language a moment of its own from which it is on line, whatever the ``status``;
    a translation waits for its original.  ``credits`` says by locale who translated and reviewed it; it
    is shown where the site discloses that.  ``domains`` are the fields it is about: the terms of the
    glossary for other ones do not hold in it.  ``priority`` says what people are asked for first where no
    deadline does.  ``calling_code`` is that of the phone numbers in it that do not begin with their country.
    """

    id: str
    source: Path
    locale: str
    locales: tuple[str, ...]
    date: dt.date
    title: str = ""
    status: str = "published"
    embargo: dt.datetime | None = None
    partial: str = "fallback"
    review: str = "one"
    two_passes: tuple[str, ...] = ()
    main: str = ""
    confidential: bool = False
    history: tuple[Event, ...] = ()
    topics: tuple[str, ...] = ()
    slugs: Mapping[str, str] = field(default_factory=dict)
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kind: str = "release"
    expires: dt.date | None = None
    overrides: Mapping[str, Override] = field(default_factory=dict)
    page: str = "template"
    schedule: Mapping[str, dt.datetime] = field(default_factory=dict)
    credits: Mapping[str, Credits] = field(default_factory=dict)
    domains: tuple[str, ...] = ()
    priority: str = "normal"
    calling_code: str = ""

    def confidentiality(self, now: dt.datetime) -> Confidentiality:
        """Whether it is confidential or not yet public at a moment; drafts count as embargoed."""
        public = self.status != "draft" and (self.embargo is None or self.embargo <= now)
        return Confidentiality(self.confidential, embargoed=not public)

    def opens(self, locale: str, as_of: dt.datetime) -> bool:
        """Whether the plan allows a language to be online at a moment."""
        at = self.schedule.get(locale)
        return self.status == "published" if at is None else at <= as_of

    def slug(self, locale: str) -> str:
        """The last part of its address in a language."""
        return self.slugs.get(locale, self.id)

    @property
    def languages(self) -> tuple[str, ...]:
        """The language it is written in, and those it is translated into."""
        return (self.locale, *self.locales)

    @property
    def folder(self) -> Path:
        """Where its source and plan lie."""
        return self.source.parent


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
    """The project in a folder.  Raises ConfigError when its settings are wrong."""
    root = root.resolve()
    return Project(root, read_settings.read(root / FILE), lengths.read(root))


def create(root: Path, *, name: str, source_locale: str, locales: tuple[str, ...]) -> Project:
    """Start a project in a folder.  Raises UsageError when there is one."""
    path = root / FILE
    if path.exists():
        raise UsageError("a project is already here", path=path, remedy="Edit its settings instead.")
    source = locale_of(source_locale)
    targets = tuple(dict.fromkeys(locale_of(locale) for locale in locales))
    plan = {
        "project": {"name": name, "source_locales": [source], "locales": [source, *targets]},
        "site": {"url": "https://www.example.org", "title": name},
        "routes": {"*": ["apertium"]},
    }
    disk.write(path, tomli_w.dumps(plan).encode())
    ignored = root / ".gitignore"
    lines = ignored.read_text("utf-8").splitlines() if ignored.is_file() else []
    missing = [line for line in ("/.l10n/", "/public") if line not in lines]
    disk.write(ignored, "".join(f"{line}\n" for line in (*lines, *missing)).encode())
    return load(root)


def releases(project: Project) -> tuple[Release, ...]:
    """Every release, newest first."""
    folder = project.root / "releases"
    loaded = [release(project, path.parent.name) for path in sorted(folder.glob("*/release.toml"))]
    return tuple(sorted(loaded, key=lambda item: (-item.date.toordinal(), item.id)))


def suggested_id(name: str) -> str:
    """A release id made from a name or a title, "" when nothing of it can be one."""
    ascii_text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")[:64].strip("-")


def release(project: Project, release_id: str) -> Release:
    """One release by its id.  Raises UsageError when there is none, ConfigError when it is wrong."""
    if not _ID.fullmatch(release_id):
        raise UsageError(
            f"{release_id!r} is no release id", remedy="An id has lower-case letters, digits and hyphens."
        )
    folder = project.root / "releases" / release_id
    path = folder / "release.toml"
    if not path.is_file():
        ids = ", ".join(sorted(item.parent.name for item in folder.parent.glob("*/release.toml")))
        raise UsageError(f"there is no release {release_id!r}", remedy=f"Releases: {ids or 'none yet'}.")
    table = toml_table.read(path)
    return _planned(project, table, _source(project, folder, table))


def as_planned(project: Project, release_id: str, plan: str, source: str) -> Release:
    """A release by an earlier version of its plan; ``source`` is the name of its source then.

    Raises ConfigError when the plan does not go with the project's settings any more.
    """
    path = project.root / "releases" / release_id / "release.toml"
    return _planned(project, toml_table.parsed(plan.encode(), path), path.parent / source)


def _planned(project: Project, table: toml_table.Table, source: Path) -> Release:
    path = table.path
    table.only(
        {
            "title",
            "date",
            "locale",
            "locales",
            "status",
            "embargo",
            "partial",
            "source",
            "review",
            "two_passes",
            "main",
            "confidential",
            "history",
            "topics",
            "slugs",
            "former",
            "kind",
            "expires",
            "overrides",
            "page",
            "schedule",
            "credits",
            "domains",
            "priority",
            "calling_code",
        }
    )
    locale = _locale(table)
    date = table.date("date")
    if date is None:
        raise table.wrong("date", "is missing", "Write it as in date = 2026-09-14.")
    targets = locales_in(table, "locales", project.settings.locales)
    languages = dict.fromkeys((locale, *targets, *project.settings.locales))
    return Release(
        id=path.parent.name,
        source=source,
        locale=locale,
        locales=tuple(target for target in dict.fromkeys(targets) if target != locale),
        date=date,
        title=table.text("title"),
        status=table.choice("status", STATUSES),
        embargo=table.moment("embargo"),
        partial=table.choice("partial", (project.settings.partial, *PARTIAL)),
        review=table.choice("review", (project.settings.review, *REVIEW)),
        two_passes=locales_in(table, "two_passes", project.settings.two_passes),
        main=table.text("main"),
        confidential=table.flag("confidential"),
        history=events.read(table, languages),
        topics=_topics(project, table),
        slugs=_slugs(table.table("slugs").of_languages(languages)),
        former=_former(table.table("former").of_languages(languages)),
        kind=table.choice("kind", KINDS),
        expires=table.date("expires"),
        overrides=_overrides(table.table("overrides").of_languages(languages)),
        page=_page(table, source),
        schedule=_schedule(table.table("schedule").of_languages(languages)),
        credits=_credits(table.table("credits").of_languages(languages)),
        domains=table.texts("domains", project.settings.domains),
        priority=table.choice("priority", PRIORITIES),
        calling_code=read_settings.calling_code(table, project.settings.site.calling_code),
    )


def _new_folder(project: Project, release_id: str) -> Path:
    """Where a new release goes.  Raises UsageError for what is no id, or is taken."""
    if not _ID.fullmatch(release_id):
        raise UsageError(
            f"{release_id!r} is no release id",
            remedy="Choose one of lower-case letters, digits and hyphens with --id.",
        )
    folder = project.root / "releases" / release_id
    if os.path.lexists(folder / "release.toml") or (os.path.lexists(folder) and not folder.is_dir()):
        raise UsageError(
            f"release {release_id!r} exists",
            path=folder,
            remedy="Choose another --id.  If adding it was interrupted, l10n update finishes it.",
        )
    return folder


def _write_new(path: Path, data: bytes) -> None:
    """Write a file of a new release; an interrupted run may have done so.

    Raises UsageError when another one is there.
    """
    if os.path.lexists(path) and (not path.is_file() or disk.read(path) != data):
        raise UsageError(
            "another file is in the way", path=path, remedy="Move it away, or choose another --id."
        )
    disk.write(path, data)


def _leads_out(project: Project, file: Path) -> bool:
    """Whether a file lies in the project by its name alone: what a link says may be another's."""
    root = f"{project.root}{os.sep}"
    here = os.path.join(os.path.realpath(file.parent), file.name)  # noqa: PTH118 - realpath meets loops, too
    return here.startswith(root) and not os.path.realpath(file).startswith(root)


def add(
    project: Project,
    file: Path,
    *,
    release_id: str,
    locale: str,
    locales: tuple[str, ...],
    date: dt.date,
    embargo: dt.datetime | None = None,
    main: str = "",
    encoding: str = "",
    stated: bool = False,
) -> Release:
    """Copy a file into the project as a new release, with what it shows from its folder, and write its plan.

    ``date`` is its day; with ``stated`` the one on which the file says it was published goes before it.

    ``embargo`` is the moment, with its zone, before which nobody may read it.
    ``main`` is a selector for the part of a page that is for translators; "auto" finds one.
    ``encoding`` is what a text or Markdown file is in; the release has it in UTF-8.
    Raises UsageError when the id is taken or no format knows the file's ending, InputError when
    the file cannot be read as what its ending says, or is a link that leads out of the project.
    """
    from l10n.project import attachments, dating  # noqa: PLC0415 - most runs add nothing

    folder = _new_folder(project, release_id)
    source = locale_of(locale)
    if _leads_out(project, file):
        raise InputError(
            "this link leads out of the project", path=file, remedy=f"Name the file itself: {file.resolve()}"
        )
    data = disk.read(file)
    if encoding:
        data = formats.in_utf_8(data, encoding, path=str(file))
    if main == "auto":
        main = formats.located(data, path=str(file))
    document = formats.extract(data, path=str(file), locale=source, main=main)
    if not next(document.segments(), None):
        raise InputError("there is nothing to translate in it", path=file, remedy="Check that it has text.")
    targets = [locale_of(target) for target in locales]
    day = dating.stated_date(document, latest=date) if stated else None
    plan: dict[str, object] = {"date": day or date, "locale": source}
    if targets:
        plan["locales"] = targets
    if embargo:
        plan["embargo"] = embargo
    if main:
        plan["main"] = main
    name = f"source{file.suffix.lower()}"
    readers = (source, *(targets or project.settings.locales))
    _write_new(folder / name, data)
    for path, shown in attachments.beside(document, file.parent, readers, main=main).items():
        if path != name:
            _write_new(folder / path, disk.read(shown))
    # Last: without its plan it is no release yet.
    _write_new(folder / "release.toml", tomli_w.dumps(plan).encode())
    return release(project, release_id)


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
    if catalogue.locale and catalogue.locale.lower() != locale.lower():
        raise InputError(
            f"its header says Language: {catalogue.locale}, but it lies among the {locale} catalogues",
            path=path,
            remedy="Correct the header or move the file.",
        )
    return catalogue


def approved_targets(project: Project, item: Release, locale: str) -> Mapping[tuple[str, str], str] | None:
    """The approved targets of a catalogue by (context, source), read on the fast path where possible.

    None where there is none, and where only ``read_catalogue`` can tell.
    """
    page_targets = po.read_page_targets(catalogue_name(project, item, locale))
    return (
        page_targets.targets if page_targets and page_targets.locale.lower() in {"", locale.lower()} else None
    )


def _locale(table: toml_table.Table) -> str:
    """The language a release is written in."""
    locale = table.text("locale")
    if not locale:
        raise table.wrong("locale", "is missing", 'Write it as in locale = "fr".')
    return locale_in(table, "locale", locale)


def _topics(project: Project, table: toml_table.Table) -> tuple[str, ...]:
    topics = table.texts("topics")
    for topic in topics:
        if topic not in project.settings.site.topics:
            available = ", ".join(project.settings.site.topics) or "none yet"
            raise table.wrong("topics", f"names {topic!r}", f"The topics of the site: {available}.")
    return topics


def _page(table: toml_table.Table, source: Path) -> str:
    page = table.choice("page", PAGES)
    if page == "own" and not isinstance(formats.for_path(str(source))[1], formats.Paged):
        raise table.wrong("page", "is 'own', and the source is no web page", "Leave it out.")
    return page


def _overrides(table: toml_table.Table) -> Mapping[str, Override]:
    by_locale: dict[str, Override] = {}
    for locale in table.values:
        row = table.table(locale)
        row.only({"by", "why"})
        for key in ("by", "why"):
            if not row.text(key).strip():
                raise row.wrong(key, "is missing", "An override says who wants it, and why.")
        by_locale[locale] = Override(row.text("by").strip(), row.text("why").strip())
    return by_locale


def _credits(table: toml_table.Table) -> Mapping[str, Credits]:
    by_locale: dict[str, Credits] = {}
    for locale in table.values:
        row = table.table(locale)
        row.only({"translated", "reviewed"})
        by_locale[locale] = Credits(row.texts("translated"), row.texts("reviewed"))
    return by_locale


def _schedule(table: toml_table.Table) -> Mapping[str, dt.datetime]:
    moments = {locale: table.moment(locale) for locale in table.values}
    return {locale: moment for locale, moment in moments.items() if moment is not None}


def _slugs(table: toml_table.Table) -> Mapping[str, str]:
    return {locale: _slug(table, locale, table.text(locale)) for locale in table.values}


def _former(table: toml_table.Table) -> Mapping[str, tuple[str, ...]]:
    return {
        locale: tuple(_slug(table, locale, text) for text in table.texts(locale)) for locale in table.values
    }


def _slug(table: toml_table.Table, key: str, text: str) -> str:
    plain = unicodedata.is_normalized("NFC", text) and text == text.lower() and "_" not in text
    if not _SLUG.fullmatch(text) or not plain:
        raise table.wrong(key, f"is {text!r}", "An address has small letters, digits and hyphens.")
    return text


def _source(project: Project, folder: Path, table: toml_table.Table) -> Path:
    source_name = table.text("source")
    if source_name:
        sources = [folder / source_name]
    else:
        names = (name for name in sorted(os.listdir(folder)) if name.startswith("source."))  # noqa: PTH208
        sources = [folder / name for name in names if formats.known(os.path.splitext(name)[1].lower())]  # noqa: PTH122
    if len(sources) != 1 or not sources[0].is_file():
        problem = "has no source" if not sources or not sources[0].is_file() else "has several sources"
        raise ConfigError(
            f"release {folder.name!r} {problem}",
            path=table.path,
            remedy=f"Keep one file source.* with an ending of {', '.join(sorted(formats.suffixes()))}.",
        )
    if not os.path.realpath(sources[0]).startswith(f"{project.root}{os.sep}"):
        raise ConfigError("the source lies outside the project", path=table.path, remedy="Copy it here.")
    return sources[0]
