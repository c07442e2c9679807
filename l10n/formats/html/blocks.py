"""Find the blocks of an HTML file and the runs in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from l10n.formats.html import attributes, elements, linked, words
from l10n.formats.html.attributes import Reading, Stretch
from l10n.formats.html.entities import decode
from l10n.formats.html.holes import Holes, Loose, loose
from l10n.formats.html.tokens import UNPARSED, VOID, Sort, Token, tokens
from l10n.formats.html.tree import reach
from l10n.inline import Role, Run
from l10n.model import Hole, Kind

_SPACE = " \t\n\f\r\ufeff"  # the last may start a file
_MARKUP = (Role.OPEN, Role.CLOSE, Role.LONE)
_HIDDEN = "hidden"
_KEPT = 50_000
_NO_WORDS_IN_SVG = frozenset({"style", "script", "metadata"})


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


@dataclass(slots=True)
class _Reader:
    """Goes through the tokens once; the runs from ``start`` on are of the block being read.

    ``found`` is what was finished since it was last looked at.
    """

    text: str
    tokens: Sequence[Token]
    holes: Holes
    found: list[Block | Loose] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    start: int = 0
    open: list[_Open] = field(default_factory=lambda: [_Open("", Kind.PARAGRAPH, "")])
    counted: dict[str, int] = field(default_factory=dict)

    def step(self, index: int, token: Token) -> int:
        """Read the token at an index, and what belongs to it; the index of the next."""
        sort = token.sort
        if sort is Sort.TEXT:
            self.words(token)
        elif sort is Sort.START:
            return self.element(index, token)
        elif sort is Sort.END:
            self.close(token)
        elif sort is Sort.CODE:
            self.add(token.start, words.expression(self.raw(token)))
        else:
            return self.unseen(index)
        return index + 1

    def raw(self, token: Token) -> str:
        return self.text[token.start : token.end]

    def words(self, token: Token) -> None:
        raw = self.text[token.start : token.end]
        if not self.runs:
            raw = raw.lstrip(_SPACE)
            if not raw:
                return
            self.start = token.end - len(raw)
        self.runs.extend(words.runs(raw))

    def element(self, index: int, token: Token) -> int:
        name = token.name
        if name in elements.UNSEEN:
            return self.unseen(index)
        reading = attributes.read(self.text, token)
        if reading.locked or name in elements.LOCKED:
            return self.lock(index)
        if name in UNPARSED:
            return self.unparsed(index, reading)
        if name in elements.BLOCKS:
            self.block(name, reading)
        elif name == "svg":
            return self.picture(index, reading)
        elif name in VOID:
            self.lone(token, reading)
        else:
            self.mark(token.start, token.end, Role.OPEN, name, "", reading.stretches)
        return index + 1

    def block(self, name: str, reading: Reading) -> None:
        """A block starts here."""
        self.flush()
        if reading.stretches:
            self.found.extend(self.holes.loose(reading.stretches))
        if name not in VOID:
            self.enter(name)

    def lone(self, token: Token, reading: Reading) -> None:
        """An image, a field, a line break; two line breaks in a row end a block."""
        if token.name == "br" and self.after_break():
            self.flush()
        else:
            shown = "\n" if token.name == "br" else reading.shown
            self.mark(token.start, token.end, Role.LONE, token.name, shown, reading.stretches)

    def after_break(self) -> bool:
        last = [run for run in self.runs[-2:] if run.role is not Role.TEXT or run.text.strip()]
        return bool(last) and last[-1].name == "br"

    def close(self, token: Token) -> None:
        if token.name in elements.BLOCKS:
            self.flush()
            if self.counted.get(token.name):
                while self.leave() != token.name:
                    pass
        elif token.name in VOID:
            self.mark(token.start, token.end, Role.LONE, token.name)
        else:
            self.mark(token.start, token.end, Role.CLOSE, token.name)

    def enter(self, tag: str) -> None:
        around = self.open[-1]
        kind = elements.KINDS.get(tag)
        name = tag if tag in elements.HEADINGS else ""
        self.open.append(_Open(tag, around.kind, around.name) if kind is None else _Open(tag, kind, name))
        self.counted[tag] = self.counted.get(tag, 0) + 1

    def leave(self) -> str:
        tag = self.open.pop().tag
        self.counted[tag] -= 1
        return tag

    def lock(self, index: int) -> int:
        """An element nobody translates: a value in its sentence, or skeleton when it is a block."""
        token = self.tokens[index]
        after, block = reach(self.text, self.tokens, index)
        if block or token.name in elements.BLOCKS:
            self.flush()
            return after
        end = self.tokens[after - 1].end
        shown = "".join(self.shown(index, after))
        label = elements.LOCKED.get(token.name, "locked text")
        run = Run(self.text[token.start : end], " ".join(shown.split()), Role.VALUE, token.name, label)
        self.add(token.start, run if run.text else replace(run, role=Role.LONE))
        return after

    def shown(self, index: int, after: int) -> Iterator[str]:
        for token in self.tokens[index:after]:
            if token.sort is Sort.TEXT:
                yield decode(self.raw(token))

    def picture(self, index: int, reading: Reading) -> int:
        """An SVG image is one lone code; the words in it are holes."""
        after, _ = reach(self.text, self.tokens, index)
        found = list(reading.stretches)
        tag = ""
        for token in self.tokens[index + 1 : after]:
            if token.sort is Sort.START:
                tag = token.name
                found.extend(attributes.read(self.text, token).stretches)
            elif token.sort is Sort.END and tag in _NO_WORDS_IN_SVG:
                tag = tag if token.name != tag else ""
            elif token.sort is Sort.TEXT and tag not in _NO_WORDS_IN_SVG:
                found.append(Stretch(token.start, token.end, "text", Kind.ATTRIBUTE, tag))
        start, end = self.tokens[index].start, self.tokens[after - 1].end
        self.mark(start, end, Role.LONE, "svg", stretches=found)
        return after

    def unparsed(self, index: int, reading: Reading) -> int:
        """A title stands by itself; a frame or a text field is a lone code."""
        token = self.tokens[index]
        after, _ = reach(self.text, self.tokens, index)
        if token.name != "title":
            end = self.tokens[after - 1].end
            self.mark(token.start, end, Role.LONE, token.name, stretches=reading.stretches)
            return after
        self.flush()
        self.found.extend(self.holes.loose(reading.stretches))
        inside = self.tokens[index + 1 : index + 2]
        if inside and inside[0].sort is Sort.RCDATA:
            title = Stretch(inside[0].start, inside[0].end, "rcdata", Kind.METADATA, "title")
            self.found.extend(self.holes.loose([title]))
        return after

    def unseen(self, index: int) -> int:
        """Comments, scripts and their like in a row: they join the code beside them, if there is one."""
        start = self.tokens[index].start
        found: list[Stretch] = []
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.sort in (Sort.TEXT, Sort.END, Sort.CODE):
                break
            if token.sort is Sort.START:
                if token.name not in elements.UNSEEN:
                    break
                found.extend(attributes.read(self.text, token).stretches)
                found.extend(self.data(index))
                index, _ = reach(self.text, self.tokens, index)
            else:
                index += 1
        end = self.tokens[index - 1].end
        if not self.runs:
            self.found.extend(self.holes.loose(found))
        elif self.runs[-1].role in _MARKUP:
            last = self.runs[-1]
            holes = self.holes.within(found, start - len(last.raw))
            self.runs[-1] = replace(last, raw=last.raw + self.text[start:end], holes=last.holes + holes)
        else:
            holes = self.holes.within(found, start)
            self.runs.append(Run(self.text[start:end], "", Role.LONE, _HIDDEN, "comment", holes))
        return index

    def data(self, index: int) -> Sequence[Stretch]:
        """The words of a script, when it is JSON-LD."""
        script, inside = self.tokens[index], self.tokens[index + 1 : index + 2]
        if script.name != "script" or not inside or inside[0].sort is not Sort.RAW:
            return ()
        if linked.TYPE not in self.raw(script).lower():
            return ()
        return linked.stretches(self.text, inside[0].start, inside[0].end)

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
        if _speaks(self.runs):
            _, kind, name = self.open[-1]
            self.found.append(Block(self.start, tuple(self.runs), kind, name))
        else:
            self.found.extend(loose(self.runs, self.start))
        self.runs.clear()


def _speaks(runs: Sequence[Run]) -> bool:
    """Whether runs hold words."""
    return any(run.role is Role.TEXT and not run.text.isspace() for run in runs)


def blocks(text: str, holes: Holes) -> Iterator[Block | Loose]:
    """The blocks of a file and the units that stand in no block, in order."""
    every = _complete(tokens(text))
    reader = _Reader(text, every, holes)
    step, found, index, count = reader.step, reader.found, 0, len(every)
    spent = 0
    while index < count:
        index = step(index, every[index])
        if index - spent > _KEPT:  # nobody looks back, and the tokens of a large file are most of its weight
            every[spent:index] = [every[spent]] * (index - spent)
            spent = index
        if found:
            yield from found
            found.clear()
    reader.flush()
    yield from reader.found


def _complete(found: list[Token]) -> list[Token]:
    """Tokens without those at the end that would swallow whatever is put after them."""
    end = len(found)
    while end and (
        found[end - 1].sort in (Sort.BROKEN, Sort.RAW, Sort.RCDATA)
        or (found[end - 1].sort is Sort.START and found[end - 1].name in UNPARSED)
    ):
        end -= 1
    return found[:end] if end < len(found) else found
