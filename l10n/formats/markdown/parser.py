"""Where Markdown is parsed: events with offsets in characters, and HTML, from one set of options."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import cache
from typing import Any, NamedTuple, TypeAlias, cast

import pyromark

_CONTINUATION = bytes(range(0x80, 0xC0))
_BLOCK = 128  # bytes, a power of two
_RawEvent: TypeAlias = str | Mapping[str, Any]


class Phase(Enum):
    """Whether an event opens something, closes it, or stands alone."""

    START = "start"
    END = "end"
    LEAF = "leaf"


# Python 3.11 takes ten times as long to look a member up in its class.
START, END, LEAF = Phase


class Event(NamedTuple):
    """One step of a document; a tuple, because a page has thousands.

    ``name`` is pulldown-cmark's ("Paragraph", "Text", "SoftBreak"), ``start`` and ``end`` are
    offsets in the text that was parsed.  ``data`` is the text of a leaf, the level of a heading
    ("H2"), the type of a link ("Shortcut"), else empty; ``title`` is that of a link or image.
    """

    name: str
    phase: Phase
    start: int
    end: int
    data: str = ""
    title: str = ""


def events(text: str) -> Iterator[Event]:
    """The events of a text, each made when it is asked for.

    Time and memory are linear, nesting costs no recursion.
    """
    parsed = _encodable(text)
    ranges = cast("Iterable[tuple[_RawEvent, Mapping[str, int]]]", _parser().events_with_range(parsed))
    if text.isascii():
        for event, span in ranges:
            yield _event(event, span["start"], span["end"])
        return
    at = _character_offsets(parsed.encode())
    last = end = 0
    for event, span in ranges:
        begin, stop = span["start"], span["end"]
        start = end if begin == last else at(begin)  # most begin where the one before ended
        last, end = stop, at(stop)
        yield _event(event, start, end)


def html(text: str) -> str:
    """A text without front matter as HTML; raw HTML in it passes through."""
    return _parser().html(_encodable(text))


@cache
def _parser() -> pyromark.Markdown:
    """What sites agree on: GitHub's tables and the like, footnotes, definition lists.

    Smart punctuation, math, superscript and subscript stay off, because they give a meaning to
    signs of ordinary prose.
    """
    option = pyromark.Options
    return pyromark.Markdown(
        options=option.ENABLE_TABLES
        | option.ENABLE_FOOTNOTES
        | option.ENABLE_STRIKETHROUGH
        | option.ENABLE_TASKLISTS
        | option.ENABLE_HEADING_ATTRIBUTES
        | option.ENABLE_GFM
        | option.ENABLE_DEFINITION_LIST
    )


def _encodable(text: str) -> str:
    """The text with each half of a surrogate pair replaced, as the parser reads UTF-8 only."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode(errors="replace").decode()
    return text


def _character_offsets(data: bytes) -> Callable[[int], int]:
    """How many characters stand before an offset in UTF-8.

    Counted once to the start of each block, and asked for within one.
    """
    before = array("Q", [0])
    for start in range(0, len(data), _BLOCK):
        before.append(before[-1] + len(data[start : start + _BLOCK].translate(None, _CONTINUATION)))

    def at(offset: int) -> int:
        begin = offset & -_BLOCK
        return before[offset // _BLOCK] + len(data[begin:offset].translate(None, _CONTINUATION))

    return at


# A named tuple's own way to be made takes twice as long.
_made = tuple.__new__


def _event(event: _RawEvent, start: int, end: int) -> Event:
    if type(event) is str:
        return _made(Event, (event, LEAF, start, end, "", ""))
    ((kind, value),) = cast("Mapping[str, Any]", event).items()
    if kind == "End":
        return _made(Event, (value if type(value) is str else next(iter(value)), END, start, end, "", ""))
    if kind != "Start":
        return _made(Event, (kind, LEAF, start, end, str(value), ""))
    if type(value) is str:
        return _made(Event, (value, START, start, end, "", ""))
    ((name, detail),) = value.items()
    if not isinstance(detail, dict):
        return Event(name, START, start, end, detail if type(detail) is str else "")
    data = detail.get("level", detail.get("link_type", ""))
    return Event(name, START, start, end, data or "", detail.get("title") or "")
