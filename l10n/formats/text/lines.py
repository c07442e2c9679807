"""What one line of a plain-text file is: words, an item, a quotation, a rule, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from l10n.conventions.copied import everywhere
from l10n.display_width import display_width
from l10n.formats.text import embedded, numerals
from l10n.formats.text.columns import ideographs, without_ideographs
from l10n.formats.text.numerals import Numeral


class Shape(Enum):
    """What a line looks like by itself."""

    BLANK = "blank"
    RULE = "rule"
    ITEM = "item"
    QUOTE = "quote"
    WORDS = "words"


# Python 3.11 takes ten times as long to look a member up in its class.
BLANK, RULE, ITEM, QUOTE, WORDS = Shape


class Line(NamedTuple):
    """One physical line; ``before + content + after`` is its raw text, line end included.

    ``before`` holds the indent and the bullet, number or ``>``, ``after`` trailing blanks and
    the line end.  ``marker`` is the bullet or number as written, ``indent`` the column it or
    the content starts at.
    """

    before: str
    content: str
    after: str
    shape: Shape
    marker: str = ""
    indent: int = 0


BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)")
_PHYSICAL = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++")
HEADING_SIGNS = "■□◆◇●▶►▼▣◎"
"""What marks a heading where no line beside it has it."""
_INVISIBLE = "\ufeff\u200b"
# The last three are what word processors leave of a bullet in a font of symbols.
_SIGNS = "•‣⁃▪▫◦►▶●○■□◆◇➢➤✓✔·・∙⦁➔→\uf0b7\uf0a7\uf0d8✅☑🔹🔸🔷🔶🔵🔴🟢🟡"
_LINES_OF_INITIAL = 2
_INITIAL = re.compile(r"[^\W\d_] {2,}(?=[^\W\d_])")
_BESIDE = re.compile(r" {18,}[\r\n]*")
_BULLET = re.compile(
    rf"(?:[-*+][ \t\u00a0\u3000]+|o(?:\t|[ \u00a0]{{2,}})|[{_SIGNS}]\ufe0f?[ \t\u00a0\u3000]*)(?=\S)"
)
_DASH = re.compile(r"[–—―][ \t\u00a0]+(?=\S)")
_QUOTE = re.compile(r">(?:[ \t]?>)*[ \t]*")
# What typesetters and newsrooms put on a line of its own: "- END -", "- 2 -", "Page 3 of 4".
_FRAMED = re.compile(r"[-–—*=~]{1,3}\s?(?:[^\W\d_]+(?: [^\W\d_]+){0,2}|\d{1,3}|o0o)\s?[-–—*=~]{1,3}")
_FOLIO = re.compile(r"(?:[^\W\d_]{1,9}\.?\s)?\d{1,3}\s?(?:/|[^\W\d_]{1,4}\s?(?=\d))\s?\d{1,3}")
_DIGIT = re.compile(r"\d")
_PAGE_NUMBER = re.compile(r"\s?\d{1,3}\s?")
# Headings as text browsers and wikis write them, and what leads to the page's number in a table of contents.
_HEADING = re.compile(r"(?:(?P<sign>\*{2,6}|={2,6}|[-–—~])\s+(?=\S.*\S\s+(?P=sign)$)|#{1,6}\s+(?=[^\W\d]))")
# A line that a messenger sets bold, in italics or struck through, before pictures perhaps.
_EMPHASISED = re.compile(
    r"([*_~])(?=[^\s*_~])[^*_~]*[^\s*_~](?P<end>\1[\s\u2600-\u27bf\ufe0f\U0001f300-\U0001faff]*)"
)
_SET_APART = frozenset("*=-–—~#_")
_OPENS_HEADING = re.compile(r"(\*{2,6}|={2,6})\s+")
_LEADS = re.compile(r"\. ?\. ?\.|……|____")
_LEADER = re.compile(r"\s*(?:(?:\.\s?){4,}|…{2,}|_{4,})\s*(?:\d{1,4}|[ivxlc]{1,7})$")
_LINE = 200  # characters of a line of print, and more
# What a wrapped line may begin with when its number stands on the line above.
_AMOUNT = re.compile(r"[€$£¥₹₽%‰°]")
_THIRTY = re.compile(r"[\W_]*30[\W_]*")
# The marks that open in English and French close in German, Czech and others.
_CLOSERS = "\"'”’“‘»›«‹)]}」』）】〉》*_ \t\u00a0\u202f\u202a\u202c"
_TERMINATORS = frozenset(".!?…。！？｡؟۔।॥։")
_COLONS = frozenset(":：︰")
# Vowels and signs that stand on a letter and are none to `re`: of Hebrew, Arabic and the scripts of India.
_MARKS = (
    r"\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u0900-\u0903\u093a-\u0957\u0962\u0963\u0981-\u0983\u09bc\u09be-\u09cd\u09d7\u200c\u200d"
)
_LETTERS = rf"[^\W_][\w{_MARKS}]*+"
_WORD = re.compile(rf"{_LETTERS}(?:['’.-]{_LETTERS})*+")
_HEADING_IN_BRACKETS = re.compile(r"【[^】]{1,40}】|[＜〈≪〔［][^＞〉≫〕］]{1,40}[＞〉≫〕］]")
_WAVES = ("～", "〜")
_BRACKETS = frozenset("【＜〈≪〔［")
_LOOK_AHEAD = 12
_FAR_AHEAD = 40
_DATE = re.compile(r"(?<!\d)\d{4}(?!\d)|\d[./-]\d")
_EASTERN_DAY = re.compile(r"(?:\w{2}\s?)?(?:\d{1,4}|元)年\s?\d{1,2}月\s?\d{1,2}日(?:[（(].[)）])?")
_STAMPED = re.compile(
    r"\d{1,2}\.?\s[^\W\d_]{3,12}\.?\s\d{4}|[^\W\d_]{3,12}\.?\s\d{1,2},\s\d{4}|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{4}年\d{1,2}月\d{1,2}日"
)
_STAMPED_TWICE = re.compile(rf"(?:{_STAMPED.pattern})\s?[-–—|·/(]\s?\D{{2,24}}(?:{_STAMPED.pattern})")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}(?:[:：]|[ \u00a0\u202f]?h[ \u00a0\u202f]?)\d{2}(?!\d)")
_FIELD = re.compile(r"(?<![^\s|])[^\W\d]{2,12}\s?[:：](?!//)")
_DAY = (
    r"\d{1,2}\w{0,2}\.?\s(?:de\s)?[^\W\d_]{3,12}(?:[/-][^\W\d_]{3,12})?\.?|[^\W\d_]{3,12}\.?\s\d{1,2},?"
    r"|(?:\d{4}[年년]\s?)?\d{1,2}[月월]\s?\d{1,2}[日일]"
)
_DATELINE = re.compile(
    rf"[^\W\d_][^,،，\d]{{0,40}}[,،，]\s?(?:[^\W\d_]{{1,3}}\s)?(?:{_DAY})(?:\s(?:de\s)?\d{{4}}(?:\sг(?:ода|\.))?)?"
    r"(?:\s[(/][^()/]{1,20}[)/])?(?:\s?(?:[–—―]|--?\s)|(?<=\s\d{4})\.(?:\s?[-–—]\s?|\s)(?=\S))"
)


# A place and a day: "Lima, 3 de agosto de 2026"; a day and what is told of the page.
_PLACE_AND_DAY = re.compile(
    r"[^\d,،]{2,40}[,،]\s(?:[^\W\d]{1,3}\s)?\d{1,2}[^\W\d]{0,2}\.?\s"
    # One word, and what languages put around the name of a month: 3 de mayo de, 1 كانون الثاني/يناير.
    r"(?:(?:de|di|du|of)\s)?[^\d\s,،]{2,24}(?:\s(?:de|del|do|ال[^\d\s]{2,16}))?,?\s"
    r"\d{4}(?:\.|\s[гр]\.?|\sгода|\sроку|\sr\.?|\sroku)?$"
    r"|[^\d,]{2,40},\sngày\s\d{1,2}\stháng\s\d{1,2}\snăm\s\d{4}$"
    r"|\d{1,2}\s(?:de\s)?[^\W\d]{3,20}\s(?:de\s)?\d{4}\s[^:：]{2,40}[:：]"
)


def ends_sentence(text: str) -> bool:
    """Whether a line ends with a terminator, closing marks aside."""
    return text.rstrip(_CLOSERS)[-1:] in _TERMINATORS


def ends_with_colon(text: str) -> bool:
    """Whether a line announces what follows it, as Chinese and Japanese headings in brackets do, too."""
    return text.rstrip(_CLOSERS)[-1:] in _COLONS or is_bracketed(text)


def is_bracketed(text: str) -> bool:
    """Whether a line is a heading in brackets."""
    return text[:1] in _BRACKETS and _HEADING_IN_BRACKETS.fullmatch(text) is not None


def stands_apart(line: Line) -> bool:
    """Whether a line is a heading with signs before or around it, or a subtitle between waves (～ … ～)."""
    return line.shape is WORDS and (bool(line.marker) or line.content[0] == line.content[-1] in _WAVES)


def is_flush_right(line: Line) -> bool:
    """Whether a line was printed from the right, as its signs of direction tell."""
    return line.before[-1:] in embedded.OPENING


def is_beside(line: Line) -> bool:
    """Whether a line is blank only because the words of another column stand beside it."""
    return line.shape is BLANK and _BESIDE.fullmatch(line.before) is not None


def leads_to_page(line: Line) -> bool:
    """Whether dots lead from a line to the number of a page."""
    return bool(line.after.strip().strip(embedded.CLOSING))


def is_date(text: str) -> bool:
    """Whether a line is a date, with a place perhaps, and says nothing else."""
    return (words(text) <= 5 and _DATE.search(text) is not None) or _EASTERN_DAY.fullmatch(text) is not None


def is_stamp(text: str) -> bool:
    """Whether a line only tells of the release: when it was published, by whom, how often read."""
    if words(text) > 40 or not _STAMPED.search(text) or (ends_sentence(text) and not _is_counted(text)):
        return False
    twice = _STAMPED_TWICE.search(text) is not None
    return twice or len(_FIELD.findall(text)) >= 2 or _CLOCK.search(text) is not None


def _is_counted(text: str) -> bool:
    """Whether a line has more figures than letters, so that a full stop shortens a word: "11:40 hs."."""
    return sum(map(str.isdecimal, text)) > sum(map(str.isalpha, text))


def begins_with_town(text: str) -> bool:
    """Whether a line starts with a small letter that stands for a town or a village: "г. Москва"."""
    town = next(filter(text.startswith, everywhere().towns), None)
    return town is not None and text[len(town) :].lstrip()[:1].isupper()


def is_place_and_day(text: str) -> bool:
    """Whether a line says where and when a text was written, and no more."""
    return _PLACE_AND_DAY.match(text) is not None


def has_dateline(text: str) -> bool:
    """Whether a line starts with a place and a day, as only a release's first sentence does."""
    return (not text[0].islower() or begins_with_town(text)) and _DATELINE.match(text) is not None


def goes_on(text: str) -> bool:
    """Whether a line starts as the middle of a sentence does."""
    first = text.lstrip("\"'“‘«„([ \u00a0\u202f")[:1]
    return first.islower() or text[0] in ",;.)]}»，、；）」』،؛%"


def is_initial(line: Line, following: Line) -> bool:
    """Whether a line is the one large letter a paragraph starts with, which a page sets apart."""
    letter = line.content
    return (
        line.shape is following.shape is WORDS
        and len(letter) == 1
        and letter.isupper()
        and following.content[0].islower()
    )


def initial_beside(lines: Sequence[Line]) -> str:
    """The large letter a paragraph starts with and the blanks before its word; "" where it has none.

    It takes the room of two lines: the second one starts where the word does, and the third one at the edge
    again, as none does below the letter of a list.
    """
    if len(lines) <= _LINES_OF_INITIAL or (match := _INITIAL.match(lines[0].content)) is None:
        return ""
    first, second, third = lines[: _LINES_OF_INITIAL + 1]
    placed = third.indent <= first.indent and second.indent == first.indent + len(match[0])
    return match[0] if placed and first.shape is WORDS and match[0][0].isupper() else ""


def cased(text: str) -> bool:
    """Whether a line starts in a script with capitals, so that a small letter says something."""
    first = next(filter(str.isalnum, text), "")
    return first.lower() != first.upper()


@lru_cache(maxsize=512)
def words(text: str) -> int:
    """How many words a line has; two ideographs count as one.

    Several rules ask it of the same line.
    """
    count = ideographs(text)
    if not count:
        return len(_WORD.findall(text))
    return len(_WORD.findall(without_ideographs(text))) + (count + 1) // 2


def read(text: str) -> list[Line]:
    """A file's lines; joined, they give the text back."""
    return _with_numbers(_with_dashes(_with_headings([_line(raw) for raw in physical_lines(text)])))


def physical_lines(text: str) -> list[str]:
    """Lines with their ends: CR, LF or CRLF, and nothing else that Unicode calls a line end."""
    return _PHYSICAL.findall(text)


def _line(raw: str) -> Line:
    content = raw.strip().strip(_INVISIBLE).strip()
    content = embedded.bare(content)
    if not content:
        return Line(raw, "", "", BLANK)
    start = raw.index(content)
    # A line of Arabic is flush with the right edge: its indent says only how long it is.
    flush = raw[start - 1 : start] in embedded.OPENING
    indent = display_width(raw[:start].expandtabs(4).strip(_INVISIBLE)) if start and not flush else 0
    line = Line(raw[:start], content, raw[start + len(content) :], WORDS, "", indent)
    match = _QUOTE.match(content)
    if not any(map(str.isalnum, content)) and not _AMOUNT.match(content):
        return line._replace(shape=RULE, marker=">" if match else content if len(content) == 1 else "")
    if match:
        return _marked(line, match.end(), QUOTE)
    if _is_furniture(content):
        return line._replace(shape=RULE)
    if content[0] in _SET_APART and (headed := _set_apart(line)):
        return headed
    led = content[-1].isalnum() and _LEADS.search(content)
    match = _LEADER.search(content, max(0, len(content) - _LINE)) if led else None
    if match and any(map(str.isalnum, content[: match.start()])):
        line = _without_end(line, len(match[0]))
    match = _BULLET.match(line.content)
    return _marked(line, match.end(), ITEM) if match else line


def _set_apart(line: Line) -> Line | None:
    """A line without the signs that make it a heading or set it bold, or None where it has none."""
    if match := _HEADING.match(line.content):
        headed = _marked(line, match.end(), WORDS)
        return _without_end(headed, len(match["sign"]) + 1) if match["sign"] else headed
    if match := _EMPHASISED.fullmatch(line.content):
        return _without_end(_marked(line, 1, WORDS)._replace(marker=""), len(match["end"]))
    return None


def _without_end(line: Line, size: int) -> Line:
    """A line whose last characters are none of its words."""
    content = line.content[:-size].rstrip()
    return line._replace(content=content, after=line.content[len(content) :] + line.after)


def _is_furniture(content: str) -> bool:
    """Whether a line says only where the text ends, or which page this is."""
    if not 2 < len(content) <= 32:
        return False
    if _THIRTY.fullmatch(content):
        return True
    framed = _FRAMED.fullmatch(content) is not None and not ends_sentence(content)
    return framed or _names_page(content) or bool(_FOLIO.fullmatch(content) and content[0].isalpha())


def _names_page(content: str) -> bool:
    """Whether a line says "Page 2"."""
    if not _DIGIT.search(content):
        return False
    label, count = _PAGE_NUMBER.subn("#", content)
    return count == 1 and label.casefold() in _page_labels()


@cache
def _page_labels() -> frozenset[str]:
    return frozenset(label if "#" in label else f"{label}#" for label in everywhere().pages)


def _marked(line: Line, at: int, shape: Shape) -> Line:
    before, content = line.before + line.content[:at], line.content[at:]
    return line._replace(before=before, content=content, shape=shape, marker=line.content[:at].strip())


def _with_headings(lines: list[Line]) -> list[Line]:
    """A heading between signs may go on to a second line."""
    for index, (line, following) in enumerate(pairwise(lines)):
        opening = _OPENS_HEADING.match(line.content) if line.shape is following.shape is WORDS else None
        if opening and following.content.endswith(f" {opening[1]}"):
            lines[index] = line._replace(
                before=line.before + opening[0], content=line.content[opening.end() :]
            )
            lines[index + 1] = _without_end(following, len(opening[1]))
    return lines


def _with_dashes(lines: list[Line]) -> list[Line]:
    """A line that starts with a long dash is an item after a colon, or among others, unless it is speech.

    Speech ends in a full stop, items in a semicolon, a comma or nothing, and the last of them
    in a full stop.
    """
    listing = False
    for index, line in enumerate(lines):
        if line.shape is BLANK:
            continue
        dash = _DASH.match(line.content) if line.shape is WORDS else None
        open_ended = not ends_sentence(line.content)
        if dash and listing:
            lines[index] = _marked(line, dash.end(), ITEM)
        announces = (ends_with_colon(line.content) and _lists(lines, index)) or _is_row(lines, index)
        listing = announces or (listing and open_ended)
    return lines


def _lists(lines: Sequence[Line], at: int) -> bool:
    """Whether the first line with a dash after a colon is open-ended, as items are."""
    return any(
        _DASH.match(line.content) is not None and not ends_sentence(line.content)
        for line in lines[at + 1 : at + 3]
    )


def _is_row(lines: Sequence[Line], at: int) -> bool:
    """Whether two lines with a dash, and no end of a sentence, stand right below a line without one."""
    below = [line.content for line in lines[at + 1 : at + 3] if _DASH.match(line.content)]
    return len(below) > 1 and not _DASH.match(lines[at].content) and not any(map(ends_sentence, below))


def _with_numbers(lines: list[Line]) -> list[Line]:
    """Lines numbered from one upwards are items; a number out of order is only a number."""
    numbers = [[*numerals.readings(line.content)] if line.shape is WORDS else [] for line in lines]
    expected: dict[str, int] = {}
    for index, readings in enumerate(numbers):
        for number in readings:
            if number.value == 1 and _opens_list(lines, numbers, index, number):
                expected[number.style] = 1
            if number.value == expected.get(number.style):
                expected[number.style] = number.value + 1
                lines[index] = _marked(lines[index], number.end, ITEM)
                break
    return lines


def _opens_list(
    lines: Sequence[Line], numbers: Sequence[Sequence[Numeral]], index: int, number: Numeral
) -> bool:
    """Whether a "1." may start a list: not when it goes on with a sentence and no "2." follows."""
    before = lines[index - 1] if index else None
    begins = before is None or before.shape is not WORDS or ends_sentence(before.content)
    if not number.weak and (begins or (before is not None and ends_with_colon(before.content))):
        return True
    following = numbers[index + 1 : index + (_FAR_AHEAD if number.weak and begins else _LOOK_AHEAD)]
    return any(other[:2] == (number.style, 2) for readings in following for other in readings)
