"""A paragraph of Word taken apart: its words, what stands between them, and no noise."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from l10n.formats.docx.instructions import address_of, is_wordy
from l10n.formats.docx.looks import PLAIN, Look, look
from l10n.formats.docx.markup import OFF, Sort, Source, attribute, decode


class What(Enum):
    """What an atom is; a SEAM is the end of a run or of its text, where markup may be divided."""

    WORDS = "words"
    LONE = "lone"
    OPEN = "open"
    CLOSE = "close"
    SEAM = "seam"


class Atom(NamedTuple):
    """A stretch of a paragraph; what lies between two of them is noise.

    ``text`` is what a reader sees, ``first`` and ``last`` the tags of a lone
    or opening atom.  ``styled``:
    it stands in a run with words, whose look counts.  ``mark`` and ``said`` are a field's
    (begin, separate, end) and its instruction, ``target`` is where a link points.  ``run``
    is the tag of the run that a lone atom is a part of.
    """

    what: What
    start: int
    end: int
    text: str = ""
    look: Look = PLAIN
    label: str = ""
    first: int = 0
    last: int = -1
    styled: bool = False
    mark: str = ""
    said: str = ""
    target: str = ""
    run: int = -1


_CONTAINERS = {
    "w:hyperlink": "link",
    "w:customXml": "marked text",
    "w:dir": "text direction",
    "w:bdo": "text direction",
    "w:sdt": "form field",
    "w:fldSimple": "field",
}
# Changes that are tracked count as accepted: what was put in is text like any other, what was
# taken out is not there.  Smart tags are a program's guesses at names and dates, which say nothing.
SEEN_THROUGH = frozenset({"w:ins", "w:moveTo", "w:smartTag"})
_NOISE = frozenset(
    {
        "",
        "w:del",
        "w:moveFrom",
        "w:moveFromRangeStart",
        "w:moveFromRangeEnd",
        "w:moveToRangeStart",
        "w:moveToRangeEnd",
        "w:pPr",
        "w:rPr",
        "w:proofErr",
        "w:lastRenderedPageBreak",
        "w:softHyphen",
        "w:smartTagPr",
        "w:customXmlPr",
    }
    | {
        f"w:customXml{change}Range{end}"
        for change in ("Ins", "Del", "MoveFrom", "MoveTo")
        for end in ("Start", "End")
    }
)
_NOISY_BOOKMARKS = ("_GoBack", "_Hlk", "OLE_LINK", "_Toc")  # set by Word itself
_LABELS = {
    "w:br": "line break",
    "w:cr": "line break",
    "w:tab": "tab",
    "w:ptab": "tab",
    "w:sym": "symbol",
    "w:drawing": "image",
    "w:pict": "image",
    "w:object": "object",
    "mc:AlternateContent": "image",
    "w:footnoteReference": "footnote",
    "w:endnoteReference": "endnote",
    "w:footnoteRef": "footnote number",
    "w:endnoteRef": "endnote number",
    "w:commentReference": "comment",
    "w:commentRangeStart": "comment",
    "w:commentRangeEnd": "comment",
    "w:bookmarkStart": "bookmark",
    "w:bookmarkEnd": "bookmark",
    "w:sdt": "form field",
    "w:fldSimple": "field",
    "w:fldChar": "field",
    "w:instrText": "field",
    "w:ruby": "ruby",
    "m:oMath": "formula",
    "m:oMathPara": "formula",
}
_SHOWN = {"w:br": "\n", "w:cr": "\n", "w:tab": "\t", "w:ptab": "\t"}
_TEXTS = frozenset({"w:t", "m:t"})
_HYPHEN = "\u2011"  # at which no line ends
# Scripts whose fonts are named apart from those of Latin, Greek and Cyrillic letters.
_OTHER_SCRIPT = re.compile("[\u0590-\u1dff\u2e80-\U0010ffff]")
_DEEPEST = 8  # fields in fields; Word itself stops at 20


def is_placeholder(part: Source, index: int) -> bool:
    """Whether an element is a form field that nobody has filled in: it shows what to do there."""
    if part.tags[index].name != "w:sdt" or part.tags[index].sort is not Sort.START:
        return False
    properties = next((child for child in part.children(index) if part.tags[child].name == "w:sdtPr"), -1)
    if properties < 0 or part.tags[properties].sort is not Sort.START:
        return False
    return any(
        part.tags[child].name == "w:showingPlcHdr"
        and attribute(part.text, part.tags[child], "val") not in OFF
        for child in part.children(properties)
    )


@dataclass(slots=True)
class Reader:
    """Reads the paragraphs of one part; looks and automatic bookmarks are remembered."""

    source: Source
    looks: dict[str, Look] = field(default_factory=dict)
    noisy: set[str] = field(default_factory=set)
    atoms: list[Atom] = field(default_factory=list)
    closing: dict[int, tuple[Atom, int]] = field(default_factory=dict)

    def paragraph(self, index: int) -> list[Atom]:
        """The atoms of the paragraph whose start tag has an index."""
        self.atoms = []
        self.closing = {}
        at, end = index + 1, self.source.partner[index]
        while at < end:
            at = self.item(at)
        return _with_fields(self.atoms)

    def item(self, at: int) -> int:
        """Read what stands directly in a paragraph or a container; the index of the next."""
        tag = self.source.tags[at]
        after = max(self.source.partner[at], at) + 1
        if at in self.closing:
            closed, after = self.closing[at]
            self.atoms.append(closed)
        elif tag.name == "w:r" and tag.sort is Sort.START:
            self.run(at)
        elif tag.name in _CONTAINERS and tag.sort is Sort.START:
            return self.container(at)
        elif tag.name in SEEN_THROUGH:
            if tag.sort is Sort.END:
                self.atoms.append(Atom(What.SEAM, tag.end, tag.end))
            return at + 1
        elif tag.name not in _NOISE and tag.name != "w:r" and not self.automatic(at):
            self.lone(at, at)
        return after

    def container(self, at: int) -> int:
        """Read the start of what encloses runs; the index of the first tag inside."""
        tags, partner = self.source.tags, self.source.partner
        inner = at
        if tags[at].name == "w:sdt":
            inner = next((c for c in self.source.children(at) if tags[c].name == "w:sdtContent"), -1)
            if inner < 0 or is_placeholder(self.source, at) or tags[inner].sort is not Sort.START:
                self.lone(at, at)
                return partner[at] + 1
        label = _CONTAINERS[tags[at].name]
        target = f"relation {attribute(self.source.text, tags[at], 'id') if label == 'link' else ''}"
        if tags[at].name == "w:fldSimple":
            instruction = attribute(self.source.text, tags[at], "instr") or ""
            seen, address = self.seen(at, partner[at]), address_of(instruction)
            if not is_wordy(instruction, seen) and not (seen and address is not None):
                self.lone(at, at)
                return partner[at] + 1
            if address is not None:
                label, target = "link", f"address {address}"
        self.atoms.append(
            Atom(
                What.OPEN,
                tags[at].start,
                tags[inner].end,
                label=label,
                first=at,
                last=at,
                target=target,
            )
        )
        closed = Atom(What.CLOSE, tags[partner[inner]].start, tags[partner[at]].end, label=label)
        self.closing[partner[inner]] = closed, partner[at] + 1
        return inner + 1

    def automatic(self, at: int) -> bool:
        """Whether it is one end of a bookmark that no person has set."""
        tag, text = self.source.tags[at], self.source.text
        if tag.name == "w:bookmarkStart":
            if (attribute(text, tag, "name") or "").startswith(_NOISY_BOOKMARKS):
                self.noisy.add(attribute(text, tag, "id") or "")
                return True
            return False
        return tag.name == "w:bookmarkEnd" and attribute(text, tag, "id") in self.noisy

    def run(self, at: int) -> None:
        """Read a run: its words and what stands between them, or in one piece when it has none."""
        tags = self.source.tags
        children = [child for child in self.source.children(at) if tags[child].name not in _NOISE]
        look_ = self.look(at)
        words = not look_.hidden and any(self.has_words(child) for child in children)
        marked = any(tags[child].name in {"w:fldChar", "w:instrText"} for child in children)
        last = self.source.partner[at]
        if words or (marked and len(children) > 1):
            styled = words and (look_.on_blanks or any(self.has_words(child, ink=True) for child in children))
            for child in children:
                self.content(child, look_, styled=styled)
                if self.atoms and self.atoms[-1].what is What.LONE:
                    self.atoms[-1] = self.atoms[-1]._replace(run=at)
        elif any(tags[child].name != "w:t" or self.has_words(child) for child in children):
            self.lone(at, children[0], look_)
            return
        self.atoms.append(Atom(What.SEAM, tags[last].end, tags[last].end))

    def look(self, at: int) -> Look:
        """The look of the run at an index."""
        for child in self.source.children(at):
            if self.source.tags[child].name == "w:rPr" and self.source.tags[child].sort is Sort.START:
                raw = self.source.raw(child)
                words = self.source.text[
                    self.source.tags[child].end : self.source.tags[self.source.partner[at]].end
                ]
                western = "rFonts" in raw and not _OTHER_SCRIPT.search(words)
                known = f"western {raw}" if western else raw
                if known not in self.looks:
                    self.looks[known] = look(raw, self.source.prefix(), western=western)
                return self.looks[known]
        return PLAIN

    def has_words(self, at: int, *, ink: bool = False) -> bool:
        """Whether an element is text; with ``ink`` only if it is more than white space."""
        tag, last = self.source.tags[at], self.source.partner[at]
        if tag.name == "w:noBreakHyphen":
            return True
        if tag.name == "w:ruby":
            return bool(self.seen(at, last).strip())
        if tag.name != "w:t" or last <= at:
            return False
        raw = self.source.text[tag.end : self.source.tags[last].start]
        return bool(raw.strip() if ink else raw)

    def content(self, at: int, look_: Look, *, styled: bool) -> None:
        """What stands in a run that is not one lone atom."""
        tag = self.source.tags[at]
        if tag.name == "w:noBreakHyphen":
            self.atoms.append(Atom(What.WORDS, tag.start, tag.end, _HYPHEN, look_, styled=styled))
        elif tag.name == "w:ruby" and self.has_words(at):
            last = self.source.partner[at]
            end = self.source.tags[last].end
            self.atoms.append(Atom(What.WORDS, tag.start, end, self.seen(at, last), look_, styled=styled))
        elif tag.name != "w:t":
            self.lone(at, at, look_, styled=styled)
        elif tag.sort is Sort.START:
            self.words(at, look_, styled=styled)

    def words(self, at: int, look_: Look, *, styled: bool) -> None:
        """Read the text at an index, which a comment or a CDATA section may divide."""
        text, tags, last = self.source.text, self.source.tags, self.source.partner[at]
        begin = tags[at].end
        for tag in tags[at + 1 : last + 1]:
            if tag.start > begin:
                content = decode(text[begin : tag.start])
                self.atoms.append(Atom(What.WORDS, begin, tag.start, content, look_, styled=styled))
            if text.startswith("<![CDATA[", tag.start):
                content = text[tag.start + 9 : tag.end - 3]
                self.atoms.append(Atom(What.WORDS, tag.start, tag.end, content, look_, styled=styled))
            begin = tag.end
        if self.has_words(at):
            self.atoms.append(Atom(What.SEAM, begin, begin))

    def lone(self, at: int, shown: int, look_: Look = PLAIN, *, styled: bool = False) -> None:
        """An element in one piece; ``shown`` is the one inside that says what it is."""
        tags, text = self.source.tags, self.source.text
        last = max(self.source.partner[at], at)
        tag = tags[shown]
        label = _LABELS.get(tag.name, "object")
        if look_.hidden:
            label = "hidden text"
        elif tag.name == "w:br" and attribute(text, tag, "type") in {"page", "column"}:
            label = f"{attribute(text, tag, 'type')} break"
        seen = _SHOWN.get(tag.name, "")
        if tag.name in {"w:fldSimple", "w:ruby", "m:oMath", "m:oMathPara"}:
            seen = self.seen(at, last)
        said = mark = ""
        if tag.name == "w:fldChar":
            mark = attribute(text, tag, "fldCharType") or ""
        elif tag.name == "w:instrText":
            said = decode(text[tag.end : tags[self.source.partner[shown]].start])
        self.atoms.append(
            Atom(What.LONE, tags[at].start, tags[last].end, seen, look_, label, at, last, styled, mark, said)
        )

    def seen(self, at: int, last: int) -> str:
        """What a reader sees of an element in one piece; not the reading above East Asian words."""
        tags, text = self.source.tags, self.source.text
        out: list[str] = []
        while at < last:
            tag = tags[at]
            if tag.name in _TEXTS and tag.sort is Sort.START:
                out.append(decode(text[tag.end : tags[self.source.partner[at]].start]))
            elif tag.name == "w:noBreakHyphen" and tag.sort is not Sort.END:
                out.append(_HYPHEN)
            at = self.source.partner[at] + 1 if tag.name == "w:rt" and tag.sort is Sort.START else at + 1
        return "".join(out)


def _with_fields(atoms: list[Atom]) -> list[Atom]:
    """Atoms with each field in one piece, and the links among them as opening and closing."""
    if not any(atom.mark for atom in atoms):
        return atoms
    fields = _matched(atoms)
    out: list[Atom] = []
    closing: dict[int, Atom] = {}
    at = 0
    while at < len(atoms):
        atom = atoms[at]
        if at in closing:
            out.append(closing[at])
        elif at in fields:
            separate, end = fields[at]
            made = _field(atoms, at, separate, end)
            out.append(made)
            if made.what is What.OPEN:
                closing[end] = Atom(What.CLOSE, atoms[end].start, atoms[end].end, label=made.label)
            at = separate if made.what is What.OPEN else end
        else:
            out.append(atom)
        at += 1
    return out


def _field(atoms: list[Atom], at: int, separate: int, end: int) -> Atom:
    """What a field is in its sentence: the opening of a link or of words, or one piece without any."""
    first, last = atoms[at], atoms[end]
    apart = not (first.styled or last.styled or (separate and atoms[separate].styled))
    instruction = "".join(part.said for part in atoms[at : separate or end])
    words = [part for part in atoms[separate:end] if part.what is What.WORDS] if separate else []
    seen = "".join(part.text for part in words)
    address = address_of(instruction)
    if words and apart and (address is not None or is_wordy(instruction, seen)):
        label, target = ("field", "") if address is None else ("link", f"address {address}")
        return Atom(What.OPEN, first.start, atoms[separate].end, label=label, target=target)
    return Atom(
        What.LONE,
        first.start,
        last.end,
        seen,
        first.look,
        "field",
        first.first,
        last.last,
        styled=first.styled,
    )


def _matched(atoms: list[Atom]) -> dict[int, tuple[int, int]]:
    """The fields in one piece: index to those of separator (or 0) and end.

    That is what begins and ends in the same container and, where the run has other words, in the
    same run; Word itself gives each end of a field a run of its own.
    """
    out: dict[int, tuple[int, int]] = {}
    waiting: list[tuple[int, int]] = []
    separators: dict[int, int] = {}
    around: list[int] = [-1]
    for at, atom in enumerate(atoms):
        if atom.what is What.OPEN:
            around.append(at)
        elif atom.what is What.CLOSE:
            around.pop()
        elif atom.mark == "begin":
            waiting.append((at, around[-1]))
        elif atom.mark == "separate" and waiting and waiting[-1][1] == around[-1]:
            separators.setdefault(waiting[-1][0], at)
        elif atom.mark == "end" and waiting:
            begin, where = waiting.pop()
            mixed = (atoms[begin].styled or atom.styled) and atoms[begin].run != atom.run
            if where == around[-1] and len(waiting) < _DEEPEST and not mixed:
                out[begin] = separators.get(begin, 0), at
    return out
