"""What is left where the source of an e-mail was taken for its text: ``=3D``, ``=C3=A9`` (RFC 2045, 6.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.model import Document

# An attribute without quotation marks holds none (WHATWG standard, 13.1.2.3), so no page says this.
_ATTRIBUTE = re.compile(r"[ \t\n\f\r][A-Za-z][\w:-]*+=(3D)?[\"']")
# The bytes of a character in UTF-8, or one of a charset for Latin letters with letters around it.
_BYTES = (
    r"(?:=(?:C[2-9A-F]|D[0-9A-F])=[89AB][0-9A-F]|=E[0-9A-F](?:=[89AB][0-9A-F]){2}|=F[0-4](?:=[89AB][0-9A-F]){3}"
    r"|(?<=[^\W\d_])=[A-F][0-9A-F](?=[^\W\d_]))"
)
_LEFT = re.compile(rf"[^\W\d_]{{0,60}}(?:{_BYTES}[^\W\d_]*+)++")


def written_in(text: str) -> int:
    """Where most attributes of a page are in quoted-printable, the offset of the first; otherwise -1."""
    if '=3D"' not in text and "=3D'" not in text:
        return -1
    first, coded, usual = -1, 0, 0
    for match in _ATTRIBUTE.finditer(text):
        if match[1]:
            first = match.start(1) if first < 0 else first
            coded += 1
        else:
            usual += 1
    return first if coded > usual else -1


def leftovers(document: Document) -> Iterator[tuple[int, str]]:
    """What is left of it in the words of a document: the line of its unit, and the word it stands in."""
    for unit, segment in document.segments():
        if "=" in segment.source:
            yield from ((unit.line, match[0]) for match in _LEFT.finditer(segment.source))
