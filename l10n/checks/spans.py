"""Where one side says times or spans of time that the other says too, in other numbers perhaps."""

from __future__ import annotations

from l10n.checks import clock, durations, round_the_clock
from l10n.checks.mismatches import Place
from l10n.checks.pair import Pair


def of_pair(pair: Pair, *, of_target: bool) -> tuple[Place, ...]:
    """The places of those of one side; what is counted there needs no counterpart."""
    sides = zip((pair.source_plain.text, pair.target_plain.text), pair.languages, strict=True)
    (text, language), (other_text, other_language) = reversed(list(sides)) if of_target else sides
    return (
        *durations.said_elsewhere(text, language, other_text, other_language),
        *round_the_clock.said_elsewhere(text, language, other_text, other_language),
        *clock.said_elsewhere(text, language, other_text, other_language),
    )
