"""What a script of XHTML says, read as HTML with the marks of ``xhtml``.

Outside of a section of words its references are read, as HTML never does in a script.
"""

from __future__ import annotations

import re

from l10n.formats.html.entities import decode

REFERENCE = re.compile(r"&\x10[^\s&;]++;")
# A sign that XML reads as itself there.
SIGN = re.compile(r"([<&])\x0b")
# Pages that were to be read as HTML and as XML say it in a comment of the script's language.
_OPENING = re.compile(r"[ \t\r\n]*+(?://|/\*)?+[ \t]*+(?:<\x0b?!\[CDATA\[|<!--)[ \t]*+(?:\*/)?+")
_CLOSING = re.compile(r"(?://|/\*)?+[ \t]*+(?:\]\]>|-->)[ \t]*+(?:\*/)?+[ \t\r\n]*+\Z")
_LONGEST_CLOSING = 200  # characters


def said(reference: str) -> str:
    """What a marked reference says."""
    return decode(reference.replace("\x10", ""))


def section(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the words of a script begin and end that is one section, the script itself where it is none."""
    opening = _OPENING.match(text, start, end)
    if opening is None:
        return start, end
    closing = _CLOSING.search(text, max(opening.end(), end - _LONGEST_CLOSING), end)
    return (opening.end(), closing.start()) if closing else (start, end)


def read(words: str) -> str:
    """A script, or the inside of its section, as XML reads it."""
    if "&" in words:
        words = REFERENCE.sub(lambda match: said(match[0]), words)
    return SIGN.sub(r"\1", words)
