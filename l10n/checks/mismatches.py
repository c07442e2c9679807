"""Shared by the checks of facts: findings for facts of the source that became another fact in the target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from l10n.checks.pair import Pair
from l10n.model import Finding, Severity

CHANGED = "the source has {source}, the target {target}"
MISSING = "{source} is missing"
ADDED = "{target} is not in the source"
RESPELLED = "{source} is spelled {target} here"

Place = tuple[int, int]
"""Where something stands in the words of a text."""


def mismatch_findings(
    check: str,
    pair: Pair,
    lost: Iterable[Place],
    new: Iterable[Place],
    *,
    severity: Severity = Severity.ERROR,
) -> Iterator[Finding]:
    """An error for each fact that another replaced; lost and new facts are paired in order."""
    source, target = pair.source_plain, pair.target_plain
    for before, after in zip(lost, new, strict=False):
        values = (("source", source.text[slice(*before)]), ("target", target.text[slice(*after)]))
        place = source.span(*before)
        yield Finding(check, severity, CHANGED, *target.span(*after), None, values, *place)
