"""Everything pre-translation looks at for one segment, past the first that fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from l10n.engines import Engine, TraceStep
from l10n.errors import EngineFailed
from l10n.glossary import Glossary
from l10n.model import Entry, Finding, Match
from l10n.pretranslate.drafting import Failure, drafted, drafts_of, failure_of
from l10n.pretranslate.judging import Correction, Judge, origin
from l10n.pretranslate.suggesting import Lookup, leverage

_FITS, _DRAFT = "fills it as translated", "fills it as a draft that a person has to look at"
_GOOD = frozenset({_FITS, _DRAFT})


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
    judge = Judge(source_locale, target_locale, glossary)
    settled = False
    for match in leverage(entry, judge, memory, around):
        step = _weighed(entry, match, judge, settled=settled)
        settled = settled or step.verdict in _GOOD
        yield step
    for engine in route:
        if not engine.supports(source_locale, target_locale):
            yield Candidate(f"mt:{engine.name}", "", "does not know the pair here")
            continue
        failures: list[Failure] = []
        for drafts in drafts_of(engine, [entry], judge, failures, {entry.key: around}):
            for outcome in drafts.values():
                if isinstance(outcome, EngineFailed):
                    failures.append(failure_of(engine, entry.source, outcome))
                    continue
                weighed = _weighed(entry, drafted(engine, outcome, entry), judge, settled=settled)
                step = replace(weighed, way=outcome.way, trace=outcome.trace)
                settled = settled or step.verdict in _GOOD
                yield step
        for failure in failures:
            yield Candidate(f"mt:{engine.name}", "", f"failed: {failure.reason}")


def _weighed(entry: Entry, match: Match, judge: Judge, *, settled: bool) -> Candidate:
    mends, findings = judge.mended(entry.source, match.target) if match.kind == "mt" else ((), None)
    if findings is None:
        findings = judge.findings(entry.source, match.target)
    filled = judge.filled(entry, match)
    if filled is None:
        reason = judge.why_unfit(entry.source, match)
        verdict = f"is passed over: {reason}" if match.target.strip() else "gave no text"
    elif settled:
        verdict = "is not needed any more"
    else:
        verdict = _DRAFT if filled.fuzzy else _FITS
    return Candidate(
        origin(match), match.target, verdict, findings=tuple(findings), mends=tuple(mends), filled=filled
    )
