"""Fills empty entries with the best target from memory, glossary and engines, and records its origin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from l10n import inline, origins
from l10n.checks import check_pair
from l10n.engines import Context, Draft, Engine, Outcome, TermHint, TraceStep
from l10n.engines.copy import wordless
from l10n.engines.managed import ManagedEngine
from l10n.errors import EngineBusy, EngineError, EngineFailed, EngineSpent
from l10n.glossary import Glossary, Status, Term
from l10n.inline import Role
from l10n.model import Catalogue, Entry, Finding, Key, Match, Severity, State
from l10n.progress import ProgressCallback
from l10n.substitution import in_target_notation

EXACT = 100
LEAST = 75
_BATCH = 200
_ORIGIN = 24
_AROUND = 500  # characters of a neighbour that an engine is told

Neighbours = Mapping[Key, tuple[str | None, str | None]]


class Lookup(Protocol):
    """A memory as pre-translation uses it."""

    def lookup(
        self,
        source: str,
        *,
        target_locale: str,
        limit: int = 3,
        threshold: float = 0.7,
        before: str | None = None,
        after: str | None = None,
    ) -> list[Match]:
        """The best matches for a source, best first."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an engine failed for a source; ``source`` is "" when it failed altogether.

    ``engine`` is what the project calls it, and ``later`` whether it could not be asked just now.
    """

    engine: str
    source: str
    reason: str
    later: bool = False


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
    anything in which the checks see an error.  A candidate with the wrong codes is passed over.
    ``neighbours`` gives the sources before and after an entry, by its key; without it the order
    of the catalogue does; "" says that there is none.  ``progress`` hears how many of how many
    entries are settled.
    """
    empty = [entry for entry in catalogue.live if not entry.target.strip()]
    judge = _Judge(source_locale, catalogue.locale, glossary)
    around = neighbours_of(catalogue) if neighbours is None else neighbours
    filled: dict[Key, Entry] = {}
    report_progress = progress or _ignore
    for entry in empty:
        matches = _leverage(entry, judge, memory, around.get(entry.key, (None, None)))
        if filled_entry := next(filter(None, (judge.filled(entry, match) for match in matches)), None):
            filled[entry.key] = filled_entry
            report_progress(len(filled), len(empty))
    failures: list[Failure] = []
    for engine in route:
        waiting = [entry for entry in empty if entry.key not in filled]
        for drafts in _drafts(engine, waiting, judge, failures, around):
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
    judge = _Judge(source_locale, target_locale, glossary)
    matches = list(_leverage(entry, judge, memory, (before, after)))
    for engine in route:
        for drafts in _drafts(engine, [entry], judge, [], {entry.key: (before, after)}):
            matches.extend(
                _match(engine, draft, entry)
                for draft in drafts.values()
                if isinstance(draft, Draft) and draft.text.strip()
            )
    by_text: dict[str, Match] = {}
    for match in matches:
        by_text.setdefault(match.target, match)
    return list(by_text.values())


@dataclass(frozen=True, slots=True)
class Correction:
    """A draft after a correction of what ``check`` looks at."""

    check: str
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate target from memory, glossary or an engine, with how it was judged.

    ``origin`` names it ("tm:marseille:97", "mt:apertium"); ``trace`` say what an engine was asked and
    answered, ``way`` how the codes came through, ``text`` is what came of it, "" for nothing, and ``mends``
    what was put right in that since.  ``verdict`` says what the result is good for, ``findings`` are those of
    the checks, and ``filled`` is the entry with it, None where it does not fit.
    """

    origin: str
    text: str
    verdict: str
    way: str = ""
    findings: tuple[Finding, ...] = ()
    trace: tuple[TraceStep, ...] = ()
    mends: tuple[Correction, ...] = ()
    filled: Entry | None = None


def explain(
    entry: Entry,
    *,
    source_locale: str,
    target_locale: str,
    memory: Lookup | None = None,
    glossary: Glossary | None = None,
    route: Sequence[Engine] = (),
    around: tuple[str | None, str | None] = (None, None),
) -> Iterator[Candidate]:
    """Everything pre-translation would look at for a segment, in its order, also past the first that fits."""
    judge = _Judge(source_locale, target_locale, glossary)
    settled = False
    for match in _leverage(entry, judge, memory, around):
        step = _weighed(entry, match, judge, settled=settled)
        settled = settled or step.verdict in _GOOD
        yield step
    for engine in route:
        if not engine.supports(source_locale, target_locale):
            yield Candidate(f"mt:{engine.name}", "", "does not know the pair here")
            continue
        failures: list[Failure] = []
        for drafts in _drafts(engine, [entry], judge, failures, {entry.key: around}):
            for outcome in drafts.values():
                if isinstance(outcome, EngineFailed):
                    failures.append(_failure(engine, entry.source, outcome))
                    continue
                weighed = _weighed(entry, _match(engine, outcome, entry), judge, settled=settled)
                step = replace(weighed, way=outcome.way, trace=outcome.trace)
                settled = settled or step.verdict in _GOOD
                yield step
        for failure in failures:
            yield Candidate(f"mt:{engine.name}", "", f"failed: {failure.reason}")


_FITS, _DRAFT = "fills it as translated", "fills it as a draft that a person has to look at"
_GOOD = frozenset({_FITS, _DRAFT})
_MENDED = ("controls", "quotation", "spacing")
"""Checks whose corrections a machine's draft is given: how a language is typed, never what is said."""


def _weighed(entry: Entry, match: Match, judge: _Judge, *, settled: bool) -> Candidate:
    mends, findings = judge.mended(entry.source, match.target) if match.kind == "mt" else ((), None)
    if findings is None:
        findings = judge.findings(entry.source, match.target)
    filled = judge.filled(entry, match)
    if filled is None:
        verdict = "is passed over: its codes do not fit" if match.target.strip() else "gave no text"
    elif settled:
        verdict = "is not needed any more"
    else:
        verdict = _DRAFT if filled.fuzzy else _FITS
    return Candidate(
        origin(match), match.target, verdict, findings=tuple(findings), mends=tuple(mends), filled=filled
    )


class _Judge:
    """Decides which candidate may become the target of an entry, and in which state."""

    def __init__(self, source_locale: str, target_locale: str, glossary: Glossary | None) -> None:
        self.source_locale = source_locale
        self.target_locale = target_locale
        self.glossary = glossary
        terms = glossary.terms(source_locale, target_locale) if glossary else ()
        self.terms = {term.source: term.target for term in terms if _settles(term.status) and term.target}

    def mended(self, source: str, draft: str) -> tuple[list[Correction], list[Finding]]:
        """The certain corrections of an engine's draft, one by one, and the findings of what comes out.

        Numbers that the engine left as the source writes them come first.
        """
        mends: list[Correction] = []
        locales = (self.source_locale, self.target_locale)
        if (localised := in_target_notation(source, draft, locales)) != draft:
            mends.append(Correction("numbers", localised))
        findings = self.findings(source, localised)
        for _ in _MENDED:
            correctable = next(
                (finding for finding in findings if finding.check in _MENDED and finding.fix), None
            )
            if correctable is None or not correctable.fix:
                break
            mends.append(Correction(correctable.check, correctable.fix))
            findings = self.findings(source, correctable.fix)
        return mends, findings

    def filled(self, entry: Entry, match: Match) -> Entry | None:
        """The entry with a match as its target, None when the codes differ."""
        target = match.target
        if match.kind == "mt":
            mends, findings = self.mended(entry.source, target)
            target = mends[-1].text if mends else target
        else:
            findings = self.findings(entry.source, target)
        failed_checks = {finding.check for finding in findings if finding.severity is Severity.ERROR}
        if "codes" in failed_checks or not target.strip():
            return None
        if match.kind == "copy":
            failed_checks.discard("untranslated")
        fuzzy = match.kind == "mt" or match.score < EXACT or bool(failed_checks)
        return replace(
            entry,
            target=target,
            fuzzy=fuzzy,
            state=State.TRANSLATED,
            origin=origin(match),
            actor="",
            previous=match.source if fuzzy and match.source != entry.source else "",
        )

    def findings(self, source: str, target: str) -> list[Finding]:
        """The findings of the checks in a candidate."""
        return check_pair(
            source,
            target,
            source_locale=self.source_locale,
            target_locale=self.target_locale,
            glossary=self.glossary,
        )

    def context(self, source: str, around: tuple[str | None, str | None]) -> Context:
        """The context of a source for engines: its neighbours without addresses, and its terms."""
        before, after = (_words(neighbour or "") for neighbour in around)
        return Context(before[-_AROUND:], after[:_AROUND], tuple(self._term_hints(source)))

    def _term_hints(self, source: str) -> Iterator[TermHint]:
        if self.glossary is None:
            return
        hits = self.glossary.find(inline.plain(source), self.source_locale, self.target_locale)
        by_source: dict[str, list[Term]] = {}
        for term in dict.fromkeys(hit.term for hit in hits):
            by_source.setdefault(term.source, []).append(term)
        for term_source, terms in by_source.items():
            use = [term.target for term in terms if term.status is Status.REQUIRED]
            use += [term.target for term in terms if term.status is Status.PREFERRED]
            use += [term.target or term_source for term in terms if term.status is Status.DO_NOT_TRANSLATE]
            avoid = (term.target for term in terms if term.status is Status.FORBIDDEN)
            yield TermHint(term_source, tuple(use), tuple(avoid))

    def wordless(self, source: str) -> bool:
        """Whether a source is its own translation."""
        return wordless(source, self.source_locale, self.target_locale)


def _words(source: str) -> str:
    """A neighbour's words; an address or a number to call is nobody's business but its reader's."""
    runs = inline.split_locked_values(inline.plain(source))
    return "".join("…" if run.role is Role.VALUE else run.text for run in runs)


def origin(match: Match) -> str:
    """Where a target came from, short enough for its comment line: ``tm:marseille:100``."""
    name = "".join(char if char.isprintable() and not char.isspace() else "-" for char in match.origin)
    score = f":{match.score}" if match.kind in {"icm", "idm", "tm"} else ""
    return name[: _ORIGIN - len(score)].rstrip(":") + score


def _ignore(done: int, total: int) -> None:
    del done, total


def _settles(status: Status) -> bool:
    return status in {Status.REQUIRED, Status.PREFERRED}


def _leverage(
    entry: Entry, judge: _Judge, memory: Lookup | None, around: tuple[str | None, str | None]
) -> Iterator[Match]:
    """The matches from the memory and the glossary, without asking a machine, best first."""
    if judge.wordless(entry.source):
        yield Match(entry.source, "copy", EXACT, "copy", entry.source)
    before, after = around
    look: Callable[..., list[Match]] | None = None
    # What is similar is looked for only where what is the same was not taken: it takes ten times as long.
    if memory is not None:
        look = partial(
            memory.lookup, entry.source, target_locale=judge.target_locale, before=before, after=after
        )
        yield from look(threshold=EXACT / 100)
    if target := judge.terms.get(entry.source.strip()):
        yield Match(target, "tb", EXACT, "tb", entry.source)
    if look is not None:
        yield from (match for match in look(threshold=LEAST / 100) if match.score < EXACT)


def neighbours_of(catalogue: Catalogue) -> Neighbours:
    """The sources before and after each entry, by its key, "" where there is none."""
    live = catalogue.live
    sources = ["", *(entry.source for entry in live), ""]
    return {entry.key: (sources[index], sources[index + 2]) for index, entry in enumerate(live)}


def _drafts(
    engine: Engine, entries: Sequence[Entry], judge: _Judge, failures: list[Failure], around: Neighbours
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
            failures.append(_failure(engine, "", error))
            return
        if len(outcomes) != len(batch):
            failures.append(
                Failure(name_in_project(engine), "", f"it gave {len(outcomes)} texts for {len(batch)}")
            )
            return
        yield dict(zip(batch, outcomes, strict=True))


def _match(engine: Engine, draft: Draft, entry: Entry) -> Match:
    return Match(draft.text, "mt", 0, origins.machine(engine.name, draft.unknown), entry.source)


def _fill(
    engine: Engine,
    waiting: Sequence[Entry],
    drafts: Mapping[str, Outcome],
    judge: _Judge,
    failures: list[Failure],
) -> dict[Key, Entry]:
    """The waiting entries that a batch of drafts fills; the failures are noted once a source."""
    filled: dict[Key, Entry] = {}
    refused: dict[str, Failure] = {}
    for entry in waiting:
        draft = drafts.get(entry.source)
        if isinstance(draft, EngineFailed):
            refused[entry.source] = _failure(engine, entry.source, draft)
        elif draft is not None:
            if filled_entry := judge.filled(entry, _match(engine, draft, entry)):
                filled[entry.key] = filled_entry
            else:
                reason = "its codes do not fit" if draft.text.strip() else "it gave no text"
                refused[entry.source] = Failure(name_in_project(engine), entry.source, reason)
    failures.extend(refused.values())
    return filled


def name_in_project(engine: Engine) -> str:
    """The project's name for an engine; the origin of a target has the name of its kind only."""
    return engine.account if isinstance(engine, ManagedEngine) else engine.name


def _failure(engine: Engine, source: str, error: EngineError) -> Failure:
    reason = error.message.removeprefix(f"{engine.name}: ")
    return Failure(name_in_project(engine), source, reason, later=isinstance(error, EngineBusy | EngineSpent))


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
