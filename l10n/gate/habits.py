"""How a whole catalogue is typed: one finding of the file where one for each entry would say the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from l10n.catalogue import Survey
from l10n.checks import controls, ending, spacing
from l10n.gate.findings import CatalogueReport, LocatedFinding
from l10n.gate.wording import worded
from l10n.model import Finding, Severity

_FEWEST = 10  # targets: fewer are slips, each worth its own line
_ONE_OF = 4  # targets that could show it: of several translators one has the habit


class Habit(NamedTuple):
    """A way of typing: the check and the messages that tell of it, and which targets could show it.

    ``text`` is what is said of the file, with the ``count`` of the ``chances``.
    """

    check: str
    messages: frozenset[str]
    is_chance: Callable[[str], bool]
    text: str

    def tells_of(self, finding: Finding | LocatedFinding) -> bool:
        """Whether a finding is of this kind, and nobody silenced it."""
        of_kind = (finding.check, finding.severity) == (self.check, Severity.WARNING)
        return of_kind and finding.message in self.messages

    def is_formed(self, count: int, chances: int) -> bool:
        """Whether so many targets, of those that could, are how a file is written."""
        return count >= _FEWEST and _ONE_OF * count >= chances


def _is_composable(text: str) -> bool:
    """Whether a text has letters that can be written in one piece or in several."""
    return not text.isascii() and unicodedata.normalize("NFD", text) != unicodedata.normalize("NFC", text)


def _has_comma(text: str) -> bool:
    return "," in text or "،" in text


HABITS = (
    Habit(
        controls.ID,
        frozenset({controls.PIECES}),
        _is_composable,
        "letters separated from their accents in {count} of the {chances} targets that could have them, "
        "as if by habit; the fix of each joins them (NFC)",
    ),
    Habit(
        spacing.ID,
        frozenset({spacing.BEFORE_COMMA}),
        _has_comma,
        "a space before a comma in {count} of the {chances} targets with a comma, as if by habit; "
        "the fix of each takes it out",
    ),
    Habit(
        ending.ID,
        ending.WITHOUT_STOP,
        ending.may_take_stop,
        "no full stop, which the sources have, in {count} of the {chances} targets that could end with one, "
        "as if by habit",
    ),
)


def fold(
    report: CatalogueReport, survey: Survey, findings: Sequence[LocatedFinding]
) -> tuple[list[LocatedFinding], list[LocatedFinding]]:
    """The findings with one for each habit in place of those it stands for, and those."""
    kept, folded = list(findings), []
    for habit in HABITS:
        of_habit = [one for one in kept if habit.tells_of(one)]
        if len(of_habit) < _FEWEST:
            continue
        chances = sum(map(habit.is_chance, _targets(survey)))
        count = len({(finding.line, finding.target) for finding in of_habit})
        if habit.is_formed(count, chances):
            text = worded(habit.text, count=count, chances=chances)
            place = (report.path, survey.header or 1, Severity.WARNING, habit.check, text)
            told = frozenset(of_habit)
            kept = [
                LocatedFinding(*place, report.locale, report.release),
                *(finding for finding in kept if finding not in told),
            ]
            folded += of_habit
    return kept, folded


def _targets(survey: Survey) -> Iterable[str]:
    return (target for message in survey.messages if message.public for _, target in message.pairs)
