"""The nouns of a project: itself, a release, and what the plan of one says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from l10n.lengths import LengthRatio
from l10n.project.engine_routes import Confidentiality
from l10n.project.events import Event
from l10n.project.settings import Settings


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
    that is for translators, or a list, "" for all of it.  A ``confidential`` release leaves the machine
    only by engines that are allowed such.  ``review`` and ``two_passes`` say whose approval a text needs, as
    in the project's settings.  ``history`` is what happens to it after it was published.
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
