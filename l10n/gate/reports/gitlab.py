"""GitLab's Code Quality report: fingerprints without line numbers, no two the same."""

from __future__ import annotations

import json

from l10n.gate.findings import fingerprints
from l10n.gate.verdict import Verdict
from l10n.model import Severity

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def text(verdict: Verdict) -> str:
    """A list of issues."""
    told = [
        {
            "description": one.message,
            "check_name": one.check,
            "fingerprint": name,
            "severity": _SEVERITIES[one.severity],
            "location": {"path": one.path, "lines": {"begin": max(one.line, 1)}},
        }
        for one, name in zip(verdict.findings, fingerprints(verdict.findings), strict=True)
    ]
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
