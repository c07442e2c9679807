"""What people decided in the last days, kept between looks at it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from threading import Lock

from workflow.store.database import DatabaseStore
from workflow.throughput import PersonDecision, recent_decisions

# Decisions that are read once more: of two writers the one with the lower number may be done later.
_AGAIN = 100


@dataclass(slots=True)
class RecentWork:
    """What people decided lately; a look reads what came since the last one and no more."""

    store: DatabaseStore
    _kept: tuple[PersonDecision, ...] = ()
    _since: dt.datetime | None = None
    _lock: Lock = field(default_factory=Lock, repr=False)

    def since(self, moment: dt.datetime) -> tuple[PersonDecision, ...]:
        """What people decided since a moment, the newest first."""
        with self._lock:
            holds = self._since is not None and self._since <= moment
            kept = [decision for decision in self._kept if decision.at > moment] if holds else []
            after = max(0, kept[0].id - _AGAIN) if kept else 0
            fresh = recent_decisions(self.store, moment, after=after)
            known = {decision.id for decision in fresh}
            self._kept = (*fresh, *(decision for decision in kept if decision.id not in known))
            self._since = moment
            return self._kept
