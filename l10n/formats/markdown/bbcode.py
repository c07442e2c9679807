"""Tags in square brackets, as forums have them beside Markdown: ``[quote="ann"]``, ``[i]…[/i]``.

Source: Discourse's guide to formatting ("details", "polls", "local dates", "blur spoiler") and its plug-ins.
A tag counts only with the one that closes it: prose has words in brackets, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from l10n.inline import CLOSE, LONE, OPEN, VALUE, Role

Span: TypeAlias = tuple[int, int]

BOXES = "center|chat|details|event|hide|left|policy|poll|quote|right|spoiler|wrap"
"""The names of boxes, as a pattern."""
_LINE = re.compile(
    rf"^[ \t>]*(?P<tag>\[(?P<close>/)?(?P<name>{BOXES})"
    r"(?:[= ](?:\"[^\"\r\n]*+\"|[^\[\]\"\r\n])++)?+\])[ \t]*\r?$",
    re.MULTILINE,
)
# What is not translated has marks with quotation marks of their own in its title.
_TITLE = re.compile(r'\[details="(?P<words>[^\r\n]*)"')
_LABELS = {
    "b": "bold",
    "color": "font",
    "email": "link",
    "i": "italic",
    "s": "struck out",
    "size": "font",
    "spoiler": "spoiler",
    "u": "underline",
    "url": "link",
}
ELEMENTS: Mapping[str, str] = {"b": "strong", "i": "em", "s": "del", "u": "u"}
"""What the tags of words are in HTML."""
_INLINE = re.compile(
    rf"(?<!\\)(?:\[(?P<close>/)?(?P<name>{'|'.join(_LABELS)})(?:=[^\[\]\r\n]{{1,300}})?\]"
    r"|\[(?P<whole>code|img)\][^\[\]\r\n]{1,400}\[/(?P=whole)\]"
    r"|(?P<date>\[date(?:-range)?[= ][^\[\]\r\n]{1,200}\]))(?![(:])",
)


class Box(NamedTuple):
    """The line that opens or closes a box, and the title in it, which is empty mostly."""

    start: int
    end: int
    title: Span


def may_be_in(text: str) -> bool:
    """Whether a text may hold such tags: a quick look."""
    return "[/" in text or "[date" in text


def boxes(text: str) -> Iterator[Box]:
    """The lines that open and close boxes."""
    open_: list[re.Match[str]] = []
    for line in _LINE.finditer(text):
        if not line["close"]:
            open_.append(line)
            continue
        while open_ and open_[-1]["name"] != line["name"]:
            open_.pop()
        if open_:
            yield _box(open_.pop())
            yield _box(line)


def _box(line: re.Match[str]) -> Box:
    title = _TITLE.match(line["tag"])
    start, end = line.span("tag")
    first, last = title.span("words") if title else (0, 0)
    return Box(start, end, (start + first, start + last))


def stretches(text: str) -> list[Span]:
    """Where tags in running text stand, each with its partner in the same line."""
    found: list[Span] = []
    open_: list[re.Match[str]] = []
    line_end = -1
    for tag in _INLINE.finditer(text):
        if tag.start() > line_end:
            open_, line_end = [], text.find("\n", tag.start())
            line_end = len(text) if line_end < 0 else line_end
        if not tag["name"]:
            found.append(tag.span())
        elif not tag["close"]:
            open_.append(tag)
        elif open_ and open_[-1]["name"] == tag["name"]:
            found.extend((open_.pop().span(), tag.span()))
    return sorted(found)


def run(raw: str) -> tuple[Role, str, str, str] | None:
    """The (role, shown words, name, label) of a tag, None for what is none."""
    tag = _INLINE.fullmatch(raw) if raw.startswith("[") else None
    if tag is None:
        return None
    if name := tag["name"]:
        return (CLOSE if tag["close"] else OPEN), "", f"[{name}", _LABELS[name]
    if tag["date"]:
        return VALUE, raw[1:-1], "date", "date or time"
    return (
        (VALUE if tag["whole"] == "code" else LONE),
        raw if tag["whole"] == "code" else "",
        "bbcode",
        "code",
    )
