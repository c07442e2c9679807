"""What templates write between words to choose and repeat: ``@if (open) {`` … ``} @else {`` … ``}``.

These are Angular's blocks (angular.dev, "Control flow").  The signs that HTML heeds between the brackets, the
brace that opens a block and the one that ends it are hidden as ``expressions`` does it: by those braces a
block is told from a brace that somebody has typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from l10n.patterns import lazy_pattern

SIGN = r"@(?=(?:if|else|for|empty|switch|case|default|defer|placeholder|loading|error|let)\b)"
"""What begins a block or names a value, as a pattern."""
_BEGINS = re.compile(r"@(?:if|for|switch|defer|let)\b")
_QUOTED = r"\"[^\"\n]*+\"|'[^'\n]*+'"
_INSIDE = rf"(?:[^()\"'{{}}]|{_QUOTED}|\((?:[^()\"'{{}}]|{_QUOTED}|\((?:[^()\"'{{}}]|{_QUOTED})*+\))*+\))*+"
# A value that does not end within some hundred signs is none: so each sign is looked at a few times at most.
_VALUE = r"(?:[^;\"'<]|<(?![A-Za-z/!?])|\"[^\"\n]{0,400}+\"|'[^'\n]{0,400}+'){0,400}+"
_BRACKETS = rf"\({_INSIDE}\)"
_OPENING = (
    rf"@(?:(?:if|for|switch|case)\s{{0,4}}{_BRACKETS}|else\s{{1,4}}if\s{{0,4}}{_BRACKETS}"
    rf"|(?:defer|placeholder|loading)(?:\s{{0,4}}{_BRACKETS})?+|else|empty|default|error)\s{{0,9}}\{{"
)
# Nothing in a script, a style sheet, a comment or an expression opens a block or ends one.
_SIGN = lazy_pattern(
    r"<(?:script|style)\b[\s\S]*?(?:</(?:script|style)|\Z)|<!--[\s\S]*?(?:-->|\Z)|\{\{[^{}]*+\}\}"
    rf"|(?<![\w@])(?P<opening>{_OPENING})"
    rf"|(?<![\w@])@let\s{{1,4}}\w{{1,80}}\s{{0,4}}(?P<let>={_VALUE};)"
    r"|[{}]",
    re.IGNORECASE,
)


def may_be_in(text: str) -> bool:
    """Whether a page may have such blocks: a quick look."""
    return "@" in text and _BEGINS.search(text) is not None


def hidden(text: str, hide: Mapping[int, int]) -> str:
    """A page with the signs of its blocks replaced by marks, one for one."""
    out: list[str] = []
    at = 0
    heeded = {sign: mark for sign, mark in hide.items() if chr(sign) not in "{}"}
    for start, end in sorted(_places(text)):
        out += text[at:start], text[start : end - 1].translate(heeded), text[end - 1].translate(hide)
        at = end
    return "".join((*out, text[at:]))


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where the openings of blocks are that end, and those ends."""
    open_: list[tuple[int, int] | None] = []
    for sign in _SIGN().finditer(text):
        if sign["opening"]:
            open_.append(sign.span("opening"))
        elif sign["let"]:
            yield sign.span("let")
        elif sign[0] == "{":
            open_.append(None)
        elif sign[0] == "}" and open_ and (opening := open_.pop()):
            yield opening
            yield sign.span()
