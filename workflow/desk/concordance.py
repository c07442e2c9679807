"""Words looked up in all that a person may see: how they were translated elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from l10n import inline
from l10n.errors import L10nError
from l10n.project import Release
from workflow.desk.main import Desk
from workflow.desk.nouns import Row
from workflow.store import Person

MOST = 100


@dataclass(frozen=True, slots=True)
class Found:
    """A segment that says what was looked for."""

    release: Release
    title: str
    locale: str
    row: Row


def search(desk: Desk, person: Person, text: str, *, into: str = "") -> tuple[Found, ...]:
    """The first segments that hold the words, in source or target, the newest release first."""
    wanted = text.strip().casefold()
    return tuple(islice(_found(desk, person, wanted, into), MOST)) if len(wanted) > 1 else ()


def _found(desk: Desk, person: Person, wanted: str, into: str) -> Iterator[Found]:
    for release in sorted(desk.releases(), key=lambda one: (-one.date.toordinal(), one.id)):
        title = ""
        for locale in release.locales:
            if person.role(locale) is None or into not in {"", locale}:
                continue
            try:
                rows = desk.rows(release, locale)
            except L10nError:  # the queue names what cannot be read
                continue
            for row in rows:
                if _says(row, wanted):
                    title = title or desk.title(release)
                    yield Found(release, title, locale, row)


def _says(row: Row, wanted: str) -> bool:
    return any(wanted in inline.plain(text).casefold() for text in (row.entry.source, row.entry.target))
