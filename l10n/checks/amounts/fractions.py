"""A fraction in words is the same one in the target: a half that became a third."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cache

from l10n.checks.amounts.figures import Figure
from l10n.checks.mismatches import Place, mismatch_findings
from l10n.checks.pair import Pair
from l10n.checks.reading.data_files import table
from l10n.checks.reading.digits import ascii_digits
from l10n.checks.reading.listed import may_say
from l10n.checks.reading.numerals import load
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.values import Value, of_digits
from l10n.checks.reading.words import word_list
from l10n.model import Finding
from l10n.patterns import UNSPACED, any_of

# A quarter past eight, Viertel vor neun.
_OF_AN_HOUR = r"[\s\u00a0](?:past|nach|vor)\b"
_SIGNS = {
    "½": "1/2",
    "⅓": "1/3",
    "⅔": "2/3",
    "¼": "1/4",
    "¾": "3/4",
    "⅕": "1/5",
    "⅖": "2/5",
    "⅗": "3/5",
    "⅘": "4/5",
}
_CHINESE = frozenset({"半", "分之"})  # one of which every Chinese fraction has
# A sign by itself; beside a whole number it is part of that.
_SIGN = re.compile(rf"(?<![\d])(?<!\d[ \u00a0-])[{''.join(_SIGNS)}]")
_WRITTEN = re.compile(r"(?<![\d/.,])([1-4])/(2|3|4|5|10)(?![\d/])")
# What says a fraction in figures, with or without a word for per cent.
_IN_FIGURES = {
    "1/2": ("50", "0.5"),
    "1/3": ("33", "33.3", "0.33"),
    "2/3": ("66", "67", "66.7", "66.6", "0.67"),
    "1/4": ("25", "0.25"),
    "3/4": ("75", "0.75"),
    "1/5": ("20", "0.2"),
    "2/5": ("40", "0.4"),
    "3/5": ("60", "0.6"),
    "4/5": ("80", "0.8"),
    "1/10": ("10", "0.1"),
}
_NUMBER = re.compile(r"\d+(?:[.,٫]\d+)?")
_HALF = re.compile(r"\d[.,٫]5(?!\d)|\d½")
_OF_A_SCALE = frozenset({"1/4", "3/4"})
_NEAR, _WORDS_TO_SCALE = 24, 3  # characters and words in which a scale follows: a quarter of a million
_MARK = str.maketrans(",٫", "..")


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """An error for a fraction of the source that the target lacks, where it has one that the source lacks.

    One that the other text says in figures is there: 25 % is a quarter.
    """
    source, target = pair.source_plain.text, pair.target_plain.text
    source_fractions = read(source, pair.source_convention.language)
    if not source_fractions or not pair.is_between(table("fractions")):
        return
    target_fractions = read(target, pair.target_convention.language)
    if source_fractions.keys() == target_fractions.keys():
        return
    lost = [
        place
        for value, place in source_fractions.items()
        if value not in target_fractions and not _in_figures(value, target)
    ]
    new = [
        place
        for value, place in target_fractions.items()
        if value not in source_fractions and not _in_figures(value, source)
    ]
    if lost and new:
        yield from mismatch_findings(check, pair, lost, new)


def said_in_figures(fractions: AbstractSet[str], text: str) -> set[str]:
    """Those of some fractions, written as 1/4, that a text says in figures."""
    return {value for value in fractions & _IN_FIGURES.keys() if _in_figures(value, text)}


def _in_figures(value: str, text: str) -> bool:
    """Whether a text says a fraction in figures: 1/4, 0.25 or 25; a half may be that of 2.5."""
    if any(f"{match[1]}/{match[2]}" == value for match in _WRITTEN.finditer(text)):
        return True
    numbers = {number.translate(_MARK) for number in _NUMBER.findall(ascii_digits(text))}
    return not numbers.isdisjoint(_IN_FIGURES[value]) or (value == "1/2" and _HALF.search(text) is not None)


def as_decimals(figures: Iterable[Figure]) -> frozenset[Value]:
    """The values by which other figures may say the fractions among some: 25 and 0.25 for 1/4."""
    return frozenset(
        of_digits(*decimal.partition(".")[::2])
        for figure in figures
        for decimal in _IN_FIGURES.get(figure.text, ())
    )


def said(text: str, language: str) -> frozenset[Value]:
    """The values of the fractions that a text says in words, those that a decimal writes."""
    return frozenset(
        of_digits("", _IN_FIGURES[value][-1].partition(".")[2]) for value in read(text, language)
    )


@per_text
def read(text: str, language: str) -> dict[str, Place]:
    """The fractions that a text says in words, each with its first place."""
    first_places: dict[str, Place] = {}
    if language not in table("fractions"):
        return first_places
    for match in () if text.isascii() else _SIGN.finditer(text):
        first_places.setdefault(_SIGNS[match.group()], match.span())
    if not may_say(text, language, _fronts(language)):
        return first_places
    for match in _pattern(language).finditer(text):
        word = " ".join(match.group().lower().split())
        first_places.setdefault(_values(language)[word], match.span())
    return first_places


def without(text: str, language: str) -> str:
    """The same text, as long as it was, with a mark in the place of each fraction of two words.

    One in five stays: where the words between are a noun's ("un élève sur cinq"), five is compared.  So does
    a quarter of a million, which is a number.
    """
    if language not in table("fractions") or not read(text, language):
        return text
    return _pattern(language).sub(lambda match: _marked(match, language), text)


def _marked(match: re.Match[str], language: str) -> str:
    fraction = match.group()
    words = re.split(r"[\s\u00a0-]", fraction)
    value = _values(language).get(" ".join(words).lower(), "")
    if value in _OF_A_SCALE and not load(language).scales.keys().isdisjoint(
        word_list(match.string[match.end() : match.end() + _NEAR])[:_WORDS_TO_SCALE]
    ):
        return fraction
    counted = len(words) > 2 and value.startswith("1/")
    return fraction if len(words) == 1 or counted else "|" * len(fraction)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = sorted(_values(language), key=len, reverse=True)
    either = any_of(word.replace(" ", "_") for word in words)
    spaced = rf"(?<!\w){either}(?!\w|{_OF_AN_HOUR})"
    return re.compile(either if language in UNSPACED else spaced, re.IGNORECASE)


@cache
def _values(language: str) -> dict[str, str]:
    return {
        word.replace("_", " "): value
        for value, listed in table("fractions")[language].items()
        for word in listed.split()
    }


@cache
def _fronts(language: str) -> frozenset[str]:
    """What the words for a fraction begin with."""
    if language in UNSPACED:
        return _CHINESE
    return frozenset(re.split(r"\W", word)[0] for word in _values(language))
