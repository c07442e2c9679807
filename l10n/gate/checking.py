"""Runs the checks over the targets of a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from l10n import checks, conventions
from l10n.catalogue import Message, Silence, Survey, silences
from l10n.checks import CheckContext, markup
from l10n.errors import ConfigError
from l10n.gate.catalogue_file import CatalogueFile
from l10n.gate.findings import CatalogueReport, LocatedFinding
from l10n.gate.format_strings import decides
from l10n.gate.gettext_rules import form_of_nothing, forms_of_few
from l10n.gate.known_pairs import NO_KNOWN_PAIRS, KnownPairs
from l10n.gate.wording import Wording, worded
from l10n.lengths import LengthRatio
from l10n.model import Finding, Kind, Severity

if TYPE_CHECKING:
    from l10n.glossary import Glossary

_KINDS = frozenset(kind.value for kind in Kind)
_EXAMPLE = "# l10n-ok: numbers -- why it is right"
_DENYING = "negation"  # what the form for the number 0 may do and its source does not: "no files"
_REMEMBERED = 1 << 12  # pairs of one language, and those of one catalogue more


def check_targets(
    report: CatalogueReport,
    file: CatalogueFile,
    survey: Survey,
    only: Sequence[str],
    past: KnownPairs = NO_KNOWN_PAIRS,
) -> Iterator[LocatedFinding]:
    """Yield the findings of the checks in all targets but fuzzy ones, which nobody has decided yet.

    Pairs that ``past`` knows are not checked again.
    """
    if unusable := _unusable_locale(report, survey):
        yield unusable
        return
    context = _context(report.source_locale, report.locale or "und", file.glossary, file.length_ratio)
    names = tuple(only)
    cache = _findings_cache(context, names)
    cache.keep_small()
    findings_by_pair = cache.by_pair
    of_nothing, of_few = form_of_nothing(survey), forms_of_few(survey)
    for message, line in zip(survey.messages, survey.lines, strict=True):
        if message in cache.quiet:
            continue
        findings: list[tuple[str, str, Sequence[Finding]]] = []
        whole = len(message.pairs) == message.forms
        for form, (source, target) in enumerate(message.pairs if message.public else ()):
            pair_findings = findings_by_pair.get((source, target, message.kind))
            if pair_findings is None:
                pair_findings = _pair_findings(source, target, message.kind, context, names, past)
                findings_by_pair[source, target, message.kind] = pair_findings
            if not pair_findings:
                continue
            if message.format or whole:
                nothing, few = whole and form == of_nothing, whole and form in of_few
                pair_findings = _that_count(pair_findings, message.format, nothing, few)
            findings.append((source, target, pair_findings))
        if findings or (message.public and "l10n-ok:" in message.comment):
            yield from _located(report, message, line, findings)
        else:  # whatever the plural rule of the file says
            cache.quiet.add(message)


def _unusable_locale(report: CatalogueReport, survey: Survey) -> LocatedFinding | None:
    """What keeps the conventions of the two languages from being read, None when nothing does."""
    try:
        conventions.load(report.locale or "und")
        conventions.load(report.source_locale)
    except ConfigError as error:
        text, line = worded(error.message), survey.header or 1
        return LocatedFinding(
            report.path, line, Severity.ERROR, "header", text, report.locale, report.release
        )
    return None


def _that_count(
    findings: Iterable[Finding],
    flag: str,
    of_nothing: bool,  # noqa: FBT001 - for each form of thousands
    of_few: bool,  # noqa: FBT001 - the same
) -> list[Finding]:
    """The findings in a form of a message without those that its form, or its flag, decides otherwise."""
    kept = []
    for finding in findings:
        if finding.check == _DENYING and of_nothing:
            continue
        if finding.check == markup.ID and (argument := dict(finding.values).get("argument")):
            if of_few and finding.template == markup.LACKING:
                continue
            if flag and decides(flag, argument):
                continue
        kept.append(finding)
    return kept


@lru_cache(maxsize=64)
def _context(
    source_locale: str,
    target_locale: str,
    glossary: Callable[[], Glossary | None] | None,
    band: LengthRatio | None,
) -> CheckContext:
    """The context that all catalogues of one language share, so that caches keyed by it work."""
    terms = glossary() if glossary else None
    return checks.check_context(source_locale, target_locale, glossary=terms, band=band)


def _pair_findings(
    source: str, target: str, kind: str, context: CheckContext, only: tuple[str, ...], past: KnownPairs
) -> Sequence[Finding]:
    """The findings in a pair, from an earlier run if it knew the pair."""
    findings = past.findings(source, target, kind)
    if findings is None:
        kind_name = kind if kind in _KINDS else Kind.PARAGRAPH.value
        findings = checks.run_checks(source, target, context, kind=kind_name, only=only)
    return findings


@dataclass(frozen=True, slots=True)
class _FindingsCache:
    """What releases repeat is checked once: findings by source, target and kind, and entries without any."""

    by_pair: dict[tuple[str, str, str], Sequence[Finding]] = field(default_factory=dict)
    quiet: set[Message] = field(default_factory=set)

    def keep_small(self) -> None:
        """Forget everything once it is too much."""
        for remembered in (self.by_pair, self.quiet):
            if len(remembered) >= _REMEMBERED:
                remembered.clear()


@lru_cache(maxsize=64)
def _findings_cache(
    context: CheckContext,  # noqa: ARG001 - the findings depend on it
    only: tuple[str, ...],  # noqa: ARG001 - the same
) -> _FindingsCache:
    return _FindingsCache()


def _located(
    report: CatalogueReport,
    message: Message,
    line: int,
    findings: Sequence[tuple[str, str, Sequence[Finding]]],
) -> Iterator[LocatedFinding]:
    """Findings of an entry with their places, given those of each of its pairs, and wrong silences."""
    entry_silences = silences(message.comment)
    silenced = {silence.check: silence.reason for silence in entry_silences if silence.reason}
    for source, target, pair_findings in findings:
        for finding in pair_findings:
            reason = silenced.get(finding.check, "")
            yield LocatedFinding(
                report.path,
                line,
                Severity.INFO if reason else finding.severity,
                finding.check,
                _silenced_text(finding.message, reason) if reason else finding.message,
                report.locale,
                report.release,
                message.context,
                source,
                target,
                finding.start,
                finding.end,
                finding.source_start,
                finding.source_end,
                reason,
            )
    yield from _wrong_silences(report, message, line, entry_silences)


def _wrong_silences(
    report: CatalogueReport, message: Message, line: int, entry_silences: Iterable[Silence]
) -> Iterator[LocatedFinding]:
    for silence in entry_silences:
        if text := _fault_of(silence):
            yield LocatedFinding(
                report.path,
                line,
                Severity.WARNING,
                "silence",
                text,
                report.locale,
                report.release,
                message.context,
                message.source,
                message.target,
            )


def _fault_of(silence: Silence) -> Wording | None:
    """What is wrong with a line that silences a check, None when it does."""
    example = worded(_EXAMPLE)
    if silence.check not in _silenceable():
        return worded(
            "a line “l10n-ok:” names no check ({check}); write “{example}”",
            check=repr(silence.check),
            example=example,
        )
    if not silence.reason:
        return worded("a line “l10n-ok:” gives no reason; write “{example}”", example=example)
    return None


def _silenced_text(message: str, reason: str) -> Wording:
    return worded("{message} (silenced: {reason})", message=worded(message), reason=reason)


@cache
def _silenceable() -> frozenset[str]:
    return frozenset((*checks.names(), "spelling"))
