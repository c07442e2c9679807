"""Words that go with a negation and say the same in both texts: they account for none."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from l10n.checks.reading.data_files import table
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import folded, word_set
from l10n.patterns import UNSPACED

_COMPOUNDS = frozenset({"de"})  # whose words end in what they say: Schleppnetzverbot
_LATIN = frozenset({"en", "fr", "es", "pt", "it", "de"})  # whose words have many roots in common
_HEAD = 6  # letters by which a long word is known again in another language
_SHORTEST_IN_COMPOUND = 5


class _Wording(NamedTuple):
    """What a language has for one thing that is said: whole words, and what words begin with."""

    words: frozenset[str]
    stems: tuple[str, ...]

    def has(self, word: str) -> bool:
        return word in self.words or bool(self.stems and word.startswith(self.stems))


def unshared(words: Iterable[str], language: str, text: str, other_language: str) -> list[str]:
    """Those of some words, or rows of words, to which a text of another language says nothing akin."""
    alike = _heads(text) if {language, other_language} <= _LATIN else frozenset()
    return [
        word
        for word in words
        if (folded(word)[:_HEAD] not in alike or word in word_set(text))  # a name kept: Unstable
        and not _has_akin(word.partition(" ")[0], language, text, other_language)
    ]


@per_text
def _heads(text: str) -> frozenset[str]:
    """How the long words of a text begin: one of the same family begins alike in another language."""
    return frozenset(folded(word)[:_HEAD] for word in word_set(text) if len(word) > _HEAD)


def says(name: str, text: str, language: str) -> bool:
    """Whether a text has a word of one of the wordings, by the name of the wording."""
    wording = _wordings()[name].get(language)
    return wording is not None and _stands(wording, text, language)


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
