"""Wraps an engine with a cache, character budgets, a rate limit, retries and a circuit breaker."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from threading import Event, Lock

from l10n import inline
from l10n.engines import (
    NO_CONTEXTS,
    Capabilities,
    Context,
    Contexts,
    Draft,
    Engine,
    Outcome,
    TraceStep,
    protect,
)
from l10n.engines.limits import Limits, Usage
from l10n.engines.protocol import count_mismatch
from l10n.engines.records import Records
from l10n.errors import EngineBusy, EngineFailed, EngineSpent

_TRIES = 3
_PATIENCE = 30.0  # the longest wait before a retry, in seconds
_BATCH = 50
_REMEMBERED = (TraceStep("remembered"),)
_ROOM = 200  # characters a target may have beyond four times its source


@dataclass(slots=True)
class ManagedEngine:
    """An engine as routes use it.

    Before a request: the cache, requests for the same text that are under way, the circuit breaker,
    the budgets and the rate limit.  After it: every draft is verified, and cached before it is
    returned.  ``account`` names the budgets, ``version`` is part of the cache key and changes with
    the settings that influence answers.
    """

    engine: Engine
    account: str
    records: Records
    clock: Callable[[], dt.datetime]
    limits: Limits = field(default_factory=Limits)
    version: str = ""
    sleep: Callable[[float], None] = time.sleep
    _flying: dict[str, Event] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def name(self) -> str:
        """The engine's own."""
        return self.engine.name

    @property
    def capabilities(self) -> Capabilities:
        """The engine's own."""
        return self.engine.capabilities

    def supports(self, source_locale: str, target_locale: str) -> bool:
        """As the engine says."""
        return self.engine.supports(source_locale, target_locale)

    def close(self) -> None:
        """Close the engine."""
        self.engine.close()

    def usage(self) -> Usage:
        """The characters used of its budgets today and this month."""
        return self.records.usage(self.account, self.clock().date())

    def translate(
        self, batch: Sequence[str], source_locale: str, target_locale: str, contexts: Contexts = NO_CONTEXTS
    ) -> list[Outcome]:
        """A draft for each source, cached or new; raises as the engine does."""
        usable = contexts if self.capabilities.context else NO_CONTEXTS
        keys = {
            source: self._key(source, source_locale, target_locale, usable.get(source)) for source in batch
        }
        outcomes: dict[str, Outcome] = dict(self._cached(keys))
        mine, events = self._take([source for source in keys if source not in outcomes], keys)
        try:
            size = self.capabilities.max_batch or _BATCH
            for start in range(0, len(mine), size):
                chunk = mine[start : start + size]
                outcomes |= self._ask(chunk, keys, source_locale, target_locale, usable)
        finally:
            self._give_back(mine, keys)
        for event in events.values():
            event.wait()
        late = self._cached({source: keys[source] for source in events})
        failure = EngineFailed(f"{self.name}: it was asked this at the same time, and failed")
        return [outcomes.get(source) or late.get(source) or failure for source in batch]

    def _key(self, source: str, source_locale: str, target_locale: str, context: Context | None) -> str:
        parts: list[object] = [self.account, self.name, self.version, source_locale, target_locale, source]
        parts += [] if context is None else [astuple(context)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def _cached(self, keys: Mapping[str, str]) -> dict[str, Draft]:
        """The valid cached drafts, by source."""
        answers = self.records.answers(keys.values())
        drafts = {
            source: replace(answers[key], trace=_REMEMBERED) for source, key in keys.items() if key in answers
        }
        return {source: draft for source, draft in drafts.items() if not why_unsound(source, draft)}

    def _take(self, sources: Sequence[str], keys: Mapping[str, str]) -> tuple[list[str], dict[str, Event]]:
        """The sources to request, and the events to wait for of those that another thread is requesting."""
        with self._lock:
            events = {
                source: self._flying[keys[source]] for source in sources if keys[source] in self._flying
            }
            mine = [source for source in sources if source not in events]
            self._flying |= {keys[source]: Event() for source in mine}
            return mine, events

    def _give_back(self, sources: Sequence[str], keys: Mapping[str, str]) -> None:
        with self._lock:
            for source in sources:
                self._flying.pop(keys[source]).set()

    def _ask(
        self,
        sources: Sequence[str],
        keys: Mapping[str, str],
        source_locale: str,
        target_locale: str,
        contexts: Contexts,
    ) -> dict[str, Outcome]:
        outcomes = self._ask_with_retries(sources, source_locale, target_locale, contexts)
        verified = {source: self._verified(source, outcome) for source, outcome in outcomes.items()}
        drafts = {keys[source]: draft for source, draft in verified.items() if isinstance(draft, Draft)}
        if drafts:
            self.records.remember(drafts, self.clock())
        return verified

    def _ask_with_retries(
        self, sources: Sequence[str], source_locale: str, target_locale: str, contexts: Contexts
    ) -> dict[str, Outcome]:
        """The engine's outcomes; what it was too busy for is asked a few times."""
        pair = f"{source_locale}-{target_locale}"
        outcomes: dict[str, Outcome] = {}
        waiting = list(sources)
        for attempt in range(_TRIES):
            if refusal := self._refusal(waiting, pair, contexts):
                return dict.fromkeys(waiting, refusal) | outcomes
            self._keep_pace()
            answered = self._counted(
                waiting, self.engine.translate(waiting, source_locale, target_locale, contexts)
            )
            outcomes |= answered
            busy = {
                source: outcome for source, outcome in answered.items() if isinstance(outcome, EngineBusy)
            }
            if len(busy) < len(waiting):
                self.records.worked(self.account, pair)
            else:
                self.records.failed(self.account, pair, self.clock())
            wait = max((outcome.wait for outcome in busy.values()), default=0.0) or 2**attempt
            if not busy or wait > _PATIENCE or attempt == _TRIES - 1:
                break
            self.sleep(wait * random.uniform(1.0, 1.3))  # noqa: S311 - spreads callers out, hides nothing
            waiting = list(busy)
        return outcomes

    def _counted(self, sources: Sequence[str], outcomes: Sequence[Outcome]) -> dict[str, Outcome]:
        """The outcomes by source, all of them failures where there are not as many."""
        if len(outcomes) == len(sources):
            return dict(zip(sources, outcomes, strict=True))
        return dict.fromkeys(sources, count_mismatch(self.name, len(outcomes), len(sources)))

    def _refusal(self, sources: Sequence[str], pair: str, contexts: Contexts) -> EngineFailed | None:
        """Why it is not to be asked now; None once the characters are taken from its budget."""
        now = self.clock()
        until = self.records.closed_until(self.account, pair)
        if until is not None and now < until:
            return EngineBusy(
                f"{self.name}: it failed too often and is left alone until {until:%H:%M} UTC",
                wait=(until - now).total_seconds(),
            )
        characters = sum(map(len, sources))
        if self.capabilities.context_counts:
            characters += sum(contexts[source].size for source in sources if source in contexts)
        if self.records.reserve(self.account, characters, self.limits, now.date()):
            return None
        return EngineSpent(
            f"{self.name}: its budget (characters_per_day, characters_per_month) has no room for so much",
            remedy="Raise characters_per_day or characters_per_month, or wait.",
        )

    def _keep_pace(self) -> None:
        if not self.limits.requests_per_minute:
            return
        now = self.clock()
        at = self.records.turn(self.account, self.limits.requests_per_minute, now)
        if at > now:
            self.sleep((at - now).total_seconds())

    def _verified(self, source: str, outcome: Outcome) -> Outcome:
        if isinstance(outcome, EngineFailed) or not (reason := why_unsound(source, outcome)):
            return outcome
        return EngineFailed(f"{self.name}: {reason}")


def why_unsound(source: str, draft: Draft) -> str:
    """Why a draft cannot stand for a source, "" when it can."""
    if source.strip() and not draft.text.strip():
        return "its answer is empty"
    if len(draft.text) > 4 * len(source) + _ROOM:
        return "its answer is much too long"
    if draft.codes_missing:
        return "its answer has codes after all" if inline.codes_of(draft.text) else ""
    return "; ".join(protect.damage(source, draft.text))
