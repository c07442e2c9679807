"""Whoever has a title in the source has it in the target: a minister who became a president."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from l10n.checks.data_files import table
from l10n.checks.gazetteer import named
from l10n.checks.mismatches import Place, mismatch_findings
from l10n.checks.pair import Pair
from l10n.checks.words import lowered
from l10n.model import Finding, Severity

_CODE = 2  # letters of that of a country
_FIRST = re.compile(r"[^\W\d_]+")
_ANY = r"\w*"
_STEM = 4
_UNSPACED = frozenset({"zh"})
_ARABIC_FRONT = "(?:[وفبكل]|لل)?"
_UNSURE = "unsure"
_NO_MINISTER = frozenset({"ar", "zh"})  # languages whose words for a head are never a minister's
_NO_HEAD = frozenset({"minister"})
_STATE = "president"  # what the head of a country is


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """A warning for a title that became another.

    None where either text has a word for the head of something: it may stand for any of them, though not
    for a minister in a language that has no other word for one.
    """
    ours, theirs = pair.source_convention.language, pair.target_convention.language
    if ours == theirs or ours not in _languages() or theirs not in _languages():
        return
    source, target = pair.source_plain.text, pair.target_plain.text
    wanted = _named(source, ours)
    if not wanted:
        return
    given = _named(target, theirs)
    if _UNSURE in wanted or (_UNSURE in given and theirs not in _NO_MINISTER):
        return
    if _UNSURE in given:
        wanted = {title: place for title, place in wanted.items() if title in _NO_HEAD}
    lost = [place for title, place in wanted.items() if title not in given]
    new = [place for title, place in given.items() if title not in wanted]
    yield from mismatch_findings(check, pair, lost, new, severity=Severity.WARNING)


def is_title(word: str, language: str) -> bool:
    """Whether a word is the title of somebody."""
    return language in _languages() and _pattern(language).fullmatch(lowered(word)) is not None


@lru_cache(maxsize=512)
def _named(text: str, language: str) -> dict[str, Place]:
    """The titles that a text names, each with its first place."""
    found: dict[str, Place] = {}
    small = lowered(text)
    if not any(stem in small for stem in _stems(language)):
        return found
    for match in _pattern(language).finditer(small):
        title = match.lastgroup or ""
        if title == _UNSURE and language == "ar" and _of_a_country(text, match.end(), language):
            title = _STATE
        found.setdefault(title, match.span())
    return found


def _of_a_country(text: str, at: int, language: str) -> bool:
    """Whether a country is named right behind a word: the head of Mali."""
    return any(
        one.start <= at + 1 < one.end and any(len(place) == _CODE for place in one.places)
        for one in named(text, language)
    )


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Any title; each is a group, those of two words before those of one."""
    kinds = []
    for title, row in _table().items():
        words = "|".join(row.get(language, "(?!)").split()).replace("_", r"[\s\u00a0]").replace("*", r"\w*")
        words = words.replace(r"\w\w*", r"\w*")  # what is written on to the front
        if language in _UNSPACED:
            kinds.append(f"(?P<{title}>{words})")
        else:
            front = _ARABIC_FRONT if language == "ar" else ""
            kinds.append(rf"(?P<{title}>(?<![\w-]){front}(?:{words})(?!\w))")
    return re.compile("|".join(kinds))


@cache
def _stems(language: str) -> tuple[str, ...]:
    """What the words begin with: a quick look."""
    every = (word for row in _table().values() for word in row.get(language, "").split())
    stems = {_FIRST.findall(word.replace(_ANY, ""))[0][:_STEM] for word in every}
    return tuple(one for one in stems if not any(one != other and other in one for other in stems))


@cache
def _languages() -> frozenset[str]:
    return frozenset(language for row in _table().values() for language in row)


@cache
def _table() -> dict[str, dict[str, str]]:
    return table("titles")
