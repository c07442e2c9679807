"""Tie the notes at the end of a page to the places they belong to, in both directions.

Roles are those of the Digital Publishing WAI-ARIA Module; ``BACK`` is the id of the label of the links back,
which the page's template has.
"""

from __future__ import annotations

import re
from collections import defaultdict

BACK = "back-to-text"

# As pulldown-cmark writes the notes of Markdown, and ``l10n.formats.docx.page`` those of Word.
_REFERENCE = re.compile(r'(<sup(?: class="footnote-reference")?>)<a href="#([^"]+)">(\d+)</a></sup>')
_ANCHOR = re.compile(r'( id="| href="#)((?:note|ref\d+)-)')
_NOTE = re.compile(
    r'<div class="footnote-definition" id="(?P<name>[^"]+)">(?P<text>.*?)(?P<end>(?:</p>)?\s*</div>)'
    r'|<li id="(?P<word>(?:foot|end)note-\d+)">(?P<words>.*?)(?P<last></li>)',
    re.DOTALL,
)


def has_backlinks(body: str) -> bool:
    """Whether a body has notes that lead back, which need the label that a page's template has."""
    return BACK in body


def set_apart(body: str, name: str) -> str:
    """A tied body whose notes are called after it: another on the same page may have the like."""
    return _ANCHOR.sub(rf"\1{name}-\2", body) if has_backlinks(body) else body


def tied(body: str) -> str:
    """A body in which each note leads back to every place that refers to it."""
    if "footnote" not in body and "endnote" not in body:
        return body
    notes = {match["name"] or match["word"] for match in _NOTE.finditer(body)}
    places: dict[str, list[str]] = defaultdict(list)

    def refer(match: re.Match[str]) -> str:
        start, name, number = match.groups()
        if name not in notes:
            return match[0]
        place = f"ref{len(places[name]) + 1}-{name}"
        places[name].append(place)
        return f'{start}<a id="{place}" href="#note-{name}" role="doc-noteref">{number}</a></sup>'

    def note(match: re.Match[str]) -> str:
        name = match["name"] or match["word"]
        backlinks = "".join(
            f' <a href="#{place}" role="doc-backlink" aria-labelledby="{BACK}">↑</a>'
            for place in places[name]
        )
        if match["word"]:
            return f'<li id="note-{name}">{match["words"]}{backlinks}{match["last"]}'
        return f'<div class="footnote-definition" id="note-{name}">{match["text"]}{backlinks}{match["end"]}'

    return _NOTE.sub(note, _REFERENCE.sub(refer, body))
