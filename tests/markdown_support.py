"""What may mean something in Markdown, and a page read from its text."""

from __future__ import annotations

from l10n.formats import extract
from l10n.model import Document

HOSTILE = [
    "*",
    "_",
    "`",
    "[x](javascript:a)",
    "![i](u)",
    "<script>",
    "</p>",
    "<b>",
    "&amp;",
    "&lt",
    "#",
    "-",
    "1.",
    ">",
    "+",
    "===",
    "---",
    "~~~",
    "```",
    "\\",
    "{{x}}",
    "{%a%}",
    "{{<y>}}",
    "{:.x}",
    "http://e.example",
    "www.e.example",
    "a@b.example",
    "$$",
    "[^1]",
    "[^1]:",
    "[ref]:",
    "**b**",
    "__b__",
    "~~s~~",
    "「日本」",
    "。",
    "«",
    "»",
    "(",
    ")",
    "!",
    "=",
    "{#id}",
    "}",
    "{",
    "<!--",
    "-->",
    "]]>",
    "|",
    "\n",
    "\t",
    "  \n",
    "    ",
    "\xa0",
    "- ",
    "1. ",
    "!!! note",
    '=== "t"',
    ":::",
    ":::note x",
    '"',
    "'",
    "{% raw %}",
    "{{< highlight >}}",
    "</div>",
]


def read(text: str) -> Document:
    return extract(text.encode(), path="page.md", locale="en")


def fold(text: str) -> str:
    """A text with each stretch of blanks as one."""
    return " ".join(text.split())
