"""Workflow commands of GitHub Actions, which show a finding beside the changed line."""

from __future__ import annotations

from l10n.gate.verdict import Verdict
from l10n.model import Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def text(verdict: Verdict) -> str:
    """A command for each finding."""
    return "".join(
        f"::{_COMMANDS[one.severity]} file={one.path.translate(_PROPERTY)},line={max(one.line, 1)},"
        f"title={one.check.translate(_PROPERTY)}::{one.message.translate(_DATA)}\n"
        for one in verdict.findings
    )
