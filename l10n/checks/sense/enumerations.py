"""Count the items of enumerations with commas: coffee, cocoa, cotton and timber."""

from __future__ import annotations

import re

from l10n.checks.reading.remembered import per_text
from l10n.patterns import WORD_MARKS

_FEWEST = 3
_ITEM = r"[^\W\d_]+(?:[ \u00a0-][^\W\d_]+)?"
# An article or a preposition goes before the item in some languages: de l’eau, di farina.
_LEANING = (
    r"(?:(?:de|du|des|di|del|dei|delle|la|le|les|los|las|el|il|lo|o|a|os|as|do|da|dos|das"
    r"|l['’]|d['’]|dell['’])[ ]?)*"
)
_AND = "and|et|y|e|ed|und|sowie|и|och|en|og"
_SPACED = re.compile(
    rf"{_ITEM}(?:, {_LEANING}{_ITEM})+,? (?:{_AND}) (?!(?:{_AND})\b){_LEANING}[^\W\d_]+", re.IGNORECASE
)
# A comma behind which nothing but words stands until the last item: a quick look.
_LAST = re.compile(rf", (?:[^\W\d_]|[ \u00a0'’-])+,? (?:{_AND}) ", re.IGNORECASE)
_CHINESE = re.compile(r"[^\W\d_]{1,12}(?:、[^\W\d_]{1,8})+(?:以及|[和及与或][^\W\d_])?")
# Arabic writes "and" on to each item; a clause goes on with it as well: وإن (and that), ولا (and not).
_ARABIC_ITEM = r"[^\W\d_]+(?: (?!و)[^\W\d_]+)?"
_NEXT_CLAUSE = r"(?!(?:[إأ]ن(?:ها|ه|هم|هن|نا)?|قد|لقد|لا|لم|لن|ليس|ليست|قال|قالت|كان|كانت|هو|هي|هم|ذلك|لكن) )"
_ARABIC = re.compile(rf"{_ARABIC_ITEM}(?: و{_NEXT_CLAUSE}{_ARABIC_ITEM})+")
# Nouns in characters and katakana: a comma parts clauses too.
_JAPANESE_ITEM = "[\u30a1-\u30ff\u3005\u4e00-\u9fff]{1,12}"
_JAPANESE = re.compile(rf"{_JAPANESE_ITEM}(?:(?:、|および|及び|[とや]){_JAPANESE_ITEM})+")
_JAPANESE_AND = re.compile("および|及び|[とや]")
_HINDI_WORD = rf"[^\W\d_](?:[^\W\d_]|[{WORD_MARKS}]){{0,24}}"
_HINDI_ITEM = f"{_HINDI_WORD}(?: {_HINDI_WORD})?"
_HINDI = re.compile(rf"{_HINDI_ITEM}(?:, {_HINDI_ITEM})+,? (?:और|तथा|एवं|व|या) [^\W\d_]")
_BY_SCRIPT = {
    "Hans": (_CHINESE, "、"),
    "Hant": (_CHINESE, "、"),
    "Jpan": (_JAPANESE, "、"),
    "Arab": (_ARABIC, " و"),
    "Deva": (_HINDI, ", "),
}


@per_text
def rows(text: str, script: str) -> tuple[tuple[int, int, int], ...]:
    """The rows of three items and more that a text has: how many items, and the place of each row."""
    counted = []
    pattern, marks = _BY_SCRIPT.get(script, (_SPACED, ", "))
    if marks not in text or (pattern is _SPACED and _LAST.search(text) is None):
        return ()
    for match in pattern.finditer(text):
        row = match.group()
        count = row.count(marks) + 1
        if script == "Jpan":
            count += len(_JAPANESE_AND.findall(row))
        elif script in {"Hans", "Hant"}:
            count += bool(re.search("以及|[和及与或]", row.rpartition("、")[2][1:]))
        elif script != "Arab" and not re.search(rf", (?:{_AND}) ", row):
            count += 1
        if count >= _FEWEST:
            counted.append((count, *match.span()))
    return tuple(counted)
