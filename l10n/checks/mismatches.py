"""Shared by the checks of facts: findings for facts that became others, are missing or are new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from l10n.checks.pair import Pair
from l10n.model import Finding, Severity

CHANGED = "the source has {source}, the target {target}"
MISSING = "{source} is missing"
ADDED = "{target} is not in the source"
RESPELLED = "{source} is spelled {target} here"

Place = tuple[int, int]
"""Where something stands in the words of a text."""


class Said(Protocol):
    """What a text says somewhere: the values that it may have there.

    One that is not ``sure`` only answers for what the other text says.
    """

    @property
    def values(self) -> frozenset[Any]: ...  # noqa: D102 - see above
    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def sure(self) -> bool: ...  # noqa: D102


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


def exchanged(
    check: str, pair: Pair, source_said: Sequence[Said], target_said: Sequence[Said]
) -> Iterator[Finding]:
    """An error for each value that the target lacks, where it has one that the source lacks."""
    lost, new = _unanswered(source_said, target_said), _unanswered(target_said, source_said)
    if lost and new:
        yield from mismatch_findings(check, pair, lost, new)


def _unanswered(said: Sequence[Said], others: Sequence[Said]) -> list[Place]:
    answered: frozenset[Any] = frozenset().union(*(other.values for other in others))
    return [(one.start, one.end) for one in said if one.sure and one.values.isdisjoint(answered)]


def missing_finding(check: str, pair: Pair, start: int, end: int) -> Finding:
    """A warning for words of the source of which the target has nothing."""
    source = pair.source_plain
    values = (("source", source.text[start:end]),)
    return Finding(check, Severity.WARNING, MISSING, 0, 0, None, values, *source.span(start, end))


def added_finding(check: str, pair: Pair, start: int, end: int) -> Finding:
    """A warning for words of the target of which the source has nothing."""
    target = pair.target_plain
    values = (("target", target.text[start:end]),)
    return Finding(check, Severity.WARNING, ADDED, *target.span(start, end), None, values)
