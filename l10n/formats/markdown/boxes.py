"""Boxes as HTML: what ``directives`` finds for translators, written so that the parser shows it to readers.

A box is a ``div`` around its blocks, which stay Markdown.  One that holds a note, a warning or the like is
a notice; its title is its first paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from l10n.formats.markdown import bbcode, dialect_html, parser
from l10n.formats.markdown.directives import CAPTIONED, INSIDE, NAMED, TITLE, TITLED, WORDY

_PREFIX = r"(?P<before>[ \t>]*+)"
_FENCE = re.compile(rf"{_PREFIX}(?P<mark>:{{3,}}|`{{3,}}|~{{3,}})(?P<rest>[^\r\n]*+)")
_OPTION = re.compile(r"[ \t>]*+:[\w-]++:")
# As ``directives`` has it; what is not translated has marks with quotation marks of their own in its title.
_INDENTED = re.compile(
    rf"{_PREFIX}(?:!!!|\?\?\?\+?|===[!+]?)[ \t]*+(?P<type>[\w-]++(?:[ \t]++[\w-]++)*+)?+"
    r"[ \t]*+(?:\"(?P<title>[^\r\n]*)\")?[ \t]*\r?$"
)
_CLASS = re.compile(r"[ \t]*\{[^{}]*\.(?P<name>[\w-]+)")
_GRAVE = re.compile(r"attention|caution|danger|error|failure|important|warning", re.IGNORECASE)
_ALERT = re.compile(
    r'<blockquote(?: class="markdown-alert-(?P<kind>\w+)")?>'
    r"(?:\n<p>\[!(?P<callout>[\w-]+)\][+-]?[ \t]*(?P<title>(?:(?!</p>)[^\n])*+)(?P<end>\n|</p>))?"
    r"|</blockquote>"
)
_QUOTATION = frozenset({"quote", "cite"})
_TAG = re.compile(r"<(?P<end>/)?\w[^<>]*+(?<!/)>")
# An item of a list of tasks, as pulldown-cmark writes it: its words are what names the box that is ticked.
_TASK = re.compile(
    r'(<input disabled="" type="checkbox"(?: checked="")?)/>\n(.*?)'
    r"(?=</p>|</li>|\n<(?:[uo]l|p|div|table|pre)\b)",
    re.DOTALL,
)
_SIGNS = (":::", "!!!", "???", '=== "', "```{", "~~~{", "[/")
_NAME = re.compile(r"(?<=\[)[a-z]+")
_CODE_INDENT = 4
_DEEPEST = 100  # boxes inside each other


class _Box(NamedTuple):
    """A box that is open: what stands before its lines, and its fence or the column of what it holds."""

    before: str
    fence: str = ""
    column: int = 0


@dataclass(slots=True)
class _Open:
    """What is open at a line: boxes, the last one innermost, and code; ``options`` of a box may follow.

    ``fences`` are the lines of tags in square brackets, by their numbers, as fences of boxes.
    """

    fences: Mapping[int, str] = field(default_factory=dict)
    boxes: list[_Box] = field(default_factory=list)
    code: str = ""
    options: bool = False

    def end(self, first: int) -> Iterator[str]:
        """End the boxes from the one with that index on."""
        while len(self.boxes) > first:
            before = self.boxes.pop().before
            yield f"{before}\n{before}</div>\n{before}\n"


def _may_be(text: str) -> bool:
    """Whether a text may have boxes: a cheap test."""
    return any(sign in text for sign in _SIGNS)


def html(text: str) -> str:
    """A text without front matter as HTML, with its boxes and dialects; raw HTML in it passes through."""
    shown = _with_alerts(dialect_html.finished(parser.html(dialect_html.tagged(_tagged(text)))))
    return _TASK.sub(r"<label>\1> \2</label>", shown) if 'type="checkbox"' in shown else shown


def _tagged(text: str) -> str:
    """A text with its boxes as HTML around their blocks."""
    if not _may_be(text):
        return text
    lines = text.splitlines(keepends=True)
    open_ = _Open(dict(_fences(text, lines)))
    out: list[str] = []
    for number, line in enumerate(lines):
        out.extend(_line(line, lines, number, open_))
    if open_.boxes:
        out.extend(("\n", *open_.end(0)))
    return "".join(out)


def _fences(text: str, lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines of forums' tags around boxes, each as the fence that says the same."""
    number = at = 0
    for box in sorted(bbcode.boxes(text)) if bbcode.may_be_in(text) else ():
        while at + len(lines[number]) <= box.start:
            at += len(lines[number])
            number += 1
        tag = text[box.start : box.end]
        name = _NAME.match(tag, 1)
        fence = f"::: {name[0]} {text[slice(*box.title)]}" if name else ":::"
        yield number, lines[number].replace(tag, fence.rstrip())


def _with_alerts(html: str) -> str:
    """HTML in which GitHub's alerts (``> [!NOTE]``) and Obsidian's callouts are no quotations."""
    if '"markdown-alert-' not in html and "\n<p>[!" not in html:
        return html
    names: list[str] = []

    def tag(found: re.Match[str]) -> str:
        if found[0] == "</blockquote>":
            return f"</{names.pop()}>" if names else found[0]
        callout = found["callout"] or ""
        if callout and not _is_whole(found["title"]):
            callout = ""
        kind = found["kind"] or callout
        names.append("div" if kind and kind.lower() not in _QUOTATION else "blockquote")
        start = _notice(kind) if names[-1] == "div" else "<blockquote>"
        return f"{start}{_titled(found)}" if callout else f"{start}{found[0].partition('>')[2]}"

    return _ALERT.sub(tag, html)


def _titled(callout: re.Match[str]) -> str:
    """The title of a callout, and the start of what follows it in its paragraph."""
    title = f"\n<p><strong>{title}</strong></p>" if (title := callout["title"].strip()) else ""
    return title if callout["end"] == "</p>" else f"{title}\n<p>"


def _is_whole(title: str) -> bool:
    """Whether each element that begins in a title ends in it."""
    open_ = 0
    for tag in _TAG.finditer(title):
        open_ += -1 if tag["end"] else 1
        if open_ < 0:
            return False
    return open_ == 0


def _line(line: str, lines: list[str], number: int, open_: _Open) -> Iterator[str]:
    """A line as it is shown; one that opens or closes a box is its tag."""
    if open_.options and _OPTION.match(line):
        return
    open_.options = False
    width = _width(line)
    if line.strip() and not open_.code:
        left = (at for at, box in enumerate(open_.boxes) if not box.fence and width < box.column)
        yield from open_.end(next(left, len(open_.boxes)))
    line = line if open_.code else open_.fences.get(number, line)
    line = _moved(line, sum(_CODE_INDENT for box in open_.boxes if not box.fence))
    fence = _FENCE.match(line)
    if fence and _width(line) < _CODE_INDENT:
        yield from _fence(fence, line, open_)
        return
    box = None if open_.code else _INDENTED.match(line.rstrip("\n"))
    if box and (box["type"] or box["title"]) and len(open_.boxes) < _DEEPEST and _holds(lines, number, width):
        open_.boxes.append(_Box(box["before"], column=width + _CODE_INDENT))
        yield from _tags(box["before"], box["type"] or "", box["title"] or "")
        return
    yield line


def _fence(fence: re.Match[str], line: str, open_: _Open) -> Iterator[str]:
    before, mark, rest = fence["before"], fence["mark"], fence["rest"].strip()
    if open_.code:
        if not rest and mark.startswith(open_.code):
            open_.code = ""
        yield line
        return
    named = NAMED.match(fence["rest"])
    name = (named["braced"] or named["bare"]) if named else ""
    inner = open_.boxes[-1].fence if open_.boxes else ""
    if not rest and inner and mark[0] == inner[0] and (mark[0] == ":" or mark.startswith(inner)):
        yield from open_.end(len(open_.boxes) - 1)
        return
    if mark[0] != ":":
        shown = any(kind.fullmatch(name) for kind in (TITLED, WORDY, CAPTIONED))
        if not (named and named["braced"] and shown and len(open_.boxes) < _DEEPEST):
            open_.code = mark
            yield line
            return
    elif not rest or len(open_.boxes) == _DEEPEST:
        yield f"{before}\n"
        return
    open_.boxes.append(_Box(before, mark))
    open_.options = True
    if not name and (classed := _CLASS.match(fence["rest"])):
        name = classed["name"].removeprefix("callout-")
    titled = TITLED.fullmatch(name) or CAPTIONED.fullmatch(name)
    title = (named["label"] or named["title"] or "") if named and titled else ""
    if not named and (given := TITLE.search(fence["rest"])):
        title = given["words"]
    yield from _tags(before, name, title)


def _tags(before: str, kind: str, title: str) -> Iterator[str]:
    """The start of a box, with its title."""
    first = kind.split(maxsplit=1)[0] if kind else ""
    yield f"{before}{_notice(first) if TITLED.fullmatch(first) else '<div>'}\n{before}\n"
    if title.strip():
        yield f"{before}<strong>{title.strip()}</strong>\n{before}\n"


def _notice(kind: str) -> str:
    grave = " grave" if _GRAVE.fullmatch(kind) else ""
    return f'<div class="notice{grave}" role="note">'


def _holds(lines: list[str], number: int, width: int) -> bool:
    """Whether what follows a line stands indented below it."""
    following = (lines[at] for at in range(number + 1, len(lines)))
    after = next((line for line in following if line.strip(" \t>\r\n")), "")
    return _width(after) >= width + _CODE_INDENT


def _width(line: str) -> int:
    inside = INSIDE.match(line)
    return len(inside["indent"].expandtabs(4)) if inside else 0


def _moved(line: str, columns: int) -> str:
    """A line without that many columns of its indentation."""
    if not columns or not line.strip():
        return line
    bare = line.lstrip(" \t")
    indent = line[: len(line) - len(bare)].expandtabs(4)
    return indent[columns:] + bare
