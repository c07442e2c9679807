"""A dollar is that of the same country in the target, where both texts say whose dollar it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from l10n.checks.amounts.quantities import Measure
from l10n.checks.mismatches import Place, mismatch_findings
from l10n.checks.pair import Pair
from l10n.checks.reading.data_files import table
from l10n.checks.reading.words import lowered
from l10n.model import Finding
from l10n.patterns import UNSPACED, any_of

_LANGUAGES = frozenset({"en", "fr", "es", "pt", "it", "de", "ru", "ar", "zh"})
_REACH = 24  # characters in which whose it is stands before or behind
_UNSAID = ""


def compared(
    check: str, pair: Pair, source_currencies: Sequence[Measure], target_currencies: Sequence[Measure]
) -> Iterator[Finding]:
    """An error for a country's dollar that became another's.

    A dollar of which a text does not say whose it is may be any: then nothing is told of that text's others.
    """
    in_source = [measure for measure in source_currencies if measure.name == "dollar"]
    in_target = [measure for measure in target_currencies if measure.name == "dollar"]
    if not in_source or not in_target or not pair.is_between(_LANGUAGES):
        return
    source_language, target_language = pair.languages
    source_owners = _owners(pair.source_plain.text, source_language, in_source)
    if _UNSAID in source_owners:
        return
    target_owners = _owners(pair.target_plain.text, target_language, in_target)
    if _UNSAID in target_owners:
        return
    lost = [place for owner, place in source_owners.items() if owner not in target_owners]
    new = [place for owner, place in target_owners.items() if owner not in source_owners]
    yield from mismatch_findings(check, pair, lost, new)


def _owners(text: str, language: str, dollars: Sequence[Measure]) -> dict[str, Place]:
    """The countries whose dollars a text names, each with its first place."""
    small = lowered(text)
    owners: dict[str, Place] = {}
    for dollar in dollars:
        owner, place = _owner(small, language, dollar.start, dollar.end)
        owners.setdefault(owner, place)
    return owners


def _owner(small: str, language: str, start: int, end: int) -> tuple[str, Place]:
    """Whose dollar stands at a place, and where that is said with it."""
    named = small[start:end]
    if owner := _by_sign().get(named):
        return owner, (start, end)
    before, after = _beside(language)
    if language in UNSPACED:
        match = after.fullmatch(named)
        return match.lastgroup or _UNSAID if match else _UNSAID, (start, end)
    if match := before.search(small[max(0, start - _REACH) : start]):
        return match.lastgroup or _UNSAID, (start - len(match.group()), end)
    if match := after.match(small, end, end + _REACH):
        return match.lastgroup or _UNSAID, (start, match.end())
    return _UNSAID, (start, end)


@cache
def _by_sign() -> dict[str, str]:
    return {sign: name for name, row in table("dollars").items() for sign in row["signs"].split()}


@cache
def _beside(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before a dollar and what behind it, or in its place in Chinese; each country is a group."""
    countries = "|".join(
        f"(?P<{name}>{any_of(row[language].split())})" for name, row in table("dollars").items()
    )
    if language in UNSPACED:
        return re.compile(countries), re.compile(countries)
    return re.compile(rf"(?<!\w)(?:{countries})[\s-]?\Z"), re.compile(rf"\s?(?:{countries})(?!\w)")
