"""Lines that only Pandoc reads: the title at the head, lists that count by themselves, captions of tables.

Source: the Pandoc manual, "Metadata blocks", "Numbered example lists", "Ordered lists" and "Tables".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]

_COUNTED = r" {0,3}(?:#\.|\(@[\w-]{0,7}\))(?=[ \t])"
_LIST = re.compile(
    rf"(?:\A|(?<=\n\n)|(?<=\n\r\n))(?:{_COUNTED}[ \t]+[^\s][^\n]*+(?:\n|\Z)(?: {{2,}}[^\n]*+\n)*+)++"
)
_NUMBER = re.compile(r"^ {0,3}(?P<sign>#\.|\(@[\w-]{0,7}\))(?=[ \t])", re.MULTILINE)
_CAPTION = re.compile(
    r"^(?:Table)?:[ \t]+(?P<words>[^\s][^\r\n]*?)[ \t]*(?=\r?(?:\n[ \t]*\r?\n|\n?\Z))", re.MULTILINE
)
_ROW = re.compile(r"[ \t]*(?:[|+]|-{3,}|={3,}).*|.*(?<!\\)\|[ \t]*|[ \t]*[^\s].*?[ ]{2,}[^\s].*")
_HEAD = re.compile(
    r"\A%[ \t]+(?P<title>[^\s][^\r\n]*)\r?\n(?P<authors>%[^\r\n]*)\r?\n"
    r"(?:%[ \t]+(?P<date>[^\s][^\r\n]*)\r?\n)?[ \t]*(?=\r?\n)"
)
_MYST = re.compile(r"```\{[a-z]|:::\{|\)=\r?\n")


def numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Numbers that count by themselves (``#.``, ``(@good)``), and ones as wide that everybody reads."""
    for listed in _LIST.finditer(text):
        for number in _NUMBER.finditer(text, *listed.span()):
            sign = number["sign"]
            yield *number.span("sign"), "1." if sign == "#." else ")".rjust(len(sign), "1")


def captions(text: str) -> Iterator[tuple[int, int, int]]:
    """What tables are called, beside them: where the line begins, its words begin, and they end."""
    for caption in _CAPTION.finditer(text):
        before = text[max(caption.start() - 4000, 0) : caption.start()]
        below = text[caption.end() : caption.end() + 4000].lstrip("\r\n").splitlines()[:2]
        # Directly under a line of words it says what that line means.
        alone = not before or not before.splitlines()[-1].strip()
        if _is_table(before.rstrip().splitlines()[-2:]) or (alone and _is_table(below)):
            yield caption.start(), *caption.span("words")


def _is_table(lines: list[str]) -> bool:
    return len(lines) > 1 and all(_ROW.fullmatch(line) for line in lines)


def head(text: str) -> tuple[list[tuple[str, int, int]], Span] | None:
    """The title and date at the head of a page, each with where its words stand, and the span of its authors.

    None where there is no such head, or where MyST would read a comment.
    """
    match = _HEAD.match(text)
    if not match or _MYST.search(text):
        return None
    titles = [(name, *match.span(name)) for name in ("title", "date") if match[name]]
    return titles, match.span("authors")
