"""Lines in GNU form, ``file:line: severity: message [id]``."""

from __future__ import annotations

from l10n.gate.verdict import Verdict


def text(verdict: Verdict) -> str:
    """A line for each finding."""
    return "".join(
        f"{finding.path}:{finding.line}: {finding.severity}:"
        f" {' '.join(finding.message.split())} [{finding.check}]\n"
        for finding in verdict.findings
    )
