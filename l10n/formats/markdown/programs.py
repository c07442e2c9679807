"""What MDX reads as a program: lines, expressions between braces, and values in the tags of components."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from l10n.formats.markdown.masking import written_over

Span: TypeAlias = tuple[int, int]
Mask: TypeAlias = tuple[int, int, str]
"""Where something stands, and what a parser is to see there, which is as long."""

# MDX takes such lines for a program; prose has no import with its source in quotes, nor an export of these.
_PROGRAM = re.compile(
    r"^(?:import[ \t]+(?:[\w*${}(),% \t\r\n]{1,400}?[ \t\r\n]from[ \t]+)?(?:\"[^\"\r\n]+\"|'[^'\r\n]+')"
    r"[ \t]*;?[ \t]*\r?$"
    r"|export[ \t]+(?:const|let|var|function|class|default|async|\{|\*)(?:(?!\r?\n[ \t]*\r?\n)[\s\S])*+)",
    re.MULTILINE,
)
# Where MDX reads an expression that is a block by itself, up to the brace that closes it.
_EXPRESSION = re.compile(
    r"^\{\s*(?:\(|[A-Za-z_$][\w$]*+(?:\.[A-Za-z_$]|\(|\?\.|\[|\s*(?:&&|\|\||\?(?!\w)|\}))|/\*)", re.MULTILINE
)
_ANY_EXPRESSION = re.compile(r"(?<![^\n ])\{(?!:)")
_COMPONENT = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w-]*+(?:\.\w++)*+)(?=[\s/>])")
_ATTRIBUTE = re.compile(
    r"\s++(?:(?P<odd>[@#])?+[\w:.-]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`{}]++|(?P<value>(?=\{)))?+)?+|(?P<spread>(?=\{\.\.\.)))"
)
# With such a tag a block of HTML begins to CommonMark; MDX reads what stands in one in a line as Markdown.
_OF_BLOCK = (
    "address|article|aside|blockquote|center|dialog|div|figcaption|footer|header|main|nav|p|section|summary"
)
_LINE_OF_ONE = re.compile(
    rf"^[ \t>]*+(?:[-*+][ \t]++|\d{{1,9}}[.)][ \t]++)?<(?P<name>{_OF_BLOCK})(?=[\s>])"
    r"(?P<rest>[^\r\n]*\S)[ \t]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)
_BLOCK_TAG = re.compile(
    rf"</?(?:{_OF_BLOCK}|caption|col|colgroup|dd|details|dl|dt|fieldset|figure|form|frame|frameset|h[1-6]|head|hr"
    r"|iframe|legend|li|link|menu|menuitem|noframes|ol|optgroup|option|param|pre|script|search|style|table|tbody"
    r"|td|textarea|tfoot|th|thead|title|tr|track|ul)(?=[\s/>])",
    re.IGNORECASE,
)
_NAME_END = re.compile(r"(?<=<)([A-Za-z][\w-]*)(?=[\s/>])")
_TAG_END = re.compile(r"\s*+/?>")
_BLANK_REST = re.compile(r"[ \t\r]*+$", re.MULTILINE)
_BRACES = re.compile(r"[{}]")
_FENCED = re.compile(
    r"^[ \t]*(?P<mark>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*(?P=mark)|\Z)", re.MULTILINE | re.DOTALL
)


def over(text: str, masks: Iterable[Mask]) -> str:
    """A text with masks written over it; of those that overlap the first counts."""
    out: list[str] = []
    at = 0
    for start, end, instead in sorted(masks):
        if start >= at:
            out.extend((text[at:start], instead))
            at = end
    return "".join([*out, text[at:]])


def blank(text: str, span: Span) -> Mask:
    """What shows a parser nothing in a stretch but its line ends."""
    return (*span, written_over(text[slice(*span)], " "))


def without(text: str, closed: Mapping[int, int]) -> str:
    """A page of MDX with its lines of a program and its blocks between braces written over with blanks."""
    fenced = [match.span() for match in _FENCED.finditer(text)]
    starts = [start for start, _ in fenced]

    def is_code(at: int) -> bool:
        index = bisect_right(starts, at) - 1
        return index >= 0 and at < fenced[index][1]

    spans = [*lines(text), *expressions(text, closed, mdx=True)]
    return over(text, (blank(text, span) for span in spans if not is_code(span[0])))


def begins(words: str) -> bool:
    """Whether words at the start of a block would be taken for a line of a program."""
    return _PROGRAM.match(words) is not None


def lines(text: str) -> Iterator[Span]:
    """Lines of a program that stand where a block begins, or below others of their kind."""
    last = 0
    for match in _PROGRAM.finditer(text):
        start = match.start()
        if start == last or not _above(text, start):
            yield match.span()
            last = match.end() + 1


def expressions(text: str, closed: Mapping[int, int], *, mdx: bool) -> Iterator[Span]:
    """Blocks that are an expression between braces and nothing else: in MDX whatever they hold."""
    for match in (_ANY_EXPRESSION if mdx else _EXPRESSION).finditer(text):
        start = match.start()
        end = closed.get(start, -1)
        if end > 0 and not _above(text, start) and _BLANK_REST.match(text, end):
            yield start, end


def _above(text: str, start: int) -> str:
    """The words of the line above the one that begins at an offset."""
    return text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start].strip()


def braces(text: str) -> dict[int, int]:
    """For the offset of each brace that is closed, the one after the brace that closes it."""
    closed: dict[int, int] = {}
    open_: list[int] = []
    for brace in _BRACES.finditer(text):
        if brace.group() == "{":
            open_.append(brace.start())
        elif open_:
            closed[open_.pop()] = brace.end()
    return closed


def components(text: str, raw: str, closed: Mapping[int, int]) -> Iterator[Mask]:
    """What MDX lets a tag be that HTML does not: values between braces, dots in its name."""
    for tag in _COMPONENT.finditer(text):
        if "." in tag["name"] and tag["name"][0].isupper():
            yield (*tag.span("name"), tag["name"].replace(".", "-"))
        for start, end in () if tag["close"] else _values(raw, tag.end(), closed):
            yield start, end, written_over(text[start:end])


def lines_of_one(text: str) -> Iterator[Mask]:
    """The names of elements that fill a line with their words, so that no block of HTML begins with them."""
    for line in _LINE_OF_ONE.finditer(text):
        name, rest = line["name"], line["rest"]
        if rest.endswith(f"</{name}>") and not _BLOCK_TAG.search(rest[: -len(name) - 3]):
            yield line.end("name") - 1, line.end("name"), "x"


def renamed(tag: str) -> str:
    """A tag as ``lines_of_one`` shows it to a parser."""
    return _NAME_END.sub(lambda name: f"{name[0][:-1]}x", tag, count=1)


def values_in_tags(text: str) -> list[tuple[int, int]]:
    """The spans of the values between braces in the tags of a text."""
    closed = braces(text)
    tags = (tag for tag in _COMPONENT.finditer(text) if not tag["close"])
    spans: list[tuple[int, int]] = []
    for tag in tags:
        if not spans or tag.start() >= spans[-1][1]:
            spans.extend(_values(text, tag.end(), closed))
    return spans


def _values(text: str, at: int, closed: Mapping[int, int]) -> list[tuple[int, int]]:
    """The values between braces in the tag whose name ends at ``at``; none when it is no tag."""
    return tag[1] if (tag := tag_end(text, at, closed)) else []


def tag_end(text: str, at: int, closed: Mapping[int, int]) -> tuple[int, list[tuple[int, int]]] | None:
    """Where the tag whose name ends at ``at`` ends, and what HTML has not in it; None when it is no tag.

    That are values between braces, and the signs before names that Vue takes for events and slots.
    """
    values: list[tuple[int, int]] = []
    while attribute := _ATTRIBUTE.match(text, at):
        at = attribute.end()
        if attribute["odd"]:
            values.append(attribute.span("odd"))
        if attribute["value"] is not None or attribute["spread"] is not None:
            start, at = at, closed.get(at, -1)
            if at < 0:
                return None
            values.append((start, at))
    end = _TAG_END.match(text, at)
    return (end.end(), values) if end else None
