"""Cut an HTML file into tokens the way a browser does, without losing a character.

The rules are those of the WHATWG standard, section 13.2.5 "Tokenization".  Where a browser's
tokenizer asks its tree ("are we inside SVG?"), a small stack of foreign elements answers.  Two
things go beyond the standard, since sources may be templates: ``<?php … ?>`` and ``<% … %>`` are
one token each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import NamedTuple

from l10n.formats.html.entities import decode


class Sort(Enum):
    """What a token is.

    TEXT is read with entities, and so is RCDATA (the inside of ``<title>`` and ``<textarea>``);
    RAW is the inside of ``<script>``, ``<style>`` and their like; CDATA a section of foreign
    content; CODE a template's ``<?php … ?>`` or ``<% … %>``; BROKEN whatever the file ends in the middle of.
    """

    TEXT = "text"
    START = "start"
    END = "end"
    COMMENT = "comment"
    DOCTYPE = "doctype"
    CDATA = "cdata"
    RAW = "raw"
    RCDATA = "rcdata"
    CODE = "code"
    BROKEN = "broken"


class Token(NamedTuple):
    """A stretch of the file, ``text[start:end]``; ``name`` is a tag's, in lower case."""

    sort: Sort
    start: int
    end: int
    name: str = ""


class Attribute(NamedTuple):
    """An attribute: its name in lower case, where its value stands, and the quote around it.

    ``quote`` is ``"`` or ``'``, empty for an unquoted value and for none at all.
    """

    name: str
    start: int
    end: int
    quote: str


def names(listed: str) -> frozenset[str]:
    """Names written in a row, with spaces between."""
    return frozenset(listed.split())


VOID = names(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"
)
RCDATA = frozenset({"title", "textarea"})
RAW = frozenset({"script", "style", "iframe", "noembed", "noframes", "xmp", "plaintext"})
UNPARSED = RCDATA | RAW

_WS = r"[ \t\n\f\r]"
_VALUE = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^ \t\n\f\r>]*+)"""
_ATTRIBUTES = rf"(?:[ \t\n\f\r/]++|[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+(?:{_WS}*+={_WS}*+{_VALUE})?+)*+"
# What most tags have: attributes in double quotes.
_PLAIN = rf"(?:{_WS}++[A-Za-z][^ \t\n\f\r/>=\"']*+=\"[^\"]*+\")*+{_WS}*+>"
_ERB = r"%(?:[^%<]|%(?!>)|<(?!%))*+%>"
# Everything begins with the same character, which is what `re` looks for quickly.
_MARK = re.compile(
    r"<(?:"
    rf"(?P<name>/?[A-Za-z][^ \t\n\f\r/>]*+)(?:>|{_PLAIN}|{_ATTRIBUTES}(?:>|(?P<cut_tag>\Z)))"
    r"|(?P<COMMENT>!--(?:-?>|[\s\S]*?(?:--!?>|(?P<cut_comment>\Z))))"
    r"|(?P<DOCTYPE>![Dd][Oo][Cc][Tt][Yy][Pp][Ee][^>]*+(?:>|(?P<cut_doctype>\Z)))"
    rf"|(?P<CODE>\?(?:php\b|=)[\s\S]*?(?:\?>|(?P<cut_code>\Z))|{_ERB})"
    r"|(?P<BOGUS>(?:[!?]|/(?!\Z))[^>]*+(?:>|(?P<cut_bogus>\Z)))"
    r")"
)
_CUT = ("cut_tag", "cut_comment", "cut_doctype", "cut_code", "cut_bogus")
_CDATA = re.compile(r"<!\[CDATA\[[\s\S]*?(?:\]\]>|(?P<cut>\Z))")
_ATTRIBUTE = re.compile(
    rf"[ \t\n\f\r/]*+(?P<name>[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+)(?:{_WS}*+={_WS}*+(?P<value>{_VALUE}))?+"
)
# As ``expressions`` hides the sign.
CODE_END = "\x04"
_SCRIPT = re.compile(rf"<!--|-->|</?script(?={_WS}|[/>])", re.IGNORECASE)
_SORTS = {sort.name: sort for sort in Sort} | {"BOGUS": Sort.COMMENT}

# Standard, 13.2.6.5: what puts an end to SVG or MathML, and where HTML starts again inside them.
BREAKOUT = names(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li"
    " listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var"
)
_FOREIGN = frozenset({"svg", "math"})
_INTEGRATION = names("foreignobject desc title mi mo mn ms mtext annotation-xml")
_HTML_IN_MATH = frozenset({"text/html", "application/xhtml+xml"})  # standard, 13.2.6


@dataclass(slots=True)
class Foreign:
    """The SVG and MathML elements that are open."""

    open: list[str] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)

    def inside(self) -> bool:
        """Whether the next tag is read by the foreign rules."""
        return bool(self.open) and self.open[-1] not in _INTEGRATION

    def start(self, text: str, tag: Token) -> None:
        """Read a start tag."""
        if self.inside() and tag.name in BREAKOUT:
            self._leave()
        elif (self.inside() or tag.name in _FOREIGN) and not (
            alone(text, tag) or _is_other_writing(text, tag)
        ):
            self._push(tag.name)

    def end(self, name: str) -> None:
        """Read an end tag."""
        if name in {"p", "br"} and self.inside():
            self._leave()
        elif self.counted[name]:
            while self._pop() != name:
                pass

    def _leave(self) -> None:
        while self.inside():
            self._pop()

    def _push(self, name: str) -> None:
        self.open.append(name)
        self.counted[name] += 1

    def _pop(self) -> str:
        name = self.open.pop()
        self.counted[name] -= 1
        return name


# A named tuple's own way to be made takes twice as long, and a page has a token every 35 characters.
_token = tuple.__new__
_TEXT, _START, _END = Sort.TEXT, Sort.START, Sort.END


def tokens(text: str, *, unparsed: frozenset[str] = UNPARSED) -> list[Token]:
    """The file's tokens, which follow each other without a gap from 0 to its end.

    ``unparsed`` names the elements whose inside is one token.  Never fails and takes time in
    proportion to the text: a browser has a reading for anything.
    """
    return list(stream(text, unparsed=unparsed))


def stream(text: str, at: int = 0, *, unparsed: frozenset[str] = UNPARSED) -> Iterator[Token]:
    """The same, one after the other, from an offset that is in no token and in no SVG or MathML."""
    foreign, enters = Foreign(), unparsed | _FOREIGN
    going = True
    while going:
        going = False
        for match in _MARK.finditer(text, at):
            start, end = match.span()
            if start > at:
                yield _token(Token, (_TEXT, at, start, ""))
            at, tag = end, match[1]
            if tag is None or (end == len(text) and match["cut_tag"] is not None):
                other = _other(text, match, foreign)
                yield other
                at = other.end
            elif tag[0] == "/":
                name = tag[1:].lower()
                yield _token(Token, (_END, start, end, name))
                if foreign.open:
                    foreign.end(name)
            else:
                token = _token(Token, (_START, start, end, tag.lower()))
                yield token
                entered = token.name in enters or bool(foreign.open)
                if entered and (inside := _enter(text, token, foreign, unparsed)):
                    yield inside
                    at = inside.end
            if at != end:
                going = True
                break
    if at < len(text):
        yield Token(Sort.TEXT, at, len(text))


def complete(text: str, at: int) -> Iterator[Token]:
    """The same without those at the end that would swallow whatever is put after them."""
    held: Token | None = None
    for token in stream(text, at):
        if token.sort is Sort.BROKEN or (token.end == len(text) and token.sort in (Sort.RAW, Sort.RCDATA)):
            return
        if held:
            yield held
        held = token if token.sort is Sort.START and token.name in UNPARSED else None
        if held is None:
            yield token


def _other(text: str, match: re.Match[str], foreign: Foreign) -> Token:
    """The token of a mark that is no whole tag."""
    if foreign.inside() and (section := _CDATA.match(text, match.start())):
        sort = Sort.CDATA if section["cut"] is None else Sort.BROKEN
        return Token(sort, section.start(), section.end())
    if match.end() == len(text) and any(match[cut] is not None for cut in _CUT):
        return Token(Sort.BROKEN, match.start(), match.end())
    return Token(_SORTS[match.lastgroup or ""], match.start(), match.end())


def _enter(text: str, tag: Token, foreign: Foreign, unparsed: frozenset[str]) -> Token | None:
    """What a start tag changes: foreign rules, or an unparsed inside, which is the next token."""
    _, _, end, name = tag
    whole = name in unparsed and not foreign.inside()
    if foreign.open or name in _FOREIGN:
        foreign.start(text, tag)
    if whole and (inside := _unparsed_end(text, end, name)) > end:
        return Token(Sort.RCDATA if name in RCDATA else Sort.RAW, end, inside, name)
    return None


def attributes(text: str, token: Token) -> list[Attribute]:
    """The attributes of a start tag; of two with one name the first counts, as in browsers.

    All count where a template may choose among them: ``{% if a %}title="A"{% else %}title="B"{% endif %}``.
    """
    out: dict[tuple[str, int], Attribute] = {}
    at, last = token.start + 1 + len(token.name), token.end - 1
    chosen = text.find("%}", at, last) >= 0 or text.find(CODE_END, at, last) >= 0
    while at < last and (match := _ATTRIBUTE.match(text, at, last)):
        start, end = match.span("value")
        quote = text[start] if end > start and text[start] in "\"'" else ""
        if quote:
            start, end = start + 1, end - 1
        name = match["name"].lower()
        if chosen or "}" in name:
            name = name[max(name.rfind("}"), name.rfind(CODE_END)) + 1 :] or name
        if start < 0:
            start = end = match.end()
        out.setdefault((name, at if chosen else 0), Attribute(name, start, end, quote))
        at = match.end()
    return list(out.values())


def attribute_values(text: str, token: Token) -> dict[str, str]:
    """What the attributes of a start tag say, by their names, with their references read as browsers do."""
    return {
        attribute.name: decode(text[attribute.start : attribute.end], attribute=True)
        for attribute in attributes(text, token)
    }


def alone(text: str, token: Token) -> bool:
    """Whether a start tag ends in ``/>``, which only SVG and MathML heed."""
    if text[token.end - 2] != "/":
        return False
    items = attributes(text, token)
    return not items or items[-1].end < token.end - 1


def _is_other_writing(text: str, tag: Token) -> bool:
    """Whether a start tag begins a formula once more, in no HTML: no tag in it is read as one in HTML."""
    if tag.name != "annotation-xml":
        return False
    return attribute_values(text, tag).get("encoding", "").lower() not in _HTML_IN_MATH


def _unparsed_end(text: str, at: int, name: str) -> int:
    """Where the inside of a raw element ends: before its end tag, or with the file."""
    if name == "plaintext":
        return len(text)
    if name == "script":
        return _script_end(text, at)
    match = _closer(name).search(text, at)
    return match.start() if match else len(text)


def _script_end(text: str, at: int) -> int:
    """The same for a script, where ``<!-- <script>`` hides one end tag."""
    escaped = doubled = False
    while match := _SCRIPT.search(text, at):
        mark, at = match.group().lower(), match.end()
        if mark == "<!--":
            if not escaped:
                escaped, at = True, at - 2  # <!--> opens and closes at once
        elif mark == "-->":
            escaped = doubled = False
        elif mark == "<script":
            doubled = escaped
        elif doubled:
            doubled = False
        else:
            return match.start()
    return len(text)


@cache
def _closer(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?={_WS}|[/>])", re.IGNORECASE)
