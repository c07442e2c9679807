"""What a check or a rule of the gate is for, in the language of whoever asks."""

from __future__ import annotations

from collections.abc import Callable

from l10n import checks
from l10n.checks.builtin import paragraph
from l10n.errors import UsageError
from l10n.gate.findings import RULES, rule_severity


def explain(name: str, translated: Callable[[str], str] = str) -> str:
    """What a check or a rule is for; ``translated`` is a catalogue's ``gettext``.

    Raises UsageError, listing the checks and rules there are, for an unknown one.
    """
    if name in RULES:
        return paragraph(name, rule_severity(name), RULES[name], translated)
    if name not in checks.names():
        available = ", ".join((*checks.names(), *RULES))
        raise UsageError(f"there is no check {name!r}", remedy=f"Checks and rules: {available}.")
    return checks.explain(name, translated)
