"""JSON: every catalogue with its counts, every finding with its place."""

from __future__ import annotations

import json
from dataclasses import asdict

from l10n.gate.findings import LocatedFinding, fingerprints
from l10n.gate.verdict import Verdict


def text(verdict: Verdict) -> str:
    """An object with ``catalogues``, ``findings`` and ``failed``."""
    failing = set(map(id, verdict.failing))
    names = fingerprints(verdict.findings)
    payload = {
        "catalogues": [
            {
                "path": report.path,
                "locale": report.locale,
                "release": report.release,
                "readable": report.readable,
                **asdict(report.counts),
                "total": report.counts.total,
            }
            for report in verdict.catalogues
        ],
        "findings": [
            {**_fields(finding), "fingerprint": name, "fails": id(finding) in failing}
            for finding, name in zip(verdict.findings, names, strict=True)
        ],
        "failed": bool(verdict.failing),
    }
    return json.dumps(payload, ensure_ascii=False, indent=2) + "\n"


def _fields(finding: LocatedFinding) -> dict[str, object]:
    """The fields by name, what it says as ``message``."""
    fields = finding._replace(text=finding.message)._asdict()
    return {"message" if name == "text" else name: value for name, value in fields.items()}
