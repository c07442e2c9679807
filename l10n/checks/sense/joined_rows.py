"""Rows of items in languages that write no space, or write "and" on to the next word.

In Arabic every item but the first has its و; in Chinese and Japanese a mark of its own stands between items.
"""

from __future__ import annotations

import re

LANGUAGES = frozenset({"ar", "zh", "ja"})
_FEWEST = 3
_FOUR = 4
_CHINESE = re.compile(r"[^\W\d_]{1,12}(?:、[^\W\d_]{1,8})+(?:以及|[和及与或][^\W\d_])?")
_CHINESE_AND = re.compile("以及|[和及与或]")
# A clause goes on with an Arabic "and" as well: وإن (and that), ولا (and not).
_ARABIC_ITEM = r"[^\W\d_]+(?: (?!و)[^\W\d_]+)?"
_NEXT_CLAUSE = r"(?!(?:[إأ]ن(?:ها|ه|هم|هن|نا)?|قد|لقد|لا|لم|لن|ليس|ليست|قال|قالت|كان|كانت|هو|هي|هم|ذلك|لكن) )"
# Words that begin with the letter themselves: وزارة (a ministry), وكيل (a deputy).
_OWN = (
    "(?!(?:واجب|واحد|والد|وباء|وثائ|وثي|وجه|وجود|وحد|ورد|ورش|ورق|وزار|وزراء|وزن|وزير|وسائ|وسط|وسيل"
    "|وصف|وصول|وصي|وضع|وطن|وظائ|وظيف|وعد|وعي|وفا|وفد|وقت|وقف|وقود|وكال|وكلاء|وكيل|ولاي|ولد))"
)
_ARABIC = re.compile(rf"{_ARABIC_ITEM}(?: {_OWN}و{_NEXT_CLAUSE}{_ARABIC_ITEM})+")
# Two of them, a word each, behind a word: one of three for certain where all are written alike.
_ARABIC_THREE = re.compile(rf"(?<!\w)[^\W\d_]{{3,}} {_OWN}(و|أو )([^\W\d_]{{3,}}) {_OWN}\1([^\W\d_]{{3,}})")
_ARABIC_LINK = re.compile(rf" {_OWN}و")
_THE = "ال"
# Nouns in characters and katakana: a comma parts clauses too.
_JAPANESE_ITEM = "[\u30a1-\u30ff\u3005\u4e00-\u9fff]{1,12}"
_JAPANESE = re.compile(rf"{_JAPANESE_ITEM}(?:(?:、|および|及び|[とや]){_JAPANESE_ITEM})+")
_JAPANESE_LINK = re.compile("、|および|及び|[とや]")
# What may stand between the items of a looser row; behind its "and" item no comma goes on with it.
_LOOSE = {
    "zh": (
        re.compile("(?P<and>以及|并且|还是|或者|[和或及与并跟])|[、/&·]|－|—|(?P<end>[，,。；：！？])"),
        re.compile("(?P<and>以及|并且|还是|或者|[和或及与并跟])|(?P<comma>[，,])|(?P<end>[。；：！？])"),
    ),
    "ja": (re.compile("(?P<and>および|及び|または|[とや])|(?P<comma>[、・/&])|(?P<end>[，,。；：！？])"),),
    "ar": (re.compile(r"(?P<end>[؛.])|(?P<comma>[،,] (?:أو |و)?)|(?<!\w)(?P<and>أو |و(?=\w))|[/&–—|]"),),
}
_LONGEST = {"zh": (16, 6), "ja": (24,), "ar": (32,)}  # letters of what may be an item
_BEFORE_LINK = re.compile(r"(?:[^\W\d_]+ )?[^\W\d_]{1,12} ?\Z")
_AFTER_LINK = re.compile(r"[^\W\d_]{0,8}")
_LATIN = re.compile("[A-Za-z0-9_.+-]+ ?")
# A time or a place before a Chinese comma.
_SETTING = re.compile("[年月日时中里上下后前间来起内外]$")


def rows(text: str, language: str) -> list[tuple[int, int, int]]:
    """The rows that a text certainly has: how many items, and the place of each row."""
    if language == "ar":
        return [*_arabic(text)]
    pattern = _CHINESE if language == "zh" else _JAPANESE
    return [
        (_items(match.group(), language), *match.span())
        for match in pattern.finditer(text)
        if "、" in match[0]
    ]


def longest(text: str, language: str) -> tuple[int, int, int]:
    """The most items that anything like a row of a text may have, and its place."""
    return max(
        (
            _longest(text, pattern, letters)
            for pattern, letters in zip(_LOOSE[language], _LONGEST[language], strict=True)
        ),
        key=lambda row: row[0],
    )


def _longest(text: str, pattern: re.Pattern[str], letters: int) -> tuple[int, int, int]:
    best, begin, count, last_end, joined = (1, 0, 0), 0, 1, 0, False
    for match in pattern.finditer(text):
        if match["end"]:
            begin, count, last_end, joined = match.end(), 1, match.end(), False
            continue
        comma = bool(match.re.groupindex.get("comma") and match["comma"])
        chunk = text[last_end : match.start()]
        if (count > 1 and len(_LATIN.sub("--", chunk.strip())) > letters) or (joined and comma):
            begin, count = last_end, 1
        elif count == 1 and comma and _SETTING.search(chunk):
            begin, count, last_end, joined = match.end(), 1, match.end(), False
            continue
        joined = not comma and bool(match["and"])
        count, last_end = count + 1, match.end()
        best = max(best, (count, begin, last_end), key=lambda row: row[0])
    return _placed(text, best, pattern)


def _placed(text: str, row: tuple[int, int, int], pattern: re.Pattern[str]) -> tuple[int, int, int]:
    """A row with the end of what stands before its first link, and its last item."""
    count, begin, end = row
    link = pattern.search(text, begin)
    before = _BEFORE_LINK.search(text, begin, link.start()) if link else None
    after = _AFTER_LINK.match(text, end)
    return count, before.start() if before else begin, after.end() if after else end


def _items(row: str, language: str) -> int:
    if language == "ja":
        return len(_JAPANESE_LINK.findall(row)) + 1
    return row.count("、") + 1 + bool(_CHINESE_AND.search(row.rpartition("、")[2][1:]))


def _arabic(text: str) -> list[tuple[int, int, int]]:
    four = [
        (count, *match.span())
        for match in _ARABIC.finditer(text)
        if (count := _ARABIC_LINK.subn("", match.group())[1] + 1) >= _FOUR
    ]
    three = [
        (_FEWEST, *match.span())
        for match in _ARABIC_THREE.finditer(text)
        if match[2].startswith(_THE) == match[3].startswith(_THE)
    ]
    return four or three
