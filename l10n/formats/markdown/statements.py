"""Lines that hold nothing but statements of a template: no line of words goes on across one.

Liquid, Jinja and Nunjucks run before Markdown is read and leave such a line empty, unless a dash trims it;
the shortcodes of Hugo that have an end stand around blocks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import TypeAlias

from l10n.formats.markdown import templates
from l10n.formats.markdown.templates import Templates

Span: TypeAlias = tuple[int, int]

_STATEMENT = (
    r"\{%[ \t]*(?:end\w+|if|ifversion|elsif|elif|elseif|else|unless|for|case|when|set|assign|capture|macro"
    r"|block|import|from|extends|with|call)\b[^%{\r\n]*(?<!-)%\}"
    r"|\{#(?!-)[^#{\r\n]*(?<!-)#\}"
)
_SHORTCODE = r"\{\{[<%][ \t]*+/?[ \t]*+[\w.-]++[^{}\r\n]*+(?<=[>%])\}\}"
_LINE = re.compile(rf"^[ \t>]*+(?P<tags>(?:(?:{_STATEMENT}|{_SHORTCODE})[ \t]*+)++)(?=\r?$)", re.MULTILINE)
_PIPE = re.compile(r"(?<!\\)\|")
_NAME = re.compile(r"\{\{[<%][ \t]*+(?P<end>/)?[ \t]*+(?P<name>[\w.-]++)")


def lines(source: Templates) -> Iterator[Span]:
    """Where such lines stand, but for those between the rows of a table and those that say words."""
    text = source.text
    if not any(sign in text for sign in ("%}", "#}", ">}}")):
        return
    ended = {tag["name"] for tag in _NAME.finditer(text) if tag["end"]}
    for line in _LINE.finditer(text):
        start, end = line.span("tags")
        if _beside_row(source.masked, line.start(), line.end()):
            continue
        tags = list(_stretches(source, start, end))
        if tags and all(_parts(text[slice(*tag)], ended) for tag in tags):
            yield start, end


def _stretches(source: Templates, start: int, end: int) -> Iterator[Span]:
    """The stretches of a line, none where one of them goes on below it."""
    index = bisect_left(source.starts, start)
    after = bisect_left(source.starts, end)
    if index < after and source.starts[index] == start and source.ends[after - 1] <= end:
        yield from zip(source.starts[index:after], source.ends[index:after], strict=True)


def _parts(tag: str, ended: set[str]) -> bool:
    """Whether a tag is no value and says nothing to readers."""
    name = _NAME.match(tag)
    return (name is None or name["name"] in ended) and not any(templates.words(tag))


def _beside_row(text: str, start: int, end: int) -> bool:
    """Whether the line above or below is one of a table."""
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start]
    stop = text.find("\n", end + 2)
    below = text[end : stop if stop >= 0 else len(text)]
    return _PIPE.search(above) is not None or _PIPE.search(below) is not None
