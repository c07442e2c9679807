"""Number words that are written together, and with what they count: fünfundzwanzig, quarantaquattrenne."""

from __future__ import annotations

from collections.abc import Container, Iterator

from l10n.checks.reading.values import Value

_LONGEST = 60  # letters of a number written as one word
_LONGEST_PIECE = 14
_LONGEST_STEM = 12
_INFLECTED = 3  # letters behind an ending


def pieces(word: str, *names: Container[str]) -> list[str]:
    """The number words a long word is made of, the longest first at each place; none if it is not."""
    found: list[str] = []
    at = 0
    while at < len(word) <= _LONGEST:
        for end in range(min(len(word), at + _LONGEST_PIECE), at + 1, -1):
            piece = word[at:end]
            if piece != word and any(piece in listed for listed in names):
                found.append(piece)
                at = end
                break
        else:
            return []
    return found


def heads(word: str, endings: tuple[str, ...], cut: tuple[str, ...]) -> Iterator[str]:
    """What stands before an ending in a word, as it is and with each letter that it may have lost there."""
    if len(word) > _LONGEST:
        return
    for ending in endings:
        at = word.rfind(ending, 1)
        if at > 0 and len(word) - at - len(ending) <= _INFLECTED:
            yield word[:at]
            yield from (word[:at] + letter for letter in cut)


def begun(word: str, stems: dict[str, Value]) -> Iterator[Value]:
    """The numbers a word may begin with."""
    for size in range(2, min(len(word), _LONGEST_STEM) + 1) if stems else ():
        if word[:size] in stems:
            yield stems[word[:size]]
