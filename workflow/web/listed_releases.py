"""The releases as an editor's list has them: the newest first, by month, with how each stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from l10n.project import Release
from l10n.site.gates import on_line, path_of
from l10n.site.lifecycle import publication_status
from workflow.web.services import Services


@dataclass(frozen=True, slots=True)
class ListedRelease:
    """A release in the list, as it stands in its own language at this moment.

    ``status`` is one of ``PublicationStatus``, "" where readers do not have it; ``at`` is the moment it
    is planned for.
    """

    release: Release
    title: str
    status: str
    at: dt.datetime | None


def listed_releases(services: Services) -> Sequence[ListedRelease]:
    """All releases, the newest first, each as it stands now."""
    now = services.desk.ledger.clock()
    live = on_line(services.desk.ledger.project)
    listed = []
    for release in newest_first(services):
        is_live = path_of(release, release.locale) in live
        status = publication_status(release, release.locale, now).status if is_live else ""
        planned = max(filter(None, (release.embargo, release.schedule.get(release.locale))), default=None)
        at = planned if planned and planned > now else None
        listed.append(ListedRelease(release, services.desk.title(release), status, at))
    return listed


def newest_first(services: Services) -> Sequence[Release]:
    """The releases, the newest first."""
    return sorted(services.desk.releases(), key=lambda release: (-release.date.toordinal(), release.id))


def by_month(listed: Iterable[ListedRelease]) -> Sequence[tuple[dt.date, Sequence[ListedRelease]]]:
    """A list that is in the order of its days, cut into months: the first day of each, and what is of it."""
    return [(month, list(same)) for month, same in groupby(listed, _month)]


def _month(listed: ListedRelease) -> dt.date:
    return listed.release.date.replace(day=1)
