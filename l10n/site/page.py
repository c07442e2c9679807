"""One release in one language, ready for its frame."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from l10n.project import Credits, Release
from l10n.site.lifecycle import PublicationStatus, opening_embargo

# How long before it does in UTC a day begins somewhere on earth (UTC+14).
_EARLIEST = dt.timedelta(hours=14)
_H1 = re.compile(r"<h1[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LocalisedText:
    """Plain text with the locale it is in, which need not be its page's."""

    text: str
    locale: str


@dataclass(frozen=True, slots=True)
class Page:
    """A localised page before its frame: ``body`` is the HTML inside its article.

    ``complete`` says that all of it is approved; only such pages are alternates of each other.
    ``draft`` says who made what on it nobody has approved: "machine", "person", or "" where
    there is nothing of the kind.  ``mixed`` says that parts of it stay in the source language,
    ``behind`` that the source was corrected and it still says what it said before.  ``face`` stands for
    all that a list or a feed shows of it, ``place`` is all that a sitemap does, and ``mark`` stands for what
    else it shows itself (``finished`` sets them).
    ``whole`` is the text of a page that has its own frame, "" for one that goes into the site's.
    ``credits`` say who made it, where the site discloses that.
    """

    release: Release
    locale: str
    headline: LocalisedText
    summary: LocalisedText
    body: str
    complete: bool = True
    draft: str = ""
    mixed: bool = False
    behind: bool = False
    standing: PublicationStatus = field(default_factory=PublicationStatus)
    face: str = ""
    place: str = ""
    mark: str = ""
    whole: str = ""
    credits: Credits | None = None

    @property
    def status(self) -> str:
        """How it stands: "published", "retracted", "withdrawn" or "archived"."""
        return self.standing.status

    @property
    def modified(self) -> dt.date:
        """When what it says last changed for its readers."""
        days = [event.day for event in self.standing.events]
        return max(self.day, *days) if days else self.day

    @property
    def opened(self) -> dt.datetime:
        """The moment from which it was there for readers; the start of its day where the plan names none."""
        return self._planned or self._begun

    @property
    def published(self) -> dt.date:
        """When it came out, as machines are told: the moment where the plan names one, else the day."""
        return self._planned or self.release.date

    @property
    def day(self) -> dt.date:
        """The day it came out on, as readers are told: the release's, or a later one it was planned for."""
        planned = self._planned
        return self.release.date if planned is None else max(self.release.date, planned.date())

    @property
    def _planned(self) -> dt.datetime | None:
        """The moment that the plan names, None where it names none or one before the release's day.

        A translation waits for its original.
        """
        release = self.release
        if release.embargo is None and not release.schedule:
            return None
        schedule = release.schedule
        moments = (opening_embargo(release), schedule.get(release.locale), schedule.get(self.locale))
        latest = max((at for at in moments if at is not None), default=None)
        return latest if latest is not None and latest >= self._begun - _EARLIEST else None

    @property
    def _begun(self) -> dt.datetime:
        """The start of the release's day."""
        return dt.datetime.combine(self.release.date, dt.time(), tzinfo=dt.UTC)

    @property
    def changed(self) -> dt.datetime:
        """The moment at which what it says last changed for its readers."""
        return max((self.opened, *(event.at for event in self.standing.events)))

    @property
    def alternate(self) -> bool:
        """Whether other languages name it as their translation."""
        return self.complete and self.indexed

    @property
    def indexed(self) -> bool:
        """Whether search engines are to know of it."""
        return not self.draft and self.status not in {"withdrawn", "retracted"}

    @property
    def original(self) -> bool:
        """Whether it is in the language the release was written in."""
        return self.locale == self.release.locale

    @property
    def headed(self) -> bool:
        """Whether the body has a first heading of its own."""
        return ("<h1" in self.body or "<H1" in self.body) and _H1.search(self.body) is not None

    def with_texts(self, body: str, whole: str) -> Page:
        """The page with other texts; ``replace`` takes five times as long."""
        return Page(
            self.release,
            self.locale,
            self.headline,
            self.summary,
            body,
            self.complete,
            self.draft,
            self.mixed,
            self.behind,
            self.standing,
            self.face,
            self.place,
            self.mark,
            whole,
            self.credits,
        )


def finished(page: Page, body: str | None = None, whole: str = "") -> Page:
    """A page with what lists, feeds and sitemaps show of it, and its text if that is another."""
    release, standing = page.release, page.standing
    opened, day = page.opened, page.day
    modified = changed = ""
    if standing.events:
        modified, changed = page.modified.isoformat(), page.changed.isoformat()
    status = standing.status
    place = (
        f"{page.locale}/{release.slug(page.locale)} {day} {modified or day} {status}"
        f" {page.alternate} {page.indexed}"
    )
    texts = (page.headline.text, page.headline.locale, page.summary.text, page.summary.locale)
    begun = opened.isoformat()
    face = digest(
        *texts, str(page.complete), page.draft, *release.topics, place, f"{begun} {changed or begun}"
    )
    body = page.body if body is None else body
    state = f"{page.mixed}{page.behind}{standing if standing.events else ''}{page.credits}"
    return Page(
        release,
        page.locale,
        page.headline,
        page.summary,
        body,
        page.complete,
        page.draft,
        page.mixed,
        page.behind,
        standing,
        face,
        place,
        digest(body, whole, state),
        whole,
        page.credits,
    )


def digest(*texts: str) -> str:
    """The digest of the texts that decide what a file shows."""
    return sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def alike(pages: Sequence[Page]) -> frozenset[str]:
    """The slugs of those that a list or a feed would show like another; they tell them apart."""
    shown = [(page.headline.text, page.day, page.summary.text) for page in pages]
    count = Counter(shown)
    return frozenset(
        page.release.slug(page.locale) for page, looks in zip(pages, shown, strict=True) if count[looks] > 1
    )
