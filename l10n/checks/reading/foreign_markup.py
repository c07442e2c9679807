"""What other tools leave in the texts of their catalogues: tags, entities and placeholders.

A project's own catalogues have codes in their place; those of a program or a manual show to a translator
``<emphasis>``, ``&#8217;`` and ``%(name)s``, which are no words of any language.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

LONE = "\ufffc"
"""The object mark: it keeps the words on either side of a lone code apart."""

# Tags of XML 1.0 and HTML, their entities, named arguments of Python's and PHP's formats, and a literal that
# looks like a code, whose first backslash is not shown.
_NOT_AS_STORED = re.compile(
    r"(?P<tag></?(?P<name>[A-Za-z][\w:.-]*)(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*(?P<empty>/)?>)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][\w.-]{0,40});)"
    r"|(?P<argument>%\(\w{1,60}\)[-+\# 0]{0,3}\d{0,3}(?:\.\d{1,3})?[A-Za-z])"
    r"|(?P<literal><\\\\*/?\d+/?>)"
)
_STANDING = frozenset({"br", "hr", "img", "input", "wbr"})  # tags of HTML that have no end and are not words


def may_stand(text: str) -> bool:
    """Whether a text without a "<" may have any of it: a quick look."""
    return "&" in text or "%(" in text


def has_tags(text: str) -> bool:
    """Whether a text has a tag with an attribute."""
    return "<" in text and any(match["tag"] and "=" in match[0] for match in _NOT_AS_STORED.finditer(text))


def stretches(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """What a reader sees between two places, piece by piece, and where each piece is stored."""
    at = start
    for match in _NOT_AS_STORED.finditer(text, start, end):
        if match.start() > at:
            yield text[at : match.start()], at
        at = match.end()
        if match["literal"]:
            yield "<", match.start()
            yield text[match.start() + 2 : at], match.start() + 2
        elif shown := _shown(match):
            yield shown, match.start()
    if at < end:
        yield text[at:end], at


def _shown(match: re.Match[str]) -> str:
    """What stands for a tag, an entity or an argument; nothing for a tag around words."""
    if match["tag"]:
        return LONE if match["empty"] or match["name"].lower() in _STANDING else ""
    if match["entity"]:
        known = html.unescape(match[0])
        return LONE if known == match[0] else known
    return LONE
