"""Generates the page `docs/checks.md` from the descriptions of the checks.

`l10n check --list-checks --format markdown` prints it; a test holds that it is current.
"""

from __future__ import annotations

from l10n import checks
from l10n.checks import CHECKS, Check, Example
from l10n.gate.findings import RULES, rule_severity

_HEAD = """# What `l10n check` looks at

`l10n check --list-checks` names the checks and rules on this page, `l10n check --explain ID` says what one is
for, `--checks` chooses among them. A check compares a target with its source; the severity is the worst it
reports. The last section says how to silence one for an entry.
"""
_TAIL = """## Silencing a finding

A finding that is no fault is silenced where it stands: in the comments of its entry, as a line of its own
with the id of the check and a reason. `l10n check` still tells that it is silenced, and why; it holds until
the source changes. An approval at the desk over an error writes such a line, with the note as its reason.

```po
# l10n-ok: numbers -- the region counts in dozens
msgid "12 000 eggs"
msgstr "mille douzaines d’œufs"
```
"""


def page() -> str:
    """The whole page, in Markdown."""
    all_checks = [CHECKS.get(name) for name in checks.names()]
    rows = [
        f"| [`{check.ID}`](#{check.ID}) | {check.SEVERITY.value} | {_first(check.EXPLANATION)} |"
        for check in all_checks
    ]
    table = "\n".join(("| check | severity | |", "| --- | --- | --- |", *rows))
    rules = "\n".join(
        f"| `{name}` | {rule_severity(name).value} | {explanation} |" for name, explanation in RULES.items()
    )
    return "\n".join(
        (
            _HEAD,
            "## The checks\n",
            table,
            "",
            *map(_section, all_checks),
            "## The gate’s own rules\n",
            "| rule | severity | |",
            "| --- | --- | --- |",
            rules,
            "",
            _TAIL.rstrip(),
            "",
        )
    )


def _first(text: str) -> str:
    """The first sentence of an explanation, with the bars that a table needs escaped."""
    return text.partition(". ")[0].rstrip(".").replace("|", "\\|") + "."


def _section(check: Check) -> str:
    return "\n".join(
        (
            f"### {check.ID}\n",
            check.EXPLANATION + "\n",
            "| | source | target |",
            "| --- | --- | --- |",
            _row("reported", check.BAD),
            _row("fine", check.GOOD),
            "",
        )
    )


def _row(label: str, example: Example) -> str:
    source, target = example.source, example.target
    return (
        f"| {label} | {example.source_locale}: {_code(source)} | {example.target_locale}: {_code(target)} |"
    )


def _code(text: str) -> str:
    return "`" + text.replace("|", "\\|") + "`"
