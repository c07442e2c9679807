"""A target becomes the runs of a paragraph again, each with the look of its stretch."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from l10n import inline
from l10n.formats.docx.atoms import SEEN_THROUGH
from l10n.formats.docx.looks import look
from l10n.formats.docx.markup import Sort, Tag, decode, escape, names, partners, tags
from l10n.inline import Role
from l10n.model import Segment

# What may stand directly in a run (ECMA-376 part 1, 17.3.3; schema group EG_RunInnerContent).
_IN_RUN = names(
    "br cr tab ptab t delText instrText delInstrText noBreakHyphen softHyphen dayShort monthShort yearShort"
    " dayLong monthLong yearLong annotationRef footnoteRef endnoteRef separator continuationSeparator sym"
    " pgNum object pict fldChar ruby footnoteReference endnoteReference commentReference drawing contentPart"
    " lastRenderedPageBreak"
)
_NOISE = frozenset({"proofErr", "lastRenderedPageBreak", "del", "moveFrom", "pPr"})
_BOOKMARK = re.compile(
    r"<[\w.-]*:?(?:bookmark|(?:customXml)?[mM]ove(?:From|To)Range|customXml(?:Ins|Del)Range)(?:Start|End)\b"
    r"(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>"
)
_ADDITION = re.compile(r"<[\w.-]*:?(?:ins|moveTo|smartTag)[\s/>]|</[\w.-]*:?(?:ins|moveTo|smartTag)\s*>")
_PARAGRAPH_END = re.compile(r"</(?:[\w.-]+:)?p\s*>")
_IN_A_RUN = re.compile(r"<[\w.-]*:?(?:noBreakHyphen|ruby)\b")
_RUBY = re.compile(r"<([\w.-]*:?ruby)>(?s:.*?)</\1>")
_AFTER = {("", "r"): "run", ("/", "r"): "between", ("", "t"): "text", ("/", "t"): "run"}
_BEFORE_MARKUP = re.compile(
    r"(?:\s|<!--(?s:.*?)-->|<\?(?s:.*?)\?>|</?[\w.-]*:?(?:ins|moveTo|smartTag)(?=[\s/>])[^<>]*>)*"
)


class Bit(NamedTuple):
    """A piece of a code: in a run, between runs, or words; ``look`` is None for that of its surroundings."""

    raw: str
    level: str
    look: str | None = None


@dataclass(frozen=True, slots=True)
class Bits:
    """What an end of a code holds, and the look of the run it leaves open, if any."""

    bits: tuple[Bit, ...]
    look: str | None


@dataclass(slots=True)
class _Writer:
    """Writes bits, opening and closing runs as they need it.

    ``run`` is the look of the run that is open (None: none is), ``text`` whether its text is.
    """

    name: str
    run: str | None
    text: bool
    out: list[str] = field(default_factory=list)

    def tag(self, local: str) -> str:
        return self.name[:-1] + local

    def put(self, bit: Bit, around: str) -> None:
        look = around if bit.look is None else bit.look
        if bit.level == "words":
            self.words(bit.raw, look)
        elif bit.level == "run":
            self.open(look)
            self.out.append(bit.raw)
        else:
            self.between()
            self.out.append(bit.raw)

    def words(self, raw: str, look: str) -> None:
        if not raw:
            return
        if not (self.text and self.run == look):
            self.open(look)
            self.out.append(f'<{self.tag("t")} xml:space="preserve">')
            self.text = True
        self.out.append(raw)

    def open(self, look: str) -> None:
        """A run of the wanted look is open, its text is not."""
        if self.text:
            self.out.append(f"</{self.tag('t')}>")
            self.text = False
        if self.run != look:
            self.between()
            self.out.append(f"<{self.name}>{look}")
            self.run = look

    def between(self) -> None:
        """No run is open."""
        if self.text:
            self.out.append(f"</{self.tag('t')}>")
        if self.run is not None:
            self.out.append(f"</{self.name}>")
        self.run, self.text = None, False

    def finish(self, look: str, where: str) -> None:
        """Leave things as the file goes on: in the text of a run of that look, in the run or between runs."""
        if where == "between":
            self.between()
        elif where == "run":
            self.open(look)
        elif not (self.text and self.run == look):
            self.open(look)
            self.out.append(f'<{self.tag("t")} xml:space="preserve">')


def written(segment: Segment, target: str) -> str:
    """A target as the file writes it.

    Bookmarks that Word has set itself and deleted paragraph marks are put before the words.  Raises
    CodeError when the codes are not those of the segment.
    """
    inline.render_target(target, segment.codes, str)
    name, _, base = segment.place[1:].partition(">")
    prefix = name.rpartition(":")[0]
    begins, ends = _where(segment.raw, name)
    writer = _Writer(name, None if begins == "between" else base, text=begins == "text")
    closing, opening = _torn(segment.raw, prefix)
    for raw in (*closing, *_carried(segment), *_marks(segment.raw, prefix)):
        writer.put(Bit(raw, "between"), base)
    known, looks = _known(segment, prefix)
    around = [base]
    for token in inline.tokens(target):
        if token.role is Role.TEXT:
            writer.words(escape(token.text), around[-1])
            continue
        for bit in known[token.number, token.role is Role.CLOSE].bits:
            writer.put(bit, around[-1])
        if token.role is Role.OPEN:
            around.append(looks.get(token.number, around[-1]))
        elif token.role is Role.CLOSE:
            around.pop()
    for raw in opening:
        writer.put(Bit(raw, "between"), base)
    writer.finish(base, ends)
    return "".join(writer.out)


def _known(segment: Segment, prefix: str) -> tuple[dict[tuple[int, bool], Bits], dict[int, str]]:
    """The ends of a segment's codes by number and whether they close, and the look inside each pair.

    A pair that opens no run itself has the look of the run that is opened next.
    """
    codes = {code.number: code for code in segment.codes}
    ends: dict[tuple[int, bool], Bits] = {}
    looks: dict[int, str] = {}
    waiting: list[int] = []
    for token in inline.tokens(segment.source):
        if token.role is Role.TEXT:
            continue
        closes = token.role is Role.CLOSE
        code = codes[token.number]
        end = ends[token.number, closes] = bits(code.closing or "" if closes else code.opening, prefix)
        if token.role is Role.OPEN:
            waiting.append(token.number)
        if end.look is not None:
            looks.update(dict.fromkeys(waiting, end.look))
            waiting.clear()
    return ends, looks


def _where(raw: str, name: str) -> tuple[str, str]:
    """Where a segment begins and where it ends: in the "text" of a run, in the "run" or "between" runs."""
    at = _BEFORE_MARKUP.match(raw)
    rest = raw[at.end() :] if at else raw
    if _IN_A_RUN.match(rest) or re.match(rf"</{re.escape(name)}\s*>", rest):
        begins = "run"
    else:
        begins = "between" if rest.startswith("<") and not rest.startswith(("</", "<![")) else "text"
    local = re.escape(name[:-1])
    ends = re.findall(rf"<(/?){local}([rt])(?:\s[^<>]*)?(?<!/)>", _RUBY.sub("", raw))
    return begins, _AFTER[ends[-1]] if ends else begins


def _carried(segment: Segment) -> Iterable[str]:
    """The bookmarks and ends of moved stretches in a segment that are no codes."""
    left = Counter(_BOOKMARK.findall(segment.raw))
    for code in segment.codes:
        left.subtract(_BOOKMARK.findall(code.opening + (code.closing or "")))
    return (raw for raw, count in left.items() if count > 0)


def _marks(raw: str, prefix: str) -> list[str]:
    """What lies between the paragraphs that a segment is in, as the marks between them were deleted."""
    if not _PARAGRAPH_END.search(raw):
        return []
    found = tags(raw, {prefix: "w"})
    partner = partners(found)
    out: list[str] = []
    depth = 0  # of a box's paragraphs: those of the segment are in nothing that begins in it
    for index, tag in enumerate(found):
        if tag.sort is Sort.END:
            depth = max(0, depth - 1)
            if tag.name == "w:p" and not depth:
                last = index + 1
                if found[last + 1 : last + 2] and found[last + 1].name == "w:pPr":
                    last = max(partner[last + 1], last + 1)
                out.append(raw[tag.start : found[last].end])
        elif tag.sort is Sort.START:
            depth += 1
    return out


def _torn(raw: str, prefix: str) -> tuple[list[str], list[str]]:
    """The ends of tracked additions that began before a segment, the starts of those that go on after it."""
    if not _ADDITION.search(raw):
        return [], []
    additions = [tag for tag in tags(raw, {prefix: "w"}) if tag.name in SEEN_THROUGH]
    alone = [tag for tag, partner in zip(additions, partners(additions), strict=True) if partner == -1]
    ends, starts = [
        [raw[tag.start : tag.end] for tag in alone if tag.sort is sort] for sort in (Sort.END, Sort.START)
    ]
    return ends, starts


def bits(raw: str, prefix: str) -> Bits:
    """An end of a code, taken apart.

    Its ``raw`` may begin and end anywhere: in text, in a run or between runs.  Noise is left out.
    """
    code_tags = tags(raw, {prefix: "w"})
    reader = _Reader(raw, prefix, code_tags, partners(code_tags))
    reader.bare = _begins_in_text(raw, code_tags, reader.partner)
    reader.in_run = True if reader.bare else None
    index = 0
    while index < len(code_tags):
        reader.bare_words(code_tags[index].start)
        index = reader.step(index)
    reader.bare_words(len(raw))
    return Bits(tuple(reader.out), reader.look)


@dataclass(slots=True)
class _Reader:
    """Goes through an end of a code once.

    ``bare``: what comes is words.  ``in_run`` is None until something tells.
    """

    raw: str
    prefix: str
    tags: list[Tag]
    partner: list[int]
    out: list[Bit] = field(default_factory=list)
    look: str | None = None
    at: int = 0
    bare: bool = False
    in_run: bool | None = None

    def bare_words(self, upto: int) -> None:
        if self.bare and upto > self.at:
            self.out.append(Bit(escape(decode(self.raw[self.at : upto])), "words", self.look))

    def step(self, index: int) -> int:
        """Read a tag or, if it is whole, its element; the index of the next."""
        tag = self.tags[index]
        last = max(self.partner[index], index)
        if self.partner[index] == -1 and tag.name == "w:t":
            self.bare, self.in_run = tag.sort is Sort.START, True
        elif self.partner[index] == -1 and tag.name == "w:r":
            last = self.edge(index)
        elif tag.name in SEEN_THROUGH or tag.name == "w:p":
            last = index
        elif tag.sort is Sort.OTHER:
            if self.bare and self.raw.startswith("<![CDATA[", tag.start):
                self.out.append(Bit(escape(self.raw[tag.start + 9 : tag.end - 3]), "words", self.look))
        else:
            self.element(index, last)
        self.at = self.tags[last].end
        return last + 1

    def edge(self, index: int) -> int:
        """A run begins that goes on after the code, or one ends that began before it."""
        self.bare = False
        self.in_run = self.tags[index].sort is Sort.START
        self.look = "" if self.in_run else None
        after = index + 1
        if not self.in_run or after == len(self.tags) or self.tags[after].name != "w:rPr":
            return index
        last = max(self.partner[after], after)
        self.look = look(self.raw[self.tags[after].start : self.tags[last].end], self.prefix).raw
        return last

    def element(self, index: int, last: int) -> None:
        tag = self.tags[index]
        local = tag.name.rpartition(":")[2]
        if local in _NOISE:
            return
        run = _in_run(tag, local, alone=self.partner[index] == -1, in_run=self.in_run)
        raw = self.raw[tag.start : self.tags[last].end]
        self.out.append(Bit(raw, "run" if run else "between", self.look if run else None))


def _in_run(tag: Tag, local: str, *, alone: bool, in_run: bool | None) -> bool:
    if alone or tag.name in {"w:r", "w:hyperlink"}:
        return False
    if local == "AlternateContent":
        return in_run is not False
    return tag.name.startswith("w:") and local in _IN_RUN


def _begins_in_text(raw: str, code_tags: list[Tag], partner: list[int]) -> bool:
    """Whether the first text of a piece is words and not the space between tags."""
    for index, tag in enumerate(code_tags):
        if partner[index] == -1 and tag.name in {"w:t", "w:r"}:
            return tag.sort is Sort.END and tag.name == "w:t"
    return not code_tags or bool(raw[: code_tags[0].start].strip())


def in_element(segment: Segment, target: str, write: Callable[[str], str] = escape) -> str:
    """A target in an attribute or an element that holds nothing but text."""
    return inline.render_target(target, segment.codes, write)
