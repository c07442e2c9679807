"""Letters in pieces as the habit of a whole catalogue: one finding of the file, not one per entry."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from l10n.catalogue import Survey
from l10n.checks.controls import ID, PIECES
from l10n.gate.findings import CatalogueReport, LocatedFinding
from l10n.model import Severity

_FEWEST = 10  # targets in pieces: fewer are slips, each worth its own line
_HABIT = (
    "letters in pieces in {pieces} of the {composable} targets that could have them, as if by habit; "
    "the fix of each composes them (NFC)"
)


def in_pieces(findings: Iterable[LocatedFinding]) -> list[LocatedFinding]:
    """The findings of letters in pieces that nobody silenced."""
    return [
        finding
        for finding in findings
        if finding.check == ID and finding.message == PIECES and finding.severity is Severity.WARNING
    ]


def file_habit(
    report: CatalogueReport, survey: Survey, pieces: Sequence[LocatedFinding]
) -> LocatedFinding | None:
    """The finding that stands for those of ``pieces``; None where each is to be told by itself."""
    if len(pieces) < _FEWEST:
        return None
    targets = [target for message in survey.messages if message.public for _, target in message.pairs]
    composable = sum(map(is_composable, targets))
    if not is_habit(len(pieces), composable):
        return None
    text = _HABIT.format(pieces=len(pieces), composable=composable)
    return LocatedFinding(
        report.path, survey.header or 1, Severity.WARNING, ID, text, report.locale, report.release
    )


def is_habit(pieces: int, composable: int) -> bool:
    """Whether so many targets in pieces, of those that could be, are how a file is written."""
    return pieces >= _FEWEST and 2 * pieces >= composable


def is_composable(text: str) -> bool:
    """Whether a text has letters that can be written in one piece or in several."""
    return not text.isascii() and unicodedata.normalize("NFD", text) != unicodedata.normalize("NFC", text)
