"""What stands between the double quotes of a PO file, and what it means."""

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


def unquoted(raw: str, joint: str, encoding: str) -> str:
    """The text of strings that follow each other, ``joint`` being what stands between two.

    Raises ValueError for an escape that gettext does not know.
    """
    inside = raw[1:-1]
    if "\n" in inside:
        inside = inside.replace(joint, "")
    return unescaped(inside, encoding) if "\\" in inside else inside


def unescaped(inside: str, encoding: str) -> str:
    """The text that escapes stand for; octal and hexadecimal ones are bytes of the file's charset.

    Raises ValueError for an escape that gettext does not know.
    """
    try:
        return _ESCAPE.sub(lambda found: _MEANS[found[0]], inside)
    except KeyError:
        return _bytes_of(inside, encoding).decode(encoding)


def escaped(text: str) -> str:
    """A text as it stands between double quotes."""
    return text.translate(_SAID) if _SPECIAL.search(text) else text


def _bytes_of(inside: str, encoding: str) -> bytes:
    out = []
    start = 0
    for found in _ESCAPE.finditer(inside):
        out.append(inside[start : found.start()].encode(encoding))
        out.append(_byte(found[0], encoding))
        start = found.end()
    out.append(inside[start:].encode(encoding))
    return b"".join(out)


@cache
def _byte(escape: str, encoding: str) -> bytes:
    known = _MEANS.get(escape)
    if known is not None:
        return known.encode(encoding)
    code = escape[1:]
    number = int(code[1:], 16) if code[0] == "x" else int(code, 8) if code.isdigit() else -1
    if number < 0:
        raise ValueError(f"{escape} is no escape that gettext knows")
    return bytes([number & 0xFF])
