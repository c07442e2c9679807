"""A fraction in words is the same one in the target: a half that became a third."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from l10n.checks.data_files import table
from l10n.checks.mismatches import Place, mismatch_findings
from l10n.checks.pair import Pair
from l10n.checks.remembered import per_text
from l10n.checks.words import word_set
from l10n.model import Finding
from l10n.patterns import lazy_pattern

# A quarter past eight, Viertel vor neun.
_OF_AN_HOUR = r"[\s\u00a0](?:past|nach|vor)\b"
_UNSPACED = frozenset({"zh"})
_OTHER_WAYS = lazy_pattern(
    r"[%٪％½⅓⅔¼¾]|(?<![\d.,])\d[.,](?:5|25|75)(?!\d)|(?<![\d/])\d/\d(?![\d/])"
    r"|(?i:per cent|percent|prozent|процент|في المائة|百分之)"
)


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """An error for a fraction of the source that the target lacks, where it has one that the source lacks.

    Nothing where either says shares in figures too: 25 % may be the quarter.
    """
    if not pair.is_between(table("fractions")):
        return
    source, target = pair.source_plain.text, pair.target_plain.text
    source_fractions = read(source, pair.source_convention.language)
    if not source_fractions:
        return
    target_fractions = read(target, pair.target_convention.language)
    lost = [place for value, place in source_fractions.items() if value not in target_fractions]
    new = [place for value, place in target_fractions.items() if value not in source_fractions]
    if lost and new and not (_OTHER_WAYS().search(source) or _OTHER_WAYS().search(target)):
        yield from mismatch_findings(check, pair, lost, new)


@per_text
def read(text: str, language: str) -> dict[str, Place]:
    """The fractions that a text says in words, each with its first place."""
    first_places: dict[str, Place] = {}
    if language not in table("fractions") or (
        language not in _UNSPACED and _fronts(language).isdisjoint(word_set(text))
    ):
        return first_places
    for match in _pattern(language).finditer(text):
        word = " ".join(match.group().lower().split())
        first_places.setdefault(_values(language)[word], match.span())
    return first_places


def without(text: str, language: str) -> str:
    """The same text, as long as it was, with a mark in the place of each fraction of two words.

    One in five stays: where the words between are a noun's ("un élève sur cinq"), five is compared.
    """
    if language not in table("fractions") or not read(text, language):
        return text
    return _pattern(language).sub(lambda match: _marked(match.group(), language), text)


def _marked(fraction: str, language: str) -> str:
    words = re.split(r"[\s\u00a0-]", fraction)
    counted = len(words) > 2 and _values(language)[" ".join(words).lower()].startswith("1/")
    return fraction if len(words) == 1 or counted else "|" * len(fraction)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = sorted(_values(language), key=len, reverse=True)
    either = "|".join(re.escape(word).replace(r"\ ", r"[\s\u00a0]") for word in words)
    spaced = rf"(?<!\w)(?:{either})(?!\w|{_OF_AN_HOUR})"
    return re.compile(either if language in _UNSPACED else spaced, re.IGNORECASE)


@cache
def _values(language: str) -> dict[str, str]:
    return {
        word.replace("_", " "): value
        for value, listed in table("fractions")[language].items()
        for word in listed.split()
    }


@cache
def _fronts(language: str) -> frozenset[str]:
    return frozenset(re.split(r"\W", word)[0] for word in _values(language))
