"""What a publication would change for readers, before it happens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

from l10n import site
from l10n.project import Release
from l10n.site import changes as foreseeing
from l10n.site.changes import Change
from l10n.site.gates import path_of
from workflow.desk import Desk
from workflow.publishing import SitePublisher

FILES, EDITS = 100, 20


@dataclass(frozen=True, slots=True)
class PreviewedChanges:
    """What a publication would change: the first of so many ``pages``; ``others`` are lists and feeds."""

    changes: tuple[Change, ...]
    pages: int
    others: int


def preview_changes(
    desk: Desk, release: Release, locales: Sequence[str], *, as_of: dt.datetime
) -> PreviewedChanges:
    """What would change if a release were put on line, as it is planned here, in some languages or all."""
    scope = site.Scope({release.id: tuple(locales)}, {release.id: release})
    ledger = desk.ledger
    ledger.settle_releases(desk.releases())
    foreseen = foreseeing.changes(ledger.project, SitePublisher(ledger).build(as_of, scope=scope))
    order = {path_of(release, locale): index for index, locale in enumerate(release.languages)}
    return previewed_changes(sorted(foreseen, key=lambda change: order.get(change.path, len(order))))


@dataclass(slots=True)
class Foresight:
    """What a publication of everything would change, worked out anew once what it depends on is another.

    That is the files of the project, what is on line, the names of people who are credited, and the moment.
    """

    desk: Desk
    _lock: Lock = field(default_factory=Lock, repr=False)
    _stamp: object = None
    _holds: tuple[dt.datetime, dt.datetime] | None = None
    _previewed: PreviewedChanges | None = None

    def everything(self) -> PreviewedChanges:
        """What would change now.  Raises what ``site.build`` raises."""
        ledger = self.desk.ledger
        with self._lock:
            ledger.settle_releases(self.desk.releases())
            now, stamp = ledger.clock(), SitePublisher(ledger).inputs_stamp()
            holds = self._holds is not None and self._holds[0] <= now < self._holds[1]
            if self._previewed is None or not holds or stamp != self._stamp:
                built = SitePublisher(ledger).build(now)
                self._previewed = previewed_changes(foreseeing.changes(ledger.project, built))
                self._stamp, self._holds = stamp, _holding(built)
            return self._previewed


def _holding(built: site.BuiltSite) -> tuple[dt.datetime, dt.datetime] | None:
    """From when until when a site comes out like this; None where it does so only now."""
    if built.record is None or built.as_of is None or built.unreadable:
        return None
    groups = built.record.groups.values()
    coming = (group.until for group in groups if group.until is not None)
    return built.as_of, min(coming, default=dt.datetime.max.replace(tzinfo=dt.UTC))


def previewed_changes(changes: Sequence[Change]) -> PreviewedChanges:
    """Pages whose words change come before those that change for search engines and browsers only."""
    pages = sorted((change for change in changes if change.path.endswith(".html")), key=_wordless)
    return PreviewedChanges(tuple(pages[:FILES]), len(pages), len(changes) - len(pages))


def _wordless(change: Change) -> bool:
    return change.what == "changed" and not change.edits
