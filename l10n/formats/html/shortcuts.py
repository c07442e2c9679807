"""What most of a page is, each found by one expression, so that few tags are looked at one by one.

A stretch of *structure* is a row of block tags that say nothing but where blocks begin and end; a
stretch of *flow* is words with the usual inline tags.  What neither finds is read token by token, with the
same outcome.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from l10n.formats.html import attributes, elements
from l10n.formats.html.attributes import Reading
from l10n.formats.html.tokens import UNPARSED, VOID, Sort, Token
from l10n.inline import Role

_WS = r"[ \t\n\f\r]"
_INLINE = "a span strong em b i br img sup sub small u s time abbr cite q font ins del mark bdi wbr"


def _any_of(listed: str | frozenset[str]) -> str:
    given = listed.split() if isinstance(listed, str) else sorted(listed, key=lambda name: (len(name), name))
    return "|".join(given)


_PLAIN_BLOCKS = elements.BLOCKS - UNPARSED - elements.LOCKED.keys()
_SAID = r"[A-Za-z][^ \t\n\f\r/>=\"'<]*+(?:=\"[^\"]*+\"|='[^']*+'|=[^ \t\n\f\r\"'=<>`/]++)?+"
_REST = rf"(?:{_WS}++{_SAID})*+{_WS}*+"

STRUCTURE = re.compile(rf"(?:</?(?i:{_any_of(_PLAIN_BLOCKS)}){_REST}>[ \t\n\f\r\ufeff]*+)++")
"""A row of block tags and the white space after each."""
_NAME = re.compile(rf"<(/?[A-Za-z][A-Za-z0-9]*+){_REST}>")

_TAG = rf"</?(?i:{_any_of(_INLINE)}){_REST}/?+>"
_WORDS = r"(?:[^<]++|<(?![A-Za-z/!?%]))"
FLOW = re.compile(rf"(?:{_WORDS}++|{_TAG})++")
"""Words and the usual inline tags."""
_TAGS = re.compile(rf"({_TAG})")

_PAIRED = _any_of(" ".join(name for name in _INLINE.split() if name not in VOID))
_EDGE = r"(?:<{}(?i:{}){}>|[ \t\n\f\r])*+"
WHOLE = re.compile(
    rf"(?P<before>{_EDGE.format('', _PAIRED, _REST)})(?P<words>[^<]++)"
    rf"{_EDGE.format('/', _PAIRED, _REST)}(?=</?(?i:{_any_of(elements.BLOCKS)})[ \t\n\f\r/>]|\Z)"
)
"""A block of which all the words stand together, with inline tags only around them, up to a block tag."""
_NAME_OF = re.compile(r"</?([A-Za-z0-9]+)")


class Inline(NamedTuple):
    """An inline tag: its role, its element and what it says."""

    role: Role
    name: str
    reading: Reading


def block_tags(stretch: str) -> list[str]:
    """The names in a stretch of structure, with a slash before those of end tags."""
    return _NAME.findall(stretch)


def says_nothing(stretch: str) -> bool:
    """Whether no tag in a stretch of structure has words or asks not to be translated."""
    return "=" not in stretch or not attributes.worth_reading(stretch)


def pieces(stretch: str) -> list[str]:
    """A stretch of flow as words and tags in turn, words first and last."""
    return _TAGS.split(stretch) if "<" in stretch else [stretch]


def inline(tag: str) -> Inline:
    """The reading of an inline tag, with offsets from its start."""
    closes = tag[1] == "/"
    found = _NAME_OF.match(tag)
    name = found[1].lower() if found else ""
    if closes:
        return Inline(Role.LONE if name in VOID else Role.CLOSE, name, Reading())
    reading = attributes.read(tag, Token(Sort.START, 0, len(tag), name))
    return Inline(Role.LONE if name in VOID else Role.OPEN, name, reading)
