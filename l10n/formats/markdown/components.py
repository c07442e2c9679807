"""The tags of MDX's components, whose values may hold what would end a tag in HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from l10n.formats.markdown import markup
from l10n.formats.markdown.directives import values_in_tags
from l10n.model import Code, Unit

Values = Sequence[tuple[int, int]]
"""Where values between braces start and end."""

_TELLING = re.compile(r"[<>\"'`=]")
_FIRST = 0xE000
_MOST = 0x1900
_HIDDEN = re.compile("([\ue000-\uf8ff])\\1*+")


def block(html: str, locale: str) -> tuple[str | Unit, ...]:
    """A block of HTML taken apart as ``markup.block`` does it, with values in braces kept whole.

    While it is read, such a value is a row of one private character that the block has nowhere else.
    """
    values = [span for span in values_in_tags(html) if _TELLING.search(html, *span)] if "={" in html else []
    if not values or len(values) > _MOST or _HIDDEN.search(html):
        return markup.block(html, locale)
    parts = markup.block(_hidden(html, values), locale)
    return tuple(
        _shown(part, html, values) if isinstance(part, str) else _unit(part, html, values) for part in parts
    )


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
