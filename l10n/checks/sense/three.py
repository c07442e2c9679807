"""Enumerations of exactly three items, which are two and no enumeration any more where one is left out."""

from __future__ import annotations

import re
from functools import cache

from l10n.checks.reading.data_files import table
from l10n.checks.reading.remembered import per_text
from l10n.patterns import any_of

_WORD = r"[^\W\d_]+"
# An article or a preposition, that stands before both of the last items or before neither.
_LEANING = (
    r"(?:(?:de|du|des|di|del|dei|delle|la|le|les|los|las|el|il|lo|o|a|os|as|do|da|dos|das"
    r"|l['’]|d['’]|dell['’])[ ]?)*"
)
_CHINESE = re.compile(r"[^\W\d_]{2,}、[^\W\d_]{2,6}(?:以及|[和或及与])[^\W\d_]{2,}")
# Many write a comma between items too: 文件何时添加，更改和删除.
_CHINESE_LOOSE = re.compile(r"[^\W\d_]，[^\W\d_]{1,6}，?(?:以及|或者|[和或及与])[^\W\d_]")
# Arabic writes "and" on to each item.
_ARABIC = re.compile(r"(?<!\w)[^\W\d_]{3,} (و|أو )([^\W\d_]{3,}) \1([^\W\d_]{3,})")
_ARABIC_LOOSE = re.compile(r"(?<= )(?:و|أو )\S+(?: \S+){0,4}? (?:و|أو )\S")
# The first word of a sentence, of which at most three more stand before some place.
_OPENING = re.compile(r"(?:\A|[.!?…][\"'”’»)]?\s)[\"'“‘«(¿¡]?\s?([^\W\d_]+)(?: [\w’'-]+){0,3} \Z")
_REACH = 8  # words of an item in a looser row
_THE = "ال"


@per_text
def lists(text: str, language: str) -> bool:
    """Whether a text has one row of three that is certainly one: a word each, written alike."""
    if language == "zh":
        return text.count("、") == 1 and _CHINESE.search(text) is not None
    rows = list(_ARABIC.finditer(text) if language == "ar" else _clear(language).finditer(text))
    if len(rows) != 1:
        return False
    if language == "ar":
        return rows[0][2].startswith(_THE) == rows[0][3].startswith(_THE)
    if _is_after_setting(text, rows[0].start(2), language):
        return False
    joined_before, first, second_front, second, third_front, third = rows[0].groups()
    if joined_before:  # between Monday and Thursday, doctors and nurses
        return False
    capitals = {word[0].isupper() for word in (first, second, third)}
    return len(capitals) == 1 and bool(second_front) == bool(third_front)


def _is_after_setting(text: str, at: int, language: str) -> bool:
    """Whether the word at a place ends what a sentence opens with: when, where or what for."""
    opening = _OPENING.search(text, 0, at)
    return opening is not None and opening[1].lower() in table("three")[language]["before"].split()


@per_text
def may_list(text: str, language: str) -> int:
    """How many rows of three and more a text may have, of items of any length."""
    if language == "zh":
        return text.count("、") + len(_CHINESE_LOOSE.findall(text))
    loose = _ARABIC_LOOSE if language == "ar" else _loose(language)
    return len(loose.findall(text))


def known(language: str) -> bool:
    """Whether anything is known of how a language enumerates."""
    return language in table("three")


@cache
def _clear(language: str) -> re.Pattern[str]:
    either = any_of(table("three")[language]["and"].split())
    last = rf"{_comma(language)} {either} ({_LEANING})({_WORD})(?![’'\w-])"
    return re.compile(rf"(?<![\w’'-])({either} {_LEANING})?({_WORD}), ({_LEANING})({_WORD}){last}")


@cache
def _loose(language: str) -> re.Pattern[str]:
    row = table("three")[language]
    either = any_of(f"{row['and']} {row['also']}".split())
    return re.compile(rf",(?: [^\s,;:]+){{1,{_REACH}}}?{_comma(language)} {either} ", re.IGNORECASE)


def _comma(language: str) -> str:
    """The comma before the last item, which one language alone writes; elsewhere it parts clauses."""
    return ",?" if language == "en" else ""
