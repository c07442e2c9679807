"""The words in front of the numbers of a list, which Word writes itself: "Article 1.", "Step 2:".

Source: ECMA-376 part 1, 17.9 (numbering); a ``%`` before a digit in a level's text is a number (17.9.11).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from l10n.formats.docx import kinds, markup
from l10n.formats.docx.kinds import Styles
from l10n.formats.docx.markup import Sort, Source, attribute, attributes
from l10n.formats.docx.runs import words
from l10n.inline import Role, Run

ROLE = "numbering"
PLACE = "numbering"
_NUMBER = re.compile("%([1-9])")
_TYPED_NUMBER = re.compile("%(?=[1-9])")
# Between a percent sign and a digit that somebody has typed: no sign that is seen, and no number for Word.
_APART = "%\u2060"
_WORD = re.compile(r"[^\W\d_]{2}")


class Level(NamedTuple):
    """A level of lists whose numbers have words: the lists, its depth, its style, where the text lies."""

    lists: frozenset[str]
    depth: int
    style: str
    start: int
    end: int


def levels(part: Source) -> list[Level]:
    """The levels of the part that defines lists whose numbers, or bullets, have words."""
    lists = _lists(part)
    out: list[Level] = []
    owner, depth, style, bullet = frozenset[str](), 0, "", False
    for tag in part.tags:
        if tag.sort is Sort.END:
            continue
        if tag.name == "w:abstractNum":
            owner = lists.get(attribute(part.text, tag, "abstractNumId") or "", frozenset())
        elif tag.name == "w:num":
            owner = frozenset({attribute(part.text, tag, "numId") or ""})
        elif tag.name == "w:lvl":
            depth, style, bullet = kinds.number(attribute(part.text, tag, "ilvl") or "", 0), "", False
        elif tag.name == "w:pStyle":
            style = attribute(part.text, tag, "val") or ""
        elif tag.name == "w:numFmt":
            bullet = attribute(part.text, tag, "val") == "bullet"
        elif tag.name == "w:lvlText" and (span := attributes(part.text, tag).get("val")):
            text = _NUMBER.sub("", part.text[slice(*span)])
            if _WORD.search(text) or (not bullet and any(map(str.isalpha, text))):
                out.append(Level(owner, depth, style, *span))
    return out


def _lists(part: Source) -> dict[str, frozenset[str]]:
    """The lists by what defines them, also where that is but a name for what another defines (17.9.21)."""
    lists: dict[str, set[str]] = {}
    named: dict[str, str] = {}
    naming: dict[str, str] = {}
    abstract = list_ = ""
    for tag in part.tags:
        if tag.name == "w:abstractNum" and tag.sort is not Sort.END:
            abstract = attribute(part.text, tag, "abstractNumId") or ""
        elif tag.name == "w:styleLink":
            named[attribute(part.text, tag, "val") or ""] = abstract
        elif tag.name == "w:numStyleLink":
            naming[abstract] = attribute(part.text, tag, "val") or ""
        elif tag.name == "w:num" and tag.sort is not Sort.END:
            list_ = attribute(part.text, tag, "numId") or ""
        elif tag.name == "w:abstractNumId":
            lists.setdefault(attribute(part.text, tag, "val") or "", set()).add(list_)
    for other, style in naming.items():
        if style in named:
            lists.setdefault(named[style], set()).update(lists.get(other, ()))
    return {abstract: frozenset(ids) for abstract, ids in lists.items()}


def used(part: Source, styles: Styles) -> Iterator[tuple[str, int | str]]:
    """Each list with the depth, and with the styles, of the paragraphs of a part that stand in it."""
    for index, tag in enumerate(part.tags):
        if tag.name == "w:p" and tag.sort is Sort.START:
            list_, depth, chain = kinds.in_list(part, index, styles)
            if list_:
                yield list_, depth
                yield from ((list_, style) for style in chain)


def seen(found: Iterable[Level], places: frozenset[tuple[str, int | str]]) -> Iterator[Level]:
    """The levels that some paragraph is in."""
    for level in found:
        if any((list_, place) in places for list_ in level.lists for place in (level.depth, level.style)):
            yield level


def runs(raw: str) -> list[Run]:
    """The text of a level as runs: what stands for a number is a value."""
    out: list[Run] = []
    at = 0
    for number in _NUMBER.finditer(raw):
        out += words(raw[at : number.start()])
        out.append(Run(number[0], number[1], Role.VALUE, "number", "number"))
        at = number.end()
    return [*out, *words(raw[at:])]


def escape(text: str) -> str:
    """Words as a part of a level's text, in which no percent sign stands for a number."""
    return markup.escape(_TYPED_NUMBER.sub(_APART, text))
