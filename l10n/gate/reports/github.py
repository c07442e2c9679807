"""Workflow commands of GitHub Actions, which show a finding beside the changed line."""

from __future__ import annotations

from l10n.gate.reports.lines import visible
from l10n.gate.verdict import Verdict
from l10n.model import Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def text(verdict: Verdict) -> str:
    """A command for each finding."""
    return "".join(
        f"::{_COMMANDS[finding.severity]} file={visible(finding.path.translate(_PROPERTY))},"
        f"line={max(finding.line, 1)},title={finding.check.translate(_PROPERTY)}::"
        f"{visible(finding.message.translate(_DATA))}\n"
        for finding in verdict.findings
    )
