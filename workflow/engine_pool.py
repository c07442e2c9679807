"""The engines of a project, constructed once for all that is done with them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from l10n.engines import ENGINES, Engine, pivot, route_steps
from l10n.engines.limits import Usage
from l10n.engines.managed import ManagedEngine
from l10n.errors import ConfigError, EngineMissing
from l10n.project import FILE as SETTINGS
from l10n.project import Confidentiality, Release, locale_of
from l10n.project.settings import EngineSettings
from workflow.engine_records import StoredRecords
from workflow.ledger import Ledger
from workflow.store.database import DatabaseStore


class EnginePool:
    """Engines by name, each constructed once; one that cannot run is reported once and left out."""

    def __init__(self, ledger: Ledger, report: Callable[[str], None]) -> None:
        self._root = ledger.project.root
        self._settings = ledger.project.settings
        self._clock = ledger.clock
        self._store = ledger.store
        self._report = report
        self._made: dict[str, Engine | None] = {}

    def route(self, names: Sequence[str], release: Release) -> list[Engine]:
        """What a route names, as far as it can run and every engine of it may see a release."""
        confidentiality = release.confidentiality(self._clock())
        engines = []
        for step in names:
            engine = self.engine(step)
            kept_from = self.kept_from(step, confidentiality) if engine is not None else ()
            if kept_from:
                self._report(f"{release.id}: not shown to {', '.join(kept_from)}, not allowed to see it yet")
            elif engine is not None:
                engines.append(engine)
        return engines

    def engine(self, step: str) -> Engine | None:
        """An engine, or two with a language in between; None where one of them cannot run."""
        parsed = route_steps.parse_step(step)
        first, second = self._named(parsed.first), self._named(parsed.second)
        if first is None or second is None:
            return None
        if not parsed.through:
            return first
        return pivot.Pivot(first, locale_of(parsed.through), second)

    def kept_from(self, step: str, confidentiality: Confidentiality) -> tuple[str, ...]:
        """The engines of a way that may not see such a release.

        Text that is not public leaves the machine only by an engine that is allowed to see it.
        """
        return tuple(
            name
            for name in route_steps.parse_step(step).engines
            if (engine := self._named(name)) is not None
            and engine.capabilities.leaves_machine
            and not self.settings_of(name).may_see(confidentiality)
        )

    def spent(self, name: str) -> Usage:
        """What was taken from an engine's budgets today and this month."""
        engine = self._named(name)
        return engine.usage() if isinstance(engine, ManagedEngine) else Usage()

    def settings_of(self, name: str) -> EngineSettings:
        """The settings of an engine; a route may name a kind without a table of its own."""
        return self._settings.engines.get(name) or EngineSettings(name, name)

    def construct(self, name: str) -> Engine:
        """An engine as its kind makes it, without cache and budgets.  Raises L10nError when it cannot run."""
        settings = self.settings_of(name)
        if settings.kind not in (known := ENGINES.names()):
            raise ConfigError(
                f"there is no engine {settings.kind!r}, which its routes or engines name",
                path=self._root / SETTINGS,
                remedy=f"Engines: {', '.join(known)}.",
            )
        return ENGINES.get(settings.kind)(settings.options)

    def close(self) -> None:
        """Let go of all of them."""
        for engine in self._made.values():
            if engine is not None:
                engine.close()

    def _named(self, name: str) -> Engine | None:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> Engine | None:
        try:
            engine = self.construct(name)
        except EngineMissing as error:
            self._report(f"{name}: {error}")
            return None
        return self._managed(name, engine, self.settings_of(name))

    def _managed(self, name: str, engine: Engine, settings: EngineSettings) -> Engine:
        """The engine with its budgets and its memory, unless asking it costs nothing."""
        if not engine.capabilities.metered or not isinstance(self._store, DatabaseStore):
            return engine
        options = {key: value for key, value in settings.options.items() if key != "key"}
        version = json.dumps([settings.kind, options], sort_keys=True, default=str)
        return ManagedEngine(engine, name, StoredRecords(self._store), self._clock, settings.limits, version)


@contextmanager
def engine_pool(ledger: Ledger, report: Callable[[str], None]) -> Iterator[EnginePool]:
    """A pool of engines that is closed afterwards."""
    pool = EnginePool(ledger, report)
    try:
        yield pool
    finally:
        pool.close()
