"""The table of built-in checks, one module each; installed distributions add theirs by entry point."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol

from l10n.registry import Registry

if TYPE_CHECKING:
    from l10n.checks.pair import Example, Pair
    from l10n.model import Finding, Severity


class Check(Protocol):
    """One family of rules.  A module with these names will do.

    Contract, held by ``tests/contracts/test_checks_contract.py`` for every check in the table:

    * ``run`` never fails, whatever the two texts are, and takes time in proportion to them;
    * its findings carry ``ID`` and lie within the target, and are the same every time;
    * ``BAD`` gives a finding and ``GOOD`` none, so that the explanation cannot lie.

    ``SEVERITY`` is the worst it reports.
    """

    ID: str
    SEVERITY: Severity
    EXPLANATION: str
    BAD: Example
    GOOD: Example

    def run(self, pair: Pair) -> Iterator[Finding]:
        """What is wrong with the target of a pair; neither of its texts is empty."""


CHECKS: Registry[Check] = Registry(
    "l10n.checks",
    {
        "codes": "l10n.checks.codes",
        "numbers": "l10n.checks.numbers",
        "dates": "l10n.checks.dates",
        "measures": "l10n.checks.measures",
        "names": "l10n.checks.proper",
        "urls": "l10n.checks.urls",
        "untranslated": "l10n.checks.untranslated",
        "language": "l10n.checks.language",
        "glossary": "l10n.checks.terms",
        "negation": "l10n.checks.negation",
        "quotation": "l10n.checks.quotation",
        "omissions": "l10n.checks.omissions",
        "brackets": "l10n.checks.brackets",
        "ending": "l10n.checks.ending",
        "doubled": "l10n.checks.doubled",
        "controls": "l10n.checks.controls",
        "capitals": "l10n.checks.capitals",
        "leftovers": "l10n.checks.leftovers",
        "spacing": "l10n.checks.spacing",
        "markup": "l10n.checks.markup",
    },
)


def names() -> tuple[str, ...]:
    """The ids of all checks, in the order they run."""
    return CHECKS.names()


def explain(check_id: str, translated: Callable[[str], str] = str) -> str:
    """What a check is for, with a target it reports and one it leaves alone.

    ``translated`` is a catalogue's ``gettext``; the examples are in the languages they are about.
    Raises UsageError, listing the checks there are, for an unknown one.
    """
    check = CHECKS.get(check_id)
    lines = [paragraph(check.ID, check.SEVERITY, check.EXPLANATION, translated)]
    for label, example in (("Reported:", check.BAD), ("Fine:", check.GOOD)):
        lines += [
            "",
            translated(label),
            f"  {example.source_locale}: {example.source}",
            f"  {example.target_locale}: {example.target}",
        ]
    return "\n".join(lines)


def paragraph(check_id: str, severity: Severity, explanation: str, translated: Callable[[str], str]) -> str:
    """What a check or a rule is for, behind its id and the worst it reports."""
    return translated("{check} ({severity}): {explanation}").format(
        check=check_id, severity=translated(severity.value), explanation=translated(explanation)
    )
