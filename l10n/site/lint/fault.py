"""Something wrong on a site, as the linter tells it."""

from __future__ import annotations

from typing import NamedTuple

from l10n.model import Severity


class Fault(NamedTuple):
    """Something wrong: the rule, the line, how grave, and what."""

    rule: str
    line: int
    message: str
    severity: Severity = Severity.ERROR
