"""Lines between blocks that no reader sees: names of places, comments, marks of MyST, commands of TeX.

Sources: the MyST guide ("targets", "comments", "block breaks", "cards"), Pandoc's manual (TeX), Obsidian's
help (comments), VitePress's guide ("import code snippets").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]

_LINES = re.compile(
    r"(?:\A\s*|(?<=\n\n)|(?<=\n\r\n))\([\w:./-]{1,80}\)=(?=\r?\n)"
    r"|(?:(?<=\n\n)|(?<=\n\r\n))%[ \t][^\r\n]*+(?:\r?\n%[ \t][^\r\n]*+)*+(?=\r?\n[ \t]*\r?\n|\s*\Z)"
    r"|(?:(?<=\n\n)|(?<=\n\r\n))\+\+\+(?:[ \t]*\{[^\r\n]*\})?[ \t]*(?=\r?\n)"
    # what parts the head and the foot of a card from its body, a file that VitePress puts in
    r"|^<<<[ \t]+[@./][^\s][^\r\n]*"
    r"|(?<=\n)(?:\^{3,}|\+{3,})[ \t]*(?=\r?\n)"
    r"|^\\(?:clearpage|newpage|pagebreak|tableofcontents|listof(?:figures|tables)|vspace\{[^{}\r\n]*\})"
    r"[ \t]*\r?$",
    re.MULTILINE,
)
_OPENING = re.compile(r"^(?:\\begin\{(?P<name>\w+\*?)\}|%%[ \t]*\r?$)", re.MULTILINE)
_SIGNS = (")=\n", ")=\r", "\n% ", "\n+++", "\n^^^", "\n\\", "<<< ", "%%")


def stretches(text: str) -> Iterator[Span]:
    """Where such lines stand."""
    if not any(sign in text for sign in _SIGNS) and not text.startswith("\\"):
        return
    for match in _LINES.finditer(text):
        yield match.span()
    at = 0
    unclosed: set[str] = set()
    while opening := _OPENING.search(text, at):
        at = opening.end()
        closer = f"\\end{{{opening['name']}}}" if opening["name"] else "\n%%"
        end = -1 if closer in unclosed else text.find(closer, at)
        if end < 0:
            unclosed.add(closer)
        elif "```" not in text[at:end]:
            at = end + len(closer)
            yield opening.start(), at
