"""The words in charts and diagrams: DrawingML, which knows paragraphs and runs of its own.

Source: ECMA-376 part 1, 21.1.2 (text), 21.2 (charts) and 21.4 (diagrams).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from l10n.formats.docx.markup import ON, Sort, Source, attribute, decode
from l10n.formats.docx.runs import words
from l10n.inline import Role, Run

ROLES = frozenset({"chart", "diagram"})
_NOT_A_LOOK = ("lang", "altLang", "dirty", "err", "noProof", "smtClean")


# What a drawing remembers of the words in its sheet (21.2.2.201, 21.2.2.102; MS-ODRAWXML 2.24.3.79).
_REMEMBERED = frozenset({"c:strCache", "c:multiLvlStrCache", "cx:strDim", "cx:txData"})
# What a diagram says where nothing was written yet ("[Text]" in the language of the program; 21.4.3.6).
_PLACEHOLDER = re.compile(
    r"""<(?:[\w-]+:)?prSet(?=\s)(?=[^<>]*?\sphldr=["'](?:1|true)["'])[^<>]*?\sphldrT=["']([^"'<>]+)"""
)


def placeholders(text: str) -> frozenset[str]:
    """The words that the diagrams of a file ask for text with, which none of them prints."""
    return (
        frozenset(decode(found) for found in _PLACEHOLDER.findall(text)) if "phldrT" in text else frozenset()
    )


def texts(part: Source, unwritten: Collection[str] = ()) -> Iterator[tuple[int, int, list[Run]]]:
    """What a chart or a diagram shows: where each text begins and ends, and its runs.

    Names of columns and rows are those that the drawing remembers of its sheet.  ``unwritten`` are the
    placeholders of the file's diagrams: what is drawn of one does not say that it is one.
    """
    index = remembered = point = 0
    while index < len(part.tags):
        tag = part.tags[index]
        if tag.name in _REMEMBERED:
            remembered += {Sort.START: 1, Sort.END: -1}.get(tag.sort, 0)
        elif tag.name == "dgm:pt" and tag.sort is Sort.START:
            point = index
        elif tag.name == "dgm:prSet" and attribute(part.text, tag, "phldr") in ON:
            index = part.partner[point]
        elif tag.name == "a:p" and tag.sort is Sort.START:
            for start, end, runs in _paragraph(part, index):
                if "".join(run.text for run in runs).strip() not in unwritten:
                    yield start, end, runs
            index = part.partner[index]
        elif _is_name(tag.name, remembered) and part.partner[index] == index + 1:
            yield from _text(part, [index])
        index += 1


def said(part: Source, index: int) -> str:
    """The words of the paragraph at an index."""
    return "".join(
        part.text[part.tags[at].end : part.tags[at + 1].start]
        for at in range(index, part.partner[index])
        if part.tags[at].name == "a:t" and part.tags[at].sort is Sort.START
    )


def _is_name(tag: str, remembered: int) -> bool:
    return bool(remembered) and tag in {"c:v", "cx:v", "cx:pt"}


def _paragraph(part: Source, index: int) -> Iterator[tuple[int, int, list[Run]]]:
    inside = range(index, part.partner[index])
    yield from _text(
        part, [at for at in inside if part.tags[at].name == "a:t" and part.partner[at] == at + 1]
    )


def _text(part: Source, found: list[int]) -> Iterator[tuple[int, int, list[Run]]]:
    """The elements of one text as runs; a change of look between two of them is a code."""
    out: list[Run] = []
    end = 0
    for at in found:
        if out:
            out.append(_between(part, end, at))
        out += words(part.text[part.tags[at].end : part.tags[at + 1].start])
        end = at + 1
    if any(char.isalpha() for run in out for char in run.text):
        yield part.tags[found[0]].end, part.tags[end].start, out


def _between(part: Source, before: int, after: int) -> Run:
    """What stands between two texts: nothing to a reader where they look alike."""
    raw = part.text[part.tags[before].start : part.tags[after].end]
    names = {part.tags[at].name for at in range(before, after)}
    if "a:br" in names:
        return Run(raw, "\n", Role.LONE, "line break", "line break")
    if "a:fld" in names or _look(part, before, -1) != _look(part, after, 1):
        return Run(raw, "", Role.LONE, "look", "other look")
    return Run(raw, "")


def _look(part: Source, at: int, side: int) -> str:
    """The properties of the run that a text's tag stands in, but for what says nothing of its look."""
    text_start = at if side > 0 else at - 1
    for index in range(text_start, max(text_start - 60, 0), -1):
        if part.tags[index].name == "a:r":
            break
    else:
        return ""
    raw = part.text[part.tags[index].end : part.tags[text_start].start]
    for name in _NOT_A_LOOK:
        start = raw.find(f' {name}="')
        if start >= 0:
            raw = raw[:start] + raw[raw.find('"', start + len(name) + 3) + 1 :]
    return "" if raw.strip("</>\t\r\n ") in {"", "a:rPr", "a:rPr></a:rPr"} else raw
