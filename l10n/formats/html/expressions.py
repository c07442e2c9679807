"""Template expressions that HTML would read as its own markup: hidden while a page is taken apart.

``title="{% trans "Sort" %}"`` ends its attribute at the second quotation mark for HTML, ``{% if a > b %}``
its tag, ``{{ icon('<i></i>') }}`` holds an element.  The signs in expressions that HTML heeds, or that would
end another expression, are replaced by control characters, which no target can hold, and put back when the
page is written.
"""

from __future__ import annotations

import re

from l10n.formats.html import control_flow
from l10n.patterns import lazy_pattern

_SIGNS = "\"'<>={}%"
_MARKS = "".join(map(chr, range(1, 1 + len(_SIGNS))))
_HIDDEN = str.maketrans(_SIGNS, _MARKS)
_SHOWN = str.maketrans(_MARKS, _SIGNS)
_HEEDED = re.compile("[\"'<>]")
_MARKED = re.compile(f"[{_MARKS}]")

_QUOTED = r"\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'"
# Outside of quotation marks a tag is one of the page.
_SAID = rf"(?:[^\"'{{}}%<]|{_QUOTED}|<(?![A-Za-z/!?%])|\{{(?![{{%])|\}}(?!\}})|%(?!\}}))*+"
_BRACES = rf"\{{(?:\{{\{{({_SAID})\}}\}}\}}|\{{({_SAID})\}}\}}|%({_SAID})%\}})"
_PROGRAM = r"<(?:\?(?:php\b|=)((?:[^?<]|\?(?!>)|<(?!\?))*+)\?>|%=?((?:[^%<]|%(?!>)|<(?!%))*+)%>)"
# `re` looks quickly for what begins with one sign, and hardly any page has programs in it.
_BRACE, _OTHER = re.compile(r"\{[{%]"), re.compile("<[?%]")
_IN_BRACES = re.compile(_BRACES)
_EXPRESSION = lazy_pattern(rf"{_BRACES}|{_PROGRAM}")
_CODE = r"<\?(?:[^<>?]|\?(?!>))*+\?>|<%(?:[^<>%]|%(?!>))*+%>"
_QUOTED_OR_CODE = re.compile(rf"\"[^\"]*+\"|'[^']*+'|{_CODE}")
_TAG_WITH_CODE = lazy_pattern(rf"<[A-Za-z](?:[^<>\"']|{_QUOTED_OR_CODE.pattern})*+>")


def opened(text: str) -> str:
    """A page with the signs in its expressions hidden; the page itself where that would not come back."""
    braced = "{" in text and _BRACE.search(text)
    programmed = ("?" in text or "%" in text) and _OTHER.search(text)
    flows = control_flow.may_be_in(text)
    if not (braced or programmed or flows) or any(mark in text for mark in _MARKS):
        return text
    if flows:
        text = control_flow.hidden(text, _HIDDEN)
    if not programmed:
        return _IN_BRACES.sub(_inside_hidden, text)
    return _TAG_WITH_CODE().sub(_code_hidden, _EXPRESSION().sub(_inside_hidden, text))


def closed(text: str) -> str:
    """What ``opened`` gave, or a part of it, with other words in it, as the page writes it."""
    return text.translate(_SHOWN)


def blanked(text: str) -> str:
    """What ``opened`` gave, for a reader who knows no control characters."""
    return _MARKED.sub("_", text)


def _inside_hidden(match: re.Match[str]) -> str:
    raw, inside = match[0], match[match.lastindex or 0]
    if not _HEEDED.search(inside):
        return raw
    start, end = (at - match.start() for at in match.span(match.lastindex or 0))
    return f"{raw[:start]}{inside.translate(_HIDDEN)}{raw[end:]}"


def _code_hidden(match: re.Match[str]) -> str:
    """A tag in which expressions between attributes end no tag; in values they are read as everywhere."""
    tag = match[0]
    if "<?" not in tag and "<%" not in tag:
        return tag
    return _QUOTED_OR_CODE.sub(lambda one: one[0].translate(_HIDDEN) if one[0][0] == "<" else one[0], tag)
