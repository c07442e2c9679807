"""Where one side says times or spans of time that the other says too, in other numbers perhaps."""

from __future__ import annotations

from l10n.checks.amounts import durations
from l10n.checks.mismatches import Place
from l10n.checks.pair import Pair
from l10n.checks.times import clock, round_the_clock


def of_pair(pair: Pair, *, of_target: bool) -> tuple[Place, ...]:
    """The places of those of one side; what is counted there needs no counterpart."""
    source_language, target_language = pair.languages
    source = pair.source_plain.text, source_language
    target = pair.target_plain.text, target_language
    one, other = (target, source) if of_target else (source, target)
    return (
        *durations.said_elsewhere(*one, *other),
        *round_the_clock.said_elsewhere(*one, *other),
        *clock.said_elsewhere(*one, *other),
    )
