"""The currencies and units in a text, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from l10n.checks.amounts import shares
from l10n.checks.amounts.quantity_names import (
    INSIDE,
    any_currency_inside,
    currencies_of,
    currency_signs,
    currency_words,
    lexicon,
    names_unit,
    unit_of,
    unit_words,
)
from l10n.checks.reading.numerals import counted, load
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import heads, spans, word_list, word_set
from l10n.patterns import lazy_pattern

BY_NUMBER = 26
"""How many characters may stand between a number and the currency it counts: "3 milliards de livres"."""
NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
"""A number in ASCII digits, with its marks."""

_SIGN = re.compile(r"[A-Z]{0,3}[$€£¥₽₹円]|(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])|\bRs(?=\.?[ \u00a0\u202f]?[0-9])")
_SIGNS = re.compile("[$€£¥₽₹円]|Rs[. \u00a0\u202f0-9]")
_THREE_CAPITALS = re.compile("[A-Z][A-Z][A-Z]")
_DEGREES = r"degrees?|degrés?|grados?|graus?|gradi|grad|градус(?:а|ов)?|درجات|درجة"
_UNIT = re.compile(rf"\d[\s\u00a0\u202f-]?(?:°\s?|(?:{_DEGREES})\s)?([^\W\d_]+)", re.IGNORECASE)
# What follows a word of scale: 4.3 million tonnes, 3 millions de tonnes.
_SCALED = lazy_pattern(r"[\s\u00a0\u202f]?(?:d[e’'][\s\u00a0]?|di[\s\u00a0])?([^\W\d_]+)")
# The letters of a unit on which Chinese and Japanese write on: 38.5°C者.
_SIGN_FRONT = lazy_pattern(r"[a-zµ]+(?=[^\Wa-zµ\d_])")
# What makes a square or a cubic one of a unit: square kilometres, Quadratkilometer; kilomètres carrés, km².
_POWERED = lazy_pattern(
    r"(?:(square|sq|quadrat|квадратн\w+|кв|平方)|(?:cubic|kubik|кубическ\w+|куб|立方))\.?[\s\u00a0]?([^\W\d_]+)",
    re.IGNORECASE,
)
_POWER_AFTER = lazy_pattern(
    r"[\s\u00a0](?:(carr[ée]s?|cuadrad[oa]s?|quadrad[oa]s?|quadrat[oaei]|مربعة?|مربعا)|cubes?|cúbic[oa]s?"
    r"|cub[oi]|مكعبة?|مكعبا)\b"
)
_POWER_FRONTS = ("squ", "sq", "qua", "ква", "кв", "平方", "cub", "kub", "куб", "立方")
_POWER_SIGNS = {"²": "²", "2": "²", "³": "³", "3": "³"}
_DIGITS = re.compile(r"\d+")
_COUNTING = frozenset("%％٪€$£¥°")
_MONEY = frozenset("€$£¥")
_SHARED = frozenset("¥円")
_LONE = frozenset({"yuan", "yen"})  # whose names are other words too in Chinese and Japanese
_LARGE = frozenset("万萬亿億百千")
_LARGE_FRONT = re.compile("[万萬亿億百千]+")
_PER_HUNDRED = frozenset(
    {
        ("per", "cent"),
        ("pour", "cent"),
        ("por", "ciento"),
        ("por", "cento"),
        ("per", "cento"),
        ("في", "المائة"),
        ("في", "المئة"),
    }
)
_NAME_POINT = "·"  # within the name of a foreigner


class Measure(NamedTuple):
    """A currency or unit in a text, with its place.

    One that is not ``sure`` only accounts for others; ``doubt`` says that its word has another meaning
    too, so that it is not missed by itself.
    """

    name: str
    start: int
    end: int
    sure: bool = True
    doubt: bool = False


@per_text
def currencies(text: str, language: str) -> tuple[Measure, ...]:
    """Signs and codes, and names; ¥ is yen or yuan, so it is a sign of both and sure of neither.

    Three capitals where nothing is counted may be another abbreviation (CAD), and 円 by itself a circle.
    """
    return tuple(_currencies(text, language))


def _currencies(text: str, language: str) -> Iterator[Measure]:
    for match in _SIGN.finditer(text) if _SIGNS.search(text) or _THREE_CAPITALS.search(text) else ():
        for name in currency_signs().get(match.group().lower(), ()) or currency_signs().get(
            match.group()[-1], ()
        ):
            idle = match.group().isascii() and match.group().isalpha() and not _DIGITS.search(text)
            yield Measure(name, *match.span(), sure=match.group()[-1] not in _SHARED and not idle)
    if language in INSIDE:
        yield from _currencies_inside(text, language)
    elif language != "ar" and currency_words(language).keys().isdisjoint(heads(text)):
        return
    elif naming := _naming_currencies(text, language):
        for word, start, end in spans(text):
            for name, doubt in naming.get(word, ()):
                yield Measure(name, start, end, not doubt or _counted(text, start), doubt)


def _naming_currencies(text: str, language: str) -> dict[str, tuple[tuple[str, bool], ...]]:
    """The words of a text that name currencies, each with what it names."""
    begun = currency_words(language)
    return {
        word: named
        for word in word_set(text)
        if (language == "ar" or word[:3] in begun) and (named := currencies_of(word, language))
    }


def _currencies_inside(text: str, language: str) -> Iterator[Measure]:
    if not any_currency_inside(language).search(text):
        return
    for name, names in lexicon(language)["currencies"].items():
        for match in names.inside.finditer(text) if names.inside is not None else ():
            counted_here = _counted(text, match.start())
            if not counted_here and _NAME_POINT in text[max(0, match.start() - BY_NUMBER) : match.start()]:
                continue  # 朱莉娅·费兰特, no rand
            unsure = name in _LONE and not counted_here
            yield Measure(name, *match.span(), sure=not unsure and match.group() not in names.unsure)


def _counted(text: str, start: int) -> bool:
    return any(map(str.isdigit, text[max(0, start - BY_NUMBER) : start]))


@per_text
def units(text: str, language: str) -> tuple[Measure, ...]:
    """Units that stand right after a number in digits; a square or cubic one is another."""
    measures = []
    for match in _unit_places(text, language):
        word, start, end, power = match[1].lower(), *match.span(1), ""
        if language in INSIDE and (sign := _SIGN_FRONT().match(word)):
            word, end = sign.group(), start + sign.end()
        if language in INSIDE and (scaled := _LARGE_FRONT.match(word)) and not unit_of(word, language):
            word, start = word[scaled.end() :], start + scaled.end()
        if word.startswith(_POWER_FRONTS) and (powered := _POWERED().match(text, start)):
            word, (start, end), power = powered[2].lower(), powered.span(2), "²" if powered[1] else "³"
        if word and word[-1] in _POWER_SIGNS:
            word, power, end = word[:-1], _POWER_SIGNS[word[-1]], end - 1
        name = unit_of(word, language) if word else ""
        if name:
            measures.append(Measure(name + (power or _power_after(text, end)), start, end))
    return tuple(measures)


def _unit_places(text: str, language: str) -> Iterator[re.Match[str]]:
    """The words that stand right after a number in digits, the scale of one, or a number in words."""
    numerals = load(language)
    if _DIGITS.search(text) is not None:
        for match in _UNIT.finditer(text):
            scaled = language not in INSIDE and match[1].lower() in numerals.scales
            after = _SCALED().match(text, match.end()) if scaled else match
            if after is not None:
                yield after
    if names_unit(text, language):
        for _, _, end in counted(text, numerals, small=True):
            after = _SCALED().match(text, end)
            if after is not None:
                yield after


def _power_after(text: str, end: int) -> str:
    """The power that stands behind a unit, as a sign or a word."""
    sign = _POWER_SIGNS.get(text[end : end + 1])
    if sign:
        return sign if not text[end + 1 : end + 2].isdigit() else ""
    after = _POWER_AFTER().match(text, end)
    return "" if after is None else "²" if after[1] else "³"


def counts(text: str, start: int, language: str) -> bool:
    """Whether a number counts money, a unit, per cent or millions: by what is written before or after it."""
    match = NUMBER.match(text, start)
    if match is None:
        return False
    after = text[match.end() : match.end() + shares.REACH].lstrip("\u00a0\u202f ")
    if after[:1] in _COUNTING or text[start - 1 : start] in _MONEY or shares.POINTED.match(text, match.end()):
        return True
    if language in INSIDE:
        return after[:1] in _LARGE or any(
            names.inside is not None and names.inside.match(after)
            for group in ("currencies", "units", "percent")
            for names in lexicon(language)[group].values()
        )
    first = word_list(after)[:1]
    if not first or not after[0].isalpha():
        return False
    word = first[0]
    return (
        (len(word) > 1 and word in load(language).scales)
        or (len(word) > 1 and word in unit_words(language))
        or bool(currencies_of(word, language))
        or word_list(after)[:2] in _PER_HUNDRED
        or lexicon(language)["percent"][""].has(word)
    )
