"""Words looked up in all that a person may see: how they were translated elsewhere, and what stands so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from l10n.errors import L10nError
from l10n.project import Release
from workflow.desk.filters import Sieve, sifted
from workflow.desk.main import Desk
from workflow.desk.views import Row
from workflow.store import Person

MOST = 100
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A segment that is as it was asked for."""

    release: Release
    title: str
    locale: str
    row: Row


def search(
    desk: Desk, person: Person, asked: Sieve, *, release: str = "", into: str = ""
) -> tuple[Found, ...]:
    """The first segments that are asked for, the newest release first; none where nothing is.

    ``release`` is the id of one, ``into`` a language.
    """
    if not (asked.narrow or asked.show != "all") or 0 < len(asked.text) < _SHORTEST:
        return ()
    return tuple(islice(_found(desk, person, asked, release, into), MOST))


def _found(desk: Desk, person: Person, asked: Sieve, wanted: str, into: str) -> Iterator[Found]:
    for release in sorted(desk.releases(), key=lambda one: (-one.date.toordinal(), one.id)):
        if wanted not in {"", release.id}:
            continue
        title = ""
        for locale in release.locales:
            if person.role(locale) is None or into not in {"", locale}:
                continue
            try:
                rows = desk.rows(release, locale)
            except L10nError:  # the queue names what cannot be read
                continue
            for row in rows:  # one by one, so that no more is checked than is shown
                if sifted((row,), asked, partial(desk.seen, release, locale)):
                    title = title or desk.title(release)
                    yield Found(release, title, locale, row)
