"""Noon in the source is not midnight in the target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from l10n.checks.data_files import table
from l10n.checks.mismatches import Place, mismatch_findings
from l10n.checks.pair import Pair
from l10n.checks.remembered import per_text
from l10n.checks.words import lowered, word_set
from l10n.model import Finding

_UNSPACED = frozenset({"zh"})
_WORD = re.compile(r"[^\W\d_]+")


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """An error where the source says one of them only, and the target the other only."""
    in_source = _said(pair.source_plain.text, pair.source_convention.language)
    if len(in_source) != 1 or not pair.is_between(table("noon")):
        return
    in_target = _said(pair.target_plain.text, pair.target_convention.language)
    if len(in_target) == 1 and in_source.keys() != in_target.keys():
        yield from mismatch_findings(check, pair, in_source.values(), in_target.values())


@per_text
def _said(text: str, language: str) -> dict[str, Place]:
    """Where a text first says noon and where midnight."""
    if not _may_say(text, language):
        return {}
    small = lowered(text)
    matches = {
        name: _expression(listed, language).search(small) for name, listed in table("noon")[language].items()
    }
    return {name: match.span() for name, match in matches.items() if match}


def _may_say(text: str, language: str) -> bool:
    """Whether a text has a word of either: a quick look."""
    if language not in table("noon"):
        return False
    if language in _UNSPACED:
        return "午" in text or "夜" in text
    return not _first_words(language).isdisjoint(word_set(text))


@cache
def _first_words(language: str) -> frozenset[str]:
    rows = table("noon")[language]
    return frozenset(_WORD.findall(word)[0] for listed in rows.values() for word in listed.split())


@cache
def _expression(listed: str, language: str) -> re.Pattern[str]:
    words = "|".join(listed.split()).replace("[_-]", r"[\s\u00a0-]").replace("_", r"[\s\u00a0]")
    return re.compile(words if language in _UNSPACED else rf"(?<!\w)(?:{words})(?!\w)")
