"""Builds and publishes the site of what is approved, with the credits that the ledger knows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from l10n import site
from l10n.progress import ProgressCallback
from l10n.site import BuiltSite, CreditSource, Published, Record, Scope
from workflow.credits import credit_source
from workflow.ledger import Ledger
from workflow.store.database import DatabaseStore


@dataclass(slots=True)
class SitePublisher:
    """Builds and publishes the site of a ledger's project.

    It remembers what it put on line last, so that the next publication of this process starts from
    there without reading it again.
    """

    ledger: Ledger
    _last: Record | None = field(default=None, repr=False)

    def build(
        self,
        as_of: dt.datetime | None = None,
        *,
        full: bool = False,
        progress: ProgressCallback | None = None,
        scope: Scope | None = None,
        processes: int = 1,
    ) -> BuiltSite:
        """The site as it stands at a moment, by itself now, with everything that is approved.

        With a ``scope`` what is not in it stays as it was published last.  Up to ``processes`` processes work
        on it.  Raises what ``site.build`` raises.
        """
        project, store = self.ledger.project, self.ledger.store
        if processes > 1 and isinstance(store, DatabaseStore):
            store.rest()
        return site.build_incremental(
            project,
            as_of=as_of or self.ledger.clock(),
            full=full,
            last=self._last,
            crediting=self._crediting(),
            progress=progress,
            scope=scope,
            processes=processes,
        )

    def inputs_stamp(self) -> tuple[object, ...]:
        """A mark of all that a build of everything depends on, but for the moment."""
        project, crediting = self.ledger.project, self._crediting()
        return site.inputs_stamp(project), crediting.mark if crediting else ""

    def put_live(self, built: BuiltSite, *, full: bool = False) -> Published:
        """Put a site on line.  Raises what ``site.publish`` raises."""
        published = site.publish(self.ledger.project, built, full=full)
        self._last = published.record
        return published

    def _crediting(self) -> CreditSource | None:
        store = self.ledger.store
        disclosed = self.ledger.project.settings.site.credits
        return credit_source(store) if disclosed and isinstance(store, DatabaseStore) else None
