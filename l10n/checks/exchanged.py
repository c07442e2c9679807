"""What became something else between a source and its target, said in one way by every check of facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from l10n.checks.pair import Pair
from l10n.model import Finding, Severity

CHANGED = "the source has {source}, the target {target}"

Place = tuple[int, int]
"""Where something stands in the words of a text."""


def exchanged(
    check: str,
    pair: Pair,
    lost: Iterable[Place],
    new: Iterable[Place],
    *,
    severity: Severity = Severity.ERROR,
) -> Iterator[Finding]:
    """A finding for each thing of the source and what probably stands for it, the first with the first."""
    source, target = pair.source_plain, pair.target_plain
    for before, after in zip(lost, new, strict=False):
        values = (("source", source.text[slice(*before)]), ("target", target.text[slice(*after)]))
        place = source.span(*before)
        yield Finding(check, severity, CHANGED, *target.span(*after), None, values, *place)
