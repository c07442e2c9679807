"""How the memory reads a source: without codes, case and numbers, as words and as tokens to look up."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from l10n import inline
from l10n.inline import Role
from l10n.substitution import NUMBER

# Thai to Myanmar, Khmer, kana and ideographs: every character counts as a word.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_WORD = re.compile(r"\w+")
_MIXED_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_NUMBER = re.compile(NUMBER)
_SHORT = 4  # words below which a text is also looked up by its letters


@dataclass(frozen=True, slots=True)
class Reading:
    """A source as it is compared.

    ``text`` has no codes, no capitals and single spaces; ``shape`` has its numbers folded to
    one digit as well, and ``words`` are those of the shape.  ``codes`` and ``numbers`` are
    what was left out, in the order of the text.
    """

    text: str
    shape: str
    words: tuple[str, ...]
    codes: tuple[str, ...]
    numbers: tuple[str, ...]


def read(source: str) -> Reading:
    """A source as it is compared."""
    plain, codes = _without_codes(source)
    text = " ".join(unicodedata.normalize("NFC", plain).casefold().split())
    numbers = tuple(_NUMBER.findall(text))
    shape = _NUMBER.sub("0", text) if numbers else text
    return Reading(text, shape, words_of(shape), codes, numbers)


def words_of(shape: str) -> tuple[str, ...]:
    """The words of a shape; in scripts without spaces, its characters."""
    pattern = _MIXED_WORD if _HAS_UNSPACED.search(shape) else _WORD
    return tuple(pattern.findall(shape))


def shape_key(reading: Reading) -> int:
    """What sources of one shape share: a number to look them up by, to be verified."""
    data = reading.shape.encode("utf-8", "surrogatepass")
    return crc32(data) << 31 ^ crc32(data[::-1])


def tokens(reading: Reading) -> frozenset[int]:
    """What a source is looked up by: words, pairs of unspaced characters, letters of short texts."""
    words = reading.words
    found = set(words)
    if _HAS_UNSPACED.search(reading.shape):
        found.update(one + two for one, two in pairwise(words))
    elif len(words) < _SHORT:
        padded = f" {reading.shape[:80]} "
        found.update(padded[at : at + 3] for at in range(len(padded) - 2))
    return frozenset(crc32(token.encode("utf-8", "surrogatepass")) for token in found)


def _without_codes(source: str) -> tuple[str, tuple[str, ...]]:
    if "<" not in source:
        return source, ()
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
