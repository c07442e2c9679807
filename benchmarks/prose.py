"""Prose catalogues of others, read as pairs without the markup of their format.

A project's own catalogues hold codes where markup was; these hold XML, POD, the source of manual pages,
and the signs of AsciiDoc, Markdown or reStructuredText, which would be measured with the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import polib

_SHORTEST = 30  # characters: what is shorter is a heading or a label
_VERBATIM = re.compile(
    r"<(?:screen|programlisting|informalexample|literallayout)\b"
    r"|\A\s*(?:\||:[\w-]+:|\.\. |image::|external ref=)"
)
_ONE_PATH = re.compile(r"\S*[/\\]\S*")
_LONE = re.compile(r"<[^<>]*/>")
_TAG = re.compile(r"<[^<>]*>")
_ENTITY = re.compile(r"&(#\w+|[A-Za-z][\w.-]*);")

_POD = re.compile(r"(?<![A-Za-z])[A-Z]<(?:<+ (.*?) >+>|([^<>]*)>)")
_POD_SIGNS = {"verbar": "|", "sol": "/"}
_ROFF = re.compile(r"\\(?:f(?:\[\w*\]|\(\w\w|\w)|[&:,/^|]|s[+-]?\d)")
_ROFF_SIGNS = (
    ("\\-", "-"),
    ("\\ ", " "),
    ("\\(dq", '"'),
    ("\\(aq", "'"),
    ("\\(co", "©"),
    ("\\e", "\\"),
    ("\\[u2019]", "’"),
)
_LIGHT = (
    (re.compile(r"<<[^<>,]*,\s*([^<>]*)>>"), r"\1"),  # AsciiDoc: <<anchor,text>>
    (re.compile(r"<<([^<>]*)>>"), r"\1"),
    (re.compile(r"(?:link|mailto|xref):[^\s\[\]]*\[([^\[\]]*)\]"), r"\1"),
    (re.compile(r"(?<![\w:])(?:image|kbd|menu|btn|icon):+[^\s\[\]]*\[([^\[\]]*)\]"), r"\1"),
    (re.compile(r"https?://[^\s\[\]]*\[([^\[\]]+)\]"), r"\1"),
    (re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)"), r"\1"),  # Markdown: [text](address)
    (
        re.compile(r"(?<![\w`]):[a-z:+-]+:`(?:[^`<>]*?)\s*<?([^`<>]*)>?`"),
        r"\1",
    ),  # reStructuredText: :role:`text`
    (re.compile(r"`([^`<>]+?)\s*<[^`<>]*>`__?"), r"\1"),
    (re.compile(r"(?<!`)`([^`]+)`__?(?!\w)"), r"\1"),
    (re.compile(r"``([^`']*)''"), r"“\1”"),
    (re.compile(r"(?<!`)(`{1,2})([^`]+)\1(?!`)"), r"\2"),
    (re.compile(r"(?<![\w*])(\*{1,2})(\S(?:[^*\n]*\S)?)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w_])(_{1,2})(\S(?:[^_\n]*\S)?)\1(?![\w_])"), r"\2"),
)


def pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Each approved pair of a file once, without its markup."""
    seen = set()
    for entry in polib.pofile(str(path)):
        if entry.obsolete or entry.fuzzy or not entry.msgstr or _is_verbatim(entry.msgid):
            continue
        pair = bare(entry.msgid), bare(entry.msgstr)
        if len(pair[0]) >= _SHORTEST and pair[0] != pair[1] and pair not in seen:
            seen.add(pair)
            yield pair


def _is_verbatim(source: str) -> bool:
    return bool(_VERBATIM.search(source) or _ONE_PATH.fullmatch(source))


def bare(text: str) -> str:
    """A text without the markup of XML, POD, manual pages and the light formats."""
    text = text.replace("<quote>", "“").replace("</quote>", "”")
    text = _without_roff(_without_pod(text))
    for pattern, kept in _LIGHT:
        text = pattern.sub(kept, text)
    text = _TAG.sub("", _LONE.sub("X", text))
    return " ".join(_ENTITY.sub(_entity_text, text).split())


def _without_pod(text: str) -> str:
    """``B<text>`` is text: from the innermost outwards, since they nest."""
    count = 1
    while count:
        text, count = _POD.subn(_pod_text, text)
    return text


def _pod_text(match: re.Match[str]) -> str:
    text = match[2] if match[1] is None else match[1]
    if match[0].startswith("X<"):
        return ""
    if match[0].startswith("E<"):
        return _POD_SIGNS.get(text, f"&{text};")
    return text.split("|")[0] if match[0].startswith("L<") else text


def _without_roff(text: str) -> str:
    text = _ROFF.sub("", text)
    for sign, kept in _ROFF_SIGNS:
        text = text.replace(sign, kept)
    return text


def _entity_text(match: re.Match[str]) -> str:
    """What an entity stands for; a word of its own letters where that is the document's secret."""
    known = html.unescape(match[0])
    return known if known != match[0] else re.sub(r"[\W\d]", "", match[1]).title()
