"""Events of a release after publication that readers are told about: corrections, retractions and others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from l10n.project.toml_table import Table, unknown_language

WHAT = ("corrected", "retracted", "withdrawn", "archived", "restored")
# Those that readers are owed a reason for.
EXPLAINED = ("corrected", "retracted")


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a release, public from its moment on.

    ``what`` is "corrected" (it says something else now), "retracted" (it stands, but does not hold),
    "withdrawn" (it is taken off the site), "archived" (it stands, but is old), or "restored" (the
    last three no longer hold).  ``locales`` are the languages it happens in, none for every one.
    ``texts`` says by locale what and why, in plain words.  ``day`` is its date where it happens.
    """

    what: str
    at: dt.datetime
    day: dt.date
    locales: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)

    def concerns(self, locale: str) -> bool:
        """Whether it happens in a language."""
        return not self.locales or locale in self.locales

    def text(self, locale: str) -> str:
        """The text for readers in a language, "" without one."""
        return self.texts.get(locale, "")


def read(table: Table, locales: Collection[str]) -> tuple[Event, ...]:
    """The events of a plan, in order; a date without a time is its midnight UTC.

    Raises ConfigError for what is no event, or is for a language that is not among ``locales``.
    """
    events = [_event(row, locales) for row in table.tables("history")]
    return tuple(sorted(events, key=lambda event: event.at))


def _event(table: Table, locales: Collection[str]) -> Event:
    table.only({"what", "at", "locales", "text"})
    what = table.text("what")
    if what not in WHAT:
        raise table.wrong("what", f"is {what!r}", f"It may be {', '.join(WHAT)}.")
    told = table.values.get("at")
    moment = table.moment("at") if isinstance(told, (dt.datetime, str)) else None
    day = moment.date() if moment else table.date("at")
    if day is None:
        raise table.wrong("at", "is missing", "Write it as in at = 2026-09-14T09:00:00+02:00.")
    texts = table.table("text").of_languages(locales)
    concerned = table.texts("locales")
    if unknown := next((locale for locale in concerned if locale not in locales), None):
        raise table.wrong("locales", *unknown_language(unknown, locales))
    return Event(
        what,
        moment or dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC),
        day,
        concerned,
        {locale: texts.text(locale) for locale in texts.values},
    )
