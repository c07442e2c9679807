"""Sentences by the million, the same ones every time, as uneven as those of a newsroom.

Words follow Zipf's law and draw their usual neighbours along; some sentences are headings of few words,
many hold numbers, and a fifth says again what an earlier one said with a few words changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_ONSETS = ("", "b", "br", "c", "d", "f", "g", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v")
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ou", "é")
_CODAS = ("", "", "n", "r", "s", "l")
_WORDS = 80_000
_CHARACTERS = 4_000
_USUAL = 6  # words that like to follow a word


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes sentences of one kind of script: ``spaced`` words or characters without spaces."""

    chance: np.random.Generator
    words: tuple[str, ...]
    likely: NDArray[np.float64]
    usual: NDArray[np.intp]
    spaced: bool

    def sentences(self, count: int) -> Iterator[str]:
        """So many sentences, many alike, a few the same."""
        earlier: list[NDArray[np.intp]] = []
        while count > 0:
            batch = min(count, 20_000)
            for words in self._drawn(batch):
                sentence = words
                if earlier and self.chance.random() < 0.2:
                    sentence = self.changed(earlier[int(self.chance.integers(len(earlier)))])
                elif len(earlier) < 200_000:
                    earlier.append(words)
                yield self.written(sentence)
            count -= batch

    def _drawn(self, count: int) -> list[NDArray[np.intp]]:
        lengths = np.clip(self.chance.lognormal(2.65, 0.55, count), 4, 70).astype(int)
        short = self.chance.random(count) < 0.12
        lengths[short] = self.chance.integers(1, 5, int(short.sum()))
        if not self.spaced:
            lengths = (lengths * 1.7).astype(int) + 1
        drawn = self.draw(int(lengths.sum()))
        follows = self.chance.random(len(drawn)) < 0.45
        which = self.chance.integers(0, _USUAL, len(drawn))
        drawn[1:][follows[1:]] = self.usual[drawn[:-1], which[1:]][follows[1:]]
        return np.split(drawn, np.cumsum(lengths)[:-1])

    def draw(self, count: int) -> NDArray[np.intp]:
        """Words by their frequency."""
        return np.searchsorted(self.likely, self.chance.random(count)).astype(np.intp)

    def changed(self, words: NDArray[np.intp], most: float = 0.25) -> NDArray[np.intp]:
        """A sentence with up to a share of its words changed, left out or put in, at least one."""
        changed = words.tolist()
        for _ in range(int(self.chance.integers(1, max(2, int(most * len(changed)) + 1)))):
            at = int(self.chance.integers(0, len(changed) + 1))
            new = self.draw(1).tolist()
            kind = self.chance.integers(0, 4)
            changed[at : at + 1] = (
                new if kind < 2 else [] if kind == 2 and len(changed) > 1 else [*changed[at : at + 1], *new]
            )
        return np.array(changed, np.intp)

    def written(self, words: NDArray[np.intp]) -> str:
        """A sentence in letters; some of its rarer words become numbers."""
        parts = [
            str(int(self.chance.integers(2, 99_999))) if word % 29 == 7 else self.words[word]
            for word in words.tolist()
        ]
        if not self.spaced:
            return "".join(parts) + "。"
        text = " ".join(parts)
        return f"{text[:1].upper()}{text[1:]}" + ("." if len(parts) > 4 else "")


def writer(seed: int, *, spaced: bool = True) -> Writer:
    """A writer that writes the same for the same seed."""
    chance = np.random.default_rng(seed)
    size = _WORDS if spaced else _CHARACTERS
    words = (
        _spaced_words(np.random.default_rng(1))
        if spaced
        else tuple(chr(0x4E00 + 5 * at) for at in range(size))
    )
    weights = 1 / (np.arange(size) + 2.7) ** 1.03
    usual = np.minimum(np.random.default_rng(2).pareto(0.6, (size, _USUAL)) * 4, size - 1).astype(np.intp)
    return Writer(chance, words, np.cumsum(weights / weights.sum()), usual, spaced)


def _spaced_words(chance: np.random.Generator) -> tuple[str, ...]:
    """Short words first, as frequent words are."""
    words: dict[str, None] = {}
    for syllables, size in ((1, 300), (2, 8_000), (3, 40_000), (4, _WORDS)):
        while len(words) < size:
            parts = (chance.choice(part) for _ in range(syllables) for part in (_ONSETS, _VOWELS, _CODAS))
            words.setdefault("".join(parts), None)
    return tuple(words)
