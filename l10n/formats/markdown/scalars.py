"""The texts in front matter, in every way YAML, TOML and JSON may quote them: read and written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias

from l10n import inline, segment
from l10n.inline import VALUE, Run
from l10n.model import Segment
from l10n.patterns import lazy_pattern


@dataclass(frozen=True, slots=True)
class Scalar:
    """Where a value stands: ``start`` to ``end`` with its quotes, ``inner`` how many signs each has.

    ``indent`` is how far the lines of a block scalar are indented.
    """

    key: str
    style: str
    start: int
    end: int
    inner: int = 0
    indent: int = 0


Paragraph: TypeAlias = str | tuple[Run, ...]

PART = " part"
_PLAIN_STYLES = frozenset({"yaml-plain", "yaml-flow"})
# What has signs that it cannot hold, and no way to escape them, is one hole with its quotes.
_UNDIVIDED = frozenset({"toml-literal", "yaml-flow"})
_BLOCK = frozenset({"yaml-folded", "yaml-literal"})
_WHOLE = frozenset({"toml-literal", "toml-literal-lines"})
_LINES = frozenset({"yaml-literal", "toml-basic-lines", "toml-literal-lines"})
CELL = r"(?:#|//|%%|--)\|(?=[ \t\r\n]|\Z)"  # before each line of YAML in a cell of code
_FOLD = rf"(?P<fold>[ \t]*+(?:\r?\n[ \t]*+(?:{CELL}[ \t]*+)?)++)"
_HEX = r"x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<long>[0-9A-Fa-f]{8})"
_PAIR = r"u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})"
_ESCAPED = re.compile(rf"\\(?:(?P<join>[ \t]*\r?\n\s*)|{_PAIR}|{_HEX}|(?P<sign>.))|{_FOLD}")
_DOUBLED = re.compile(rf"(?P<doubled>'')|{_FOLD}")
_FOLDED = re.compile(_FOLD)
_PATTERNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "yaml-double": _ESCAPED,
        "yaml-single": _DOUBLED,
        "toml-basic": _ESCAPED,
        "toml-basic-lines": _ESCAPED,
        "json": _ESCAPED,
        "program": _ESCAPED,
    }
)
_TOML_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}
_YAML_ESCAPES = _TOML_ESCAPES | {
    "0": "\0", "a": "\a", "\t": "\t", "v": "\v", "e": "\x1b", " ": " ", "/": "/",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_ESCAPES: Mapping[str, Mapping[str, str]] = {
    "yaml": _YAML_ESCAPES, "toml": _TOML_ESCAPES, "json": _TOML_ESCAPES | {"/": "/"},
    "prog": _TOML_ESCAPES | {"'": "'", "`": "`"},
}  # fmt: skip
_TEMPLATE = re.compile(r"\{\{[^{}\\\r\n]*+\}\}|\{%[^{%\\\r\n]*+%\}")
_OPENS_TEMPLATE = re.compile(r"\{(?=[{%])")
_BRACE = "\ufdd0"  # in place of a brace that a target has: a noncharacter, which no text holds
_BREAK = re.compile(r"[\r\n\x85\u2028\u2029]+")
_LIST = re.compile(r"[-+*#>|]|[0-9]+[.)]")
_REST = r"(?:(?!:(?:[ \t]|\Z)|[ \t]\#)[ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\U00010000-\U0010ffff])*"
# YAML 1.2.2, 7.3.3: no sign beyond ASCII means anything at the head of a value.
_BEYOND_ASCII = r"[\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\U00010000-\U0010ffff]"
_FIRST = rf"[A-Za-z(]|(?!\d){_BEYOND_ASCII}|[\d$](?=[^\r\n]*(?: [^\W\d_]{{2}}|[^\W\d_\x00-\x7f]))"
_PLAIN = lazy_pattern(rf"(?:{_FIRST}){_REST}")
_PLAIN_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
_FLOW = re.compile(r"[,\[\]{}]|:\Z")  # YAML 1.2.2, 7.3.3: what ends an unquoted value between brackets
_PLAIN_UNSAFE = re.compile(r"(?<=:)[ \t]|[ \t](?=#)")
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_CLOSES_LITERAL = re.compile(r"'(?='|\Z)|(?:\A|(?<='))'")  # three in a row would, and nothing escapes them
_AROUND = re.compile("[`{}<>]")
_TO_ESCAPE = re.compile(rf"[\"\\{_BRACE}]|{_UNSHOWN.pattern}")


def cut(scalar: Scalar, text: str, locale: str) -> Iterator[tuple[int, tuple[str | Segment, ...]]]:
    """The parts of a value, a paragraph at a time, each with where it starts.

    A value of one sentence is a hole with its quotes, so that a target may need others.  Nothing
    comes of one that is not certain, or holds no words.
    """
    start, end = scalar.start + scalar.inner, scalar.end - scalar.inner
    paragraphs = read(scalar.style, text[start:end], scalar.indent)
    words = "".join(
        run.text for paragraph in paragraphs or () if not isinstance(paragraph, str) for run in paragraph
    )
    if not paragraphs:
        return
    if scalar.style in _PLAIN_STYLES and not _is_plain(words, scalar.style):
        return
    undivided = scalar.style in _UNDIVIDED
    pieces = [
        paragraph if isinstance(paragraph, str) else segment.cut(paragraph, locale, whole=undivided)
        for paragraph in paragraphs
    ]
    if len(pieces) == 1 and len(pieces[0]) == 1 and isinstance(only := pieces[0][0], Segment):
        if scalar.style in _BLOCK:
            yield start, (replace(only, place=scalar.style + PART),)
        else:
            yield scalar.start, (replace(only, raw=text[scalar.start : scalar.end], place=scalar.style),)
    elif not undivided:
        yield from _paragraphs(pieces, start, scalar.style + PART)


def _paragraphs(
    pieces: list[str | tuple[str | Segment, ...]], at: int, place: str
) -> Iterator[tuple[int, tuple[str | Segment, ...]]]:
    for parts in pieces:
        if isinstance(parts, str):
            at += len(parts)
            continue
        if any(isinstance(part, Segment) for part in parts):
            yield at, tuple(part if isinstance(part, str) else replace(part, place=place) for part in parts)
        at += sum(len(part if isinstance(part, str) else part.raw) for part in parts)


def read(style: str, raw: str, indent: int = 0) -> list[Paragraph] | None:
    """The inside of a value as paragraphs and what parts them, None when it is no such value."""
    out: list[Paragraph] = []
    runs: list[Run] = []
    at = 0
    for match in _PATTERNS.get(style, _FOLDED).finditer(raw):
        meaning = _meaning(style, match, raw, indent)
        if meaning is None:
            return None
        runs.extend(_runs(raw[at : match.start()]))
        at = match.end()
        if _BREAK.search(meaning):
            out.extend((tuple(runs), match.group()))
            runs = []
        else:
            runs.append(Run(match.group(), meaning))
    runs.extend(_runs(raw[at:]))
    return [*out, tuple(runs)]


def said(style: str, raw: str) -> str:
    """What the inside of a value of one line says, as a key does; nothing when it is no such value."""
    paragraphs = read(style, raw) or []
    return "".join(run.text for one in paragraphs if not isinstance(one, str) for run in one)


def _runs(raw: str) -> Iterator[Run]:
    """Words with what a template puts in them locked, and with addresses and the like."""
    at = 0
    for match in _TEMPLATE.finditer(raw) if "{" in raw else ():
        yield from inline.split_locked_values(raw[at : match.start()])
        yield Run(match[0], match[0], VALUE, "template", "template")
        at = match.end()
    yield from inline.split_locked_values(raw[at:])


def _meaning(style: str, match: re.Match[str], raw: str, indent: int) -> str | None:
    """What an escape or a line end says: a line break parts paragraphs; None when it is an error."""
    groups = match.groupdict()
    if (fold := groups["fold"]) is not None:
        return _folds(style, fold, raw[match.end() : match.end() + 12], indent)
    if groups.get("doubled"):
        return "'"
    return _unescaped(style, groups)


def _unescaped(style: str, groups: Mapping[str, str | None]) -> str | None:
    if groups["join"] is not None:
        return "" if style in {"yaml-double", "toml-basic-lines"} else None
    if groups["sign"]:
        return _ESCAPES[style[:4]].get(groups["sign"])
    if groups["high"] and groups["low"]:
        pair = bytes.fromhex(groups["high"] + groups["low"])
        return pair.decode("utf-16-be") if style == "json" else None
    number = int(groups["x"] or groups["u"] or groups["long"] or "", 16)
    is_known = (groups["u"] or (groups["x"] and style == "yaml-double")) or (
        groups["long"] and style != "json"
    )
    return chr(number) if is_known and number < 0x110000 and not 0xD800 <= number < 0xE000 else None


def _folds(style: str, fold: str, following: str, indent: int) -> str | None:
    """What a line end between two lines says: a blank, or an end of paragraph."""
    if style in {"toml-basic", "json", "program"} or (style == "toml-literal"):
        return None
    deeper = style in _BLOCK and len(fold) - 1 - fold.rfind("\n") > indent
    item = style in _LINES and _LIST.match(following)
    return "\n" if fold.count("\n") > 1 or deeper or item else " "


def _is_plain(value: str, style: str) -> bool:
    """Whether YAML reads an unquoted value as this very text, on the safe side."""
    if value != value.strip(" \t") or value.lower() in _PLAIN_WORDS:
        return False
    if style == "yaml-flow" and _FLOW.search(value):
        return False
    return _PLAIN().fullmatch(value) is not None


def encode(part: Segment, target: str) -> str:
    """A target as the value it stands for or is a part of, in the style of its source.

    A whole value is quoted where its style cannot hold the target.  In a part of an unquoted
    value a blank that would end it becomes a no-break space.  Line breaks become blanks.
    Raises CodeError when the codes are not those of the source.
    """
    value = _BREAK.sub(" ", inline.render_target(target, part.codes, _without_templates))
    style = part.place.removesuffix(PART)
    written = _whole(style, value) if style == part.place else _part(style, value)
    return written.replace(_BRACE, "{")


def _without_templates(words: str) -> str:
    return _OPENS_TEMPLATE.sub(_BRACE, words.replace(_BRACE, "\ufffd"))


def _whole(style: str, value: str) -> str:
    is_printable = _BRACE not in value and not _UNSHOWN.search(value)
    if style in _PLAIN_STYLES and is_printable and _is_plain(value, style):
        return value
    if style == "yaml-single" and is_printable:
        return "'" + value.replace("'", "''") + "'"
    if style in _WHOLE and is_printable and "'" not in value:
        quote = "'" if style == "toml-literal" else "'''"
        return f"{quote}{value}{quote}"
    if style == "program":
        return f'"{_in_program(value)}"'
    quote = '"""' if style == "toml-basic-lines" else '"'
    return f"{quote}{_escaped(value)}{quote}"


def _part(style: str, value: str) -> str:
    value = value.strip(" \t")
    if style == "program":
        return _in_program(value)
    if style in {"yaml-double", "toml-basic", "toml-basic-lines", "json"}:
        return _escaped(value)
    value = _UNSHOWN.sub(lambda match: " " if match.group() == "\t" else "\ufffd", value)
    if style == "yaml-single":
        return value.replace("'", "''")
    if style == "yaml-plain":
        return _plainly(value)
    if style == "toml-literal-lines":
        return _CLOSES_LITERAL.sub("’", value)
    return value or "\xa0"  # a line that begins with a blank would be further in than the others


def _plainly(value: str) -> str:
    """Words in the middle of an unquoted value, which ``: `` and `` #`` would end."""
    value = _PLAIN_UNSAFE.sub("\xa0", value)
    first = value[:1]
    head = "" if first == "" or first.isalnum() or not first.isascii() or first == "(" else "\xa0"
    return head + value + ("\xa0" if value.endswith(":") else "")


def _escaped(value: str) -> str:
    """Words between double quotes, as YAML, TOML and JSON read them alike."""
    return _TO_ESCAPE.sub(_escape, value)


def _in_program(value: str) -> str:
    """The same for a string of R or JavaScript, where no sign may be left that says something around it."""
    return _AROUND.sub(lambda sign: f"\\u{ord(sign[0]):04x}", _escaped(value))


def _escape(match: re.Match[str]) -> str:
    sign = match.group()
    if sign == _BRACE:
        return "\\u007b"
    if sign in '"\\':
        return "\\" + sign
    return "\ufffd" if "\ud800" <= sign <= "\udfff" else f"\\u{ord(sign):04x}"
