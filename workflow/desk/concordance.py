"""Words looked up in all that a person may see: how they were translated elsewhere, and what stands so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from l10n.errors import L10nError
from l10n.project import Release
from workflow.desk.filters import SegmentFilter, filter_rows
from workflow.desk.main import Desk
from workflow.desk.views import SegmentRow
from workflow.store import Person

MOST = 100
_SHORTEST = 2
_FIRST_IDEOGRAPH = "\u2e80"


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A segment that is as it was asked for."""

    release: Release
    title: str
    locale: str
    row: SegmentRow


def search(
    desk: Desk, person: Person, filter_: SegmentFilter, *, release: str = "", into: str = ""
) -> tuple[SearchHit, ...]:
    """The first segments that are asked for, the newest release first; none where nothing is.

    ``release`` is the id of one, ``into`` a language.
    """
    if not (filter_.narrow or filter_.show != "all") or _is_too_short(filter_.text):
        return ()
    return tuple(islice(_found(desk, person, filter_, release, into), MOST))


def _is_too_short(text: str) -> bool:
    """Whether a text is a single letter; a single ideograph is a word."""
    return 0 < len(text) < _SHORTEST and text < _FIRST_IDEOGRAPH


def _found(desk: Desk, person: Person, filter_: SegmentFilter, only: str, into: str) -> Iterator[SearchHit]:
    for release in sorted(desk.releases(), key=lambda release: (-release.date.toordinal(), release.id)):
        if only not in {"", release.id}:
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
                if filter_rows((row,), filter_, partial(desk.findings_of_row, release, locale)):
                    title = title or desk.title(release)
                    yield SearchHit(release, title, locale, row)
