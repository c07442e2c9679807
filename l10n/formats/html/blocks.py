"""Find the blocks of an HTML file and the runs in each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from l10n.formats.html import attributes, elements, linked, pictures, shortcuts, words
from l10n.formats.html.attributes import NOTHING, Reading, Stretch
from l10n.formats.html.holes import Holes, Loose, bare, loose
from l10n.formats.html.runs import ends_in_break, is_lone_element, speaks
from l10n.formats.html.tokens import UNPARSED, VOID, Sort, Token, complete
from l10n.formats.html.tree import content_of, reach, shown, unlocked
from l10n.inline import CLOSE, LONE, OPEN, Role, Run
from l10n.model import Hole, Kind, Unit
from l10n.segment import bare_words, cut_words

_SPACE = " \t\n\f\r\ufeff\u200b"  # the last two may start a file, and what SharePoint writes
_made = tuple.__new__
_MARKUP = (OPEN, CLOSE, LONE)
_WORDS, _START, _END = Sort.TEXT, Sort.START, Sort.END
_HIDDEN = "hidden"
_OFFICE = "o:p"
_BULLET = 12  # characters
_NESTED = 8  # levels; further in, what is locked stays so


class Block(NamedTuple):
    """A stretch of running text from offset ``start``: its runs, what it is to a reader."""

    start: int
    runs: tuple[Run, ...]
    kind: Kind
    name: str


class _Open(NamedTuple):
    """A block element that is open, with the kind and name of the text in it."""

    tag: str
    kind: Kind
    name: str


_OPENED = {
    tag: _Open(tag, kind, tag if tag in elements.HEADINGS else "") for tag, kind in elements.KINDS.items()
}


@dataclass(slots=True)
class _Reader:
    """Goes through a file once; ``runs`` are of the block being read, which starts at ``start``.

    ``found`` is what was finished since it was last looked at.
    """

    text: str
    holes: Holes
    found: list[Block | Loose] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    start: int = 0
    open: list[_Open] = field(default_factory=lambda: [_Open("", Kind.PARAGRAPH, "")])
    counted: dict[str, int] = field(default_factory=dict)
    unlocking: int = 0

    def structure(self, at: int, stretch: str) -> int:
        """Read a row of block tags that starts at an offset; where the next token starts."""
        end = at + len(stretch)
        if "=" in stretch and not shortcuts.says_nothing(stretch):
            while at < end:  # complete tags all of them, so there is a next one
                at = self.careful(at)
            return at
        if self.runs:
            self.flush()
        open_, counted = self.open, self.counted
        for tag in shortcuts.block_tags(stretch):
            if tag[0] != "/":
                self.enter(tag)
            elif open_[-1][0] == (name := tag[1:]):
                open_.pop()
                counted[name] -= 1
            else:
                self.leave(name)
        return end

    def silent(self, at: int) -> int:
        """Read what a reader never sees, in no block, from an offset; where the next token starts."""
        text = self.text
        while text[at + 1 : at + 2] in shortcuts.UNSEEN_AFTER and (
            match := shortcuts.unseen().match(text, at)
        ):
            at = match.end()
            if group := match.lastindex:
                start, end = match.span(group)
                name = shortcuts.name_of(match[group])
                stretches = list(attributes.read(text, Token(_START, start, end, name)).stretches)
                if name == "script" and linked.is_data(match[group]):
                    stretches.extend(linked.stretches(text, end, text.rindex("</", end, at)))
                self.found.extend(self.holes.loose(stretches))
        return at

    def whole(self, block: re.Match[str]) -> bool:
        """Read a block that is nothing but words with tags around them; False when it is more than that."""
        before, inside = block.groups()
        if "=" in before and not shortcuts.says_nothing(before):
            return False
        raw = bare_words(inside if "<" in before else inside.lstrip(_SPACE))
        source = words.unmarked(raw)
        parts = None if source is None else cut_words(raw, source, self.holes.locale)
        if parts is None:
            return False
        start = self.text.index(raw, block.start(2))
        if isinstance(parts[0], str) or len(parts) > 1:
            start, parts = bare(start, parts)
        if parts:
            _, kind, name = self.open[-1]
            unit = Unit(parts, kind, self.holes.line_of(start), name)
            self.found.append(_made(Loose, (start, unit)))
        return True

    def flow(self, at: int, stretch: str) -> int:
        """Read words with inline tags that start at an offset; where the next token starts."""
        runs, tag, read = self.runs, False, at
        row = shortcuts.pieces(stretch)
        plain = words.are_plain("\n".join(row[::2]))  # one look at all costs little more than one at each
        for piece in row:
            end = at + len(piece)
            if at >= read:  # otherwise it stands in an element that is locked
                if tag:
                    read = self.inline(at, end, piece)
                else:
                    read = end
                    raw = piece
                    if not runs:
                        raw = piece.lstrip(_SPACE)
                        self.start = end - len(raw)
                    if raw:
                        runs.extend(words.folded(raw) if plain else words.runs(raw))
            at, tag = end, not tag
        return read

    def inline(self, start: int, end: int, tag: str) -> int:
        """Read an inline tag, with all of its element when that is locked; where the next token starts."""
        run, (stretches, locked, _, unseen) = shortcuts.inline(tag)
        if locked or unseen:
            return self.careful(start)
        runs = self.runs
        if run.name == "br" and ends_in_break(self.runs):
            self.flush()
        elif not (stretches or (runs and runs[-1].name == _HIDDEN)) or run.name in elements.LOCKED:
            if not runs:
                self.start = start
            runs.append(run)
        else:
            moved = [stretch.moved(start) for stretch in stretches]
            self.mark(start, end, run.role, run.name, run.text, moved)
        return end

    def words(self, start: int, end: int) -> None:
        """Read words."""
        raw = self.text[start:end]
        if not self.runs:
            raw = raw.lstrip(_SPACE)
            if not raw:
                return
            self.start = end - len(raw)
        self.runs.extend(words.runs(raw))

    def careful(self, at: int) -> int:
        """Read the token at an offset and what belongs to it; where the next one starts, -1 for no next."""
        following = complete(self.text, at)
        token = next(following, None)
        if token is None:
            return -1
        sort, start, end, name = token
        if sort is _WORDS:
            self.words(start, end)
        elif sort is _START:
            return self.element(token, following)
        elif sort is _END:
            self.close(start, end, name)
        elif sort is Sort.CODE:
            self.add(start, words.expression(self.text[start:end]))
        else:
            return self.unseen(token, following)
        return end

    def element(self, token: Token, following: Iterator[Token]) -> int:
        """Read a start tag and what belongs to it; where the next token starts."""
        _, start, end, name = token
        if name in elements.UNSEEN:
            return self.unseen(token, following)
        reading = attributes.read(self.text, token)
        if reading.unseen or name == _OFFICE:
            return self.office(token, following, reading)
        if reading.locked or name in elements.LOCKED:
            return self.lock(token, following)
        if name in UNPARSED:
            return self.unparsed(token, following, reading)
        if name in elements.BLOCKS:
            self.block(name, reading)
        elif name == "svg":
            return self.picture(token, following, reading)
        elif name in VOID:
            self.lone(start, end, name, reading)
        else:
            self.mark(start, end, OPEN, name, "", reading.stretches)
        return end

    def office(self, token: Token, following: Iterator[Token], reading: Reading) -> int:
        """What Word leaves in its pages: a list's bullet, and elements in which nothing stands."""
        inside, block, _ = reach(self.text, token, following)
        content = content_of(self.text, inside).strip()
        if block or len(content) > (_BULLET if reading.unseen else 0):
            self.mark(token.start, token.end, OPEN, token.name)
            return token.end
        self.hide(token.start, inside[-1].end, ())
        return inside[-1].end

    def block(self, name: str, reading: Reading) -> None:
        """A block starts here."""
        self.flush()
        if reading.stretches:
            self.found.extend(self.holes.loose(reading.stretches))
        self.enter(name)

    def lone(self, start: int, end: int, name: str, reading: Reading) -> None:
        """An image, a field, a line break; two line breaks in a row end a block."""
        if name == "br" and ends_in_break(self.runs):
            self.flush()
        else:
            self.mark(start, end, LONE, name, "\n" if name == "br" else reading.shown, reading.stretches)

    def close(self, start: int, end: int, name: str) -> None:
        if name in elements.BLOCKS:
            self.flush()
            self.leave(name)
        elif name in VOID:
            self.lone(start, end, name, NOTHING)
        else:
            self.mark(start, end, CLOSE, name)
            if "-" in name and is_lone_element(self.runs, name) and shortcuts.stands_apart(self.text, end):
                self.flush()

    def enter(self, tag: str) -> None:
        """A block element opens."""
        opened = _OPENED.get(tag)
        if opened is None:
            if tag in VOID:
                return
            _, kind, name = self.open[-1]
            opened = _made(_Open, (tag, kind, name))
        self.open.append(opened)
        self.counted[tag] = self.counted.get(tag, 0) + 1

    def leave(self, tag: str) -> None:
        """The innermost block element of a name closes, and whatever stands open in it."""
        if self.counted.get(tag):
            closed = ""
            while closed != tag:
                closed = self.open.pop()[0]
                self.counted[closed] -= 1

    def lock(self, token: Token, following: Iterator[Token]) -> int:
        """An element nobody translates: a value in its sentence, or skeleton when it is a block.

        Where it takes the rest of the file no token is left: whatever stands there began inside of it.
        """
        inside, block, ends = reach(self.text, token, following)
        start, end = token.start, inside[-1].end
        if not ends and self.text.endswith(("<", "</")):
            end = self.text.rindex("<")  # whatever came behind it would be a tag
        if block or token.name in elements.BLOCKS:
            self.flush()
            self.unlocking += 1
            for start, until in unlocked(self.text, inside) if self.unlocking < _NESTED else ():
                at = start
                while 0 <= at < until:
                    at = self.careful(at)
                self.flush()
            self.unlocking -= 1
            return end if ends else len(self.text)
        content = content_of(self.text, shown(inside))
        self.add(start, shortcuts.locked(self.text[start:end], token.name, content))
        return end if ends else len(self.text)

    def picture(self, token: Token, following: Iterator[Token], reading: Reading) -> int:
        """An SVG image is one lone code; the words in it are holes."""
        inside, _, ends = reach(self.text, token, following)
        stretches = [*reading.stretches, *pictures.stretches(self.text, inside[1:])]
        self.mark(token.start, inside[-1].end, LONE, "svg", stretches=stretches)
        return inside[-1].end if ends else len(self.text)

    def unparsed(self, token: Token, following: Iterator[Token], reading: Reading) -> int:
        """A title stands by itself; a frame or a text field is a lone code."""
        inside, *_ = reach(self.text, token, following)
        end = inside[-1].end
        if token.name != "title":
            self.mark(token.start, end, LONE, token.name, stretches=reading.stretches)
            return end
        self.flush()
        self.found.extend(self.holes.loose(reading.stretches))
        if len(inside) > 1 and inside[1].sort is Sort.RCDATA:
            title = Stretch(inside[1].start, inside[1].end, "rcdata", Kind.METADATA, "title")
            self.found.extend(self.holes.loose([title]))
        return end

    def unseen(self, token: Token | None, following: Iterator[Token]) -> int:
        """Comments, scripts and their like in a row: they join the code beside them, if there is one."""
        start = end = token.start if token else 0
        stretches: list[Stretch] = []
        while token and token.sort not in (_WORDS, _END, Sort.CODE):
            if token.sort is _START:
                if token.name not in elements.UNSEEN:
                    break
                stretches.extend(attributes.read(self.text, token).stretches)
                inside, *_ = reach(self.text, token, following)
                stretches.extend(linked.of_script(self.text, inside))
                if token.name not in VOID:
                    following = complete(self.text, inside[-1].end)
                end = inside[-1].end
            else:
                end = token.end
            token = next(following, None)
        self.hide(start, end, stretches)
        return end

    def hide(self, start: int, end: int, stretches: Sequence[Stretch]) -> None:
        """Add what nobody sees, with the words in it."""
        if not self.runs:
            self.found.extend(self.holes.loose(stretches))
        elif self.runs[-1].role in _MARKUP:
            last = self.runs[-1]
            holes = self.holes.within(stretches, start - len(last.raw))
            self.runs[-1] = last._replace(raw=last.raw + self.text[start:end], holes=last.holes + holes)
        else:
            holes = self.holes.within(stretches, start)
            self.runs.append(Run(self.text[start:end], "", LONE, _HIDDEN, "comment", holes))

    def mark(
        self,
        start: int,
        end: int,
        role: Role,
        name: str,
        shown: str = "",
        stretches: Sequence[Stretch] = (),
    ) -> None:
        """Add markup, with the hidden stretch before it if there is one."""
        holes: tuple[Hole, ...] = ()
        if self.runs and self.runs[-1].name == _HIDDEN:
            hidden = self.runs.pop()
            start, holes = start - len(hidden.raw), hidden.holes
        if stretches:
            holes = (*holes, *self.holes.within(stretches, start))
        label = elements.LABELS.get(name, name)
        self.add(start, Run(self.text[start:end], shown, role, name, label, holes))

    def add(self, start: int, run: Run) -> None:
        if not self.runs:
            self.start = start
        self.runs.append(run)

    def flush(self) -> None:
        """The block ends here; one without words leaves the holes of its codes."""
        if not self.runs:
            return
        if speaks(self.runs):
            _, kind, name = self.open[-1]
            self.found.append(_made(Block, (self.start, tuple(self.runs), kind, name)))
        else:
            self.found.extend(loose(self.runs, self.start))
        self.runs.clear()


def blocks(text: str, holes: Holes) -> Iterator[Block | Loose]:
    """The blocks of a file and the units that stand in no block, in order."""
    reader = _Reader(text, holes)
    finished, runs, at, count, unseen = reader.found, reader.runs, 0, len(text), shortcuts.UNSEEN_AFTER
    structure, flow, whole = shortcuts.structure().match, shortcuts.flow().match, shortcuts.whole().match
    while 0 <= at < count:
        tag = text[at] == "<"
        if tag and (row := structure(text, at)):
            at = reader.structure(at, row[0])
        elif tag and not runs and text[at + 1 : at + 2] in unseen and (after := reader.silent(at)) > at:
            at = after
        elif not runs and (block := whole(text, at)) and reader.whole(block):
            at = block.end()
        elif words_ := flow(text, at):
            at = reader.flow(at, words_[0])
        else:
            at = reader.careful(at)
        if finished:
            yield from finished
            finished.clear()
    reader.flush()
    yield from reader.found
