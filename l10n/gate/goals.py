"""Completeness goals for each language, and findings where they are not met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from l10n.catalogue import Counts, Survey
from l10n.catalogue.counts import Progress
from l10n.gate.findings import CatalogueReport, LocatedFinding
from l10n.model import Severity

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Goals:
    """How complete catalogues have to be.

    ``approved`` and ``translated`` are percentages of the segments per locale, "*" for any
    other.  A catalogue of every ``required`` locale has to exist, approved in full unless
    ``approved`` asks for less; findings in an ``optional`` one do not fail the gate.
    """

    approved: Mapping[str, int] = field(default_factory=dict)
    translated: Mapping[str, int] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()

    def least_approved(self, locale: str) -> int:
        """The percentage of segments that have to be approved, 0 without a goal."""
        least = self.approved.get(locale)
        if least is not None:
            return least
        return 100 if locale in self.required else self.approved.get("*", 0)

    def least_translated(self, locale: str) -> int:
        """The percentage of segments that need a target that is not fuzzy, 0 without a goal."""
        return self.translated.get(locale, self.translated.get("*", 0))

    def named(self) -> set[str]:
        """The locales that a goal names."""
        named = {
            locale
            for percentages in (self.approved, self.translated)
            for locale, least in percentages.items()
            if least
        }
        return (named | self.required) - {"*"} - self.optional


def unmet_goals(
    report: CatalogueReport, goals: Goals, survey: Survey, faulty: Mapping[int, str]
) -> Iterator[LocatedFinding]:
    """Yield a finding, with its reasons, for each goal that a catalogue does not reach.

    ``faulty`` maps the lines of entries with errors to the check of the first error.
    """
    counts = report.counts
    approved, translated = goals.least_approved(report.locale), goals.least_translated(report.locale)
    if not counts.total:
        if approved or translated:
            yield _finding(report, f"{report.locale or 'it'}: the catalogue holds no segments")
        return
    of_release = f" of `{report.release}`" if report.release else ""
    if counts.approved * 100 < approved * counts.total:
        remaining = counts.total - counts.approved
        text = f"{report.locale}: {remaining} of {counts.total} segments{of_release} not approved"
        yield _finding(report, f"{text}{_percent(approved)}; {_why(counts, survey, faulty)}")
    if counts.translated * 100 < translated * counts.total:
        remaining = counts.total - counts.translated
        text = f"{report.locale}: {remaining} of {counts.total} segments{of_release} not translated"
        yield _finding(report, f"{text}{_percent(translated)}; {_lacking(counts)}")


def missing_catalogues(
    goals: Goals, reports: Iterable[CatalogueReport], where: str
) -> Iterator[LocatedFinding]:
    """Yield a finding for each locale that a goal names and that has no catalogue."""
    present = {report.locale for report in reports}
    for locale in sorted(goals.named() - present):
        text = f"{locale}: there is no catalogue in this language"
        yield LocatedFinding(where, 1, Severity.ERROR, "completeness", text, locale)


def _finding(report: CatalogueReport, text: str) -> LocatedFinding:
    return LocatedFinding(report.path, 1, Severity.ERROR, "completeness", text, report.locale, report.release)


def _percent(least: int) -> str:
    return f" ({least} % are asked for)" if least < 100 else ""


def _lacking(counts: Counts) -> str:
    reasons = [f"{_number(counts.missing)} without a target"] if counts.missing else []
    reasons += [f"{_number(counts.fuzzy)} fuzzy"] if counts.fuzzy else []
    return ", ".join(reasons)


def _why(counts: Counts, survey: Survey, faulty: Mapping[int, str]) -> str:
    """What the segments that are not approved wait for."""
    waiting = 0
    blocked: list[str] = []
    for message, line in zip(survey.messages, survey.lines, strict=True):
        if message.progress is not Progress.TRANSLATED:
            continue
        if check := faulty.get(line):
            blocked.append(f"{check} (line {line})")
        else:
            waiting += 1
    reasons = [_lacking(counts)] if counts.missing or counts.fuzzy else []
    if waiting:
        reasons.append(f"{_number(waiting)} {'waits' if waiting == 1 else 'wait'} for a reviewer")
    if blocked:
        more = f" and {len(blocked) - 3} more" if len(blocked) > 3 else ""
        verb = "is" if len(blocked) == 1 else "are"
        reasons.append(f"{_number(len(blocked))} {verb} blocked by {', '.join(blocked[:3])}{more}")
    return ", ".join(reasons)


def _number(count: int) -> str:
    return _WORDS[count] if count < len(_WORDS) else str(count)
