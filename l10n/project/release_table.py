"""Reads the plan of a release, its `release.toml`."""

from __future__ import annotations

import datetime as dt
import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from l10n import formats
from l10n.errors import ConfigError
from l10n.project import events, toml_table
from l10n.project import settings as read_settings
from l10n.project.nouns import Credits, Override, Project, Release
from l10n.project.settings import PARTIAL, REVIEW, locale_in, locales_in

# What an address may be called: letters of any script, digits, hyphens.
_SLUG = re.compile(r"[^\W_](?:[\w-]{0,78}[^\W_])?")
STATUSES = ("published", "draft")
KINDS = ("release", "block")
PAGES = ("template", "own")
PRIORITIES = ("normal", "high", "low")


def planned(project: Project, table: toml_table.Table, source: Path) -> Release:
    """The release that a plan describes.  Raises ConfigError for what it should not say."""
    path = table.path
    table.only(field.name for field in fields(Release) if field.name != "id")
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


def source_of(project: Project, table: toml_table.Table) -> Path:
    """The file a release is made from.  Raises ConfigError where it is not one file of the project."""
    folder = table.path.parent
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
