"""Words looked up within the sources or the targets of the memory, and where they stand there.

Words are compared as people type them, without accents, and in scripts without spaces character by character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from l10n.memory.normalising import word_places
from l10n.memory.unit import TranslationUnit
from l10n.searching import searchable

LONGEST_SOUGHT = 200  # characters of what is looked up
SIDES = ("source", "target")
_BEGINNING = 3  # letters that may be the beginning of a longer word
# Arabic writes "the" and the particles before it as one word with the noun (the prefixes of Light10; Larkey,
# Ballesteros and Connell, SIGIR 2002).
_ARTICLE = re.compile(r"[وف]?(?:[بك]?ال|لل)(?=\w{2})")

PlacedWord = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Concordance:
    """The pairs that hold some words, the nearest first and among those the newest.

    ``complete`` is false while the words of a part of the memory are still being read.
    """

    units: tuple[TranslationUnit, ...]
    complete: bool


def placed_words(text: str) -> list[PlacedWord]:
    """The words of a text as they are compared, and where each begins and ends."""
    placed = ((searchable(text[start:end]), start, end) for start, end in word_places(text))
    return [(_ARTICLE.sub("", word, count=1), start, end) for word, start, end in placed if word.strip("_")]


def words_for_index(text: str) -> str:
    """The words of a text as they are compared, with a space between them."""
    return " ".join(word for word, _, _ in placed_words(text))


def sought_words(text: str) -> tuple[str, ...]:
    """The words that somebody looks up."""
    return tuple(word for word, _, _ in placed_words(text[:LONGEST_SOUGHT]))


def match_expressions(words: Sequence[str], side: str, language: str) -> Iterator[str]:
    """What full-text search is asked for, the nearest first (FTS5, full-text query syntax).

    The words one after the other; the last of them only begun; all of them, anywhere and only begun.
    """
    quoted = [f'"{word.replace(chr(34), "")}"' for word in words]
    whole = " + ".join(quoted)
    tries = [whole, f"{whole} {_star(words[-1])}", " AND ".join(map(_begun, words, quoted))]
    columns = [side] if side in SIDES else SIDES
    for one in dict.fromkeys(text.strip() for text in tries):
        inside = " OR ".join(f"{{{column}}} : ({one})" for column in columns)
        yield f'({inside}) AND {{language}} : "{language}"'


def _begun(word: str, quoted: str) -> str:
    return f"{quoted} {_star(word)}"


def _star(word: str) -> str:
    return "*" if len(word) >= _BEGINNING else ""


def places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where words stand in a text: one after the other, and where they nowhere do so each by itself."""
    placed = placed_words(text)
    together = [
        (placed[at][1], placed[at + len(words) - 1][2])
        for at in range(len(placed) - len(words) + 1)
        if words and _stand_at(placed[at : at + len(words)], words)
    ]
    if together or len(words) == 1:
        return _apart(together)
    return [(start, end) for word, start, end in placed if any(_is_or_begins(word, one) for one in words)]


def _stand_at(placed: Sequence[PlacedWord], words: Sequence[str]) -> bool:
    *first, last = words
    same = all(word == one for (word, _, _), one in zip(placed, first, strict=False))
    return same and _is_or_begins(placed[-1][0], last)


def _is_or_begins(word: str, sought: str) -> bool:
    return word == sought or (len(sought) >= _BEGINNING and word.startswith(sought))


def _apart(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in their order, without those that begin inside the one before."""
    kept: list[tuple[int, int]] = []
    for start, end in stretches:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
