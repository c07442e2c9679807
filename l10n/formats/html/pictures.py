"""The words in an SVG image: a text with markup in it is one unit, as a reader sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from l10n import inline
from l10n.formats.html import attributes, words
from l10n.formats.html.attributes import Stretch
from l10n.formats.html.tokens import Sort, Token, alone, names, stream
from l10n.formats.html.tokens import attributes as attributes_of
from l10n.inline import CLOSE, OPEN, Run
from l10n.model import Kind

PLACE = "words with tags"
"""The place of a stretch of a text that has markup of its own."""
_NO_WORDS = frozenset({"style", "script", "metadata"})
_LABELS = {"tspan": "part of a text", "a": "link"}
# SVG 2, 11.1: what is set at a place of its own begins another chunk of text; a shift, in practice a line.
_PLACES = names("x y dy")


@dataclass(slots=True)
class _Reader:
    """``chunk`` holds the words and tags that a reader sees in a row, each with the tag before it.

    ``placed`` says of each part of a text that is open whether it is set at a place of its own.
    """

    text: str
    found: list[Stretch] = field(default_factory=list)
    chunk: list[tuple[Token, str]] = field(default_factory=list)
    placed: list[bool] = field(default_factory=list)
    in_text: bool = False

    def read(self, inside: Sequence[Token]) -> list[Stretch]:
        tag, unseen = "", ""
        for token in inside:
            if unseen:
                unseen = "" if token.sort is Sort.END and token.name == unseen else unseen
            elif token.sort is Sort.START:
                tag = token.name
                unseen = tag if tag in _NO_WORDS and not alone(self.text, token) else ""
                self.start(token)
            elif token.sort is Sort.END:
                self.end(token, tag)
            elif token.sort is not Sort.TEXT:
                self.finish()
            else:
                self.chunk.append((token, tag))
                if not self.in_text:
                    self.finish()
        self.finish()
        return self.found

    def start(self, token: Token) -> None:
        said = attributes.read(self.text, token).stretches
        flows = self.in_text and token.name in _LABELS and not said and not alone(self.text, token)
        if not flows or _PLACES & {one.name for one in attributes_of(self.text, token)}:
            self.finish()
            self.found.extend(said)
        else:
            self.chunk.append((token, token.name))
        if token.name in _LABELS and not alone(self.text, token):
            self.placed.append(not self.chunk)
        elif token.name == "text":
            self.in_text, self.placed = True, []

    def end(self, token: Token, tag: str) -> None:
        flows = token.name in _LABELS and bool(self.placed) and not self.placed.pop()
        if flows and self.chunk:
            self.chunk.append((token, tag))
        else:
            self.finish()
        self.in_text = self.in_text and token.name != "text"

    def finish(self) -> None:
        """The chunk ends here; markup that is not whole in it leaves its words by themselves."""
        spoken = [(token, tag) for token, tag in self.chunk if self.says(token)]
        if len(spoken) > 1 and self.is_whole():
            start, end = self.chunk[0][0].start, self.chunk[-1][0].end
            self.found.append(Stretch(start, end, PLACE, Kind.ATTRIBUTE, "text"))
        else:
            self.found.extend(
                Stretch(token.start, token.end, "text", Kind.ATTRIBUTE, tag) for token, tag in spoken
            )
        self.chunk = []

    def says(self, token: Token) -> bool:
        return token.sort is Sort.TEXT and not self.text[token.start : token.end].isspace()

    def is_whole(self) -> bool:
        open_: list[str] = []
        for token, _ in self.chunk:
            if token.sort is Sort.START:
                open_.append(token.name)
            elif token.sort is Sort.END and (not open_ or open_.pop() != token.name):
                return False
        return not open_


def stretches(text: str, inside: Sequence[Token]) -> list[Stretch]:
    """The words between the start tag of an image and its end, in order; ``inside`` are its tokens."""
    return _Reader(text).read(inside)


def runs(raw: str) -> tuple[tuple[Run, ...], tuple[Run, ...], tuple[Run, ...]]:
    """A stretch of words with tags as (before, core, after), of which the core is the unit."""
    out: list[Run] = []
    for token in stream(raw):
        piece = raw[token.start : token.end]
        if token.sort is Sort.TEXT:
            out.extend(words.runs(piece))
        else:
            role = OPEN if token.sort is Sort.START else CLOSE
            out.append(Run(piece, "", role, token.name, _LABELS[token.name]))
    return inline.trim(inline.join_empty(out))
