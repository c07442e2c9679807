"""Checks look at a source and its target and say what seems wrong, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Protocol

from l10n import conventions
from l10n.checks.pair import Between, Example, Pair, plain
from l10n.glossary import Glossary
from l10n.lengths import Band, shipped
from l10n.model import Entry, Finding, Severity
from l10n.registry import Registry

__all__ = [
    "CHECKS",
    "Band",
    "Between",
    "Check",
    "Example",
    "Pair",
    "between",
    "check_entry",
    "check_pair",
    "explain",
    "look",
    "names",
]


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
    },
)


def names() -> tuple[str, ...]:
    """The ids of all checks, in the order they run."""
    return CHECKS.names()


@cache
def _in_order() -> tuple[str, ...]:
    """The names, without asking the installed distributions each time."""
    return names()


def between(
    source_locale: str,
    target_locale: str,
    *,
    glossary: Glossary | None = None,
    rules: Sequence[tuple[str, str]] = (),
    band: Band | None = None,
) -> Between:
    """What all entries of a catalogue share, made once for many of them.

    ``band`` is what the project's own pairs taught of lengths; without it what is shipped counts.
    """
    source, target = conventions.load(source_locale), conventions.load(target_locale)
    return Between(
        source_locale,
        target_locale,
        source,
        target,
        glossary,
        tuple(rules),
        band or shipped(source.language, target.language),
    )


def look(
    source: str, target: str, locales: Between, *, kind: str = "paragraph", only: Sequence[str] = ()
) -> list[Finding]:
    """Everything the checks see in a target; nothing when it is empty.

    ``only`` names the checks to run, all when it is empty.  Raises UsageError for a check
    that does not exist.
    """
    if not source.strip() or not target.strip():
        return []
    pair = Pair(source, target, locales, plain(source), plain(target), kind)
    return [finding for run in _runs(tuple(only)) for finding in run(pair)]


@cache
def _runs(only: tuple[str, ...]) -> tuple[Callable[[Pair], Iterator[Finding]], ...]:
    """The functions of the checks named, without looking each up for every pair."""
    return tuple(CHECKS.get(name).run for name in only or _in_order())


def check_pair(
    source: str,
    target: str,
    *,
    source_locale: str,
    target_locale: str,
    kind: str = "paragraph",
    glossary: Glossary | None = None,
    band: Band | None = None,
    only: Sequence[str] = (),
) -> list[Finding]:
    """As ``look``, for one pair by itself."""
    locales = between(source_locale, target_locale, glossary=glossary, band=band)
    return look(source, target, locales, kind=kind, only=only)


def check_entry(
    entry: Entry,
    *,
    source_locale: str,
    target_locale: str,
    glossary: Glossary | None = None,
    only: Sequence[str] = (),
) -> list[Finding]:
    """Everything the checks see in an entry; nothing in an obsolete one."""
    if entry.obsolete:
        return []
    return check_pair(
        entry.source,
        entry.target,
        source_locale=source_locale,
        target_locale=target_locale,
        glossary=glossary,
        only=only,
    )


def explain(check_id: str) -> str:
    """What a check is for, with a target it reports and one it leaves alone.

    Raises UsageError, listing the checks there are, for an unknown one.
    """
    check = CHECKS.get(check_id)
    lines = [f"{check.ID} ({check.SEVERITY.value}): {check.EXPLANATION}"]
    for word, example in (("Reported", check.BAD), ("Fine", check.GOOD)):
        lines += [
            "",
            f"{word}:",
            f"  {example.source_locale}: {example.source}",
            f"  {example.target_locale}: {example.target}",
        ]
    return "\n".join(lines)
