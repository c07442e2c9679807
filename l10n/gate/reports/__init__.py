"""A verdict as other programs read it: one file and one line here for each form."""

from __future__ import annotations

from typing import Protocol

from l10n.gate.verdict import Verdict
from l10n.registry import Registry


class Report(Protocol):
    """A form of a verdict.  A module with this function will do.

    Contract: the text ends in a newline or is empty, says every finding (as far as the form's own
    limits allow), and is the same for the same verdict.
    """

    def text(self, verdict: Verdict) -> str:
        """The verdict, put into words."""


REPORTS: Registry[Report] = Registry(
    "l10n.reports",
    {
        "text": "l10n.gate.reports.lines",
        "json": "l10n.gate.reports.listing",
        "sarif": "l10n.gate.reports.sarif",
        "junit": "l10n.gate.reports.junit",
        "gitlab": "l10n.gate.reports.gitlab",
        "github": "l10n.gate.reports.github",
    },
)
