"""What most of a page is, each found by one expression, so that few tags are looked at one by one.

A stretch of *structure* is a row of block tags that say nothing but where blocks begin and end; a
stretch of *flow* is words with the usual inline tags.  What neither finds is read token by token, with the
same outcome.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

from l10n.formats.html import attributes, elements
from l10n.formats.html.attributes import NOTHING, Reading
from l10n.formats.html.entities import decode
from l10n.formats.html.tokens import UNPARSED, VOID
from l10n.inline import (
    CLOSE,
    LONE,
    OPEN,
    VALUE,
    Run,
)

_WS = r"[ \t\n\f\r]"
_INLINE = (
    "a span strong em b i br img sup sub small u s time abbr cite q font ins del mark bdi wbr"
    " dfn input picture noscript ruby rb rt rp"
)
_QUOTED = "code kbd samp var"


def _any_of(listed: str | Iterable[str]) -> str:
    """A pattern for any of some names, in either case: letter by letter, which `re` looks for quickly."""
    names = sorted(listed.split() if isinstance(listed, str) else listed)
    return _letters([name for name in names if name], optional="" in names)


def _letters(names: list[str], *, optional: bool) -> str:
    branches = [
        _either(first) + _any_of(name[1:] for name in group)
        for first, group in groupby(names, key=lambda name: name[0])
    ]
    if not branches:
        return ""
    if len(branches) == 1 and not optional:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?+' if optional else ''}"


def _either(letter: str) -> str:
    return f"[{letter}{letter.upper()}]" if letter.isalpha() else letter


_PLAIN_BLOCKS = elements.BLOCKS - UNPARSED - elements.LOCKED.keys()
_SAID = r"[A-Za-z][^ \t\n\f\r/>=\"'<]*+(?:=\"[^\"]*+\"|='[^']*+'|=[^ \t\n\f\r\"'=<>`/]++)?+"
_REST = rf"(?:{_WS}++{_SAID})*+{_WS}*+"


# Compiled when the first page is read: that takes a while, and most commands read none.
@cache
def structure() -> re.Pattern[str]:
    """A row of block tags and the white space after each."""
    return re.compile(rf"(?:</?{_any_of(_PLAIN_BLOCKS)}{_REST}>[ \t\n\f\r\ufeff]*+)++")


_NAME = re.compile(rf"<(/?[A-Za-z][A-Za-z0-9]*+){_REST}>")

_WORDS = r"(?:[^<]++|<(?![A-Za-z/!?%]))"


@cache
def _tag() -> str:
    """An inline tag, or an element that is locked with words alone in it."""
    locked = "|".join(rf"<{_any_of(name)}{_REST}>[^<]*+</{_any_of(name)}{_WS}*+>" for name in _QUOTED.split())
    return rf"(?:</?{_any_of(_INLINE)}{_REST}/?+>|{locked})"


@cache
def flow() -> re.Pattern[str]:
    """Words and the usual inline tags; a locked element counts as a tag when only words are in it."""
    return re.compile(rf"(?:{_WORDS}++|{_tag()})++")


@cache
def _tags() -> re.Pattern[str]:
    return re.compile(rf"({_tag()})")


_EDGE = r"(?:<{}{}{}>|[ \t\n\f\r])*+"


@cache
def whole() -> re.Pattern[str]:
    """A block with all its words together, inline tags only around them, up to a block tag."""
    paired = _any_of(" ".join(name for name in _INLINE.split() if name not in VOID))
    return re.compile(
        rf"(?P<before>{_EDGE.format('', paired, _REST)})(?P<words>[^<]++)"
        rf"{_EDGE.format('/', paired, _REST)}(?=</?{_any_of(elements.BLOCKS)}[ \t\n\f\r/>]|\Z)"
    )


@cache
def unseen() -> re.Pattern[str]:
    """A comment, a tag or an element that a reader never sees, and the white space after it.

    The groups are a tag that stands by itself, the start tag of a script, that of a style sheet.
    """
    script, style = _any_of("script"), _any_of("style")
    return re.compile(
        rf"(?:(?><!--(?:-?>|[\s\S]*?--!?>))|(<{_any_of('meta link base')}{_REST}/?+>)"
        rf"|(<{script}{_REST}>)(?:[^<]++|<(?!!--|/?{script}))*+</{script}{_WS}*+>"
        rf"|(<{style}{_REST}>)(?:[^<]++|<(?!/{style}))*+</{style}{_WS}*+>)[ \t\n\f\r\ufeff]*+"
    )


_APART = re.compile(r"[ \t\n\f\r]*+</?[a-z][a-z0-9]*+-", re.IGNORECASE)


def stands_apart(text: str, at: int) -> bool:
    """Whether the tag of another custom element comes next, with nothing before it."""
    return _APART.match(text, at) is not None


UNSEEN_AFTER = frozenset("!mlbsMLBS")
"""What follows the ``<`` of these."""
_OPENING = re.compile(rf"<[A-Za-z0-9]+{_REST}>")
_NAME_OF = re.compile(r"</?([A-Za-z0-9]+)")


_made = tuple.__new__
_OFTEN = 60  # longer tags hardly ever come again


class Inline(NamedTuple):
    """An inline tag: the run it is, without the holes for what it says."""

    run: Run
    reading: Reading


def block_tags(stretch: str) -> Sequence[str]:
    """The names in a stretch of structure, in lower case, with a slash before those of end tags."""
    return _block_tags(stretch) if len(stretch) > _OFTEN else _remembered_tags(stretch)


def _block_tags(stretch: str) -> tuple[str, ...]:
    return tuple(_NAME.findall(stretch.lower()))


_remembered_tags = lru_cache(4096)(_block_tags)


def says_nothing(stretch: str) -> bool:
    """Whether no tag in a stretch of structure has words or asks not to be translated."""
    return "=" not in stretch or not attributes.worth_reading(stretch)


def pieces(stretch: str) -> list[str]:
    """A stretch of flow as words and tags in turn, words first and last."""
    return _tags().split(stretch) if "<" in stretch else [stretch]


def name_of(tag: str) -> str:
    """The name in a tag, in lower case."""
    match = _NAME_OF.match(tag)
    return match[1].lower() if match else ""


def inline(tag: str) -> Inline:
    """The reading of an inline tag, with offsets from its start."""
    return _inline(tag) if len(tag) > _OFTEN else _remembered(tag)


def _inline(tag: str) -> Inline:
    name = name_of(tag)
    label = elements.LABELS.get(name, name)
    if name in elements.LOCKED:
        return Inline(_locked(tag, name), NOTHING)
    reading = NOTHING if tag[1] == "/" else attributes.read_tag(tag, name)
    if name in VOID:
        return _made(Inline, (Run(tag, "\n" if name == "br" else reading.shown, LONE, name, label), reading))
    return _made(Inline, (Run(tag, "", CLOSE if tag[1] == "/" else OPEN, name, label), reading))


_remembered = lru_cache(4096)(_inline)


def _locked(element: str, name: str) -> Run:
    opening = _OPENING.match(element)
    words = element[opening.end() if opening else 0 : element.rindex("<")]
    return locked(element, name, decode(words))


def locked(element: str, name: str, words: str) -> Run:
    """An element that nobody translates, as a value in its sentence."""
    view = " ".join(words.split())
    label = elements.LOCKED.get(name, "locked text")
    return Run(element, view, VALUE if view else LONE, name, label)
