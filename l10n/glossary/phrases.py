"""Splits texts into words and finds the phrases that may be terms."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from l10n import conventions
from l10n.glossary.matching import bare, is_unspaced

LONGEST = 5  # words of a term
LONGEST_UNSPACED = 8  # characters of one where no spaces are written
_STEM = 4  # letters that a word keeps when its ending is left out
_ENDING = re.compile(rf"(?<=\w{{{_STEM}}})(?:e?s|x|e)(?<!ss)$")
_KANA = re.compile("[\u30a1-\u30fa\u30fc]+")
_HIRAGANA = re.compile("[\u3041-\u309f]")
_TOKEN = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*|[^\w\s]|\n")
_ELISION = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)[’']", re.IGNORECASE)

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its ``text`` as written, or a character where no spaces are written.

    ``key`` is the same for its forms, and "" for what no term goes across.  One that is ``inner`` neither
    begins nor ends a term; a ``name`` is one where it does not begin a sentence.
    """

    text: str
    key: str
    inner: bool = False
    name: bool = False
    acronym: bool = False
    unspaced: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A text cut into words, with their keys, and which of them begin a sentence."""

    text: str
    words: tuple[Word, ...]
    keys: Key
    firsts: frozenset[int]

    def phrases(self, common: frozenset[Key]) -> Iterator[tuple[Key, int, int]]:
        """(key, first word, one past the last) of what may be a term: all its pairs of words are common."""
        words, keys = self.words, self.keys
        for start, first in enumerate(words):
            if not first.key or first.inner:
                continue
            unspaced = first.unspaced
            most = min(start + (LONGEST_UNSPACED if unspaced else LONGEST), len(words))
            for end in range(start, most):
                word = words[end]
                if end > start and keys[end - 1 : end + 1] not in common:
                    break
                if word.unspaced != unspaced:
                    break
                if word.inner:
                    continue
                if end > start or word.acronym or (word.name and start not in self.firsts):
                    yield keys[start : end + 1], start, end + 1

    def where(self, key: Key) -> Iterator[tuple[int, int]]:
        """Where a phrase stands: its first word, and one past the last."""
        size = len(key)
        for start, first in enumerate(self.keys):
            if first != key[0] or self.keys[start : start + size] != key:
                continue
            if not self.words[start].inner and not self.words[start + size - 1].inner:
                yield start, start + size

    def text_between(self, start: int, end: int) -> str:
        """A stretch of words as it is written."""
        first = at = 0
        for index, word in enumerate(self.words[:end]):
            begin = self.text.index(word.text, at)
            first = begin if index == start else first
            at = begin + len(word.text)
        return self.text[first:at]


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """Cuts texts of one language; a run of letters is looked at once, however often it stands in them."""

    inner: frozenset[str]
    _known: dict[str, tuple[Word, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, locale: str) -> Tokenizer:
        """The tokenizer of a locale."""
        convention = conventions.load(locale)
        return cls(convention.function_words | convention.segmentation.starters | convention.negation)

    def read(self, text: str) -> Text:
        """A text cut into words."""
        words: list[Word] = []
        firsts: set[int] = set()
        first = True
        for run in _TOKEN.findall(text):
            run_words = self._known.get(run)
            if run_words is None:
                run_words = self._known[run] = tuple(
                    _word(run[begin:end], self.inner) for begin, end in _pieces(run)
                )
            if not run_words[0].key:
                first = first or run in ".!?…:\n"
            elif first:
                firsts.add(len(words))
                first = False
            words += run_words
        return Text(text, tuple(words), tuple([word.key for word in words]), frozenset(firsts))


def _pieces(run: str) -> Iterator[tuple[int, int]]:
    """The parts of a run that can be words: single characters, runs of katakana, what follows an elision.

    A run without letters is one.
    """
    if not any(map(str.isalpha, run)):
        yield 0, len(run)
        return
    at = 0
    if elision := _ELISION.match(run):
        yield 0, elision.end()
        at = elision.end()
    if run.isascii() and at < len(run):
        yield at, len(run)
        return
    while at < len(run):
        end = at + 1
        if kana := _KANA.match(run, at):
            end = kana.end()
        elif not is_unspaced(run[at]):
            while end < len(run) and not is_unspaced(run[end]):
                end += 1
        yield at, end
        at = end


def _word(text: str, inner: frozenset[str]) -> Word:
    letters = sum(map(str.isalpha, text))
    lowered = text.lower()
    unspaced = is_unspaced(text[0])
    return Word(
        text,
        "" if not letters else bare(lowered) if unspaced else _stem(bare(lowered)),
        inner=lowered in inner
        or lowered.rstrip("’'") in inner
        or bool(_HIRAGANA.match(text))
        or (letters < len(text) and not text[0].isalpha())
        or (letters == 1 and not unspaced),
        name=text[0].isupper() and letters > 2,
        acronym=letters > 1 and text.isupper(),
        unspaced=unspaced,
    )


def _stem(word: str) -> str:
    """A word without the commonest endings, so that singular and plural count together."""
    return _ENDING.sub("", word)


def spread(texts: Sequence[Text], least: int) -> dict[Key, list[int]]:
    """The texts in which each phrase stands, for phrases of enough of them.

    A longer phrase is looked at only where each pair of its words stands often enough, so that few are
    held at a time.
    """
    pairs = Counter(pair for text in texts for pair in set(pairwise(text.keys)) if "" not in pair)
    common = frozenset(pair for pair, count in pairs.items() if count >= least)
    places_by_key: dict[Key, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for key in {key for key, _, _ in text.phrases(common)}:
            places_by_key[key].append(place)
    return {key: places for key, places in places_by_key.items() if len(places) >= least}
