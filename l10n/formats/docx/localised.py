"""A merged Word file says which language it is in, and its paragraphs run the way their words do.

Word lays a paragraph out from the right only where the file says so, and shows right-to-left words
in the bold, italic and size meant for complex scripts, which stand beside those for all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from l10n import inline
from l10n.conventions import load
from l10n.formats.docx import bound, drawings, east_asian, languages
from l10n.formats.docx.markup import OFF, Sort, Source, attribute, attributes, escape, names, source
from l10n.formats.docx.parts import taken_apart
from l10n.formats.docx.ways import drawn, way
from l10n.formats.docx.worded_runs import WordedRun, worded_runs
from l10n.formats.edits import Edit, edited

# What stands after each of these elements among its siblings (ECMA-376 part 1, annex A: CT_PPrBase,
# EG_RPrBase, CT_TblPrBase, EG_SectPrContents), so that it is put where Word looks for it.
_AFTER = {
    "bidi": names(
        "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc"
        " textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rtl": names("cs em lang eastAsianLayout specVanish oMath rPrChange"),
    "bidiVisual": names(
        "tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout"
        " tblCellMar tblLook tblCaption tblDescription tblPrChange"
    ),
    "section": names("rtlGutter docGrid printerSettings sectPrChange"),
}
_TWINS = {"w:b": "bCs", "w:i": "iCs", "w:sz": "szCs"}
_PICTURES = names("w:drawing w:pict w:object")
_LEFT_TO_RIGHT = "\u200e"  # before what would be shown in another order among right-to-left words
_LANGUAGE = re.compile(r"(<(?:[\w.-]+:)?language(?:\s[^<>]*)?>)([^<>]*)(?=</)")
_STYLED = re.compile(r"<(?:[\w.-]+:)?(bidi|rtl)(?:\s*/|\s[^<>]*=[\"'](?:1|true|on)[\"']\s*/)>")


def localised(text: str, *, before: str, locale: str) -> str:
    """The text of a file's parts, from one language to another.

    A paragraph of which most letters run the other way than those of ``before``, and a table of such
    paragraphs, are laid out that way, where the two languages differ in it; one that holds but a picture
    goes with the document.  A phone number among right-to-left words keeps its order.  The language of
    the styles becomes that of ``locale``, and East Asian words keep their signs.  Every other byte stays.
    """
    turned = load(locale).direction if load(locale).direction != load(before).direction else ""
    east_asian_words = locale.partition("-")[0] in east_asian.LANGUAGES
    parts = taken_apart(text)
    inherited = frozenset(
        _STYLED.findall("".join(text[p.start : p.end] for p in parts if p.role == "styles"))
    )
    main = next((text[part.start : part.end] for part in parts if part.role == "document"), "")
    follows = bool(turned) and _mostly(source(main), 0, _ways(worded_runs(source(main)))) == turned
    edits: list[Edit] = []
    for part in parts:
        own = text[part.start : part.end]
        part_edits: Iterable[Edit] = ()
        if part.role == "styles":
            part_edits = _styles(source(own), before, locale, rtl=turned == "rtl")
        elif part.role == "properties":
            part_edits = [(*match.span(2), escape(locale)) for match in _LANGUAGE.finditer(own)]
        elif turned and part.role in drawings.ROLES:
            part_edits = drawn(source(own), rtl=turned == "rtl")
        elif turned and part.role not in {"numbering", bound.ROLE}:
            part_edits = _Turned(source(own), inherited, rtl=turned == "rtl", pictures=follows).edits()
        elif east_asian_words and part.role not in {"numbering", bound.ROLE, *drawings.ROLES}:
            part_edits = _hints(source(own))
        edits.extend((start + part.start, end + part.start, new) for start, end, new in part_edits)
    return edited(text, edits)


def _styles(part: Source, before: str, locale: str, *, rtl: bool) -> Iterator[Edit]:
    """The styles speak the other language; for right-to-left words bold is bold in them, too."""
    slot = languages.slot(locale)
    spoken = before.partition("-")[0]
    defaults = _inside(part, "w:docDefaults")
    for index, tag in enumerate(part.tags):
        if tag.name == "w:lang" and tag.sort is not Sort.END:
            spans = attributes(part.text, tag)
            named = {(attribute(part.text, tag, name) or "").partition("-")[0] for name in spans}
            if edits := tuple(languages.changed(part, tag, before, locale)):
                yield from edits
            elif slot in spans and (spoken in named or index in defaults):
                yield (*spans[slot], escape(locale))
        elif rtl and tag.name == "w:rPr" and tag.sort is Sort.START:
            yield from _twins(part, index)


def _hints(part: Source) -> Iterator[Edit]:
    every = chain.from_iterable(worded_runs(part).values())
    return east_asian.hints(part, ((run.at, run.words) for run in every))


def _inside(part: Source, name: str) -> range:
    for index, tag in enumerate(part.tags):
        if tag.name == name and tag.sort is Sort.START:
            return range(index, part.partner[index])
    return range(0)


@dataclass(frozen=True, slots=True)
class _Turned:
    """A part whose words now run the other way.

    ``inherited`` are the properties that a style switches on: without them, nothing has to say that one
    is off.  ``pictures`` says whether paragraphs without words, which hold a picture, run that way too.
    """

    part: Source
    inherited: frozenset[str]
    rtl: bool
    pictures: bool

    def edits(self) -> Iterator[Edit]:
        """What makes its paragraphs, their runs, tables and sections run that way."""
        runs = worded_runs(self.part)
        ways = _ways(runs)
        wanted = "rtl" if self.rtl else "ltr"
        for index, paragraph_runs in runs.items():
            if ways[index] == wanted:
                yield from self.switch(index, "pPr", "bidi")
                for run in paragraph_runs:
                    yield from self.run(run)
            elif self.pictures and not "".join(run.words for run in paragraph_runs).strip():
                inside = self.part.tags[index : self.part.partner[index]]
                if any(tag.name in _PICTURES for tag in inside):
                    yield from self.switch(index, "pPr", "bidi")
        for index, tag in enumerate(self.part.tags):
            if tag.name == "w:tbl" and tag.sort is Sort.START and _mostly(self.part, index, ways) == wanted:
                yield from self.switch(index, "tblPr", "bidiVisual")
            elif tag.name == "w:sectPr" and tag.sort is Sort.START and _mostly(self.part, 0, ways) == wanted:
                yield from self.set(index, "bidi", "section")

    def run(self, run: WordedRun) -> Iterator[Edit]:
        """What makes a run in such a paragraph run that way, and the phone numbers in it their own."""
        if not self.rtl or way(run.words) == "rtl":
            yield from self.switch(run.at, "rPr", "rtl")
        for start in run.starts if self.rtl else ():
            at = start
            for piece in inline.split_locked_values(self.part.text[start : self.part.text.index("<", start)]):
                if piece.name == "phone" and piece.raw == piece.text:
                    yield at, at, _LEFT_TO_RIGHT
                at += len(piece.raw)

    def switch(self, index: int, holder: str, name: str) -> Iterator[Edit]:
        """An element's property, in the element that holds its properties, which may be missing."""
        first = next(self.part.children(index), -1)
        start = end = self.part.tags[index].end
        if first >= 0 and self.part.tags[first].name == f"w:{holder}":
            if self.part.tags[first].sort is Sort.START:
                if self.rtl and holder == "rPr":
                    yield from _twins(self.part, first)
                yield from self.set(first, name, name)
                return
            start, end = self.part.tags[first].start, self.part.tags[first].end
        if self.rtl or name in self.inherited:
            prefix = _prefix(self.part)
            yield start, end, f"<{prefix}{holder}>{self.written(name)}</{prefix}{holder}>"

    def set(self, holder: int, name: str, order: str) -> Iterator[Edit]:
        """A property among others: replaced, or put where the schema wants it."""
        at = self.part.tags[self.part.partner[holder]].start
        for child in self.part.children(holder):
            tag = self.part.tags[child]
            local = tag.name.removeprefix("w:")
            if local == name:
                if (attribute(self.part.text, tag, "val") in OFF) is self.rtl:
                    yield (
                        tag.start,
                        self.part.tags[max(self.part.partner[child], child)].end,
                        self.written(name),
                    )
                return
            if local in _AFTER[order]:
                at = tag.start
                break
        if self.rtl or name in self.inherited:
            yield at, at, self.written(name)

    def written(self, name: str) -> str:
        prefix = _prefix(self.part)
        return f"<{prefix}{name}/>" if self.rtl else f'<{prefix}{name} {prefix}val="0"/>'


def _ways(runs: dict[int, list[WordedRun]]) -> dict[int, str]:
    """The way most letters of each paragraph run."""
    return {index: way("".join(run.words for run in found)) for index, found in runs.items()}


def _mostly(part: Source, index: int, ways: dict[int, str]) -> str:
    """The way most paragraphs with words in an element run; of the whole part for its first tag."""
    last = part.partner[index] if index else len(part.tags)
    directions = [way for at, way in ways.items() if index <= at < last and way]
    return max(("rtl", "ltr"), key=directions.count) if directions else ""


def _twins(part: Source, holder: int) -> Iterator[Edit]:
    """Bold, italic and size for complex scripts, where a look has them for others only."""
    children = list(part.children(holder))
    named = {part.tags[child].name for child in children}
    for child in children:
        tag = part.tags[child]
        twin = _TWINS.get(tag.name, "")
        if twin and f"w:{twin}" not in named and tag.sort is Sort.EMPTY:
            raw = part.text[tag.start : tag.end]
            prefix = _prefix(part)
            local = tag.name.removeprefix("w:")
            yield tag.end, tag.end, raw.replace(f"<{prefix}{local}", f"<{prefix}{twin}", 1)


def _prefix(part: Source) -> str:
    own = part.prefix()
    return f"{own}:" if own else ""
