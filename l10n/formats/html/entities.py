"""What a character reference says, and how text is written so that it stays text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from html.entities import html5

from l10n.formats import merge_tags
from l10n.formats.html import control_flow
from l10n.patterns import lazy_pattern

_REFERENCE = r"&(?:\#[0-9]+;?|\#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{1,31};?)"
REFERENCE = re.compile(_REFERENCE)
_LONGEST_BARE = 6  # of the names that count without a semicolon, such as &Aacute
_REPLACED = dict(  # standard, 13.2.5.80: numbers that once meant windows-1252
    zip(
        [n for n in range(0x80, 0xA0) if n not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}],
        "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ",
        strict=True,
    )
)


def reference(raw: str, following: str = "", *, attribute: bool = False) -> tuple[int, str]:
    """How many characters of ``raw``, which REFERENCE found, make a reference, and what it says.

    (0, "") when it is none after all.  ``following`` is the character after ``raw``: in an
    attribute ``&copy=`` and ``&copyx`` are plain text.
    """
    if raw[1] == "#":
        return len(raw), _numbered(raw)
    if text := html5.get(raw[1:]):
        plain = attribute and raw[-1] != ";" and following == "="
        return (0, "") if plain else (len(raw), text)
    if attribute:
        return 0, ""
    for length in range(min(_LONGEST_BARE, len(raw) - 1), 1, -1):
        if text := html5.get(raw[1 : 1 + length]):
            return 1 + length, text
    return 0, ""


def _numbered(raw: str) -> str:
    digits = raw[2:].rstrip(";").lower()
    base = 16 if digits[0] == "x" else 10
    digits = digits.lstrip("x").lstrip("0")
    number = int(digits, base) if 0 < len(digits) < 9 else 0
    if number == 0 or number > 0x10FFFF or 0xD800 <= number < 0xE000:
        return "\ufffd"
    return _REPLACED.get(number) or chr(number)


def decode(text: str, *, attribute: bool = False) -> str:
    """Text with its references replaced by what they say."""
    if "&" not in text:
        return text

    def decoded(match: re.Match[str]) -> str:
        raw = match.group()
        length, chars = reference(raw, text[match.end() : match.end() + 1], attribute=attribute)
        return chars + raw[length:]

    return REFERENCE.sub(decoded, text)


# Braces, what begins a merge tag or a block, and control characters are written as references everywhere: a
# template or a mailing system would read the former, the latter do not survive in a file (a line end would be
# folded).
_UNSAFE = "&<>{}\x00-\x1f\x7f\ud800-\udfff"
_NAMED: Mapping[str, str] = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_MORE_UNSAFE: Mapping[str, str] = {
    "text": "",
    "rcdata": "",
    'attribute "': '"',
    "attribute '": "'",
    "attribute unquoted": "\"'`= ",
}


_UNSAFE_IN_JSON = re.compile('["\\\\<>{}\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]')
_SHORT: Mapping[str, str] = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@cache
def writer(place: str) -> Callable[[str], str]:
    """The function that writes words for a place, so that they can neither end it nor mean markup.

    Places are "text", "rcdata" (a ``<title>``), ``attribute "``, ``attribute '``,
    "attribute unquoted" and "json" (a string in a script).  A character that cannot stand there
    becomes U+FFFD.
    """
    if place == "json":
        return lambda words: _UNSAFE_IN_JSON.sub(_escaped, words)
    unsafe = f"[{_UNSAFE}{_MORE_UNSAFE[place]}]|(?<= ) "
    usual, tagged = (
        re.compile(unsafe),
        lazy_pattern(f"{unsafe}|(?={merge_tags.PATTERN})[*%\\[]|{control_flow.SIGN}"),
    )

    def written(words: str) -> str:
        return (tagged() if "@" in words or merge_tags.may_be_in(words) else usual).sub(_referred, words)

    return written


def _referred(match: re.Match[str]) -> str:
    char = match.group()
    number = ord(char)
    if number in {0x9, 0xA, 0xC, 0xD} or 0x20 <= number < 0x7F:
        return _NAMED.get(char) or f"&#{number};"
    return "&#65533;"


def _escaped(match: re.Match[str]) -> str:
    char = match.group()
    if "\ud800" <= char <= "\udfff":
        return "\\ufffd"
    return _SHORT.get(char) or in_json(char)


def in_json(char: str) -> str:
    """A character as a JSON string may always write it."""
    digits = char.encode("utf-16-be").hex()
    return "".join(f"\\u{digits[at : at + 4]}" for at in range(0, len(digits), 4))
