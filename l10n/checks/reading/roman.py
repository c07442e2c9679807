"""Roman numerals in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.reading.values import Value, of_digits

_ROMAN = re.compile(r"\b([IVXLCDM]{1,9})(?:er|e|ère|ème|th|st|nd|rd)?\b")
# A point makes an ordinal of one in German (Karl IV.), and of a single letter an initial.
_REGNAL = re.compile(
    r"(?<=[a-zà-ÿа-яё][ \u00a0])(?<![.!?][ \u00a0])"
    r"([IVX]{2,6}(?=(?:e|ème)(?!\w)|(?![\w'’-]|\.\w))|[VX](?![\w.'’-]))"
)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman(text: str) -> Iterator[Value]:
    """The values that letters of a text may be as Roman numerals."""
    for match in _ROMAN.finditer(text):
        yield _of_roman(match.group(1))


def _of_roman(letters: str) -> Value:
    values = [_ROMAN_VALUES[letter] for letter in letters]
    signed = (
        -value if index + 1 < len(values) and value < values[index + 1] else value
        for index, value in enumerate(values)
    )
    return of_digits(str(sum(signed)))


def regnal(text: str) -> list[tuple[Value, int, int]]:
    """The Roman numerals that count bearers of a name (Leo XIII, Karl IV.) or centuries, with places."""
    if not ("V" in text or "X" in text or "II" in text) or text.isupper():
        return []
    return [(_of_roman(match[1]), *match.span(1)) for match in _REGNAL.finditer(text)]
