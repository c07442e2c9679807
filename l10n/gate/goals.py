"""Completeness goals for each language, and findings where they are not met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from l10n.catalogue import Counts, Survey
from l10n.catalogue.counts import Progress
from l10n.gate.findings import CatalogueReport, LocatedFinding
from l10n.gate.wording import Wording, worded, worded_count, worded_list
from l10n.model import Severity

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
"""Numbers of segments that are written in words."""
_NAMED = 3  # of the segments that something blocks
_UNMET = {
    ("approved", True): "{locale}: {count} of {total} segments of `{release}` not approved",
    ("approved", False): "{locale}: {count} of {total} segments not approved",
    ("translated", True): "{locale}: {count} of {total} segments of `{release}` not translated",
    ("translated", False): "{locale}: {count} of {total} segments not translated",
}


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
            locale = report.locale or "und"
            yield _finding(report, worded("{locale}: the catalogue holds no segments", locale=locale))
        return
    if counts.approved * 100 < approved * counts.total:
        yield _finding(report, _unmet(report, "approved", approved, _why(counts, survey, faulty)))
    if counts.translated * 100 < translated * counts.total:
        yield _finding(report, _unmet(report, "translated", translated, _lacking(counts)))


def missing_catalogues(
    goals: Goals, reports: Iterable[CatalogueReport], where: str
) -> Iterator[LocatedFinding]:
    """Yield a finding for each locale that a goal names and that has no catalogue."""
    present = {report.locale for report in reports}
    for locale in sorted(goals.named() - present):
        text = worded("{locale}: there is no catalogue in this language", locale=locale)
        yield LocatedFinding(where, 1, Severity.ERROR, "completeness", text, locale)


def _finding(report: CatalogueReport, text: Wording) -> LocatedFinding:
    return LocatedFinding(report.path, 1, Severity.ERROR, "completeness", text, report.locale, report.release)


def _unmet(report: CatalogueReport, state: str, least: int, reasons: Sequence[Wording]) -> Wording:
    """How many segments are not in a state that ``least`` percent have to be in, and why."""
    total = report.counts.total
    unmet = worded(
        _UNMET[state, bool(report.release)],
        locale=report.locale,
        count=total - getattr(report.counts, state),
        total=total,
        release=report.release,
    )
    if least < 100:
        unmet = worded("{unmet} ({least} % are asked for)", unmet=unmet, least=least)
    return worded("{unmet}; {reasons}", unmet=unmet, reasons=worded_list(reasons))


def _lacking(counts: Counts) -> list[Wording]:
    reasons = []
    if missing := counts.missing:
        lacking = worded_count(
            "{number} without a target", "{number} without a target", missing, number=_number(missing)
        )
        reasons.append(lacking)
    if fuzzy := counts.fuzzy:
        reasons.append(worded_count("{number} fuzzy", "{number} fuzzy", fuzzy, number=_number(fuzzy)))
    return reasons


def _why(counts: Counts, survey: Survey, faulty: Mapping[int, str]) -> list[Wording]:
    """What the segments that are not approved wait for."""
    waiting = 0
    blocked: list[Wording] = []
    for message, line in zip(survey.messages, survey.lines, strict=True):
        if message.progress is not Progress.TRANSLATED:
            continue
        if check := faulty.get(line):
            blocked.append(worded("{check} (line {line})", check=check, line=line))
        else:
            waiting += 1
    reasons = _lacking(counts)
    if waiting:
        waits = worded_count(
            "{number} waits for a reviewer",
            "{number} wait for a reviewer",
            waiting,
            number=_number(waiting),
        )
        reasons.append(waits)
    if blocked:
        reasons.append(_blocked(blocked))
    return reasons


def _blocked(blocks: Sequence[Wording]) -> Wording:
    """By what segments are blocked: the first three, and how many more."""
    what = worded_list(blocks[:_NAMED])
    if more := blocks[_NAMED:]:
        what = worded_count("{what} and {count} more", "{what} and {count} more", len(more), what=what)
    return worded_count(
        "{number} is blocked by {what}",
        "{number} are blocked by {what}",
        len(blocks),
        number=_number(len(blocks)),
        what=what,
    )


def _number(count: int) -> Wording:
    return worded(NUMBERS[count] if count < len(NUMBERS) else str(count))
