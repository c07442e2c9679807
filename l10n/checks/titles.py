"""Whoever has a title in the source has it in the target: a minister who became a president."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from l10n.checks.exchanged import Place, exchanged
from l10n.checks.pair import Pair
from l10n.checks.tables import table
from l10n.model import Finding, Severity

_UNSPACED = frozenset({"zh"})
_ARABIC_FRONT = "(?:[وفبكل]|لل)?"
_UNSURE = "unsure"


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """A warning for a title that became another.

    None where either text has a word for the head of something: it may stand for any of them.
    """
    ours, theirs = pair.source_convention.language, pair.target_convention.language
    if ours == theirs or ours not in _languages() or theirs not in _languages():
        return
    source, target = pair.source_plain.text, pair.target_plain.text
    wanted = _named(source, ours)
    if not wanted:
        return
    given = _named(target, theirs)
    if _UNSURE in wanted or _UNSURE in given:
        return
    lost = [place for title, place in wanted.items() if title not in given]
    new = [place for title, place in given.items() if title not in wanted]
    yield from exchanged(check, pair, lost, new, severity=Severity.WARNING)


def is_title(word: str, language: str) -> bool:
    """Whether a word is the title of somebody."""
    return language in _languages() and _pattern(language).fullmatch(word) is not None


@lru_cache(maxsize=512)
def _named(text: str, language: str) -> dict[str, Place]:
    """The titles that a text names, each with its first place."""
    found: dict[str, Place] = {}
    for match in _pattern(language).finditer(text):
        found.setdefault(match.lastgroup or "", match.span())
    return found


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
    return re.compile("|".join(kinds), re.IGNORECASE)


@cache
def _languages() -> frozenset[str]:
    return frozenset(language for row in _table().values() for language in row)


@cache
def _table() -> dict[str, dict[str, str]]:
    return table("titles")
