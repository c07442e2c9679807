"""Words that go with a negation and say the same in both texts: they account for none."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from l10n.checks.data_files import table
from l10n.checks.words import word_set

_INSIDE = frozenset({"zh"})


class _Said(NamedTuple):
    """What a language has for one thing that is said: whole words, and what words begin with."""

    words: frozenset[str]
    stems: tuple[str, ...]

    def has(self, word: str) -> bool:
        return word in self.words or bool(self.stems and word.startswith(self.stems))


def unshared(words: Iterable[str], language: str, text: str, other: str) -> list[str]:
    """Those of some words of a language for which a text of another language says nothing akin."""
    return [word for word in words if not _said_too(word, language, text, other)]


def _said_too(word: str, language: str, text: str, other: str) -> bool:
    inside = language in _INSIDE
    return any(
        (any(part in word for part in one.words) if inside else one.has(word))
        and other in row
        and _stands(row[other], text, other)
        for row in _table().values()
        if (one := row.get(language)) is not None
    )


def _stands(said: _Said, text: str, language: str) -> bool:
    if language in _INSIDE:
        return any(word in text for word in said.words)
    words = word_set(text)
    return not said.words.isdisjoint(words) or (
        bool(said.stems) and any(word.startswith(said.stems) for word in words)
    )


@cache
def _table() -> dict[str, dict[str, _Said]]:
    return {
        name: {language: _parsed(listed) for language, listed in row.items()}
        for name, row in table("akin").items()
    }


def _parsed(listed: str) -> _Said:
    words = listed.split()
    return _Said(
        frozenset(word for word in words if word[-1] != "*"),
        tuple(word[:-1] for word in words if word[-1] == "*"),
    )
