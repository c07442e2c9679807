"""Words by which a clause is known again in another language: school, école, школа.

A line of `clause_words.tsv` is one thing that is seldom said in any other way.  In the column of a language
stands, before a bar, what tells that a text speaks of it; behind the bar, what else may stand for it in a
translation.  A star is any letters before or behind, _ a space.  Arabic writes particles on to its words and
Chinese no spaces: what may stand for a thing is looked for inside of words there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from l10n.checks.reading.data_files import column
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import word_set
from l10n.patterns import UNSPACED

_WITHIN = frozenset({"ar", *UNSPACED})
_ARABIC_FRONT = r"(?<!\w)[وف]?(?:ال|لل|بال|كال|[بلك])?"
_SHORT_ARABIC = 3  # letters of a word that stands in many others
Things = frozenset[str]
_NONE: Things = frozenset()


def known(language: str) -> bool:
    """Whether anything is known of a language."""
    return bool(column("clause_words", language))


@per_text
def told(text: str, language: str) -> Things:
    """What a text certainly speaks of, by the names of the lines."""
    if language == "ar":
        return frozenset(
            thing
            for thing, words, pattern in _arabic()
            if any(word in text for word in words) and pattern.search(text)
        )
    return _found(text, language, loosely=False)


@per_text
def may_be_told(text: str, language: str) -> Things:
    """What a text may speak of, in whatever words."""
    return _found(text, language, loosely=True)


def _found(text: str, language: str, *, loosely: bool) -> Things:
    words = _words(language, loosely)
    if language in _WITHIN:
        return frozenset(thing for word, thing in words.within if word in text)
    return words.of_phrases(text).union(*(_of_word(word, language, loosely) for word in word_set(text)))


@lru_cache(maxsize=1 << 14)
def _of_word(word: str, language: str, loosely: bool) -> Things:  # noqa: FBT001  a key of what is remembered
    """What one word speaks of; asked once of words that texts repeat."""
    return _words(language, loosely).of_word(word)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a language by how they are looked up, each with the names of its lines."""

    whole: dict[str, Things]
    beginnings: dict[str, Things]
    endings: tuple[tuple[str, str], ...]
    within: tuple[tuple[str, str], ...]
    phrases: tuple[tuple[str, str], ...]

    def of_word(self, word: str) -> Things:
        """What one word speaks of."""
        things = self.whole.get(word, _NONE)
        for length in range(2, len(word) + 1):
            things |= self.beginnings.get(word[:length], _NONE)
        if self.endings:
            things |= {thing for end, thing in self.endings if word.endswith(end)}
            things |= {thing for part, thing in self.within if part in word}
        return things

    def of_phrases(self, text: str) -> Things:
        """What rows of several words speak of."""
        small = text.lower() if self.phrases else ""
        return frozenset(thing for phrase, thing in self.phrases if phrase in small)


@lru_cache(maxsize=32)
def _words(language: str, loosely: bool) -> _Words:  # noqa: FBT001  a key of what is remembered
    whole: dict[str, Things] = {}
    beginnings: dict[str, Things] = {}
    endings, within, phrases = [], [], []
    for word, thing in _listed(language, loosely=loosely):
        bare = word.strip("*").replace("_", " ")
        if language in _WITHIN or (word[0] == "*" and word[-1] == "*"):
            within.append((bare, thing))
        elif " " in bare:
            phrases.append((bare, thing))
        elif word[0] == "*":
            endings.append((bare, thing))
        else:
            table = beginnings if word[-1] == "*" else whole
            table[bare] = table.get(bare, _NONE) | {thing}
    return _Words(whole, beginnings, tuple(endings), tuple(within), tuple(phrases))


def _listed(language: str, *, loosely: bool) -> list[tuple[str, str]]:
    """Each word of a language with the name of its line."""
    listed = []
    for thing, cell in column("clause_words", language).items():
        certain, _, loose = cell.partition("|")
        listed += [(word, thing) for word in (f"{certain} {loose}" if loosely else certain).split()]
    return listed


@cache
def _arabic() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    """For each line its words, and an expression of them: where an Arabic word begins, whole where short.

    Most texts have none of the words, which is seen far sooner without the expression.
    """
    by_thing: dict[str, list[str]] = {}
    for word, thing in _listed("ar", loosely=False):
        by_thing.setdefault(thing, []).append(word.replace("_", " "))
    return tuple((thing, tuple(words), _begun_with(words)) for thing, words in by_thing.items())


def _begun_with(words: Sequence[str]) -> re.Pattern[str]:
    ways = (re.escape(word) + (r"(?!\w)" if len(word) <= _SHORT_ARABIC else "") for word in words)
    return re.compile(f"{_ARABIC_FRONT}(?:{'|'.join(ways)})")
