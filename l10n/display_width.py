"""How many columns a text takes where all letters have one width: in a terminal, a plain text, a PO file.

Wide and full-width characters take two (Unicode Standard Annex 11); what combines with the character before
it or is never seen takes none, as in POSIX ``wcwidth``.
"""

from __future__ import annotations

import re
import unicodedata

# What may take no column or two.
_UNEVEN = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0590-\u200f\u2028-\u202f\u205f-\u206f\u20a9\u20d0-\U0010ffff]"
)


def display_width(text: str) -> int:
    """The columns a text takes."""
    if text.isascii() or not _UNEVEN.search(text):
        return len(text)
    return sum(map(_columns, text))


def is_wide(char: str) -> bool:
    """Whether a character takes two columns; not so for "", which is none."""
    return char >= "\u1100" and unicodedata.east_asian_width(char) in "WF"


def _columns(char: str) -> int:
    if char < "\u0300":
        return 1
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if is_wide(char) else 1
