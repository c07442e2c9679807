"""Fills empty entries with the best target from memory, glossary and engines, and records its origin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from l10n import origins
from l10n.engines import Draft, Engine, Outcome
from l10n.errors import EngineFailed
from l10n.glossary import Glossary
from l10n.model import Catalogue, Entry, Key, Match
from l10n.pretranslate.drafting import Failure, drafted, drafts_of, failure_of, name_in_project
from l10n.pretranslate.judging import Judge
from l10n.pretranslate.suggesting import Lookup, Neighbours, leverage, neighbours_of
from l10n.progress import ProgressCallback


@dataclass(frozen=True, slots=True)
class Report:
    """What pre-translation did.

    ``filled`` counts entries by where their targets came from ("tm", "tb", "copy",
    "mt:apertium"), ``fuzzy`` those of them a person has to look at, ``left`` those still empty.
    """

    filled: Mapping[str, int] = field(default_factory=dict)
    fuzzy: int = 0
    left: int = 0
    failures: tuple[Failure, ...] = ()


def pretranslate(
    catalogue: Catalogue,
    *,
    source_locale: str,
    memory: Lookup | None = None,
    glossary: Glossary | None = None,
    route: Sequence[Engine] = (),
    neighbours: Neighbours | None = None,
    progress: ProgressCallback | None = None,
) -> tuple[Catalogue, Report]:
    """The catalogue with its empty entries filled where something fits, and what was done.

    An entry with a target is never touched.  Exact matches, glossary terms and wordless sources
    become *translated*; similar matches and machine drafts are fuzzy as well, and so is
    anything in which the checks see an error.  A candidate with the wrong codes is passed over, and
    so is a draft that repeats its source or is in another language than the catalogue's.
    ``neighbours`` gives the sources before and after an entry, by its key; without it the order
    of the catalogue does; "" says that there is none.  ``progress`` hears how many of how many
    entries are settled.
    """
    empty = [entry for entry in catalogue.live if not entry.target.strip()]
    judge = Judge(source_locale, catalogue.locale, glossary)
    around = neighbours_of(catalogue) if neighbours is None else neighbours
    filled: dict[Key, Entry] = {}
    report_progress = progress or _ignore
    for entry in empty:
        matches = leverage(entry, judge, memory, around.get(entry.key, (None, None)))
        if filled_entry := next(filter(None, (judge.filled(entry, match) for match in matches)), None):
            filled[entry.key] = filled_entry
            report_progress(len(filled), len(empty))
    failures: list[Failure] = []
    for engine in route:
        waiting = [entry for entry in empty if entry.key not in filled]
        for drafts in drafts_of(engine, waiting, judge, failures, around):
            filled |= _fill(engine, waiting, drafts, judge, failures)
            report_progress(len(filled), len(empty))
    report_progress(len(empty), len(empty))
    entries = tuple(
        filled.get(entry.key, entry) if not entry.obsolete else entry for entry in catalogue.entries
    )
    return replace(catalogue, entries=entries), _report(empty, filled, failures)


def candidates(
    entry: Entry,
    *,
    source_locale: str,
    target_locale: str,
    memory: Lookup | None = None,
    glossary: Glossary | None = None,
    route: Sequence[Engine] = (),
    before: str | None = None,
    after: str | None = None,
) -> list[Match]:
    """Suggestions for one segment: memory, glossary, then each engine's draft, no text twice.

    Drafts whose codes were lost are suggested as well; engines that fail are left out.
    """
    judge = Judge(source_locale, target_locale, glossary)
    matches = list(leverage(entry, judge, memory, (before, after)))
    for engine in route:
        for drafts in drafts_of(engine, [entry], judge, [], {entry.key: (before, after)}):
            matches.extend(
                drafted(engine, draft, entry)
                for draft in drafts.values()
                if isinstance(draft, Draft) and draft.text.strip()
            )
    by_text: dict[str, Match] = {}
    for match in matches:
        by_text.setdefault(match.target, match)
    return list(by_text.values())


def _fill(
    engine: Engine,
    waiting: Sequence[Entry],
    drafts: Mapping[str, Outcome],
    judge: Judge,
    failures: list[Failure],
) -> dict[Key, Entry]:
    """The waiting entries that a batch of drafts fills; the failures are noted once a source."""
    filled: dict[Key, Entry] = {}
    refused: dict[str, Failure] = {}
    for entry in waiting:
        draft = drafts.get(entry.source)
        if isinstance(draft, EngineFailed):
            refused[entry.source] = failure_of(engine, entry.source, draft)
        elif draft is not None:
            match = drafted(engine, draft, entry)
            if filled_entry := judge.filled(entry, match):
                filled[entry.key] = filled_entry
            else:
                reason = judge.why_unfit(entry.source, match)
                refused[entry.source] = Failure(name_in_project(engine), entry.source, reason)
    failures.extend(refused.values())
    return filled


def _ignore(done: int, total: int) -> None:
    del done, total


def _report(empty: Sequence[Entry], filled: Mapping[Key, Entry], failures: Sequence[Failure]) -> Report:
    counts = Counter(_family(entry.origin) for entry in filled.values())
    return Report(
        dict(sorted(counts.items())),
        sum(entry.fuzzy for entry in filled.values()),
        len(empty) - len(filled),
        tuple(failures),
    )


def _family(name: str) -> str:
    return origins.plain(name) if origins.engine(name) else name.partition(":")[0]
