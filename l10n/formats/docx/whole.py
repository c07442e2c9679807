"""Paragraphs that are one since the mark between them was deleted, as a tracked change.

Source: ECMA-376 part 1, 17.13.5.15 (del, of a paragraph mark).
"""

from __future__ import annotations

from collections.abc import Sequence

from l10n.formats.docx.atoms import Atom, Reader, What
from l10n.formats.docx.markup import Sort, Source


def whole(part: Source, index: int) -> tuple[int, ...]:
    """The paragraphs that a reader sees as one with that at an index, in order.

    A paragraph whose mark is deleted goes on in its neighbour, which says what both of them are then.
    """
    out = [index]
    while _is_ended_nowhere(part, out[-1]):
        after = part.partner[out[-1]] + 1
        blank = part.text[part.tags[after - 1].end : part.tags[after].start].isspace()
        beside = blank or part.tags[after - 1].end == part.tags[after].start
        if not (beside and part.tags[after].name == "w:p" and part.tags[after].sort is Sort.START):
            break
        out.append(after)
    return tuple(out)


def atoms(reader: Reader, paragraphs: Sequence[int]) -> list[Atom]:
    """What stands in them; where one goes on in the next no run is open."""
    out: list[Atom] = []
    for index in paragraphs:
        if out:
            start = inside(reader.source, index)[0]
            out.append(Atom(What.SEAM, start, start))
        out.extend(reader.paragraph(index))
    return _with_comments(reader.source, out)


def _with_comments(part: Source, found: list[Atom]) -> list[Atom]:
    """Atoms in which marks of comments that follow each other are one: where one ends, Word puts its sign.

    The start of another comment begins anew.
    """
    out: list[Atom] = []
    last = -1  # among those put out: a mark that nothing but ends of runs has followed
    for atom in found:
        mark = atom.what is What.LONE and atom.label == "comment" and atom.run < 0
        if mark and last >= 0 and part.tags[atom.first].name != "w:commentRangeStart":
            out[last:] = [out[last]._replace(end=atom.end, last=atom.last)]
            continue
        out.append(atom)
        if mark:
            last = len(out) - 1
        elif atom.what is not What.SEAM:
            last = -1
    return out


def inside(part: Source, index: int) -> tuple[int, int]:
    """Where the inside of a paragraph begins, behind its properties, and ends."""
    first = next(part.children(index), index)
    start = part.partner[first] if part.tags[first].name == "w:pPr" else index
    return part.tags[start].end, part.tags[part.partner[index]].start


def _is_ended_nowhere(part: Source, index: int) -> bool:
    """Whether a paragraph has words and a deleted mark."""
    holder = next(part.children(index), -1)
    if holder < 0 or part.tags[holder].name != "w:pPr":
        return False
    marks = (child for child in part.children(holder) if part.tags[child].name == "w:rPr")
    deleted = any(part.tags[change].name == "w:del" for mark in marks for change in part.children(mark))
    return deleted and _has_words(part, holder, index)


def _has_words(part: Source, after: int, index: int) -> bool:
    """Whether a paragraph says something of its own that was not taken out or moved away."""
    at, end = part.partner[after] + 1, part.partner[index]
    while at < end:
        tag = part.tags[at]
        if tag.name == "w:t" and tag.sort is Sort.START:
            if part.text[tag.end : part.tags[part.partner[at]].start].strip():
                return True
        elif tag.name in {"w:moveFrom", "w:drawing", "w:pict", "mc:AlternateContent"}:
            at = max(part.partner[at], at)
        at += 1
    return False
