"""Where the values of chosen keys stand in YAML, as far as its lines can be read with certainty."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from functools import partial

from l10n.formats.markdown.nested import DoubtError, Token, bracketed, values
from l10n.formats.markdown.scalars import Scalar, said

_LINE = re.compile(r"(?P<indent> *+)(?P<said>[^\r\n]*+)(?:\r?\n|\Z)")
_COLON = re.compile(r":(?=[ \t\r\n]|\Z)")
_COMMENT = re.compile(r"(?:\A|[ \t])#")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\[\s\S])*+\"|'(?:[^']|'')*+'")
_BLANKS = re.compile(r"[ \t]*")
_PROPERTIES = re.compile(r"(?:[&!][^\s]*+(?:[ \t]++|(?=[\r\n]|\Z)))++")
_TAG = re.compile(r"(?<!\S)![^\s]*+")
_TEXT_TAGS = {"!", "!!str", "!<tag:yaml.org,2002:str>"}  # YAML 1.2.2, 6.9.1 and 10.1.1.3
_HEADER = re.compile(
    r"(?P<sign>[|>])(?P<digits>[1-9]?[+-]?|[+-][1-9])[ \t]*(?:[ \t]#[^\r\n]*)?\r?$", re.MULTILINE
)
# YAML 1.2.2, 7.3 and 7.4; a tag but those of texts is as any sign that should not stand there.
_FLOW = re.compile(
    r"(?P<mark>[\[\]{},])|(?P<double>\"(?:[^\"\\]|\\[\s\S])*+\")|(?P<single>'(?:[^']|'')*+')"
    r"|(?P<colon>:(?=[\s,\[\]{}]|\Z)|(?<=[\"'\]}]):)|(?<=\s)\#[^\r\n]*+|&[^\s,\[\]{}]++|(?P<alias>\*[^\s,\[\]{}]++)"
    r"|(?:!!str|!)(?=\s)"
    r"|(?P<plain>(?:[^\s,\[\]{}&*!|>'\"%@`\#?:-]|[?:-](?=[^\s,\[\]{}]))"
    r"(?:[^\s,\[\]{}:]|:(?![\s,\[\]{}]|\Z)|\s++(?![,\[\]{}\#]|:(?:[\s,\[\]{}]|\Z)|\Z))*+)"
    r"|(?P<odd>\S)"
)
_STYLES = {"double": "yaml-double", "single": "yaml-single", "plain": "yaml-flow"}
_ENDS = re.compile(r"[ \t]*(?:[ \t]#[^\r\n]*)?(?:\r?\n|\Z)")
_EXPLICIT = re.compile(r"\?(?:[ \t]|\Z)")  # YAML 1.2.2, 8.2.2
_NAME = re.compile(r"[\w.-]++[ \t]*")
_DIRECTIVE = re.compile(r"[%@`?,\]}]|[-:](?:[ \t]|\r?$)")

# YAML 1.2.2, 5.3 and 7.3.3: no unquoted value begins so.
_RESERVED = "@`%,]}"
_TABBED = "a tab may not indent a line"


class _UnsureError(Exception):
    """The lines are not what they should be, or not for certain."""


class _BrokenError(_UnsureError):
    """No reader of YAML takes this: what is wrong, and the offset where."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


@dataclass(slots=True)
class _Reader:
    """Goes through the lines once, from ``at`` to ``end``; ``path`` holds the keys that are open."""

    text: str
    at: int
    end: int
    keys: Container[str]
    path: list[tuple[int, str]] = field(default_factory=list)

    def read(self) -> Iterator[Scalar]:
        while self.at < self.end:
            line = self.line(self.at)
            content = line["said"]
            if not content.strip() or content.startswith("#"):
                self.at = line.end()
                continue
            if content[0] == "\t" and content.lstrip()[0] != "#":
                raise _BrokenError(_TABBED, line.start("said"))
            if _EXPLICIT.match(content):
                yield from self.explicit(line)
                continue
            if content[0] == "\t" or (_DIRECTIVE.match(content) and content[0] != "-"):
                raise _UnsureError
            yield from self.entry(line)

    def line(self, at: int) -> re.Match[str]:
        match = _LINE.match(self.text, at, self.end)
        if not match:
            raise _UnsureError
        return match

    def entry(self, line: re.Match[str]) -> Iterator[Scalar]:
        """A line that begins an entry, of a mapping or of a list."""
        indent, at = len(line["indent"]), line.start("said")
        stop = line.end("said")
        within = self.text[at] == "-"  # a list may stand no further in than its key
        while self.path and self.path[-1][0] >= indent + (within and self.path[-1][1] != "-"):
            self.path.pop()
        listed = False
        while self.text[at] == "-" and (at + 1 == stop or self.text[at + 1] in " \t"):
            self.path.append((indent, "-"))
            begin, listed = at, True
            at = self.blank(at + 1)
            indent += at - begin
            if at >= stop:
                self.at = line.end()
                return
        key_and_end = self.key(at, stop)
        if key_and_end is None:
            if not listed and self.text[at] not in "[{":
                raise _UnsureError
            yield from self.value(at, stop, self.path[-1][0] if self.path else -1, self.asked())
            return
        key, after = key_and_end
        self.path.append((indent, key))
        yield from self.value(self.blank(after), stop, indent, self.asked())

    def asked(self) -> str:
        """The path of what is open, "" if nobody asks for it."""
        path = ".".join(name for _, name in self.path)
        return path if path in self.keys else ""

    def explicit(self, line: re.Match[str]) -> Iterator[Scalar]:
        """A key behind a question mark, whatever it is, and its value behind a colon on a line of its own."""
        indent, stop = len(line["indent"]), line.end("said")
        while self.path and self.path[-1][0] >= indent:
            self.path.pop()
        self.path.append((indent, self.name(self.blank(line.start("said") + 1), stop)))
        self.at = line.end()
        while self.at < self.end and not self.is_entry(line := self.line(self.at), indent):
            self.at = line.end()
        at, stop = line.start("said"), line.end("said")
        if self.at < self.end and len(line["indent"]) == indent and _COLON.match(self.text, at):
            at = self.blank(at + 1)
            if at < stop and self.key(at, stop):
                raise _UnsureError
            yield from self.value(at, stop, indent, self.asked())

    def is_entry(self, line: re.Match[str], indent: int) -> bool:
        """Whether a line begins an entry that is no further in than an indent."""
        return len(line["indent"]) <= indent and line["said"].strip() != "" and line["said"][0] != "#"

    def name(self, at: int, stop: int) -> str:
        """A key that is all of a line, "?" for any other, which nobody asks for."""
        quoted = _QUOTED.match(self.text, at, stop)
        if quoted and _ENDS.match(self.text, quoted.end(), self.end):
            return _said(quoted[0])
        said = self.text[at:stop]
        return said.rstrip() if _NAME.fullmatch(said) else "?"

    def blank(self, at: int) -> int:
        match = _BLANKS.match(self.text, at, self.end)
        return match.end() if match else at

    def key(self, at: int, stop: int) -> tuple[str, int] | None:
        """The key that begins at an offset, and the offset after its colon."""
        if properties := _PROPERTIES.match(self.text, at, stop):
            at = properties.end()
            if at >= stop:
                return None
        if self.text[at] in "\"'":
            quoted = _QUOTED.match(self.text, at, stop)
            after = self.blank(quoted.end()) if quoted else stop
            if quoted and _COLON.match(self.text, after):
                return _said(quoted.group()), after + 1
            return None
        colon = _COLON.search(self.text, at, stop + 1)
        if not colon or colon.end() > stop or self.text[at] in "[{&*!|>#":
            return None
        name = self.text[at : colon.start()]
        return None if _COMMENT.search(name) else (name.rstrip(), colon.end())

    def value(self, at: int, stop: int, parent: int, key: str) -> Iterator[Scalar]:
        """The value at an offset of a line that ends at ``stop``; ``key`` is empty if nobody asks."""
        if properties := _PROPERTIES.match(self.text, at, stop):
            at = properties.end()
            key = key if _TEXT_TAGS.issuperset(_TAG.findall(properties[0])) else ""
        sign = self.text[at : at + 1] if at < stop else ""
        if sign in {"", "#"}:
            self.at = self.line(at).end()
            yield from self.below(parent, key)
        elif sign in "|>":
            yield from self.block(at, parent, key)
        elif sign in "\"'":
            yield from self.quoted(at, parent, key)
        elif sign in "[{":
            yield from self.flow(at)
        elif sign == "*":
            self.at = self.line(at).end()
        elif sign in _RESERVED:
            raise _BrokenError(f"a value that begins with {sign} asks for quotation marks around it", at)
        elif _DIRECTIVE.match(self.text, at, stop):
            raise _UnsureError
        else:
            yield from self.plain(at, stop, parent, key)

    def below(self, parent: int, key: str) -> Iterator[Scalar]:
        """A value that stands on the line after its key."""
        if not key or self.at >= self.end:
            return
        line = self.line(self.at)
        at, stop = line.start("said"), line.end("said")
        if len(line["indent"]) <= parent or at == stop or self.text[at] in "-#[{*?%@`\t":
            return
        if self.key(at, stop) is None:
            yield from self.value(at, stop, parent, key)

    def block(self, at: int, parent: int, key: str) -> Iterator[Scalar]:
        header = _HEADER.match(self.text, at, self.end)
        if not header:
            raise _UnsureError
        self.at = self.line(at).end()
        start = last = -1
        digit = header["digits"].strip("+-")
        indent = parent + int(digit) if digit else 0
        while self.at < self.end:
            line = self.line(self.at)
            if line["said"].strip():
                if len(line["indent"]) <= parent:
                    break
                if start < 0:
                    start, indent = line.start("said"), indent or len(line["indent"])
                if len(line["indent"]) < indent:
                    raise _UnsureError
                last = line.end("said")
            self.at = line.end()
        if key and start >= 0:
            yield Scalar(
                key, "yaml-folded" if header["sign"] == ">" else "yaml-literal", start, last, 0, indent
            )

    def quoted(self, at: int, parent: int, key: str) -> Iterator[Scalar]:
        match = _QUOTED.match(self.text, at, self.end)
        if not match:
            raise _BrokenError("this quotation is never closed", at)
        after = self.ends(match.end())
        for line in match.group().split("\n")[1:]:
            if line.strip() and len(line) - len(line.lstrip(" ")) <= parent:
                raise _UnsureError
        self.at = after
        if key:
            yield Scalar(key, "yaml-double" if self.text[at] == '"' else "yaml-single", at, match.end(), 1)

    def ends(self, at: int) -> int:
        """The offset after a line on which nothing more may stand."""
        match = _ENDS.match(self.text, at, self.end)
        if not match:
            raise _BrokenError("nothing may follow on this line", at)
        return match.end()

    def flow(self, at: int) -> Iterator[Scalar]:
        """What stands between brackets; where that is in doubt nothing, and what follows is read on."""
        tokens = bracketed(_tokens(self.text, at, self.end))
        if not tokens:
            raise _BrokenError("this bracket is never closed", at)
        end = tokens[-1].end
        if _COLON.match(self.text, self.blank(end)):  # it is a key
            raise _UnsureError
        self.at = self.ends(end)
        base = ".".join(name for _, name in self.path)
        try:
            found = [*values(tokens, base, partial(_named, self.text))] if self.keys else []
        except DoubtError:
            return
        for path, token in found:
            if path in self.keys:
                yield Scalar(path, token.style, token.start, token.end, int(token.style != "yaml-flow"))

    def plain(self, at: int, stop: int, parent: int, key: str) -> Iterator[Scalar]:
        """An unquoted value: the rest of its line, and the lines after it that are further in."""
        end, comment = self.uncommented(at, stop)
        self.at = self.line(at).end()
        while self.at < self.end:
            line = self.line(self.at)
            content = line["said"]
            if content.strip() and (len(line["indent"]) <= parent or content.startswith("#")):
                break
            if content.strip():
                if content[0] == "\t" and _COLON.search(content):
                    raise _BrokenError(_TABBED, line.start("said"))
                if comment or content[0] == "\t":
                    raise _UnsureError
                end, comment = self.uncommented(line.start("said"), line.end("said"))
            self.at = line.end()
        if key:
            yield Scalar(key, "yaml-plain", at, end)

    def uncommented(self, at: int, stop: int) -> tuple[int, bool]:
        """Where the words of a line of an unquoted value end, and whether a comment follows."""
        content = self.text[at:stop]
        comment = _COMMENT.search(content)
        words = (content[: comment.start()] if comment else content).rstrip(" \t\r\n")
        if colon := _COLON.search(words):
            raise _BrokenError("a colon in a value asks for quotation marks around it", at + colon.start())
        return at + len(words), comment is not None


def _tokens(text: str, at: int, end: int) -> Iterator[Token]:
    """What stands between brackets, from the first of them on."""
    for match in _FLOW.finditer(text, at, end):
        kind = match.lastgroup
        if kind:
            sign = {"mark": match.group(), "colon": "=", "odd": "?"}.get(kind, "")
            yield Token(*match.span(), sign, _STYLES.get(kind, ""))


def _named(text: str, token: Token) -> str:
    return _said(text[token.start : token.end])


def _said(key: str) -> str:
    """A key without its quotes."""
    style = {'"': "yaml-double", "'": "yaml-single"}.get(key[0])
    return said(style, key[1:-1]) if style else key


def broken(text: str, start: int, end: int) -> tuple[str, int] | None:
    """What keeps YAML from being read at all, and the offset where; None when nothing surely does."""
    try:
        for _ in _Reader(text, start, end, ()).read():
            pass
    except _BrokenError as error:
        return error.message, error.at
    except _UnsureError:
        return None
    return None


def find(text: str, start: int, end: int, keys: Container[str]) -> list[Scalar]:
    """The values of keys, each named by its path ("seo.title"); none when the YAML is in doubt."""
    try:
        return list(_Reader(text, start, end, keys).read())
    except _UnsureError:
        return []
