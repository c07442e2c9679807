"""Find the blocks of an HTML file and the runs in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from l10n.formats.html import attributes, elements, words
from l10n.formats.html.attributes import Hole, Reading
from l10n.formats.html.entities import decode
from l10n.formats.html.tokens import BREAKOUT, UNPARSED, VOID, Sort, Token, alone, tokens
from l10n.inline import Role, Run
from l10n.model import Kind

_SPACE = " \t\n\f\r\ufeff"  # the last may start a file
_MARKUP = (Role.OPEN, Role.CLOSE, Role.LONE)
_HIDDEN = "hidden"
_HTML_IN_SVG = ("foreignobject", "desc", "title")
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
    """Goes through the tokens once; the runs from ``start`` on are of the block being read."""

    text: str
    tokens: Sequence[Token]
    blocks: list[Block] = field(default_factory=list)
    holes: list[Hole] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    start: int = 0
    open: list[_Open] = field(default_factory=lambda: [_Open("", Kind.PARAGRAPH, "")])
    counted: Counter[str] = field(default_factory=Counter)

    def step(self, index: int) -> int:
        """Read the token at an index, and what belongs to it; the index of the next."""
        token = self.tokens[index]
        if token.sort is Sort.TEXT:
            self.words(token)
        elif token.sort is Sort.START:
            return self.element(index)
        elif token.sort is Sort.END:
            self.close(token)
        elif token.sort is Sort.CODE:
            self.add(token.start, words.expression(self.text[token.start : token.end]))
        else:
            return self.unseen(index)
        return index + 1

    def words(self, token: Token) -> None:
        raw = self.text[token.start : token.end]
        if not self.runs:
            raw = raw.lstrip(_SPACE)
            self.start = token.end - len(raw)
        if raw:
            self.runs.extend(words.runs(raw))

    def element(self, index: int) -> int:
        token = self.tokens[index]
        if token.name in elements.UNSEEN:
            return self.unseen(index)
        reading = attributes.read(self.text, token)
        if reading.locked or token.name in elements.LOCKED:
            return self.lock(index)
        self.holes.extend(reading.holes)
        if token.name == "svg":
            return self.picture(index)
        if token.name in UNPARSED:
            return self.unparsed(index)
        if token.name in elements.BLOCKS:
            self.flush()
            if token.name not in VOID:
                self.enter(token.name)
        elif token.name in VOID:
            self.lone(token, reading)
        else:
            self.mark(token.start, token.end, Role.OPEN, token.name)
        return index + 1

    def lone(self, token: Token, reading: Reading) -> None:
        """An image, a field, a line break; two line breaks in a row end a block."""
        if token.name == "br" and self.after_break():
            self.flush()
        else:
            shown = "\n" if token.name == "br" else reading.shown
            self.mark(token.start, token.end, Role.LONE, token.name, shown)

    def after_break(self) -> bool:
        last = [run for run in self.runs[-2:] if run.role is not Role.TEXT or run.text.strip()]
        return bool(last) and last[-1].name == "br"

    def close(self, token: Token) -> None:
        if token.name in elements.BLOCKS:
            self.flush()
            if self.counted[token.name]:
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
        self.counted[tag] += 1

    def leave(self) -> str:
        tag = self.open.pop().tag
        self.counted[tag] -= 1
        return tag

    def lock(self, index: int) -> int:
        """An element nobody translates: a value in its sentence, or skeleton when it is a block."""
        token = self.tokens[index]
        after, block = self.reach(index)
        if block or token.name in elements.BLOCKS:
            self.flush()
            return after
        end = self.tokens[after - 1].end
        shown = "".join(self.shown(index, after))
        label = elements.LOCKED.get(token.name, "locked text")
        run = Run(self.text[token.start : end], " ".join(shown.split()), Role.VALUE, token.name, label)
        self.add(token.start, run if run.text else replace(run, role=Role.LONE))
        return after

    def reach(self, index: int) -> tuple[int, bool]:
        return reach(self.text, self.tokens, index)

    def shown(self, index: int, after: int) -> Iterator[str]:
        for token in self.tokens[index:after]:
            if token.sort is Sort.TEXT:
                yield decode(self.text[token.start : token.end])

    def picture(self, index: int) -> int:
        """An SVG image is one lone code; the words in it are holes of their own."""
        after, _ = self.reach(index)
        tag = ""
        for token in self.tokens[index + 1 : after]:
            if token.sort is Sort.START:
                tag = token.name
                self.holes.extend(attributes.read(self.text, token).holes)
            elif token.sort is Sort.END and tag in _NO_WORDS_IN_SVG:
                tag = tag if token.name != tag else ""
            elif token.sort is Sort.TEXT and tag not in _NO_WORDS_IN_SVG:
                self.holes.append(Hole(token.start, token.end, "text", Kind.ATTRIBUTE, tag))
        self.mark(self.tokens[index].start, self.tokens[after - 1].end, Role.LONE, "svg")
        return after

    def unparsed(self, index: int) -> int:
        """A title is a hole; a frame or a text field is a lone code."""
        token = self.tokens[index]
        after, _ = self.reach(index)
        if token.name == "title":
            self.flush()
            inside = self.tokens[index + 1 : index + 2]
            if inside and inside[0].sort is Sort.RCDATA:
                self.holes.append(Hole(inside[0].start, inside[0].end, "rcdata", Kind.METADATA, "title"))
        else:
            self.mark(token.start, self.tokens[after - 1].end, Role.LONE, token.name)
        return after

    def unseen(self, index: int) -> int:
        """Comments, scripts and their like in a row: they join the code beside them, if there is one."""
        start = self.tokens[index].start
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.sort in (Sort.TEXT, Sort.END, Sort.CODE):
                break
            if token.sort is Sort.START:
                if token.name not in elements.UNSEEN:
                    break
                self.holes.extend(attributes.read(self.text, token).holes)
                index, _ = self.reach(index)
            else:
                index += 1
        if self.runs:
            raw = self.text[start : self.tokens[index - 1].end]
            if self.runs[-1].role in _MARKUP:
                self.runs[-1] = replace(self.runs[-1], raw=self.runs[-1].raw + raw)
            else:
                self.runs.append(Run(raw, "", Role.LONE, _HIDDEN, "comment"))
        return index

    def mark(self, start: int, end: int, role: Role, name: str, shown: str = "") -> None:
        """Add markup, with the hidden stretch before it if there is one."""
        raw = self.text[start:end]
        if self.runs and self.runs[-1].name == _HIDDEN:
            raw = self.runs.pop().raw + raw
        self.add(start, Run(raw, shown, role, name, elements.LABELS.get(name, name)))

    def add(self, start: int, run: Run) -> None:
        if not self.runs:
            self.start = start
        self.runs.append(run)

    def flush(self) -> None:
        """The block ends here."""
        if any(run.role is Role.TEXT and not run.text.isspace() for run in self.runs):
            _, kind, name = self.open[-1]
            self.blocks.append(Block(self.start, tuple(self.runs), kind, name))
        self.runs.clear()


def blocks(text: str) -> tuple[list[Block], list[Hole]]:
    """The blocks and the holes of a file, each in order."""
    reader = _Reader(text, _complete(tokens(text)))
    index = 0
    while index < len(reader.tokens):
        index = reader.step(index)
    reader.flush()
    return reader.blocks, reader.holes


def _complete(found: list[Token]) -> list[Token]:
    """Tokens without those at the end that would swallow whatever is put after them."""
    end = len(found)
    while end and (
        found[end - 1].sort in (Sort.BROKEN, Sort.RAW, Sort.RCDATA)
        or (found[end - 1].sort is Sort.START and found[end - 1].name in UNPARSED)
    ):
        end -= 1
    return found[:end]


def reach(text: str, found: Sequence[Token], index: int) -> tuple[int, bool]:
    """The index after the element that starts at ``index``, and whether it holds a block.

    An element without an end tag reaches to the end of the block around it.
    """
    name = found[index].name
    foreign = name in {"svg", "math"}
    if name in VOID or (foreign and alone(text, found[index])):
        return index + 1, False
    opened = Counter({name: 1})
    block = False
    for at in range(index + 1, len(found)):
        token = found[at]
        if token.sort is Sort.START and token.name not in VOID:
            if foreign and token.name in BREAKOUT and not any(opened[tag] for tag in _HTML_IN_SVG):
                return at, block
            block = block or token.name in elements.BLOCKS
            if not (foreign and alone(text, token)):
                opened[token.name] += 1
        elif token.sort is Sort.END:
            if opened[token.name]:
                opened[token.name] -= 1
                if not opened[name]:
                    return at + 1, block
            elif token.name in elements.BLOCKS:
                return at, block
    return len(found), block
