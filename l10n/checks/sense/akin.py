"""Words that go with a negation and say the same in both texts: they account for none."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from l10n.checks.reading.data_files import table
from l10n.checks.reading.words import word_set
from l10n.patterns import UNSPACED

_COMPOUNDS = frozenset({"de"})  # whose words end in what they say: Schleppnetzverbot
_SHORTEST_IN_COMPOUND = 5


class _Wording(NamedTuple):
    """What a language has for one thing that is said: whole words, and what words begin with."""

    words: frozenset[str]
    stems: tuple[str, ...]

    def has(self, word: str) -> bool:
        return word in self.words or bool(self.stems and word.startswith(self.stems))


def unshared(words: Iterable[str], language: str, text: str, other_language: str) -> list[str]:
    """Those of some words, or rows of words, to which a text of another language says nothing akin."""
    return [word for word in words if not _has_akin(word.partition(" ")[0], language, text, other_language)]


def _has_akin(word: str, language: str, text: str, other_language: str) -> bool:
    inside = language in UNSPACED
    return any(
        (any(part in word for part in wording.words) if inside else wording.has(word))
        and other_language in row
        and _stands(row[other_language], text, other_language)
        for row in _wordings().values()
        if (wording := row.get(language)) is not None
    )


def _stands(wording: _Wording, text: str, language: str) -> bool:
    if language in UNSPACED:
        return any(word in text for word in wording.words)
    words = word_set(text)
    if not wording.words.isdisjoint(words):
        return True
    if language in _COMPOUNDS and any(
        stem in word for word in words for stem in wording.stems if len(stem) >= _SHORTEST_IN_COMPOUND
    ):
        return True
    return bool(wording.stems) and any(word.startswith(wording.stems) for word in words)


@cache
def _wordings() -> dict[str, dict[str, _Wording]]:
    return {
        name: {language: _parsed(listed) for language, listed in row.items()}
        for name, row in table("akin").items()
    }


def _parsed(listed: str) -> _Wording:
    words = listed.split()
    return _Wording(
        frozenset(word for word in words if word[-1] != "*"),
        tuple(word[:-1] for word in words if word[-1] == "*"),
    )
