"""Decides which findings fail the gate: serious ones that are neither in a baseline nor exempt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from l10n import disk
from l10n.errors import ConfigError
from l10n.gate.findings import CatalogueReport, LocatedFinding, fingerprints
from l10n.gate.wording import Wording, worded, worded_count
from l10n.model import Severity


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a run; ``failing`` are the findings that fail the gate.

    ``rules`` explains, by id, findings that come neither from a check nor from the gate.
    """

    catalogues: tuple[CatalogueReport, ...]
    findings: tuple[LocatedFinding, ...]
    failing: tuple[LocatedFinding, ...]
    rules: Mapping[str, str] = field(default_factory=dict)

    @property
    def readable(self) -> bool:
        """Whether every catalogue could be read."""
        return all(report.readable for report in self.catalogues)

    @property
    def summary(self) -> Wording:
        """The numbers of catalogues, entries, findings and failures, in a line."""
        counts = [report.counts for report in self.catalogues]
        by_severity = Counter(finding.severity for finding in self.findings)
        return worded(
            "{catalogues}, {approved} of {total} entries approved ({fuzzy} fuzzy, {missing} missing):"
            " {errors}, {warnings}; {failures}",
            catalogues=worded_count("{count} catalogue", "{count} catalogues", len(counts)),
            approved=sum(count.approved for count in counts),
            total=sum(count.total for count in counts),
            fuzzy=sum(count.fuzzy for count in counts),
            missing=sum(count.missing for count in counts),
            errors=worded_count("{count} error", "{count} errors", by_severity[Severity.ERROR]),
            warnings=worded_count("{count} warning", "{count} warnings", by_severity[Severity.WARNING]),
            failures=worded_count("{count} failure", "{count} failures", len(self.failing)),
        )


def judge(
    reports: Sequence[CatalogueReport],
    more: Iterable[LocatedFinding],
    *,
    serious: frozenset[Severity],
    optional: frozenset[str],
    spared: Callable[[Sequence[LocatedFinding]], list[bool]] | None = None,
) -> Verdict:
    """Make the verdict; ``spared`` tells of each finding whether it is exempt."""
    findings = (*(finding for report in reports for finding in report.findings), *more)
    exempt = spared(findings) if spared else [False] * len(findings)
    failing = tuple(
        finding
        for finding, is_exempt in zip(findings, exempt, strict=True)
        if can_fail(finding, serious, optional) and not is_exempt
    )
    return Verdict(tuple(reports), findings, failing)


def can_fail(finding: LocatedFinding, serious: Collection[Severity], optional: Collection[str]) -> bool:
    """Whether a finding fails the gate unless it is exempt."""
    return finding.severity in serious and finding.locale not in optional


_CONFLICT = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_LACKING = re.compile(r"\b(\d{1,9}) of \d+ segments ")
_HEAD = "# Findings of l10n check that are known; new ones fail. Lines of what was mended go by themselves.\n"


def in_baseline(
    path: Path,
    findings: Sequence[LocatedFinding],
    covers: Callable[[str], bool] = lambda _path: True,
    fails: Callable[[LocatedFinding], bool] = lambda finding: finding.severity is not Severity.INFO,
    gone: Callable[[str], bool] = lambda _path: False,
) -> list[bool]:
    """Whether each finding is in a baseline file, which is written when there is none.

    A new file holds the findings that ``fails`` selects.  Lines without a finding, or with a mere info,
    are removed from the file unless this run does not cover their path; warnings stay also where only
    errors fail, for stricter runs.  A line whose path is ``gone`` holds for the same finding under another
    path, which it gets; one about segments that lack something holds for no more of them.  Raises
    ConfigError for a file that is no baseline.
    """
    names = fingerprints(findings)
    if not path.exists():
        lines = (
            _line(name, finding) for name, finding in zip(names, findings, strict=True) if fails(finding)
        )
        disk.write(path, (_HEAD + "".join(sorted(lines, key=_without_name))).encode("utf-8", "replace"))
        return [True] * len(findings)
    old = _read(path)
    baseline = _with_moved(old, names, findings, gone)
    known = [_is_known(baseline.get(name), finding) for name, finding in zip(names, findings, strict=True)]
    current: dict[str, str] = {}
    for name, finding, is_known in zip(names, findings, known, strict=True):
        if name in baseline and finding.severity is not Severity.INFO:
            current[name] = _line(name, finding) if is_known and _number(finding) else baseline[name]
    lines = (
        current.get(name, line)
        for name, line in baseline.items()
        if name in current or not covers(_path_of(line))
    )
    disk.write(path, (_HEAD + "".join(lines)).encode("utf-8", "replace"))
    return known


def _is_known(line: str | None, finding: LocatedFinding) -> bool:
    """Whether a line of a baseline holds for a finding of its name."""
    if line is None:
        return False
    number = _lacking(line)
    return not number or _number(finding) <= number


def _number(finding: LocatedFinding) -> int:
    """Of how many segments a finding says that they lack something, 0 where it is about something else."""
    return _lacking(_line("", finding))


def _lacking(line: str) -> int:
    match = _LACKING.search(line) if "[completeness]" in line else None
    return int(match[1]) if match else 0


def _with_moved(
    baseline: Mapping[str, str],
    names: Sequence[str],
    findings: Sequence[LocatedFinding],
    gone: Callable[[str], bool],
) -> Mapping[str, str]:
    """A baseline in which lines of paths that are gone have the path at which their finding is now."""
    waiting: dict[str, list[str]] = {}
    for name, line in baseline.items():
        if gone(old_path := _path_of(line)):
            waiting.setdefault(line.partition("  ")[2].removeprefix(old_path), []).append(name)
    if not waiting:
        return baseline
    moved: dict[str, str] = {}
    for name, finding in zip(names, findings, strict=True):
        line = _line(name, finding)
        old_names = waiting.get(line.partition("  ")[2].removeprefix(finding.path), [])
        if name not in baseline and old_names:
            moved[old_names.pop(0)] = name
    lines_now = {name: _line(name, finding) for name, finding in zip(names, findings, strict=True)}
    return {
        moved.get(name, name): lines_now[moved[name]] if name in moved else line
        for name, line in baseline.items()
    }


def _line(name: str, finding: LocatedFinding) -> str:
    place = f"{finding.path}: {finding.severity}:"
    text = f"{place} {finding.message} [{finding.check}] {finding.source[:60]}"
    return f"{name}  {' '.join(text.split())}\n"


def _path_of(line: str) -> str:
    match = re.match(r"[0-9a-f]{32}  (.*?): (?:error|warning|info): ", line)
    return match[1] if match else ""


def _without_name(line: str) -> str:
    return line.partition("  ")[2]


def _read(path: Path) -> dict[str, str]:
    baseline: dict[str, str] = {}
    text = disk.read(path).decode("utf-8-sig", "replace")
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        name = line.partition("  ")[0]
        if len(name) != 32 or not set(name) <= set("0123456789abcdef"):
            raise _no_line(path, number, line)
        baseline[name] = f"{line}\n"
    return baseline


def _no_line(path: Path, number: int, line: str) -> ConfigError:
    return ConfigError(
        "this is no line of a baseline",
        path=path,
        line=number,
        remedy="Keep the lines of both sides, without the marks: lines of what was mended go by themselves."
        if line.startswith(_CONFLICT)
        else "Delete the file; the next run writes it anew.",
    )
