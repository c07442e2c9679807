"""The words in a page's JSON-LD, the data that search engines read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from l10n.formats.html import expressions, script_marks, words
from l10n.formats.html.attributes import Stretch
from l10n.formats.html.tokens import Sort, Token
from l10n.inline import TEXT, Run, text_run
from l10n.model import Kind, Segment
from l10n.segment import cut

TYPE = "application/ld+json"
PLACE = "json"

_WORDS = frozenset({"headline", "alternativeHeadline", "description", "caption", "articleBody"})
# The name of a thing is for a translator where the thing is the page, what it shows or the way to it, not a
# person or a company; a text is where it answers a question or says what to do.
_HELD = {
    "name": (
        *("Article", "Posting", "Page", "CreativeWork", "Report", "Event", "VideoObject", "AudioObject"),
        *("Question", "ListItem", "HowTo", "HowToStep", "Dataset", "JobPosting", "Course"),
    ),
    "text": ("Answer", "Question", "HowToStep", "HowToDirection", "HowToTip"),
}
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\],]')
_SPECIAL = re.compile(
    r"(?P<escape>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[^u])"
    rf"|(?P<reference>{script_marks.REFERENCE.pattern})|(?P<sign>{script_marks.SIGN.pattern})"
    rf"|(?P<expression>{words.EXPRESSION})"
)
_SIGNS = frozenset('"\\{}[]:,')
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(slots=True)
class _Object:
    """An object that is open: the key whose value comes next, what it is, where its names and texts stand."""

    key: str = ""
    types: list[str] = field(default_factory=list)
    held: list[Stretch] = field(default_factory=list)

    def words(self, around: _Object | None) -> Iterator[Stretch]:
        """What it holds for a translator, now that it is known what it is.

        A thing without a type that is the item of a list's entry counts as the entry.
        """
        types = around.types if around and around.key == "item" and not self.types else self.types
        return (one for one in self.held if any(name.endswith(_HELD[one.name]) for name in types))


def is_data(tag: str) -> bool:
    """Whether the start tag of a script says that it is JSON-LD."""
    return TYPE in tag.lower()


def of_script(text: str, script: Sequence[Token]) -> list[Stretch]:
    """The words of a script, given by its tokens; none when it is not JSON-LD."""
    if script[0].name != "script" or len(script) < 2 or script[1].sort is not Sort.RAW:
        return []
    if not is_data(text[script[0].start : script[0].end]):
        return []
    return stretches(text, script[1].start, script[1].end)


def stretches(text: str, start: int, end: int) -> list[Stretch]:
    """The words in a script of JSON-LD, in order; none where it is no JSON."""
    start, end = script_marks.section(text, start, end)
    try:
        json.loads(expressions.blanked(_as_read(text[start:end])))
    except (ValueError, RecursionError):
        return []
    out: list[Stretch] = []
    open_: list[_Object | None] = []
    for token in _TOKEN.finditer(text, start, end):
        mark = token[0]
        if mark == "{":
            open_.append(_Object())
        elif mark == "[":
            open_.append(None)
        elif mark in {"}", "]"}:
            closed = open_.pop()
            if closed and closed.held:
                out.extend(closed.words(open_[-1] if open_ else None))
        elif mark == ",":
            if open_[-1]:
                open_[-1].key = ""
        elif open_:
            out.extend(_string(open_, mark, token.start() + 1))
    return sorted(out)


def _as_read(data: str) -> str:
    """Data as XML reads it in XHTML; ValueError where a reference in it means a sign of JSON's own."""
    if any(script_marks.said(one) in _SIGNS for one in script_marks.REFERENCE.findall(data)):
        raise ValueError
    return script_marks.read(data)


def _string(open_: list[_Object | None], mark: str, start: int) -> Iterator[Stretch]:
    """What a string is: a key, a type, words for a translator, or nothing to us."""
    around = open_[-1]
    if around is None:
        listed = open_[-2] if len(open_) > 1 else None
        if listed and listed.key == "@type":
            listed.types.append(json.loads(expressions.blanked(mark)))
    elif not around.key:
        around.key = json.loads(expressions.blanked(mark)) or " "
    elif around.key == "@type":
        around.types.append(json.loads(expressions.blanked(mark)))
    elif len(mark) > 2 and (around.key in _WORDS or around.key in _HELD):
        stretch = Stretch(start, start + len(mark) - 2, PLACE, Kind.METADATA, around.key)
        if around.key in _HELD:
            around.held.append(stretch)
        else:
            yield stretch


def parts(raw: str, locale: str) -> tuple[str | Segment, ...]:
    """The inside of a JSON string as skeleton and segments; a line break in it ends a sentence."""
    out: list[str | Segment] = []
    line: list[Run] = []
    for run in _runs(raw):
        if run.text == "\n":
            out.extend((*cut(line, locale, place=PLACE), run.raw))
            line = []
        else:
            line.append(run)
    return (*out, *cut(line, locale, place=PLACE))


def _runs(raw: str) -> Iterator[Run]:
    plain: list[Run] = []
    for run in _atoms(raw):
        if run.role is TEXT and run.text != "\n":
            plain.append(run)
        else:
            yield from words.locked(plain)
            plain = []
            yield run
    yield from words.locked(plain)


def _atoms(raw: str) -> Iterator[Run]:
    at = 0
    for match in _SPECIAL.finditer(raw):
        if match.start() > at:
            yield text_run(raw[at : match.start()])
        at = match.end()
        yield _special(match)
    if at < len(raw):
        yield text_run(raw[at:])


def _special(match: re.Match[str]) -> Run:
    raw = match[0]
    if match["expression"]:
        return words.expression(raw)
    if match["escape"]:
        return Run(raw, _said(raw))
    return Run(raw, script_marks.said(raw) if match["reference"] else raw[0])


def _said(escape: str) -> str:
    """What an escape says; half a surrogate pair says nothing that can be written."""
    text: str = json.loads(f'"{escape}"')
    if "\ud800" <= text <= "\udfff":
        return "\ufffd"
    if text in "\r\n":
        return "\n"
    return " " if text.isspace() and text.isascii() else _UNSEEN.sub("", text)
