"""The language in which a chart writes months and days: ``[$-40C]d mmmm yyyy``.

Source: ECMA-376 part 1, 18.8.31 (number formats); the numbers are those of [MS-LCID], as Python knows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from locale import windows_locale

from l10n.formats.docx.markup import Sort, Source, attributes
from l10n.formats.edits import Edit
from l10n.locale_tags import language_of

_LANGUAGE = re.compile(r"(?<=\[\$-)0{0,4}[0-9A-Fa-f]{3,4}(?=\])")


def edits(part: Source, index: int, before: str, locale: str) -> Iterator[Edit]:
    """What makes the number format at a tag that of another language, where it is that of ``before``."""
    tag = part.tags[index]
    span = attributes(part.text, tag).get("formatCode") if tag.sort is not Sort.END else None
    if tag.name == "c:formatCode" and tag.sort is Sort.START:
        span = tag.end, part.tags[index + 1].start
    if span is None:
        return
    for match in _LANGUAGE.finditer(part.text, *span):
        spoken = windows_locale.get(int(match[0], 16), "").partition("_")[0]
        if spoken == language_of(before) and (number := _number(locale)):
            yield (*match.span(), f"{number:X}")


def _number(locale: str) -> int:
    """The number of a language where most people speak it, unless its tag names a place; 0 for none."""
    from babel.core import get_global  # noqa: PLC0415  few documents have charts, and Babel takes long

    wanted = locale.replace("-", "_")
    likely = str(get_global("likely_subtags").get(wanted, wanted)).split("_")
    name = f"{likely[0]}_{likely[-1]}"
    return max((number for number, known in windows_locale.items() if known == name), default=0)
