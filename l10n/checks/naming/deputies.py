"""A deputy mayor is no mayor: who stands in for an office does so in the target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from l10n.checks.mismatches import ADDED, MISSING
from l10n.checks.pair import Pair
from l10n.checks.reading.data_files import table
from l10n.model import Finding, Severity
from l10n.patterns import UNSPACED, any_of

# What the words have in them, for a quick look.
_HINTS = {
    "en": ("eputy", "ice"),
    "fr": ("ice-", "djoint"),
    "es": ("ice", "eniente", "djunt"),
    "pt": ("ice", "djunt"),
    "it": ("ice", "ggiunt"),
    "de": ("tellvertret", "ize"),
    "ru": ("зам", "Зам", "ице-"),
    "ar": ("نائب", "وكيل"),
    "zh": ("副",),
}


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """A warning for the word that makes an office a deputy's, where one side has nothing of the kind."""
    source_language, target_language = pair.languages
    if not pair.is_between(_HINTS):
        return
    source, target = pair.source_plain, pair.target_plain
    lost = _asked_for(source.text, source_language)
    new = _asked_for(target.text, target_language)
    if lost and not new and not _pattern("enough", target_language).search(target.text):
        place, values = source.span(*lost.span()), (("source", lost.group().strip()),)
        yield Finding(check, Severity.WARNING, MISSING, 0, 0, None, values, *place)
    elif new and not lost and not _pattern("enough", source_language).search(source.text):
        values = (("target", new.group().strip()),)
        yield Finding(check, Severity.WARNING, ADDED, *target.span(*new.span()), None, values)


def _asked_for(text: str, language: str) -> re.Match[str] | None:
    """The first word for whoever stands in for an office."""
    if not any(map(text.__contains__, _HINTS[language])):
        return None
    return _pattern("asked", language).search(text)


@cache
def _pattern(kind: str, language: str) -> re.Pattern[str]:
    front = "" if language in UNSPACED else r"(?<!\w)"
    return re.compile(front + any_of(table("deputies")[kind][language].split()), re.IGNORECASE)
