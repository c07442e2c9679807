"""Tags on lines of their own between which is Markdown, however far indented: all of MDX, some of HTML.

For the parser such a tag is a blank line, and the indentation of what stands in it is moved before the
end of the line above, so that no offset changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from l10n.formats.markdown import markup, programs
from l10n.formats.markdown.masking import written_over
from l10n.formats.markdown.templates import Templates

Span = tuple[int, int]

_CODE_INDENT = 4

_LINE = re.compile(r"(?P<indent>[ \t]*+)(?P<words>[^\r\n]*+)(?P<end>\r?\n|\r|\Z)")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*+(?:\.\w++)*+)?(?=[\s/>])")
_BLANK_REST = re.compile(r"[ \t]*+(?=[\r\n]|\Z)")
_BLANKS = re.compile(r"[ \t]*+")
_FENCE = re.compile(r"`{3,}|~{3,}")
# What begins a block, so that the line above ends one and no break is made of blanks at its end.
_BEGINS = re.compile(r"[-+*>#|]|\d{1,9}[.)]|`{3}|~{3}|<")
_LOCKED = re.compile(r"<([A-Za-z][\w.:-]*)[^<>]*>")


@dataclass(frozen=True, slots=True)
class _Element:
    """An element that is open: where its tag stands, and its words, once there are some."""

    name: str
    column: int
    inside: int = -1


@dataclass(slots=True)
class _Layout:
    """What is written over the text, and the tags that are read apart."""

    out: list[str] = field(default_factory=list)
    tags: list[Span] = field(default_factory=list)
    open: list[_Element] = field(default_factory=list)
    fence: str = ""
    below: bool = True

    def shift(self, column: int) -> int:
        """By how much a line that begins in a column is to be moved to the left."""
        if not self.open:
            return 0
        last = self.open[-1]
        if last.inside < 0:
            self.open[-1] = last = replace(last, inside=column)
        return max(min(column, last.inside) - self.open[0].column, 0)


def shown(text: str) -> str:
    """A page of MDX as Markdown, without its program and the tags that stand on lines of their own."""
    closed = programs.braces(text)
    laid, _ = laid_out(Templates(text, programs.without(text, closed)), closed)
    return laid.masked


def laid_out(
    source: Templates, closed: Mapping[int, int], *, asking: bool = False
) -> tuple[Templates, tuple[Span, ...]]:
    """A text with its tags masked as its templates are and what they hold to the left, and those tags.

    With ``asking`` only elements that ask for it (``markdown="1"``) are read so.
    """
    if "<" not in source.text:
        return source, ()
    locked = {match[1] for match in _LOCKED.finditer(source.text) if markup.locks(match[0])}
    layout = _Layout()
    at, masked = 0, source.masked
    while at < len(masked) and (line := _LINE.match(masked, at)):
        tags = [] if layout.fence else list(_tags(source.text, line.end("indent"), closed))
        wanted = not asking or _asked(layout, source.text, line, tags)
        if tags and wanted and not any(name in locked for _, name, _ in tags):
            at = _over(layout, masked, line, tags)
        else:
            _line(layout, line)
            at = line.end()
    text = "".join(layout.out)
    return replace(source, masked=text), tuple(layout.tags)


def _tags(text: str, at: int, closed: Mapping[int, int]) -> Iterator[tuple[Span, str, str]]:
    """The tags from an offset on to the end of a line, as (span, name, what it does); none beside words."""
    tags: list[tuple[Span, str, str]] = []
    while tag := _TAG.match(text, at):
        if tag["name"] is None:
            end = tag.end() + 1 if text.startswith(">", tag.end()) else -1
        else:
            ended = programs.tag_end(text, tag.end(), closed)
            end = ended[0] if ended else -1
        if end < 0:
            return
        does = "closes" if tag["close"] else "stands" if text.startswith("/>", end - 2) else "opens"
        tags.append(((tag.start(), end), tag["name"] or "", does))
        if _BLANK_REST.match(text, end):
            yield from tags
            return
        blanks = _BLANKS.match(text, end)
        at = blanks.end() if blanks else end


def _asked(layout: _Layout, text: str, line: re.Match[str], tags: list[tuple[Span, str, str]]) -> bool:
    """Whether tags open elements that ask for Markdown within them, or close such ones."""
    if not layout.open and len(line["indent"].expandtabs(4)) >= _CODE_INDENT:
        return False
    names = [element.name for element in layout.open]
    for span, name, does in tags:
        if does == "opens" and markup.asks_for_markdown(text[slice(*span)]):
            names.append(name)
        elif does != "closes" or not names or names.pop() != name:
            return False
    return True


def _over(layout: _Layout, masked: str, line: re.Match[str], tags: list[tuple[Span, str, str]]) -> int:
    """Write over lines that are tags and nothing else; returns where they end."""
    column = len(line["indent"].expandtabs(4))
    for span, name, does in tags:
        layout.tags.append(span)
        if does == "opens":
            layout.open.append(_Element(name, column))
        elif does == "closes" and layout.open and layout.open[-1].name == name:
            layout.open.pop()
    rest = _LINE.match(masked, tags[-1][0][1])
    end = rest.end() if rest else len(masked)
    layout.out.append(written_over(masked[line.start() : end], " "))
    layout.below = True
    return end


def _line(layout: _Layout, line: re.Match[str]) -> None:
    """Write a line of words, to the left where it stands in an element."""
    indent, words = line["indent"], line["words"]
    if fence := _FENCE.match(words):
        if not layout.fence:
            layout.fence = fence[0]
        elif words.startswith(layout.fence) and not words.strip("`~ \t"):
            layout.fence = ""
    shift = layout.shift(len(indent)) if words and "\t" not in indent else 0
    before = layout.out[-1] if layout.out else ""
    if shift and before.endswith("\n") and (layout.below or _BEGINS.match(words)):
        solid = before.rstrip("\r\n")
        layout.out[-1] = solid + indent[:shift] + before[len(solid) :]
        indent = indent[shift:]
    layout.out.append(indent + words + line["end"])
    layout.below = not words
