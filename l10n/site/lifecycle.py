"""The publication status of a release in a language at a moment, from the events of its plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from l10n.project import Event, Release

PUBLISHED = "published"
# What lasts until a release is restored; what comes later here is not undone by what comes before it.
_LASTING = ("archived", "retracted", "withdrawn")


@dataclass(frozen=True, slots=True)
class PublicationStatus:
    """``status`` is "published", "retracted", "withdrawn" or "archived".

    ``events`` are those that happened in the language and still hold, oldest first.
    """

    status: str = PUBLISHED
    events: tuple[Event, ...] = ()

    @property
    def corrections(self) -> tuple[Event, ...]:
        """What was corrected, newest first."""
        return tuple(event for event in reversed(self.events) if event.what == "corrected")

    @property
    def last(self) -> Event | None:
        """The event that made it what it is, None where it is simply published."""
        return next((event for event in reversed(self.events) if event.what == self.status), None)


def may_be_restored(release: Release, locales: Iterable[str], at: dt.datetime) -> bool:
    """Whether there is anything to take back at a moment, in one of the languages."""
    return any(publication_status(release, locale, at).status != PUBLISHED for locale in locales)


def publication_status(release: Release, locale: str, as_of: dt.datetime) -> PublicationStatus:
    """How a release stands in a language at a moment.

    Only "restored" takes something back: what was withdrawn or retracted stays so when it is archived.
    """
    status = PUBLISHED
    events: list[Event] = []
    for event in release.history:
        if event.at > as_of or not event.concerns(locale):
            continue
        if event.what == "restored":
            status = PUBLISHED
            events = [earlier for earlier in events if earlier.what not in _LASTING]
        elif event.what in _LASTING:
            status = max(status, event.what, key=gravity)
        events.append(event)
    return PublicationStatus(status, tuple(events))


def opening_embargo(release: Release) -> dt.datetime | None:
    """The embargo before which nobody had a release, None where it has none of the kind.

    What was corrected, say, had come out: an embargo after that is one of its new text.
    """
    embargo = release.embargo
    if embargo is None or any(release.date <= event.day and event.at <= embargo for event in release.history):
        return None
    return embargo


def gravity(status: str) -> int:
    """How much a status takes from readers: nothing (0) where a release is simply published."""
    return _LASTING.index(status) + 1 if status in _LASTING else 0


def moments(release: Release) -> Iterator[dt.datetime]:
    """When something about a release changes by itself."""
    if release.status == "draft" and not release.schedule:
        return
    yield from release.schedule.values()
    if release.embargo is not None:
        yield release.embargo
    yield from (event.at for event in release.history)
    if release.expires is not None:
        yield expiry(release.expires)


def locales_changing(release: Release, after: dt.datetime, until: dt.datetime) -> frozenset[str]:
    """The locales in which a schedule or an expiry changes something after one moment, up to another."""
    if release.status == "draft" and not release.schedule:
        return frozenset()
    all_locales = frozenset(release.languages)
    release_moments = [release.embargo, release.schedule.get(release.locale)]
    release_moments += [None if release.expires is None else expiry(release.expires)]
    if any(at is not None and after < at <= until for at in release_moments):
        return all_locales
    changing = {locale for locale, at in release.schedule.items() if after < at <= until}
    for event in release.history:
        if after < event.at <= until:
            changing.update(event.locales or all_locales)
    return all_locales & changing


def expiry(day: dt.date) -> dt.datetime:
    """The moment at which what holds until a day does so no longer: when the day is over, UTC."""
    if day == dt.date.max:
        return dt.datetime.max.replace(tzinfo=dt.UTC)
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=dt.UTC)


def next_moment(releases: Iterable[Release], after: dt.datetime) -> dt.datetime | None:
    """The first moment after another at which something changes by itself, None when nothing will."""
    return min((at for release in releases for at in moments(release) if at > after), default=None)
