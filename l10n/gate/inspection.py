"""Inspects one catalogue: its syntax, header, agreement with its source, completeness and targets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from l10n import disk
from l10n.catalogue import Message, Survey, read_survey
from l10n.catalogue.lexer import UNDONE_MERGE
from l10n.errors import CatalogueError, InputError
from l10n.gate import gettext_rules
from l10n.gate.catalogue_file import CatalogueFile
from l10n.gate.consistency import pair_digests
from l10n.gate.findings import CatalogueReport, LocatedFinding, PairDigests
from l10n.gate.goals import Goals, unmet_goals
from l10n.gate.header_rules import header_faults, told_locale
from l10n.gate.known_pairs import NO_KNOWN_PAIRS, KnownPairs, packed_pairs
from l10n.gate.outside_edits import outside_edits
from l10n.gate.wording import Wording, worded, worded_count, worded_list
from l10n.model import Severity

_OURS, _THEIRS = "<" * 7, ">" * 7
_MARKER = re.compile(rf"(?<!\S)(?:{_OURS}|{_THEIRS})(?!\S)")


def inspect_catalogue(file: CatalogueFile, goals: Goals, only: Sequence[str]) -> CatalogueReport:
    """Inspect a catalogue; ``only`` names the checks to run."""
    report = CatalogueReport(file.name, file.locale, file.release)
    try:
        if file.source_keys is not None and not disk.file_stamp(file.path):
            text = worded("there is no catalogue; run l10n update")
            return replace(report, findings=(_finding(report, 1, Severity.ERROR, "stale", text),))
        data = disk.read(file.path)
    except InputError as error:
        return _unreadable(report, error)
    return inspect_bytes(data, file, goals, only)


def inspect_bytes(
    data: bytes, file: CatalogueFile, goals: Goals, only: Sequence[str], past: KnownPairs | None = None
) -> CatalogueReport:
    """As ``inspect_catalogue``, given the bytes of the file.

    With the ``past`` of an earlier run the report also holds its own pairs, for the next run.
    """
    path = Path(file.path)
    try:
        survey = read_survey(data, path, rule=file.rule)
    except (CatalogueError, InputError) as error:
        return _unreadable(CatalogueReport(file.name, file.locale, file.release), error)
    report = CatalogueReport(
        file.name,
        file.locale or told_locale(survey, path),
        file.release,
        survey.counts,
        source_locale=file.source_locale or _header_source_locale(survey) or "en",
    )
    findings = [
        *header_faults(report, file, survey),
        *gettext_rules.charset_faults(report, data, survey),
        *_form(report, file, survey),
        *_undone_merges(report, data, survey),
    ]
    digests = PairDigests()
    folded: list[LocatedFinding] = []
    if only:
        from l10n.gate import checking, habits  # noqa: PLC0415  not where only completeness is asked for

        findings += checking.check_targets(report, file, survey, only, past or NO_KNOWN_PAIRS)
        digests = pair_digests(survey)
        findings, folded = habits.fold(report, survey, findings)
    faulty: dict[int, str] = {}
    for finding in findings:
        if finding.severity is Severity.ERROR and finding.source:
            faulty.setdefault(finding.line, finding.check)
    findings += unmet_goals(report, goals, survey, faulty)
    findings.sort(key=lambda finding: finding.line)
    pairs = b"" if past is None or not only else packed_pairs(survey, folded)
    return replace(report, findings=tuple(findings), pair_digests=digests, known_pairs=pairs)


def _unreadable(report: CatalogueReport, error: CatalogueError | InputError) -> CatalogueReport:
    text = worded("{problem}.", problem=worded(error.message.rstrip(".")))
    if error.remedy:
        text = worded("{problem} {remedy}", problem=text, remedy=worded(error.remedy))
    finding = _finding(report, error.line or 1, Severity.ERROR, "syntax", text)
    return replace(report, findings=(finding,), readable=False)


def _finding(
    report: CatalogueReport, line: int, severity: Severity, check: str, text: Wording
) -> LocatedFinding:
    return LocatedFinding(report.path, line, severity, check, text, report.locale, report.release)


def _header_source_locale(survey: Survey) -> str:
    return survey.headers.get("X-Source-Language", "").replace("_", "-")


def _segmentation_change(survey: Survey) -> list[Wording]:
    """The change of segmentation rules since, which explains differences without a changed source."""
    from l10n.catalogue.templates import SEGMENTATION  # noqa: PLC0415  most catalogues are in step
    from l10n.segment import VERSION  # noqa: PLC0415  the same

    version = survey.headers.get(SEGMENTATION, VERSION)
    if version == VERSION:
        return []
    return [worded("cut by rules {before}, which are {now} now", before=version, now=VERSION)]


def _differences(new: int, obsolete: int) -> list[Wording]:
    """What a catalogue lacks, and what only it has."""
    lacking = worded_count(
        "{count} of the source is missing here", "{count} of the source are missing here", new
    )
    extra = worded_count(
        "{count} is no longer in the source", "{count} are no longer in the source", obsolete
    )
    return [reason for number, reason in ((new, lacking), (obsolete, extra)) if number]


def _form(report: CatalogueReport, file: CatalogueFile, survey: Survey) -> Iterator[LocatedFinding]:
    """Errors that gettext reports after reading, disagreement with the source, and outside edits."""
    if file.source_keys is not None:
        keys = {message.key for message in survey.messages if not message.obsolete}
        source_keys = file.source_keys()
        new, obsolete = len(source_keys - keys), len(keys - source_keys)
        if new or obsolete:
            reasons = worded_list((*_differences(new, obsolete), *_segmentation_change(survey)))
            text = worded("out of step with its source ({reasons}); run l10n update", reasons=reasons)
            yield _finding(report, 1, Severity.ERROR, "stale", text)
    yield from _duplicates(report, survey)
    yield from gettext_rules.plural_faults(report, survey)
    yield from gettext_rules.format_faults(report, survey)
    yield from outside_edits(report, survey, file.rule)


def _duplicates(report: CatalogueReport, survey: Survey) -> Iterator[LocatedFinding]:
    for index, first_line in survey.repeated.items():
        source = repr(survey.messages[index].source[:60])
        text = worded("{source} stands twice, first on line {line}", source=source, line=first_line)
        if survey.messages[index].obsolete:
            text = worded("{problem}; delete these lines of #~", problem=text)
        yield _finding(report, survey.lines[index], Severity.ERROR, "duplicate", text)


def _undone_merges(report: CatalogueReport, data: bytes, survey: Survey) -> Iterator[LocatedFinding]:
    """Conflict markers within a text, where a file can be read for all of them; none that the source has."""
    if _OURS.encode() not in data and _THEIRS.encode() not in data:
        return
    for message, line in zip(survey.messages, survey.lines, strict=True):
        if pair := _marked(message):
            finding = _finding(report, line, Severity.ERROR, "syntax", worded(UNDONE_MERGE))
            yield finding._replace(context=message.context, source=pair[0], target=pair[1])


def _marked(message: Message) -> tuple[str, str] | None:
    """The source and the target that has a conflict marker; None where the source has one, or neither."""
    if message.obsolete:
        return None
    pairs = (pair for pair in message.pairs if _MARKER.search(pair[1]) and not _MARKER.search(pair[0]))
    return next(pairs, None)
