"""Lines in GNU form, ``file:line: severity: message [id]``."""

from __future__ import annotations

import re

from l10n.gate.verdict import Verdict

# A terminal obeys the first kinds, or shows in another order what stands behind them; the last are bytes of a
# file name that are no UTF-8.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\udc80-\udcff]")


def text(verdict: Verdict) -> str:
    """A line for each finding."""
    return "".join(
        f"{visible(finding.path)}:{finding.line}: {finding.severity}:"
        f" {visible(' '.join(finding.message.split()))} [{finding.check}]\n"
        for finding in verdict.findings
    )


def visible(raw: str) -> str:
    """A text of one line that a terminal obeys in nothing: control and direction characters are escaped."""
    return _UNSHOWN.sub(_escaped, raw)


def _escaped(match: re.Match[str]) -> str:
    number = ord(match[0])
    if 0xDC80 <= number <= 0xDCFF:
        number -= 0xDC00
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
