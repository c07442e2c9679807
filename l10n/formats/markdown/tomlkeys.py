"""Where the values of chosen keys stand in TOML and JSON that their own parsers accept."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator
from functools import partial

import tomli

from l10n.formats.markdown.nested import Token, bracketed, values
from l10n.formats.markdown.scalars import Scalar, said

_KEY = r"(?:[A-Za-z0-9_-]++|\"(?:[^\"\\\r\n]|\\.)*+\"|'[^'\r\n]*+')"
_PATH = rf"{_KEY}(?:[ \t]*+\.[ \t]*+{_KEY})*+"
_STRINGS = (
    r"(?P<basic_lines>\"\"\"(?:[^\"\\]|\\[\s\S]|\"{1,2}(?!\"))*+\"\"\"(?!\"))"
    r"|(?P<literal_lines>'''(?:[^']|'{1,2}(?!'))*+'''(?!'))"
    r"|(?P<basic>\"(?!\"\")(?:[^\"\\\r\n]|\\.)*+\")|(?P<literal>'(?!'')[^'\r\n]*+')"
    # lines that end with quotes of their own
    r"|\"{3}(?:[^\"\\]|\\[\s\S]|\"{1,2}(?!\"))*+\"{3,5}|'{3}(?:[^']|'{1,2}(?!'))*+'{3,5}"
)
_STATEMENT = re.compile(
    rf"[ \t]*+(?:\[[ \t]*+(?P<table>{_PATH})[ \t]*+\]|\[\[[ \t]*+(?P<array>{_PATH})[ \t]*+\]\]"
    rf"|(?P<key>{_PATH})[ \t]*+=[ \t]*+)?"
)
_TOKEN = re.compile(
    rf"\#[^\r\n]*+|(?P<mark>[{{}}\[\],])|(?P<key>{_PATH})[ \t]*+(?P<equals>=)|{_STRINGS}"
    r"|(?P<bare>[^\s\[\]{},\#\"'=][^\[\]{},\#\r\n]*+)"
)
_NAME = re.compile(_KEY)
# As many digits as Python refuses to make a number of.
_LONG_NUMBER = re.compile(r"(?<![\d_])[\d_]{4301,}+")
_PLACE = re.compile(r"line (?P<line>\d+), column (?P<column>\d+)")
_JSON = re.compile(r"(?P<text>\"(?:[^\"\\]|\\.)*+\")|[{}\[\]:,]|(?P<bare>[^\s{}\[\]:,\"]++)")


def broken_toml(text: str, start: int, end: int) -> tuple[str, int] | None:
    """What keeps TOML from being read, and the offset where; None when it parses."""
    try:
        tomli.loads(text[start:end].replace("\r\n", "\n"))
    except tomli.TOMLDecodeError as error:
        message, _, place = str(error).partition(" (at ")
        match = _PLACE.search(place)
        if not match:
            return message, end
        lines = text[start:end].splitlines(keepends=True)[: int(match["line"]) - 1]
        return message, start + sum(map(len, lines)) + int(match["column"]) - 1
    except RecursionError:
        return "it is nested too deeply", start
    except ValueError:
        return _long_number(text, start, end)
    return None


def broken_json(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The same for JSON."""
    try:
        json.loads(text[start:end])
    except json.JSONDecodeError as error:
        return error.msg, start + error.pos
    except ValueError:
        return _long_number(text, start, end)
    except RecursionError:
        return "it is nested too deeply", start
    return None


def _long_number(text: str, start: int, end: int) -> tuple[str, int]:
    """Where a number stands that Python does not read."""
    number = _LONG_NUMBER.search(text, start, end)
    return "the number is too long", number.start() if number else start


def find_toml(text: str, start: int, end: int, keys: Container[str]) -> list[Scalar]:
    """The values of keys, each named by its path; none when it does not parse."""
    try:
        tomli.loads(text[start:end].replace("\r\n", "\n"))
    except (ValueError, RecursionError):
        return []
    return list(_toml(text, start, end, keys))


def _toml(text: str, start: int, end: int, keys: Container[str]) -> Iterator[Scalar]:
    table, at = "", start
    arrays: set[str] = set()
    while at < end and (statement := _STATEMENT.match(text, at, end)):
        at = statement.end()
        if statement["array"]:
            table = _within(statement["array"], arrays).removesuffix(".-")
            arrays.add(table)
            table += ".-."
        elif statement["table"]:
            table = _within(statement["table"], arrays) + "."
        elif statement["key"] and (tokens := bracketed(_toml_tokens(text, at, end))):
            path = table + _path(statement["key"])
            found = values(tokens, path, partial(_toml_name, text)) if tokens[1:] else ((path, tokens[0]),)
            yield from _chosen(found, keys)
            at = tokens[-1].end
        at = text.find("\n", at, end) + 1 or end


def _toml_tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """A value, or what brackets hold."""
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup or ""
        if kind == "equals":
            yield Token(*match.span("key"))
            yield Token(*match.span(kind), "=")
        elif kind == "mark":
            yield Token(*match.span(), match.group())
        elif not match.group().startswith("#"):
            style = f"toml-{kind}".replace("_", "-") if kind not in {"", "bare"} else ""
            yield Token(*match.span(), style=style)


def _toml_name(text: str, token: Token) -> str:
    return _path(text[token.start : token.end])


def _chosen(found: Iterable[tuple[str, Token]], keys: Container[str]) -> Iterator[Scalar]:
    for path, token in found:
        if token.style and path in keys:
            width = 3 if token.style.endswith("lines") else 1
            yield Scalar(path, token.style, token.start, token.end, width)


def _path(written: str) -> str:
    return ".".join(map(_name, _NAME.findall(written)))


def _name(written: str) -> str:
    """A key without its quotes."""
    if written[0] == "'":
        return written[1:-1]
    return said("toml-basic", written[1:-1]) if written[0] == '"' else written


def _within(written: str, arrays: Container[str]) -> str:
    """The path of a table, with "-" for the entry of each array that it lies in."""
    out = ""
    for name in _path(written).split("."):
        out = f"{out}.{name}" if out else name
        if out in arrays:
            out += ".-"
    return out


def find_json(text: str, start: int, end: int, keys: Container[str]) -> list[Scalar]:
    """The same for JSON."""
    try:
        json.loads(text[start:end])
    except (ValueError, RecursionError):
        return []
    return list(_chosen(values(_json_tokens(text, start, end), "", partial(_json_name, text)), keys))


def _json_tokens(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _JSON.finditer(text, start, end):
        sign = match.group()
        if match.lastgroup == "text":
            yield Token(*match.span(), style="json")
        else:
            yield Token(*match.span(), "=" if sign == ":" else "" if match.lastgroup else sign)


def _json_name(text: str, token: Token) -> str:
    return said("json", text[token.start + 1 : token.end - 1])
