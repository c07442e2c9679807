"""SARIF 2.1.0, for GitHub's code scanning and editors.

GitHub takes 5,000 results of a run and shows 1,000 characters of a message; errors come first.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from urllib.parse import quote

from l10n import checks
from l10n.gate.findings import RULES, LocatedFinding, fingerprints
from l10n.gate.verdict import Verdict
from l10n.model import Severity

MOST = 5000
_LONGEST = 1000
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ORDER = {severity: place for place, severity in enumerate(_LEVELS)}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def text(verdict: Verdict) -> str:
    """A log with one run."""
    fingerprinted = list(zip(verdict.findings, fingerprints(verdict.findings), strict=True))
    fingerprinted = sorted(fingerprinted, key=lambda pair: _ORDER[pair[0].severity])[:MOST]
    used = sorted({finding.check for finding, _ in fingerprinted})
    places = {name: place for place, name in enumerate(used)}
    run = {
        "tool": {
            "driver": {
                "name": "Passerelle",
                "informationUri": "https://passerelle.example.org/",
                "rules": [_rule(name, verdict.rules) for name in used],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, name, places[finding.check]) for finding, name in fingerprinted],
    }
    return (
        json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)
        + "\n"
    )


def _rule(name: str, rules: Mapping[str, str]) -> dict[str, object]:
    explanation = rules.get(name) or RULES.get(name) or checks.CHECKS.get(name).EXPLANATION
    return {
        "id": name,
        "shortDescription": {"text": explanation.split(". ")[0][:_LONGEST]},
        "fullDescription": {"text": explanation[:_LONGEST]},
    }


def _result(finding: LocatedFinding, name: str, rule: int) -> dict[str, object]:
    return {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message[:_LONGEST] or finding.check},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(os.fsencode(finding.path))},
                    "region": {"startLine": max(finding.line, 1)},
                }
            }
        ],
        "partialFingerprints": {"passerelle/v1": name},
    }
