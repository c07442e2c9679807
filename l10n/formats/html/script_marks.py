"""What a script of XHTML says, read as HTML with the marks of ``xhtml``.

Outside of a section of words its references are read, as HTML never does in a script.
"""

from __future__ import annotations

import re

from l10n.formats.html.entities import decode

REFERENCE = re.compile(r"&\x10[^\s&;]++;")
# A sign that XML reads as itself there.
SIGN = re.compile(r"([<&])\x0b")
_SECTION = re.compile(r"[ \t\r\n]*+<\x0b!\[CDATA\[([\s\S]*)\]\]>[ \t\r\n]*+")


def said(reference: str) -> str:
    """What a marked reference says."""
    return decode(reference.replace("\x10", ""))


def section(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the words of a script begin and end that is one section, the script itself where it is none."""
    match = _SECTION.fullmatch(text, start, end)
    return match.span(1) if match else (start, end)


def read(words: str) -> str:
    """A script, or the inside of its section, as XML reads it."""
    if "&" in words:
        words = REFERENCE.sub(lambda match: said(match[0]), words)
    return SIGN.sub(r"\1", words)
