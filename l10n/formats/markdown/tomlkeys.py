"""Where the values of chosen keys stand in TOML and JSON that their own parsers accept."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator

import tomli

from l10n.formats.markdown.scalars import Scalar

_KEY = r"(?:[A-Za-z0-9_-]++|\"(?:[^\"\\\r\n]|\\.)*+\"|'[^'\r\n]*+')"
_PATH = rf"{_KEY}(?:[ \t]*+\.[ \t]*+{_KEY})*+"
_STRINGS = (
    r"(?P<toml_basic_lines>\"\"\"(?:[^\"\\]|\\[\s\S]|\"{1,2}(?!\"))*+\"\"\"(?!\"))"
    r"|(?P<toml_literal_lines>'''(?:[^']|'{1,2}(?!'))*+'''(?!'))"
    r"|(?P<toml_basic>\"(?!\"\")(?:[^\"\\\r\n]|\\.)*+\")|(?P<toml_literal>'(?!'')[^'\r\n]*+')"
)
_TOML = re.compile(
    rf"^[ \t]*+(?:\[\[(?P<array>[^\r\n]*?)\]\]|\[[ \t]*+(?P<table>{_PATH})[ \t]*+\])"
    rf"|^[ \t]*+(?P<key>{_PATH})[ \t]*+=[ \t]*+(?:{_STRINGS})?+"
    r"|\"{3}(?:[^\"\\]|\\[\s\S]|\"{1,2}(?!\"))*+\"{3,5}|'{3}(?:[^']|'{1,2}(?!'))*+'{3,5}"
    r"|\"(?:[^\"\\\r\n]|\\.)*+\"|'[^'\r\n]*+'|#[^\r\n]*+|[\[\]{}]",
    re.MULTILINE,
)
_NAME = re.compile(_KEY)
_PLACE = re.compile(r"line (?P<line>\d+), column (?P<column>\d+)")
_JSON = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|[{}\[\]:,]")


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
    return None


def broken_json(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The same for JSON."""
    try:
        json.loads(text[start:end])
    except json.JSONDecodeError as error:
        return error.msg, start + error.pos
    except RecursionError:
        return "it is nested too deeply", start
    return None


def find_toml(text: str, start: int, end: int, keys: Container[str]) -> list[Scalar]:
    """The values of keys, each named by its path; none when it does not parse."""
    try:
        tomli.loads(text[start:end].replace("\r\n", "\n"))
    except (tomli.TOMLDecodeError, RecursionError):
        return []
    return list(_toml(text, start, end, keys))


def _toml(text: str, start: int, end: int, keys: Container[str]) -> Iterator[Scalar]:
    table = ""
    arrays: set[str] = set()
    depth = 0
    for match in _TOML.finditer(text, start, end):
        sign = match.group()
        if depth or sign in {"{", "}", "[", "]"}:
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(sign.strip(), 0)
        elif match["array"] is not None:
            table = _within(match["array"], arrays).removesuffix(".-")
            arrays.add(table)
            table += ".-."
        elif match["table"]:
            table = _within(match["table"], arrays) + "."
        elif match["key"] and (style := match.lastgroup) and style != "key":
            key = table + _path(match["key"])
            if key in keys:
                width = 3 if style.endswith("lines") else 1
                yield Scalar(key, style.replace("_", "-"), *match.span(style), width)


def _path(written: str) -> str:
    return ".".join(name.strip("\"'") for name in _NAME.findall(written))


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
    return list(_json(text, start, end, keys))


def _json(text: str, start: int, end: int, keys: Container[str]) -> Iterator[Scalar]:
    path: list[str] = []
    lists: list[bool] = []
    key, is_value = "", False
    for match in _JSON.finditer(text, start, end):
        sign = match.group()
        if sign in "{[":
            path.append("-" if lists and lists[-1] else key)
            lists.append(sign == "[")
            is_value = False
        elif sign in "}]":
            path.pop()
            lists.pop()
            is_value = False
        elif sign in ":,":
            is_value = sign == ":"
        elif not is_value:
            key = sign[1:-1]
        elif (path_of_key := ".".join((*path[1:], key))) in keys:
            yield Scalar(path_of_key, "json", match.start(), match.end(), 1)
