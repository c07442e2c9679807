"""Months, weekdays and whole dates that a text names, in the words of its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from l10n import conventions
from l10n.checks.reading.arabic import LEANING
from l10n.checks.reading.data_files import table
from l10n.checks.reading.numerals import file_of
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import is_word, spans, word_set
from l10n.patterns import lazy_pattern

_RIVER = "rio de "  # Rio de Janeiro
_BESIDE = re.compile(r"\d[^\w,;:]{0,3}(?:de\s|of\s)?\Z")
_DAY_BEFORE = re.compile(r"(?<!\d)(\d{1,2})(?:er|st|nd|rd|th|º|°)?\.?\s(?:de\s|of\s)?\Z")
_DAY_AFTER = re.compile(r"\.?\s(\d{1,2})(?!\d)(?:st|nd|rd|th)?")
_DATE_AFTER = re.compile(r",?\s{1,2}\d")
_MORE_AFTER = re.compile(r",|\s(?:e|ou|a)\s")
_CHINESE = lazy_pattern(r"(?<!\d)(1[0-2]|0?[1-9])\s?[月월](?:\s?(3[01]|[12]\d|0?[1-9])\s?[日号號일])?")
_CHINESE_WEEKDAY = lazy_pattern(r"(?:星期|周|週|礼拜|禮拜)([一二三四五六日天])(?![年期])")
_JAPANESE_WEEKDAY = lazy_pattern(r"([月火水木金土日])曜")
_KOREAN_WEEKDAY = lazy_pattern(r"([월화수목금토일])요일")
_CHINESE_DAYS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7}
_JAPANESE_DAYS = {day: index for index, day in enumerate("月火水木金土日", 1)}
_KOREAN_DAYS = {day: index for index, day in enumerate("월화수목금토일", 1)}
_DAYS_BY_SIGN = {
    "zh": (_CHINESE_WEEKDAY, _CHINESE_DAYS),
    "yue": (_CHINESE_WEEKDAY, _CHINESE_DAYS),
    "ja": (_JAPANESE_WEEKDAY, _JAPANESE_DAYS),
    "ko": (_KOREAN_WEEKDAY, _KOREAN_DAYS),
}
_MARKED = re.compile(r"\d[./-]\d")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
# Languages whose names may be two words or have others written on to them.
_SOME_ATTACHED = frozenset({"ar", "pt", "fa", "he"})
_EAST_ASIAN = frozenset({"zh", "ja", "ko", "yue"})
_EAST_ASIAN_SIGNS = ("月", "월", "星期", "周", "週", "礼拜", "禮拜", "曜", "요일")
# Locales that write the month first, and those that do either (Unicode CLDR, short date patterns).
_MONTH_FIRST = frozenset({"en-us", "en-ph", "es-us", "es-pr", "es-pa"})
_EITHER = frozenset({"en", "en-ca", "fil", "hi-latn"})


@dataclass(frozen=True, slots=True)
class Calendar:
    """The names of one language, in small letters: ``months`` to 1..12, ``weekdays`` to 1..7 from Monday.

    ``loose`` are names that are other words too, or short forms: they count beside a number only.
    """

    months: dict[str, int] = field(default_factory=dict)
    weekdays: dict[str, int] = field(default_factory=dict)
    loose: frozenset[str] = frozenset()


class Mention(NamedTuple):
    """A month or weekday in a text; ``day`` is that of the month where one stands beside it, else 0.

    One that is not ``sure`` may be another word: Romanian "mai" is "more" as well as May.
    """

    value: int
    start: int
    end: int
    day: int = 0
    sure: bool = True


@cache
def load(language: str) -> Calendar | None:
    """The calendar of a language (a primary subtag), from its file or CLDR; None where neither has one."""
    if not language.isalpha():
        return None
    rows = file_of(language)
    return _of_cldr(language) if rows is None else _parsed(rows)


def _parsed(rows: dict[str, Any]) -> Calendar:
    def names(key: str) -> dict[str, int]:
        return {
            word.replace("_", " "): int(number)
            for number, listed in rows.get(key, {}).items()
            for word in listed.split()
        }

    return Calendar(names("months"), names("weekdays"), frozenset(rows.get("loose", "").split()))


def _of_cldr(language: str) -> Calendar | None:
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415  slow, rarely needed

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None
    months, short = (
        {
            str(name).lower().rstrip("."): number
            for context in ("format", "stand-alone")
            for number, name in locale.months[context][width].items()
            if is_word(str(name).rstrip("."))
        }
        for width in ("wide", "abbreviated")
    )
    weekdays = {
        _words_of(str(name)): number + 1
        for number, name in locale.days["format"]["wide"].items()
        if all(map(is_word, _words_of(str(name)).split(" ")))
    }
    return Calendar(
        short | months | _other_cases(language), weekdays, frozenset(short.keys() - months.keys())
    )


def _words_of(name: str) -> str:
    """A name in small letters; a joiner without width stands between two words, as a space does."""
    return name.lower().replace("\u200c", " ")


def _other_cases(language: str) -> dict[str, int]:
    """Months in cases that CLDR does not have: "w lipcu" is in July."""
    listed = table("month_cases").get(language, {})
    return {form: int(number) for number, forms in listed.items() for form in forms.split()}


@per_text
def months(text: str, language: str) -> tuple[Mention, ...]:
    """The months a text names, each with the day beside it."""
    if language in _EAST_ASIAN:
        return tuple(
            Mention(int(match[1]), match.start(), match.end(), int(match[2] or 0))
            for match in _CHINESE().finditer(text)
        )
    calendar = load(language)
    if calendar is None or _name_words(language, weekdays=False).isdisjoint(word_set(text)):
        return ()
    return tuple(_named_months(text, language, calendar))


def _named_months(text: str, language: str, calendar: Calendar) -> Iterator[Mention]:
    for name, start, end in _named(text, language, calendar.months):
        before, after = text[max(0, start - 10) : start], text[end : end + 8]
        if name in calendar.loose and not (_BESIDE.search(before) or _DAY_AFTER.match(after)):
            continue
        if before.lower().endswith(_RIVER):
            continue
        if name in {"may", "march"} and language == "en" and not _is_month(text, start, after):
            continue
        beside = _DAY_BEFORE.search(before) or _DAY_AFTER.match(after)
        day = int(beside[1]) if beside else 0
        sure = bool(beside) or name not in conventions.load(language).function_words
        yield Mention(calendar.months[name], start, end, day if day <= 31 else 0, sure)


def _is_month(text: str, start: int, after: str) -> bool:
    """Whether "May" or "March" is the month: with a capital, and not only because a sentence begins."""
    return text[start].isupper() and (
        text[:start].rstrip()[-1:] not in {"", ".", "!", "?", "“", '"'} or after[1:2].isdigit()
    )


@per_text
def weekdays(text: str, language: str) -> tuple[Mention, ...]:
    """The days of the week a text names."""
    if signs := _DAYS_BY_SIGN.get(language):
        pattern, days = signs
        return tuple(
            Mention(days[match[1]], match.start(), match.end()) for match in pattern().finditer(text)
        )
    calendar = load(language)
    if calendar is None or _name_words(language, months=False).isdisjoint(word_set(text)):
        return ()
    # "segunda e quinta-feira": the second half is said once for several.
    shared = language == "pt" and "-feira" in text.lower()
    return tuple(
        Mention(calendar.weekdays[name], start, end)
        for name, start, end in _named(text, language, calendar.weekdays)
        if name not in calendar.loose
        or _DATE_AFTER.match(text[end : end + 5])
        or (shared and _MORE_AFTER.match(text[end : end + 5]))
    )


def _named(text: str, language: str, names: dict[str, int]) -> Iterator[tuple[str, int, int]]:
    """Names of a word or two that stand in a text; Arabic writes small words on to their front."""
    seconds = _second_words(language)
    if language not in _SOME_ATTACHED and word_set(text).isdisjoint(
        seconds.union(names) if seconds else names
    ):
        return
    if not seconds and language != "ar":
        yield from [place for place in spans(text) if place[0] in names]
        return
    previous, begin = "", 0
    one: tuple[str, int, int] | None = None  # a name of one word may begin one of two
    for word, start, end in spans(text):
        if word in seconds and (two_words := f"{previous} {word}") in names:
            one = None
            yield two_words, begin, end
        else:
            if one:
                yield one
            name = _without_front(word, names) if language == "ar" else word
            one = (name, start, end) if name in names else None
        previous, begin = word, start
    if one:
        yield one


def _without_front(word: str, names: dict[str, int]) -> str:
    """A word of Arabic without the small word written on to its front, where the rest is a name."""
    if word in names:
        return word
    bare = word[1:]
    if word[0] in LEANING and bare in names:
        return bare
    return "ال" + word[2:] if word[:2] == "لل" else word


def numeric(text: str, locale: str) -> Iterator[tuple[frozenset[tuple[int, int]], int, int]]:
    """Each date in digits with its year last: what it may be as (month, day), and its place."""
    if _MARKED.search(text) is None:
        return
    tag = locale.lower()
    for match in _NUMERIC.finditer(text):
        first, second = int(match[1]), int(match[3])
        day_first, month_first = (second, first), (first, second)
        if match[2] == "." or tag not in _MONTH_FIRST | _EITHER:
            readings = {day_first}
        else:
            readings = {month_first} if tag in _MONTH_FIRST else {day_first, month_first}
        if valid := frozenset((month, day) for month, day in readings if month <= 12 and day <= 31):
            yield valid, match.start(), match.end()


def may_name(text: str, language: str) -> bool:
    """Whether a text may name a month or a day of the week: a quick look."""
    if language in _EAST_ASIAN:
        return any(sign in text for sign in _EAST_ASIAN_SIGNS)
    return not _name_words(language).isdisjoint(word_set(text))


@cache
def _name_words(language: str, *, months: bool = True, weekdays: bool = True) -> frozenset[str]:
    """Every word that is a name of the calendar or the end of one, as it may stand in a text."""
    calendar = load(language)
    if calendar is None:
        return frozenset()
    names = (calendar.months.keys() if months else set()) | (calendar.weekdays.keys() if weekdays else set())
    ends = {name.rpartition(" ")[2] for name in names}
    if language != "ar":
        return frozenset(ends)
    leaning = {front + end for front in LEANING for end in ends}
    return frozenset(ends | leaning | {"لل" + end[2:] for end in ends if end.startswith("ال")})


@cache
def _second_words(language: str) -> frozenset[str]:
    """The second words of names of two."""
    calendar = load(language)
    names = (*calendar.months, *calendar.weekdays) if calendar is not None else ()
    return frozenset(name.rpartition(" ")[2] for name in names if " " in name)


def has_chinese_dates(language: str) -> bool:
    """Whether months are written as a number and a character."""
    return language in _EAST_ASIAN
