"""Normalises sources for comparison: removes codes, case and numbers, and splits into words and tokens."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from zlib import crc32

from l10n import inline
from l10n.inline import Role
from l10n.memory.bounds import max_lost_tokens
from l10n.patterns import WORD_MARKS
from l10n.substitution import NUMBER

# Thai to Myanmar, Khmer, kana and ideographs: every character counts as a word.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_WORD = re.compile(rf"[\w{WORD_MARKS}]+")
_MIXED_WORD = re.compile(rf"[{_UNSPACED}]|(?:[^\W{_UNSPACED}]|[{WORD_MARKS}])+")
_NUMBER = re.compile(NUMBER)
_SHORT = 4  # words below which a text is also looked up by its letters
_SHORT_STORED = 6
_LETTERS = 80  # of which so many
_WHOLE = 0xFFFFFFFF
_WORDS_KEPT = 1_024  # shapes of which the words are known without looking


@dataclass(frozen=True, slots=True)
class NormalisedSource:
    """A source normalised for comparison.

    ``text`` has no codes, no capitals and single spaces; ``shape`` has its numbers folded to
    one digit as well.  ``codes`` and ``numbers`` are what was left out, in the order of the text.
    """

    text: str
    shape: str
    codes: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Traits:
    """Features of a source by which similar ones are found.

    ``tokens`` are 32-bit hashes of its words, its pairs of words and, for short texts, its letter trigrams;
    ``bits`` is a bit vector with one of 128 bits set for each word; ``words`` is the number of words.
    """

    tokens: set[int]
    bits: int
    words: int


def normalise(source: str) -> NormalisedSource:
    """Normalise a source for comparison."""
    plain, codes = _without_codes(source) if "<" in source else (source, ())
    text = _plainly(plain)
    numbers = tuple(_NUMBER.findall(text))
    shape = _NUMBER.sub("0", text) if numbers else text
    return NormalisedSource(text, shape, codes, numbers)


def fold_numbers(text: str) -> str:
    """A text with its numbers folded to one digit."""
    return _NUMBER.sub("0", text)


def shape_of(source: str) -> str:
    """The shape of a source alone."""
    return _NUMBER.sub("0", _plainly(_without_codes(source)[0] if "<" in source else source))


def _plainly(text: str) -> str:
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    return " ".join(composed.casefold().split())


@lru_cache(_WORDS_KEPT)
def words_of(shape: str) -> tuple[str, ...]:
    """The words of a shape; in scripts without spaces, its characters."""
    if shape.isascii():
        return tuple(_WORD.findall(shape))
    pattern = _MIXED_WORD if has_unspaced(shape) else _WORD
    return tuple(pattern.findall(shape))


def word_places(text: str) -> list[tuple[int, int]]:
    """Where the words of a text begin and end."""
    pattern = _MIXED_WORD if has_unspaced(text) else _WORD
    return [match.span() for match in pattern.finditer(text)]


def has_unspaced(text: str) -> bool:
    """Whether some of it is in a script that does not set words apart."""
    return _HAS_UNSPACED.search(text) is not None


def key(text: str) -> int:
    """A digest of 64 bits that stands for a text, never 0."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1


def short_key(text: str) -> int:
    """A checksum of 32 bits that tells texts of one shape apart."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def traits_of(shape: str, *, stored: bool = False) -> Traits:
    """The features of a shape.

    ``stored`` sources have letter trigrams up to the length that a short query may match.
    """
    words = words_of(shape)
    hashes = [crc32(word.encode("utf-8", "surrogatepass")) for word in words]
    tokens = set(hashes)
    bits = 0
    for token in tokens:
        bits |= 1 << (token & 127)
    tokens.update([(first * 0x9E3779B1 + second * 0x85EBCA77) & _WHOLE for first, second in pairwise(hashes)])
    if len(words) < (_SHORT_STORED if stored else _SHORT):
        padded = f" {shape[:_LETTERS]} "
        tokens.update(
            crc32(padded[at : at + 3].encode("utf-8", "surrogatepass"), 1) for at in range(len(padded) - 2)
        )
    return Traits(tokens, bits, len(words))


def max_missing_tokens(shape: str, words: int, threshold: float) -> int:
    """How many tokens of a shape of ``words`` words a source that reaches a threshold may lack."""
    return max_lost_tokens(words, min(len(shape), _LETTERS) if words < _SHORT else 0, threshold)


def _without_codes(source: str) -> tuple[str, tuple[str, ...]]:
    words: list[str] = []
    codes: list[str] = []
    for token in inline.tokens(source):
        if token.role is Role.TEXT:
            words.append(token.text)
            continue
        codes.append(token.text)
        if token.role is Role.LONE:
            words.append(" ")
    return "".join(words), tuple(codes)
