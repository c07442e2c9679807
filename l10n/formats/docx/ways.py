"""The way words run, and what makes those in charts and diagrams run that way.

Source: ECMA-376 part 1, 21.1.2.2.7 (DrawingML's paragraph properties).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from l10n.formats.docx.drawings import said
from l10n.formats.docx.markup import ON, Sort, Source, attribute, attributes
from l10n.formats.edits import Edit

_MIRRORED = {"l": "r", "r": "l"}


def way(words: str) -> str:
    """The way most letters run: "rtl", "ltr", "" where there are none."""
    right = left = 0
    for char in words:
        direction = unicodedata.bidirectional(char)
        right += direction in {"R", "AL"}
        left += direction == "L"
    return "" if not right + left else "rtl" if right > left else "ltr"


def drawn(part: Source, *, rtl: bool) -> Iterator[Edit]:
    """What makes the paragraphs of a chart or a diagram run the way their words do now.

    One that says on which side it stands stands on the other; any other follows its drawing.
    """
    wanted = "rtl" if rtl else "ltr"
    for index, tag in enumerate(part.tags):
        if tag.name == "a:p" and tag.sort is Sort.START and way(said(part, index)) == wanted:
            yield from _turned(part, index, rtl=rtl)


def _turned(part: Source, index: int, *, rtl: bool) -> Iterator[Edit]:
    tag, first = part.tags[index], next(part.children(index), -1)
    if first < 0 or part.tags[first].name != "a:pPr":
        if rtl:
            prefix = part.text[tag.start + 1 : tag.end].partition(":")[0]
            yield tag.end, tag.end, f'<{prefix}:pPr rtl="1"/>'
        return
    holder = part.tags[first]
    if (attribute(part.text, holder, "rtl") in ON) is rtl:
        return
    spans = attributes(part.text, holder)
    side = attribute(part.text, holder, "algn") or ""
    if side in _MIRRORED:
        yield (*spans["algn"], _MIRRORED[side])
    if "rtl" in spans:
        yield (*spans["rtl"], "1" if rtl else "0")
    elif rtl:
        name_end = holder.start + 1 + len(_name(part.text[holder.start + 1 : holder.end]))
        yield name_end, name_end, ' rtl="1"'


def _name(raw: str) -> str:
    return raw.rstrip("/>").split(maxsplit=1)[0]
