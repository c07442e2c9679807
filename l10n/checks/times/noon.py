"""Noon in the source is not midnight in the target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from l10n.checks.mismatches import Place, mismatch_findings
from l10n.checks.pair import Pair
from l10n.checks.reading.data_files import table
from l10n.checks.reading.listed import first_words, may_say
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import lowered
from l10n.model import Finding
from l10n.patterns import UNSPACED, word_of

_SIGNS = frozenset("午夜")  # one of which every Chinese word has


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
    if language not in table("noon") or not may_say(text, language, _fronts(language)):
        return {}
    small = lowered(text)
    matches = {
        name: _expression(listed, language).search(small) for name, listed in table("noon")[language].items()
    }
    return {name: match.span() for name, match in matches.items() if match}


@cache
def _fronts(language: str) -> frozenset[str]:
    if language in UNSPACED:
        return _SIGNS
    return first_words(" ".join(table("noon")[language].values()))


@cache
def _expression(listed: str, language: str) -> re.Pattern[str]:
    return re.compile(word_of(listed.split(), language))
