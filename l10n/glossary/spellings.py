"""The spellings of one word that keyboards, styles and typesetting make, written as one of them."""

from __future__ import annotations

_APOSTROPHES = "’‘ʼʹ′＇"
_HYPHENS = "\u2010\u2011\u2212\ufe63\uff0d"
# Vowel signs and points that Arabic and Hebrew texts may leave out, the Arabic stroke and soft hyphens.
_LEFT_OUT = (
    ("\u0591", "\u05bd"),
    ("\u05bf", "\u05bf"),
    ("\u05c1", "\u05c2"),
    ("\u064b", "\u0652"),
    ("\u0670", "\u0670"),
    ("\u0640", "\u0640"),
    ("\u00ad", "\u00ad"),
)
# Letters whose marks are often not written, and the letters of Persian keyboards.
_ALIKE = {"ё": "е", "Ё": "Е", "œ": "oe", "Œ": "Oe"}
_ARABIC = {"أإآٱ": "ا", "ىی": "ي", "ؤئ": "ء", "ک": "ك"}
_SAME = {
    **dict.fromkeys(map(ord, _APOSTROPHES), "'"),
    **dict.fromkeys(map(ord, _HYPHENS), "-"),
    **dict.fromkeys((code for first, last in _LEFT_OUT for code in range(ord(first), ord(last) + 1)), ""),
    **{ord(letter): same for letter, same in _ALIKE.items()},
    **{ord(letter): same for letters, same in _ARABIC.items() for letter in letters},
}


def folded(text: str) -> str:
    """A text in which the spellings of a word are one: *l’eau* and *l'eau*, *самолёт* and *самолет*."""
    return text if text.isascii() else text.translate(_SAME)
