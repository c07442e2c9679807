"""GitLab's Code Quality report: fingerprints without line numbers, no two the same."""

from __future__ import annotations

import json

from l10n.gate.findings import fingerprints
from l10n.gate.verdict import Verdict
from l10n.model import Severity

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def text(verdict: Verdict) -> str:
    """A list of issues."""
    issues = [
        {
            "description": finding.message,
            "check_name": finding.check,
            "fingerprint": name,
            "severity": _SEVERITIES[finding.severity],
            "location": {"path": finding.path, "lines": {"begin": max(finding.line, 1)}},
        }
        for finding, name in zip(verdict.findings, fingerprints(verdict.findings), strict=True)
    ]
    return json.dumps(issues, ensure_ascii=False, indent=1) + "\n"
