"""What a page says as plain text, a line for each paragraph, item and row."""

from __future__ import annotations

import re

from l10n.formats.html.entities import decode
from l10n.formats.html.tokens import names

# Where a page of ours has its text, then where one with its own frame does.
_TEXTS = tuple(
    re.compile(rf"<{name}(?:\s[^>]*)?>(.*)</{name}\s*>", re.DOTALL | re.IGNORECASE)
    for name in ("article", "main", "body")
)
_UNSAID = re.compile(
    r"<(script|style|template|noscript|svg)\b.*?</\1\s*>"
    r"|<a\b[^<>]*\brole=\"doc-backlink\"[^<>]*>[^<]*</a>",
    re.DOTALL | re.IGNORECASE,
)
_HEADLINE = re.compile(r"\A\s*<h1\b[^<>]*>.*?</h1\s*>", re.DOTALL | re.IGNORECASE)
# The number of a note, where it is referred to and before its text.
_REFERENCE = re.compile(r'<sup class="footnote-reference">(.*?)</sup>')
_NOTE = re.compile(r'<sup class="footnote-definition-label">(.*?)</sup>\s*(<p>)?')
_SPACE = re.compile(r"[ \t\r\n\f]+")
_TAG = re.compile(
    r"""<!--.*?-->|<(/?)([a-z][a-z0-9]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""", re.DOTALL | re.IGNORECASE
)
_PARAGRAPHS = names(
    "address article aside blockquote details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr"
    " main nav ol p pre section table ul"
)
_LINES = names("br caption dd li summary tr")
_CELLS = frozenset({"td", "th"})
_EDGES = re.compile(r"[ \t]*\n *")
_BEHIND_SIGN = re.compile(r"^(-|\[[ x]\])\s+", re.MULTILINE)
_EMPTY_LINES = re.compile("\n{3,}")


def main_html(html: str) -> str:
    """The HTML of a page's text without its frame; "" for a page that has none."""
    match = next((candidate for pattern in _TEXTS if (candidate := pattern.search(html))), None)
    return match[1] if match else ""


def plain_text(html: str) -> str:
    """The text of a page behind its headline; paragraphs have an empty line between them."""
    body = _HEADLINE.sub("", _UNSAID.sub(" ", main_html(html)), count=1)
    body = _NOTE.sub(r"<p>[\1] ", _REFERENCE.sub(r"[\1]", body))
    text = decode(_TAG.sub(_instead, _SPACE.sub(" ", body)))
    text = _BEHIND_SIGN.sub(r"\1 ", _EDGES.sub("\n", re.sub(" +", " ", text)))
    return _EMPTY_LINES.sub("\n\n", text).strip()


def _instead(tag: re.Match[str]) -> str:
    """What stands in the place of a tag."""
    name = (tag[2] or "").lower()
    if name in _PARAGRAPHS:
        return "\n\n"
    if name in _LINES:
        return "" if tag[1] else "\n- " if name == "li" else "\n"
    if name == "input" and "checkbox" in tag[3]:
        return "[x] " if "checked" in tag[3] else "[ ] "
    return "\t" if name in _CELLS and tag[1] else ""
