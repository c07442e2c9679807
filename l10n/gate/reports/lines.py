"""Lines in GNU form, ``file:line: severity: message [id]``."""

from __future__ import annotations

from l10n.gate.verdict import Verdict


def text(verdict: Verdict) -> str:
    """A line for each finding."""
    return "".join(
        f"{one.path}:{one.line}: {one.severity}: {' '.join(one.message.split())} [{one.check}]\n"
        for one in verdict.findings
    )
