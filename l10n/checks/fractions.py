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

_UNSPACED = frozenset({"zh"})
_OTHER_WAYS = lazy_pattern(
    r"[%٪％½⅓⅔¼¾]|(?<![\d.,])\d[.,](?:5|25|75)(?!\d)|(?<![\d/])\d/\d(?![\d/])"
    r"|(?i:per cent|percent|prozent|процент|في المائة|百分之)"
)


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """An error for a fraction of the source that the target lacks, where it has one that the source lacks.

    Nothing where either says shares in figures too: 25 % may be the quarter.
    """
    ours, theirs = pair.source_convention.language, pair.target_convention.language
    if ours == theirs or ours not in _table() or theirs not in _table():
        return
    source, target = pair.source_plain.text, pair.target_plain.text
    wanted = said(source, ours)
    if not wanted:
        return
    given = said(target, theirs)
    lost = [place for value, place in wanted.items() if value not in given]
    new = [place for value, place in given.items() if value not in wanted]
    if lost and new and not (_OTHER_WAYS().search(source) or _OTHER_WAYS().search(target)):
        yield from mismatch_findings(check, pair, lost, new)


@per_text
def said(text: str, language: str) -> dict[str, Place]:
    """The fractions that a text says in words, each with its first place."""
    found: dict[str, Place] = {}
    if language not in _table() or (
        language not in _UNSPACED and _fronts(language).isdisjoint(word_set(text))
    ):
        return found
    for match in _pattern(language).finditer(text):
        word = " ".join(match.group().lower().split())
        found.setdefault(_values(language)[word], match.span())
    return found


def without(text: str, language: str) -> str:
    """The same text, as long as it was, with a mark in the place of each fraction of two words."""
    if language not in _table() or not said(text, language):
        return text
    return _pattern(language).sub(
        lambda found: (
            "|" * len(found.group()) if " " in found.group() or "-" in found.group() else found.group()
        ),
        text,
    )


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = sorted(_values(language), key=len, reverse=True)
    either = "|".join(re.escape(word).replace(r"\ ", r"[\s\u00a0]") for word in words)
    return re.compile(either if language in _UNSPACED else rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


@cache
def _values(language: str) -> dict[str, str]:
    return {
        word.replace("_", " "): value
        for value, listed in _table()[language].items()
        for word in listed.split()
    }


@cache
def _fronts(language: str) -> frozenset[str]:
    return frozenset(re.split(r"\W", word)[0] for word in _values(language))


@cache
def _table() -> dict[str, dict[str, str]]:
    return table("fractions")
