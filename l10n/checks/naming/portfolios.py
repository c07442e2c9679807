"""What a minister or a ministry of the source is for, that of the target is for: health, not education."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from l10n.checks.mismatches import Place, mismatch_findings
from l10n.checks.pair import Pair
from l10n.checks.reading.arabic import LEANING
from l10n.checks.reading.data_files import table
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import lowered, word_set
from l10n.model import Finding, Severity
from l10n.patterns import UNSPACED, any_of

_MINISTER = "minister"
_COMPOUNDS = frozenset({"de"})  # a language that writes the minister on to what he is for
_BEFORE, _BEHIND = 24, 40  # characters beside the word for a minister
_LONGEST_END = 4  # letters
_SHORT = 7  # characters where no spaces are written
_FRONTS = {"ar": f"(?:[{LEANING}]?ال|لل)?"}
_CLAUSE = re.compile(r"[.,;:!?()،؛；，。：\n]")


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """A warning where a minister's portfolio is nowhere in the target, and another is there."""
    if not pair.is_between(_languages()):
        return
    source_language, target_language = pair.languages
    source, target = pair.source_plain.text, pair.target_plain.text
    source_portfolios = _named(source, source_language)
    if not source_portfolios:
        return
    target_portfolios = _named(target, target_language)
    if not target_portfolios:
        return
    new = [
        place
        for portfolio, place in target_portfolios.items()
        if not _speaks_of(portfolio, source, source_language)
    ]
    # A labour minister is none of health, whatever workers the target speaks of.
    only = len(source_portfolios) == len(target_portfolios) == 1
    lost = [
        place
        for portfolio, place in source_portfolios.items()
        if (only and portfolio not in target_portfolios) or not _speaks_of(portfolio, target, target_language)
    ]
    yield from mismatch_findings(check, pair, lost, new, severity=Severity.WARNING)


def _speaks_of(portfolio: str, text: str, language: str) -> bool:
    return any(match.lastgroup == portfolio for match in _pattern(language).finditer(lowered(text)))


def is_portfolio(word: str, language: str) -> bool:
    """Whether a word is what a ministry is for, with an end that words have: Transportes, not Workington."""
    said = _pattern(language).match(lowered(word)) if language in _languages() else None
    return said is not None and len(word) - said.end() <= _LONGEST_END


@per_text
def _named(text: str, language: str) -> dict[str, Place]:
    """What the ministers and ministries of a text are for, each with its first place."""
    first_places: dict[str, Place] = {}
    if language not in _COMPOUNDS | UNSPACED and _ministers(language).isdisjoint(word_set(text)):
        return first_places
    small = lowered(text)
    for minister in _minister(language).finditer(small):
        start, end = _beside(small, minister.start(), minister.end(), language)
        for match in _pattern(language).finditer(small, start, end):
            first_places.setdefault(match.lastgroup or "", match.span())
    return first_places


def _beside(text: str, start: int, end: int, language: str) -> Place:
    """What stands beside a minister in the same clause."""
    short = language in UNSPACED
    before = _CLAUSE.split(text[max(0, start - (_SHORT if short else _BEFORE)) : start])[-1]
    behind = _CLAUSE.split(text[end : end + (0 if short else _BEHIND)])[0]
    return start - len(before), end + len(behind)


@cache
def _ministers(language: str) -> frozenset[str]:
    return frozenset(table("portfolios")[_MINISTER][language].split())


@cache
def _minister(language: str) -> re.Pattern[str]:
    either = any_of(sorted(_ministers(language), key=len, reverse=True))
    if language in UNSPACED:
        return re.compile(either)
    front = r"\b\w*" if language in _COMPOUNDS else r"\b"
    return re.compile(rf"{front}{either}\b")


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Any portfolio; each is a group."""
    front = "" if language in UNSPACED else r"\b" + _FRONTS.get(language, "")
    return re.compile(
        "|".join(
            f"{front}(?P<{portfolio}>{any_of(row[language].split())})"
            for portfolio, row in table("portfolios").items()
            if portfolio != _MINISTER
        )
    )


@cache
def _languages() -> frozenset[str]:
    return frozenset(table("portfolios")[_MINISTER])
