"""Splits a PO file into one raw chunk for each message, without losing a character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, TypeAlias

from l10n.catalogue import lexer

_STRING = r'"(?:[^"\\\n]++|\\.)*+"'

_KNOWN = r'"(?:[^"\\\n]++|\\[abfnrtv"\\])*+"'

# What every tool writes: comments, notes, references, flags, previous, context, source, plural,
# forms, target, in this order.  Anything else goes to the lexer.
_SHAPE = r"""
    \n*+
    ((?:\#(?:\ .*+)?+\n)*+)
    ((?:\#\.\ .*+\n)*+)
    ((?:\#:\ .*+\n)*+)
    (?:\#,\ (.*+)\n)?+
    (?:(?:PREVIOUS\ msgctxt\ KNOWN\n)?+PREVIOUS\ msgid\ (OLD)\n(?:PREVIOUS\ msgid_plural\ KNOWN\n)?+)?+
    (?:GONEmsgctxt\ (STRINGS)\n)?+
    GONEmsgid\ (STRINGS)\n
    (?:GONEmsgid_plural\ (STRINGS)\n
       (GONEmsgstr\[0\]\ STRINGS(?:\nGONEmsgstr\[[1-9]\]\ STRINGS)*+)
     | GONEmsgstr\ (STRINGS))
    (?:\n(?![ \t\r\f\v\n]*+(?:\#~[ \t]*+)*+["\[])|\Z)
"""


JOINT = '"\n"'
GONE_JOINT = '"\n#~ "'
"""The text between two strings of one message, live and obsolete."""


class Parts(NamedTuple):
    """A message as it is written: blocks of comment lines, and strings with their quotes.

    "" for what it does not have.  ``forms`` are the msgstr[N] of a plural message.
    """

    comments: str
    notes: str
    references: str
    flags: str
    previous: str
    context: str
    source: str
    plural: str
    forms: str
    target: str


CONTEXT, SOURCE, PLURAL, FORMS, TARGET = 5, 6, 7, 8, 9
"""Where these stand among the parts of a message."""
_FORM = r"^(?:#~ )?msgstr[ \t]*\[[ \t]*(\d+)[ \t]*\][ \t]*"


RawParts: TypeAlias = tuple[str, ...]
Chunk: TypeAlias = tuple[int, int, int, bool, RawParts]
"""(start, end, line, obsolete, parts): ``start`` after blank lines, ``end`` after the last newline."""


def numbered_forms(parts: RawParts) -> list[tuple[str, str]]:
    """The number and the strings of each msgstr[N] of a plural message, as they are written."""
    _, *pieces = re.split(_FORM, parts[FORMS], flags=re.MULTILINE)
    return [(number, strings.strip("\n")) for number, strings in zip(pieces[::2], pieces[1::2], strict=True)]


def old_joint(*, obsolete: bool) -> str:
    """The text between two strings of a previous text."""
    return '"\n#~| "' if obsolete else '"\n#| "'


@cache
def shape(*, obsolete: bool = False) -> re.Pattern[str]:
    """The common shape of a message; its groups are Parts."""
    gone, previous = (r"\#~\ ", r"\#~\|") if obsolete else ("", r"\#\|")
    pattern = (
        _SHAPE.replace("STRINGS", rf"{_STRING}(?:\n{gone}{_STRING})*+")
        .replace("KNOWN", rf"{_KNOWN}(?:\n{previous}\ {_KNOWN})*+")
        .replace("OLD", rf"{_STRING}(?:\n{previous}\ {_STRING})*+")
        .replace("PREVIOUS", previous)
        .replace("GONE", gone)
    )
    return re.compile(pattern, re.VERBOSE)


def split(text: str, path: str) -> Iterator[Chunk]:
    """The chunks of a file, in order; what is left after the last one belongs to no message.

    Lines end in a newline character alone.  Raises CatalogueError, with ``path`` and line, where msgfmt would
    not read on.
    """
    lexer.check(text, path)
    live = shape().match
    has_obsolete = "#~" in text
    end = 1 if text.startswith("\ufeff") else 0
    counted, line = 0, 1
    while True:
        if match := live(text, end):
            obsolete, parts = False, match.groups("")
        elif has_obsolete and (match := shape(obsolete=True).match(text, end)):
            obsolete, parts = True, match.groups("")
        if match:
            start, end = match.start(1), match.end()
        elif message := lexer.message(text, end, path):
            start, end, obsolete, parts = message
        else:
            return
        line += text.count("\n", counted, start)
        counted = start
        yield start, end, line, obsolete, parts
