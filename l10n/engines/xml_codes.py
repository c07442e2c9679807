"""Our codes as XML for the engines that carry it, and back, strictly."""

from __future__ import annotations

import html
import re

from l10n import inline
from l10n.engines import protect
from l10n.inline import Role

# Whatever a parser of HTML would read as the same tag.
_TAG = re.compile(
    r"""<(?:g\s+id\s*=\s*["']?(?P<open>\d{1,4})["']?\s*|(?P<close>/)\s*g\s*"""
    r"""|x\s+id\s*=\s*["']?(?P<lone>\d{1,4})["']?\s*(?:/|>\s*</\s*x\s*))>""",
    re.IGNORECASE,
)
_OTHER = re.compile(r"<[A-Za-z/!?]")


def has_tags(text: str) -> bool:
    """Whether tags of codes stand in a text."""
    return _TAG.search(text) is not None


def to_xml(source: str) -> str:
    """A source as ``<g id="1">…</g>`` and ``<x id="2"/>``, everything else escaped."""
    return "".join(
        html.escape(token.text, quote=False)
        if token.role is Role.TEXT
        else f'<g id="{token.number}">'
        if token.role is Role.OPEN
        else "</g>"
        if token.role is Role.CLOSE
        else f'<x id="{token.number}"/>'
        for token in inline.tokens(source)
    )


def from_xml(answer: str, source: str) -> str | None:
    """An answer in our notation, None when its tags are not those of its source."""
    parts: list[str] = []
    stack: list[str] = []
    at = 0
    for match in _TAG.finditer(answer):
        words = answer[at : match.start()]
        at = match.end()
        if _OTHER.search(words) or (match["close"] and not stack):
            return None
        parts.append(inline.escape_literal(html.unescape(words)))
        if match["open"]:
            stack.append(str(int(match["open"])))
            parts.append(f"<{stack[-1]}>")
        elif match["close"]:
            parts.append(f"</{stack.pop()}>")
        else:
            parts.append(f"<{int(match['lone'])}/>")
    rest = answer[at:]
    if stack or _OTHER.search(rest):
        return None
    target = "".join(parts) + inline.escape_literal(html.unescape(rest))
    return None if protect.damage(source, target) else protect.tidy(target, source)
