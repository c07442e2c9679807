"""Wraps long texts in PO files as GNU gettext does.

The rules are those of Unicode Standard Annex 14 in its pair table form, with gettext's own
exception that a line may end after "." or "," before a letter or markup.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate

from l10n.catalogue.quoting import escaped

_LETTERS = "A-Za-zÀ-ÖØ-öø-ʯΑ-ΡΣ-ώЀ-҂Ҋ-ԯא-תؠ-يٱ-ۓ"
_ATOM = re.compile(rf"([{_LETTERS}0-9]++| ++|\\[ntabrfv\"\\]|.)", re.DOTALL)
_TWO_WORDS = re.compile(rf"[{_LETTERS}0-9] [{_LETTERS}0-9]")
_PORTION = re.compile(r"[^\n]*+\n|[^\n]++")
_WIDE = re.compile(
    "[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff"
    "\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U0001f300-\U0001f64f\U0001f900-\U0001f9ff\U00020000-\U0003fffd]"
)
_MAYBE_MARK = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0489\u0590-\u1cff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ua66f-\uabff\ufb1e\ufe00-\ufe2f\ufeff\U00010a00-\U0001ddff"
    "\U000e0000-\U000e0fff]"
)
_UNEVEN = re.compile("[\u00ad\u0300-\u036f\u0483-\u0489\u0590-\u200f\u202a-\u206f\u20d0-\U0010ffff]")
_CLASSES = {
    "BK": "\n\v\f\x85\u2028\u2029",
    "SP": " ",
    "ZW": "\u200b",
    "WJ": "\u2060\ufeff",
    "GL": "\xa0\u2007\u2011\u202f\u034f",
    "BA": "\t|\xad\u058a\u05be\u0964\u0965\u2010\u2012\u2013\u2027\u2056\u3000"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2058\u2059\u205a\u205b\u205d\u205e\u205f",
    "BB": "´",
    "B2": "—",
    "HY": "-",
    "CL": "}\u3001\u3002\ufe11\ufe12\ufe50\ufe52\uff0c\uff0e\uff61\uff64",
    "CP": ")]",
    "EX": "!?\u05c6\u061b\u061e\u061f\u06d4\u07f9\u2762\u2763\ufe56\ufe57\uff01\uff1f",
    "IN": "\u2024\u2025\u2026\ufe19",
    "NS": "\u17d6\u203c\u203d\u2047\u2048\u2049\u3005\u301c\u303b\u303c\u309b\u309c\u309d\u309e\u30a0"
    "\u30fb\u30fd\u30fe\ufe54\ufe55\uff1a\uff1b\uff65"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶー",
    "OP": "([{\xa1\xbf\u201a\u201e",
    "QU": "\"'\xab\xbb‘’“”‛‟‹›❛❜❝❞",
    "IS": ",.:;\u037e\u0589\u060c\u060d\u07f8\u2044\ufe10\ufe13\ufe14",
    "NU": "\u066b\u066c",
    "PO": "%¢°\u0609\u060a\u060b\u066a\u2030\u2031\u2032\u2033\u2034\u2035\u2036\u2037\u2057"
    "\u20a7\u20b6\u20bb\u20be\u2103\u2109\ufe6a\uff05\uffe0",
    "PR": "$+\\£¤¥±\u2116\u2212\u2213",
    "SY": "/",
    "ZWJ": "\u200d",
}
_CATEGORIES = {
    "Nd": "NU",
    "Mn": "CM",
    "Mc": "CM",
    "Me": "CM",
    "Cc": "CM",
    "Cf": "CM",
    "Ps": "OP",
    "Pe": "CL",
    "Pi": "QU",
    "Pf": "QU",
    "Sc": "PR",
}
_NEVER = frozenset((("QU", "OP"), ("CL", "NS"), ("CP", "NS"), ("B2", "B2")))
_NEVER_BEFORE = frozenset(("WJ", "CL", "CP", "EX", "IS", "SY"))
_GLUED_BEFORE = frozenset(("BA", "HY", "NS", "QU", "ZWJ"))
_GLUED_AFTER = frozenset(("GL", "WJ", "BB", "QU"))
_GLUED = {
    "B2": frozenset({"B2"}),
    "HY": frozenset({"NU"}),
    "CL": frozenset({"PO", "PR"}),
    "CP": frozenset({"PO", "PR", "NU", "AL", "HL"}),
    "EX": frozenset({"IN"}),
    "IN": frozenset({"IN"}),
    "IS": frozenset({"NU"}),
    "NU": frozenset({"NU", "AL", "HL", "PO", "PR", "OP", "IN"}),
    "PO": frozenset({"NU", "AL", "HL", "OP"}),
    "PR": frozenset({"NU", "AL", "HL", "OP", "ID", "H2", "H3"}),
    "SY": frozenset({"NU", "HL"}),
    "AL": frozenset({"NU", "AL", "HL", "PO", "PR", "OP", "IN"}),
    "HL": frozenset({"NU", "AL", "HL", "PO", "PR", "OP", "IN"}),
    "ID": frozenset({"PO", "IN"}),
    "H2": frozenset({"PO", "IN"}),
    "H3": frozenset({"PO", "IN"}),
    "ZWJ": frozenset({"ID"}),
}
_COMPLEX = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x1950, 0x19DF), (0x1A20, 0x1AAF))
_IDEOGRAPHS = ((0x2E80, 0xA4CF), (0xF900, 0xFAFF), (0xFE30, 0xFFEF), (0x1F000, 0x1FAFF), (0x20000, 0x3FFFD))


def lines(keyword: str, text: str, width: int, prefix: str = "") -> list[str]:
    """A keyword and its text as lines of at most ``width`` columns, 0 for no limit.

    A line ends after each newline in the text, and where a word would not fit any more.
    """
    escaped_text = escaped(text)
    if "\n" in text and "\n" in text[:-1]:
        return [f'{prefix}{keyword} ""', *strings(text, width, prefix)]
    room = width - len(prefix) - len(keyword) - 3
    if (
        not width
        or 2 * len(escaped_text) <= room  # no character takes more than two columns
        or columns(escaped_text) <= room
        or not _may_be_broken(escaped_text)
    ):
        return [f'{prefix}{keyword} "{escaped_text}"']
    return [
        f'{prefix}{keyword} ""',
        *(f'{prefix}"{line}"' for line in broken(escaped_text, width - len(prefix) - 2)),
    ]


def strings(text: str, width: int, prefix: str = "") -> list[str]:
    """The lines of a text below its keyword."""
    room = width - len(prefix) - 2 if width else 0
    portions = map(escaped, _PORTION.findall(text))
    return [f'{prefix}"{line}"' for portion in portions for line in broken(portion, room)]


def _may_be_broken(escaped_text: str) -> bool:
    if _TWO_WORDS.search(escaped_text):
        return True
    return next(_ends_of_pieces(escaped_text), None) is not None


def columns(text: str) -> int:
    """How wide a text stands in a terminal: ideographs take two columns, marks none."""
    if text.isascii() or not _UNEVEN.search(text):
        return len(text)
    return len(text) + len(_WIDE.findall(text)) - sum(map(_is_mark, _MAYBE_MARK.findall(text)))


def pieces(escaped_text: str) -> Iterator[str]:
    """An escaped text, cut wherever a line may end."""
    start = 0
    for end in _ends_of_pieces(escaped_text):
        yield escaped_text[start:end]
        start = end
    yield escaped_text[start:]


def _ends_of_pieces(escaped_text: str, start: int = 0) -> Iterator[int]:
    """Where a line may end, after an offset at which a line begins or that follows a space."""
    at = start
    last = len(escaped_text) - 2 if escaped_text.endswith("\\n") else len(escaped_text)
    before, spaced = "", start > 0
    for match in _ATOM.finditer(escaped_text, start):
        atom = match[0]
        if atom[0] == " ":
            spaced = True
        else:
            opening, closing = _ends(atom)
            if opening == "CM":
                closing = "ID" if spaced else before
            elif before and at < last and _may_break(before, opening, spaced=spaced):
                yield at
            before, spaced = closing, False
        at += len(atom)


def broken(portion: str, room: int) -> Iterable[str]:
    """An escaped text as lines of at most so many columns."""
    if not room:
        return (portion,)
    width = columns(portion)
    if width <= room:
        return (portion,)
    return _cut(portion, room) if width == len(portion) else _cut_wide(portion, room)


@cache
def _line_of_prose(room: int) -> re.Pattern[str]:
    """As many words as fit, where the word that does not fit any more cannot be broken itself."""
    return re.compile(
        rf"(?>.{{1,{room}}}(?<= )(?! ))(?<=[{_LETTERS}0-9,.:;!?)>] )"
        rf"(?=(?:[(\"'“‘«]|</?\d+>)*+[{_LETTERS}0-9]++(?:['’][{_LETTERS}]++)?+"
        r"(?:</?\d+>)*+[,.:;!?)'”’»]*+(?: |\Z))"
    )


_NEAR = 12  # most words end within this distance of the margin


def _cut(portion: str, room: int) -> Iterator[str]:
    """Lines of a text with one column a character, looked at near the margin only."""
    start, count = 0, len(portion)
    line_of_prose = _line_of_prose(room).match
    while count - start > room:
        if line := line_of_prose(portion, start):
            yield line[0]
            start = line.end()
            continue
        margin = start + room
        end = _end_of_line(portion, start, portion.rfind(" ", start, margin - _NEAR) + 1, margin)
        if not end:
            break
        yield portion[start:end]
        start = end
    if start < count:
        yield portion[start:]


def _cut_wide(portion: str, room: int) -> Iterator[str]:
    """The same for a text in which a character may take two columns or none."""
    before = [0, *accumulate(map(_width, portion))]
    start, count = 0, len(portion)
    while before[count] - before[start] > room:
        margin = bisect_right(before, before[start] + room, start) - 1
        near = margin - _NEAR
        while near > start and not _stands_alone(portion, near):
            near -= 1
        end = _end_of_line(portion, start, near, margin)
        if not end:
            break
        yield portion[start:end]
        start = end
    if start < count:
        yield portion[start:]


def _stands_alone(text: str, at: int) -> bool:
    """Whether what stands before an ideograph has no bearing on where a line may end behind it."""
    return "\u4e00" <= text[at] <= "\u9fff"


def _end_of_line(portion: str, start: int, near: int, margin: int) -> int:
    """Where a line ends, looked for near the margin first and from its start where it ends nowhere there."""
    end = _last_end(portion, near, margin) if near > start else 0
    return end if 0 < end <= margin else _last_end(portion, start, margin)


def _last_end(portion: str, start: int, margin: int) -> int:
    """The last place before the margin where a line may end, else the first behind it, else 0."""
    end = 0
    for at in _ends_of_pieces(portion, start):
        if at > margin:
            return end or at
        end = at
    return end


def _may_break(before: str, after: str, *, spaced: bool) -> bool:
    if before == "ZW":
        return True
    if after in _NEVER_BEFORE or before == "OP" or (before, after) in _NEVER:
        return False
    if spaced:
        return True
    if after == "GL":
        return before in {"BA", "HY"}
    return not (after in _GLUED_BEFORE or before in _GLUED_AFTER or after in _GLUED.get(before, ()))


@cache
def _ends(atom: str) -> tuple[str, str]:
    """The line breaking classes of the first and the last character."""
    return _class(atom[0]), _class(atom[-1])


@cache
def _class(char: str) -> str:
    listed = _listed().get(char)
    if listed is not None:
        return listed
    code = ord(char)
    if any(low <= code <= high for low, high in _COMPLEX):
        return "NU" if char.isdecimal() else "AL"
    if 0xAC00 <= code <= 0xD7A3:
        return "H3" if (code - 0xAC00) % 28 else "H2"
    category = _CATEGORIES.get(unicodedata.category(char))
    if category is not None:
        return category
    if any(low <= code <= high for low, high in _IDEOGRAPHS):
        return "ID"
    return "HL" if 0x05D0 <= code <= 0x05EA else "AL"


@cache
def _width(char: str) -> int:
    """The columns of a character."""
    return 2 if _WIDE.match(char) else int(not (_MAYBE_MARK.match(char) and _is_mark(char)))


@cache
def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Me", "Cf"} or "\u1160" <= char <= "\u11ff"


@cache
def _listed() -> dict[str, str]:
    return {char: name for name, chars in _CLASSES.items() for char in chars}
