"""HTML in MDX: tags with values that would end them in HTML, and expressions among the words."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from l10n.formats.markdown import markup, scalars
from l10n.formats.markdown.masking import written_over
from l10n.formats.markdown.programs import braces, values_in_tags
from l10n.formats.markdown.scalars import Scalar
from l10n.model import Code, Hole, Kind, Unit

Values = Sequence[tuple[int, int]]
"""Where values between braces start and end."""

_TELLING = re.compile(r"[<>\"'`=]")
_FIRST = 0xE000
_MOST = 0x1900
# A string of JavaScript and nothing else, without escapes that JSON does not know.
_STRING = re.compile(
    r"\{\s*(?P<words>\"(?:[^\"\\\r\n]|\\[\"\\/bfnrtu])+\"|'[^'\"\\\r\n]+'|`[^`\"\\$\r\n]+`)\s*\}"
)
_SIGN = re.compile(r"[\"'`<>&\\]")
_TAG = re.compile(r"<!--[\s\S]*?-->|</?[A-Za-z](?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+>")
_HIDDEN = re.compile("(?:<%=?)?([\ue000-\uf8ff])\\1*+(?:%>)?")
_SHORTEST = 5  # of an expression that has room for the signs around another


def block(html: str, locale: str, *, mdx: bool = False) -> tuple[str | Unit, ...]:
    """A block of HTML taken apart as ``markup.block`` does it, with values in braces kept whole.

    While it is read, such a value is a row of one private character that the block has nowhere else.  In
    ``mdx`` all between braces is an expression, which among words is read as one of a template.
    """
    values = [span for span in values_in_tags(html) if _TELLING.search(html, *span)] if "={" in html else []
    among = [*_expressions(html)] if mdx and "{" in html else []
    if not (values or among) or len(values) + len(among) > _MOST or _HIDDEN.search(html):
        return markup.block(html, locale)
    return _read(html, sorted([*values, *among]), frozenset(among), locale)


def holes(tag: str, locale: str) -> tuple[Hole, ...]:
    """The words in the attributes of a tag that stands in a line, also those of strings in braces."""
    values = values_in_tags(tag) if "={" in tag else []
    if not values or len(values) > _MOST or _HIDDEN.search(tag):
        return markup.holes(tag, locale)
    hidden = _hidden(tag, values, ())
    found = [replace(hole, unit=_unit(hole.unit, tag, values)) for hole in markup.holes(hidden, locale)]
    said = _said(tag, hidden, values, locale)
    found += [Hole(at, at + len(unit.raw), unit) for at, unit in said if unit.segments]
    return tuple(sorted(found, key=lambda hole: hole.start))


def masked(tag: str) -> str:
    """A tag as the parser sees it, with signs of no meaning in place of what HTML does not have."""
    out: list[str] = []
    at = 0
    for start, end in values_in_tags(tag):
        out += [tag[at:start], written_over(tag[start:end])]
        at = end
    return "".join([*out, tag[at:]])


def _expressions(html: str) -> Iterator[tuple[int, int]]:
    """Where expressions stand among the words of a block."""
    words: list[str] = []
    at = 0
    for start, end in values_in_tags(html):
        words += [html[at:start], " " * (end - start)]
        at = end
    closed = braces(_TAG.sub(lambda tag: " " * len(tag[0]), "".join([*words, html[at:]])))
    at = 0
    for start in sorted(closed):
        if start >= at and closed[start] - start >= _SHORTEST:
            at = closed[start]
            yield start, at


def _read(
    html: str, values: Values, among: Container[tuple[int, int]], locale: str
) -> tuple[str | Unit, ...]:
    hidden = _hidden(html, values, among)
    parts = markup.block(hidden, locale)
    said = [*_said(html, hidden, values, locale)]
    out: list[str | Unit] = []
    at = 0
    for part in parts:
        if isinstance(part, str):
            out += _with_said(html, at, at + len(part), said)
            at += len(part)
        else:
            out.append(_unit(part, html, values))
            at += len(part.raw)
    return tuple(out)


def _said(html: str, hidden: str, values: Values, locale: str) -> Iterator[tuple[int, Unit]]:
    """What values that are strings say to readers (``title={"…"}``), each with where it starts.

    Which they are is told by the block with the same words between quotes.
    """
    strings = [string for value in values if (string := _STRING.fullmatch(html, *value))]
    at = 0
    for part in markup.block(_quoted(hidden, strings), locale) if strings else ():
        string = next((one for one in strings if one.start() <= at < one.end()), None)
        if string and isinstance(part, Unit) and part.kind is Kind.ATTRIBUTE:
            scalar = Scalar(part.name, "program", *string.span("words"), inner=1)
            for start, parts in scalars.cut(scalar, html, locale):
                yield start, Unit(parts, Kind.ATTRIBUTE, part.line, part.name)
        at += len(part if isinstance(part, str) else part.raw)


def _quoted(hidden: str, strings: Sequence[re.Match[str]]) -> str:
    """A block with each value that is a string as HTML would quote it, without signs that mean something."""
    out: list[str] = []
    at = 0
    for string in strings:
        out += [hidden[at : string.start()], '"', _SIGN.sub(" ", string[0][1:-1]), '"']
        at = string.end()
    return "".join([*out, hidden[at:]])


def _with_said(html: str, start: int, end: int, said: Sequence[tuple[int, Unit]]) -> Iterator[str | Unit]:
    """A stretch of the skeleton with the units in it."""
    for at, unit in said:
        if start <= at < end and unit.segments:
            yield html[start:at]
            yield unit
            start = at + len(unit.raw)
    yield html[start:end]


def _hidden(html: str, values: Values, among: Container[tuple[int, int]]) -> str:
    out: list[str] = []
    at = 0
    for number, (start, end) in enumerate(values):
        sign = chr(_FIRST + number)
        row = sign * (end - start)
        if (start, end) in among:
            shows = "=" if len(row) > _SHORTEST else ""
            row = f"<%{shows}{row[len(shows) + 4 :]}%>"
        out += [html[at:start], row]
        at = end
    return "".join([*out, html[at:]])


def _shown(text: str, html: str, values: Values) -> str:
    """A text with what was hidden put back."""
    return _HIDDEN.sub(lambda match: html[slice(*values[ord(match[1]) - _FIRST])], text)


def _unit(unit: Unit, html: str, values: Values) -> Unit:
    """A unit with what was hidden put back in it; offsets stay, since nothing changed its length."""

    def code(old: Code) -> Code:
        return replace(
            old,
            opening=_shown(old.opening, html, values),
            closing=None if old.closing is None else _shown(old.closing, html, values),
            value=_shown(old.value, html, values),
            holes=tuple(replace(hole, unit=_unit(hole.unit, html, values)) for hole in old.holes),
        )

    parts = (
        _shown(part, html, values)
        if isinstance(part, str)
        else replace(part, raw=_shown(part.raw, html, values), codes=tuple(map(code, part.codes)))
        for part in unit.parts
    )
    return replace(unit, parts=tuple(parts))
