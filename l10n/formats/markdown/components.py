"""The tags of MDX's components, whose values may hold what would end a tag in HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from l10n.formats.html import elements
from l10n.formats.markdown import markup, scalars
from l10n.formats.markdown.directives import values_in_tags
from l10n.formats.markdown.scalars import Scalar
from l10n.model import Code, Kind, Unit

Values = Sequence[tuple[int, int]]
"""Where values between braces start and end."""

_TELLING = re.compile(r"[<>\"'`=]")
_FIRST = 0xE000
_MOST = 0x1900
# A string of JavaScript and nothing else, without escapes that JSON does not know.
_STRING = re.compile(
    r"\{\s*(?P<words>\"(?:[^\"\\\r\n]|\\[\"\\/bfnrtu])+\"|'[^'\"\\\r\n]+'|`[^`\"\\$\r\n]+`)\s*\}"
)
_NAME = re.compile(r"\s(?P<name>[A-Za-z][\w-]{0,40})=\Z")
_TAG = re.compile(r"<(?P<name>[A-Za-z][\w.-]*)")
_LONGEST_NAME = 44
_HIDDEN = re.compile("([\ue000-\uf8ff])\\1*+")


def block(html: str, locale: str) -> tuple[str | Unit, ...]:
    """A block of HTML taken apart as ``markup.block`` does it, with values in braces kept whole.

    While it is read, such a value is a row of one private character that the block has nowhere else.
    """
    values = [span for span in values_in_tags(html) if _TELLING.search(html, *span)] if "={" in html else []
    if not values or len(values) > _MOST or _HIDDEN.search(html):
        return markup.block(html, locale)
    hidden = _hidden(html, values)
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
    """What values that are strings say to readers (``title={"…"}``), each with where it starts."""
    for start, end in values:
        string = _STRING.fullmatch(html, start, end)
        name = _NAME.search(html, max(start - _LONGEST_NAME, 0), start) if string else None
        tag = _TAG.match(hidden, hidden.rfind("<", 0, start))
        if not string or not name or not tag or not _speaks(name["name"].lower(), tag["name"]):
            continue
        scalar = Scalar(name["name"], "program", *string.span("words"), inner=1)
        for at, parts in scalars.cut(scalar, html, locale):
            yield at, Unit(parts, Kind.ATTRIBUTE, html.count("\n", 0, at) + 1, name["name"])


def _speaks(name: str, tag: str) -> bool:
    """Whether an attribute of a tag is for readers."""
    return name in elements.ANYWHERE or (
        name in elements.COMPONENT and tag[0].isupper() and tag.lower() not in elements.NO_COMPONENTS
    )


def _with_said(html: str, start: int, end: int, said: Sequence[tuple[int, Unit]]) -> Iterator[str | Unit]:
    """A stretch of the skeleton with the units in it."""
    for at, unit in said:
        if start <= at < end and unit.segments:
            yield html[start:at]
            yield unit
            start = at + len(unit.raw)
    yield html[start:end]


def _hidden(html: str, values: Values) -> str:
    out: list[str] = []
    at = 0
    for number, (start, end) in enumerate(values):
        out += [html[at:start], chr(_FIRST + number) * (end - start)]
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
