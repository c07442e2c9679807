"""What a publication would change for readers, before it happens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from l10n import site
from l10n.project import Release
from l10n.site import changes as foreseeing
from l10n.site.changes import Change
from l10n.site.gates import path_of
from workflow.publishing import SitePublisher
from workflow.web.services import Services

FILES, EDITS = 100, 20


@dataclass(frozen=True, slots=True)
class PreviewedChanges:
    """What a publication would change: the first of so many ``pages``; ``others`` are lists and feeds."""

    changes: tuple[Change, ...]
    pages: int
    others: int


def preview_changes(
    services: Services, release: Release, locales: Sequence[str], *, as_of: dt.datetime
) -> PreviewedChanges:
    """What would change if a release were put on line, as it is planned here, in some languages or all."""
    scope = site.Scope({release.id: tuple(locales)}, {release.id: release})
    foreseen = everything_foreseen(services, as_of, scope)
    order = {path_of(release, locale): index for index, locale in enumerate(release.languages)}
    return previewed_changes(sorted(foreseen, key=lambda change: order.get(change.path, len(order))))


def everything_foreseen(
    services: Services, as_of: dt.datetime | None = None, scope: site.Scope | None = None
) -> list[Change]:
    """What a publication would change, which writes first what was decided a moment ago."""
    ledger = services.desk.ledger
    ledger.settle()
    return list(foreseeing.changes(ledger.project, SitePublisher(ledger).build(as_of, scope=scope)))


def previewed_changes(changes: Sequence[Change]) -> PreviewedChanges:
    """Pages whose words change come before those that change for search engines and browsers only."""
    pages = sorted((change for change in changes if change.path.endswith(".html")), key=_wordless)
    return PreviewedChanges(tuple(pages[:FILES]), len(pages), len(changes) - len(pages))


def _wordless(change: Change) -> bool:
    return change.what == "changed" and not change.edits
