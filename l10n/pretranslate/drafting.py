"""What engines answer for sources, in batches, and why they failed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from l10n import origins
from l10n.engines import Draft, Engine, Outcome
from l10n.engines.managed import ManagedEngine
from l10n.errors import EngineBusy, EngineError, EngineSpent
from l10n.model import Entry, Match
from l10n.pretranslate.judging import Judge
from l10n.pretranslate.suggesting import Neighbours

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an engine failed for a source; ``source`` is "" when it failed altogether.

    ``engine`` is what the project calls it, and ``later`` whether it could not be asked just now.
    """

    engine: str
    source: str
    reason: str
    later: bool = False


def drafts_of(
    engine: Engine, entries: Sequence[Entry], judge: Judge, failures: list[Failure], around: Neighbours
) -> Iterator[dict[str, Outcome]]:
    """An engine's outcomes by source, a batch at a time; each source is asked once, as it stands first."""
    sources = list(dict.fromkeys(entry.source for entry in entries))
    first = {entry.source: around.get(entry.key, (None, None)) for entry in reversed(entries)}
    if not sources or not engine.supports(judge.source_locale, judge.target_locale):
        return
    size = engine.capabilities.max_batch or _BATCH
    for start in range(0, len(sources), size):
        batch = sources[start : start + size]
        try:
            with_context = batch if engine.capabilities.context else ()
            contexts = {source: judge.context(source, first[source]) for source in with_context}
            outcomes = engine.translate(batch, judge.source_locale, judge.target_locale, contexts)
        except EngineError as error:
            failures.append(failure_of(engine, "", error))
            return
        if len(outcomes) != len(batch):
            failures.append(
                Failure(name_in_project(engine), "", f"it gave {len(outcomes)} texts for {len(batch)}")
            )
            return
        yield dict(zip(batch, outcomes, strict=True))


def drafted(engine: Engine, draft: Draft, entry: Entry) -> Match:
    """What an engine drafted for an entry, as something that may fill it."""
    return Match(draft.text, "mt", 0, origins.machine(engine.name, draft.unknown), entry.source)


def name_in_project(engine: Engine) -> str:
    """The project's name for an engine; the origin of a target has the name of its kind only."""
    return engine.account if isinstance(engine, ManagedEngine) else engine.name


def failure_of(engine: Engine, source: str, error: EngineError) -> Failure:
    """What a person is told of an engine that failed for a source, "" for all of them."""
    reason = error.message.removeprefix(f"{engine.name}: ")
    return Failure(name_in_project(engine), source, reason, later=isinstance(error, EngineBusy | EngineSpent))
