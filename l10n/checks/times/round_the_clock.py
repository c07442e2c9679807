"""What goes on day and night is said with numbers or without: 24/7, 24 heures sur 24, rund um die Uhr."""

from __future__ import annotations

import re
from functools import cache

from l10n.checks.mismatches import Place
from l10n.checks.reading.data_files import table
from l10n.checks.reading.digits import ascii_digits
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import lowered
from l10n.patterns import UNSPACED, any_of, word_of


def said_elsewhere(text: str, language: str, other_text: str, other_language: str) -> tuple[Place, ...]:
    """Where a text says "day and night" or "every day of the week", if another text says that as well.

    What goes on day and night goes on all week: 24/7 and 24 hours a day are the same.
    """
    others = _places(other_text, other_language)
    if others["clock"]:
        return tuple(place for places in _places(text, language).values() for place in places)
    return tuple(_places(text, language)["week"]) if others["week"] else ()


@per_text
def _places(text: str, language: str) -> dict[str, list[Place]]:
    small = lowered(ascii_digits(text))
    return {
        kind: [match.span() for match in pattern.finditer(small)]
        for kind, pattern in _patterns(language).items()
    }


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    row = table("round_the_clock").get(language, {})
    words = {kind: row.get(kind, "").split() for kind in ("clock", "week")}
    if language in UNSPACED:  # where a number may follow a letter (每天24小时), and no other number
        return {kind: re.compile(f"(?<![0-9]){any_of(listed)}(?![0-9])") for kind, listed in words.items()}
    return {kind: re.compile(word_of(listed, language)) for kind, listed in words.items()}
