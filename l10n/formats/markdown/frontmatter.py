"""The metadata before a page: the few values a reader sees are translated, every other byte is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from types import MappingProxyType

from l10n.formats.markdown import scalars, tomlkeys, yamlkeys
from l10n.formats.markdown.scalars import Scalar
from l10n.model import Kind, Segment, Unit

# Hugo's, Jekyll's and Docusaurus's names of what a reader sees, by path.
KEYS = frozenset(
    {
        "title",
        "subtitle",
        "description",
        "summary",
        "excerpt",
        "linkTitle",
        "params.description",
        "params.subtitle",
        "params.summary",
        "seo.description",
        "seo.title",
    }
)
PLACES = ("yaml", "toml", "json")
_BLOCKS = (
    ("yaml", re.compile(r"---[ \t]*\r?\n"), re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)),
    ("toml", re.compile(r"\+\+\+[ \t]*\r?\n"), re.compile(r"^\+\+\+[ \t]*(?:\r?\n|\Z)", re.MULTILINE)),
    ("json", re.compile(r"(?=\{[ \t]*\r?\n)"), re.compile(r"^\}[ \t]*(?:\r?\n|\Z)", re.MULTILINE)),
)
_FIRST_LINE = re.compile(r"(?:---|\+\+\+)[^\n]*\n")
_LAST_LINE = re.compile(r"(?:---|\.\.\.|\+\+\+)[ \t]*\r?\n?\Z")
_FINDERS: Mapping[str, Callable[[str, int, int, Container[str]], list[Scalar]]] = MappingProxyType(
    {"yaml": yamlkeys.find, "toml": tomlkeys.find_toml, "json": tomlkeys.find_json}
)

encode = scalars.encode


def split(text: str) -> tuple[str, str, str]:
    """A text as (syntax, front matter with its fences, the rest); the syntax is "" without one."""
    for syntax, opening, closing in _BLOCKS:
        if (opened := opening.match(text)) and (closed := closing.search(text, opened.end())):
            return syntax, text[: closed.end()], text[closed.end() :]
    return "", "", text


def extract(syntax: str, text: str, locale: str, line: int = 1) -> Iterator[str | Unit]:
    """Front matter taken apart; ``line`` is the one it begins on."""
    at = 0
    for start, key, parts in _found(syntax, text, locale):
        line += text.count("\n", at, start)
        yield text[at:start]
        unit = Unit(parts, Kind.METADATA, line, key)
        yield unit
        at = start + len(unit.raw)
        line += text.count("\n", start, at)
    yield text[at:]


def _found(syntax: str, text: str, locale: str) -> Iterator[tuple[int, str, tuple[str | Segment, ...]]]:
    if syntax not in _FINDERS:
        return
    first, last = _FIRST_LINE.match(text), _LAST_LINE.search(text[-40:])
    start = first.end() if first else 0
    end = len(text) - len(last.group()) if last else len(text)
    for scalar in _FINDERS[syntax](text, start, end, KEYS):
        for at, parts in scalars.cut(scalar, text, locale):
            yield at, scalar.key, parts
