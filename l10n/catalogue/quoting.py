"""Escapes and unescapes the strings of PO files."""

from __future__ import annotations

import re
from functools import cache

_MEANS = {
    "\\n": "\n",
    "\\t": "\t",
    '\\"': '"',
    "\\\\": "\\",
    "\\r": "\r",
    "\\a": "\a",
    "\\b": "\b",
    "\\f": "\f",
    "\\v": "\v",
}
_SAID = {ord(value): escape for escape, value in _MEANS.items()}
_ESCAPE = re.compile(r"\\(?:[0-7]{1,3}|x[0-9A-Fa-f]+|.)")
_SPECIAL = re.compile(r'[\n\t"\\\r\a\b\f\v]')
BAD_ESCAPE = re.compile(r'\\(?:[^ntabrfvx"\\0-7]|x(?![0-9A-Fa-f]))')
"""A backslash that msgfmt calls an invalid control sequence."""


_FORBIDDEN = frozenset({0, 4, 0xFF})
"""NUL ends a text and EOT its context; 255 stands for no number."""


def unquoted(raw: str, joint: str, encoding: str) -> str:
    """The text of strings that follow each other, ``joint`` being what stands between two.

    Octal and hexadecimal escapes are bytes of the file's charset.  Raises ValueError for an
    escape that gettext does not know.
    """
    inside = raw[1:-1]
    if "\n" in inside:
        inside = inside.replace(joint, "")
    if "\\" not in inside:
        return inside
    try:
        return _ESCAPE.sub(_meaning, inside)
    except KeyError:
        return b"".join(_bytes(part, encoding) for part in raw[1:-1].split(joint)).decode(encoding)


def is_known(inside: str) -> bool:
    """Whether gettext knows every escape in a string."""
    try:
        _bytes(inside, "utf-8")
    except ValueError:
        return False
    return True


def escaped(text: str) -> str:
    """Escape a text for double quotes."""
    if text.isprintable():  # two signs are found sooner than any of nine
        return text.replace("\\", "\\\\").replace('"', '\\"')
    return text.translate(_SAID) if _SPECIAL.search(text) else text


def _meaning(escape: re.Match[str]) -> str:
    return _MEANS[escape[0]]


def _bytes(inside: str, encoding: str) -> bytes:
    parts = []
    start = 0
    for escape in _ESCAPE.finditer(inside):
        parts.append(inside[start : escape.start()].encode(encoding))
        parts.append(_byte(escape[0], encoding))
        start = escape.end()
    parts.append(inside[start:].encode(encoding))
    return b"".join(parts)


@cache
def _byte(escape: str, encoding: str) -> bytes:
    meaning = _MEANS.get(escape)
    if meaning is not None:
        return meaning.encode(encoding)
    code = escape[1:]
    number = int(code[1:], 16) if code[0] == "x" else int(code, 8) if code[0] in "01234567" else -1
    if number & 0xFF in _FORBIDDEN:
        raise ValueError(f"{escape} is no escape that gettext knows")
    return bytes([number & 0xFF])
