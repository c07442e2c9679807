"""Parse a page for the linter: text runs with their language, tags, structured data, markup errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from l10n.formats.html.entities import decode
from l10n.formats.html.tokens import VOID, Sort, Token, alone, attributes, names, tokens

# Elements whose end tag may be left out (standard, 13.1.2.4).
_OPTIONAL = names(
    "html head body p li dt dd rt rp optgroup option colgroup caption thead tbody tfoot tr td th"
)
_UNSAID = names("script style code kbd samp var pre template")


class Words(NamedTuple):
    """A run of text, with the line it starts on and the language and direction it is in."""

    text: str
    line: int
    lang: str
    dir: str


class Tag(NamedTuple):
    """A start tag: its name, line, attributes, and the language and direction inside it."""

    name: str
    line: int
    given: Mapping[str, str]
    lang: str
    dir: str


@dataclass(slots=True)
class ParsedPage:
    """A page, read.  ``wrong`` are the elements that end wrongly, ``data`` its JSON-LD: (line, what)."""

    path: str
    text: str
    tags: list[Tag] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    data: list[tuple[int, str]] = field(default_factory=list)
    title: str = ""
    wrong: list[tuple[int, str]] = field(default_factory=list)

    @property
    def root(self) -> Tag | None:
        """Its html element."""
        return next((tag for tag in self.tags if tag.name == "html"), None)

    @property
    def lang(self) -> str:
        """The language it says it is in."""
        return self.root.given.get("lang", "") if self.root else ""

    def named(self, *wanted: str) -> Iterator[Tag]:
        """Its tags of some names."""
        return (tag for tag in self.tags if tag.name in wanted)

    def meta(self, name: str) -> str:
        """What a meta element of a name (or property) says."""
        for tag in self.named("meta"):
            if name in {tag.given.get("name"), tag.given.get("property")}:
                return tag.given.get("content", "")
        return ""

    def links(self, rel: str) -> Iterator[Tag]:
        """Its link elements of a relation."""
        return (tag for tag in self.named("link") if rel in tag.given.get("rel", "").lower().split())

    @property
    def hidden(self) -> bool:
        """Whether search engines are told to leave it out."""
        return "noindex" in self.meta("robots")

    @property
    def canonical(self) -> str:
        """The address it says is its own."""
        return next((tag.given.get("href", "") for tag in self.links("canonical")), "")

    @property
    def hreflang(self) -> dict[str, str]:
        """The address of each alternate."""
        found = (tag for tag in self.links("alternate") if "hreflang" in tag.given)
        return {tag.given["hreflang"]: tag.given.get("href", "") for tag in found}

    @property
    def ids(self) -> list[tuple[str, int]]:
        """Every id with its line."""
        return [(tag.given["id"], tag.line) for tag in self.tags if "id" in tag.given]


class _Open(NamedTuple):
    name: str
    line: int
    lang: str
    dir: str


def parse(path: str, text: str) -> ParsedPage:
    """A page, read.  Takes time in proportion to it."""
    sheet = ParsedPage(path, text)
    stack: list[_Open] = [_Open("", 0, "", "")]
    line, at = 1, 0
    for token in tokens(text):
        line += text.count("\n", at, token.start)
        at = token.start
        around = stack[-1]
        if token.sort is Sort.START:
            _start(sheet, stack, token, line)
        elif token.sort is Sort.END:
            _end(sheet, stack, token.name, line)
        elif token.sort in {Sort.TEXT, Sort.RCDATA, Sort.CDATA}:
            said = decode(text[token.start : token.end])
            if token.name == "title" and around.name == "title" and not sheet.title:
                sheet.title = said
            if said.strip() and not any(each.name in _UNSAID for each in stack):
                sheet.words.append(Words(said, line, around.lang, around.dir))
        elif token.sort is Sort.RAW and sheet.tags[-1].given.get("type") == "application/ld+json":
            sheet.data.append((line, text[token.start : token.end]))
        elif token.sort is Sort.BROKEN:
            sheet.wrong.append((line, "the file ends in the middle of a tag"))
    sheet.wrong.extend(_left(stack[1:]))
    return sheet


def _start(sheet: ParsedPage, stack: list[_Open], token: Token, line: int) -> None:
    text = sheet.text
    given = {each.name: decode(text[each.start : each.end]) for each in attributes(text, token)}
    around = stack[-1]
    lang, direction = given.get("lang", around.lang), given.get("dir", around.dir).lower()
    sheet.tags.append(Tag(token.name, line, given, lang, direction))
    foreign = any(each.name in {"svg", "math"} for each in stack) or token.name in {"svg", "math"}
    if token.name not in VOID and not (foreign and alone(text, token)):
        stack.append(_Open(token.name, line, lang, direction))


def _end(sheet: ParsedPage, stack: list[_Open], name: str, line: int) -> None:
    place = next((at for at in range(len(stack) - 1, 0, -1) if stack[at].name == name), 0)
    if not place:
        if name not in {"br", "p"}:
            sheet.wrong.append((line, f"</{name}> ends nothing that is open"))
        return
    sheet.wrong.extend(_left(stack[place + 1 :]))
    del stack[place:]


def _left(stack: Sequence[_Open]) -> Iterator[tuple[int, str]]:
    return ((each.line, f"<{each.name}> is never closed") for each in stack if each.name not in _OPTIONAL)
