"""Lines that say whose a text or a picture is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from l10n.conventions.copied import everywhere
from l10n.formats.text.lines import ITEM, WORDS, Line, is_date, is_stamp, words
from l10n.patterns import one_of

# Behind a sentence: whose picture it tells of.
_CREDIT = re.compile(r"(?<=[.!?…。！？।])\s?(?:[(（\[][^()（）\[\]]{2,60}[)）\]]|©[^.!?。！？।©]{2,60})$")
_LONGEST_CREDIT = 8
_INITIAL = re.compile(r"[\s.(（][^\W\d_a-z]\.$")


def names_writer(lines: Sequence[Line], at: int) -> bool:
    """Whether a line names who wrote the text, right above the day: "di Anna Bianchi"."""
    below = lines[at + 1].content if at + 1 < len(lines) else ""
    return (
        below != ""
        and (is_date(below) or is_stamp(below))
        and _byline().fullmatch(lines[at].content) is not None
    )


@cache
def _byline() -> re.Pattern[str]:
    """It begins small, as no title does."""
    return re.compile(rf"{one_of(everywhere().by)}(?:\s[^\W\d_a-zà-ÿ][\w.'’-]{{0,20}}){{1,4}}")


def without_credit(text: str) -> str:
    """A caption without the name of who took the picture, in brackets or after the sign of copyright."""
    return _CREDIT.sub("", text) if text[-1] in ")）]" or "©" in text else text


def is_credit(text: str) -> bool:
    """Whether a line says only whose a picture is: "© OIM/Roy"."""
    return text[0] == "©" and not any(map(str.isdecimal, text)) and words(text) <= _LONGEST_CREDIT


def goes_on(before: Line, line: Line, *, single: bool) -> bool:
    """Whether a line ends what stands in brackets since the one above, as a contact of two lines may.

    That one is ``single``, or ends in the initial of whoever took a picture.
    """
    return (single or _INITIAL.search(before.content) is not None) and _closes_bracket(before, line)


def _closes_bracket(before: Line, line: Line) -> bool:
    opened = before.content.rpartition("(")[2]
    closed = line.content.partition(")")
    return (
        before.shape in (WORDS, ITEM)
        and line.shape is WORDS
        and opened != before.content
        and ")" not in opened
        and bool(closed[1])
        and "(" not in closed[0]
    )
