"""JSON: every catalogue with its counts, every remark with its place."""

from __future__ import annotations

import json
from dataclasses import asdict

from l10n.gate.remarks import fingerprints
from l10n.gate.verdict import Verdict


def text(verdict: Verdict) -> str:
    """An object with ``catalogues``, ``findings`` and ``failed``."""
    failing = set(map(id, verdict.failing))
    names = fingerprints(verdict.remarks)
    told = {
        "catalogues": [
            {
                "path": sheet.path,
                "locale": sheet.locale,
                "release": sheet.release,
                "readable": sheet.readable,
                **asdict(sheet.counts),
                "total": sheet.counts.total,
            }
            for sheet in verdict.sheets
        ],
        "findings": [
            {**one._asdict(), "fingerprint": name, "fails": id(one) in failing}
            for one, name in zip(verdict.remarks, names, strict=True)
        ],
        "failed": bool(verdict.failing),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
