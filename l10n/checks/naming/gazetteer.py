"""Countries, cities and regions by the names that each language has for them.

They are those of Unicode CLDR, of `cities.tsv` and of `regions.tsv`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from l10n.checks.naming import cities, cldr, transliteration
from l10n.checks.reading.arabic import LEANING
from l10n.checks.reading.data_files import table
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import spans, word_list, word_set
from l10n.patterns import lazy_pattern

_SHORTEST = {"zh": 2, "ja": 3}  # characters of a name where no spaces are written
_SHORTEST_SPACED = 4
_FRONT = 3  # letters of a name by which it is looked for
_WORD_START = re.compile(r"(?<![\w/-])\w")
_ENDS = {"ru": "(?:[аяуюеыийь]|[оеё][йвм]|ам|ами|ах|ям|ями|ях|ью)?"}
_GENITIVE = "de"  # Ghanas
_ISLAND = "Island"  # Iceland in German, and the end of English names: Norfolk Island
_CAPITAL_BEFORE = re.compile(r"[A-ZÄÖÜ][a-zß-ÿ’'-]+ \Z")
_FAR = 40
_SAME_LETTER = ("ё", "е")  # Russian mostly writes it without its points
_RUSSIAN_VOWELS = "аяыиьй"
_LONGEST_OF_ONE_FORM = 5  # letters: Бари, Сочи, Чили, Гаити
_ARTICLES = ("ال", "the ", "la ", "le ", "les ", "l’")
_STEM = 5
_CODE = 2  # letters of that of a country
_SURELY = 2  # characters of names that are no end or beginning of another word
_BESIDE = "_/-"
# 瑞士法郎 are Swiss francs and speak of no country.
_NO_CURRENCY = "(?!法郎|英镑|镑|元|克朗|卢布|卢比|比索|先令|第纳尔|里亚尔|盾)"
_NO_MOSAIC = "(?:(?<!马赛)|(?!克))"  # 马赛 is Marseille
_CAPITALS = lazy_pattern(r"(?<!\w)[A-ZА-Я]{2,4}(?!\w)")
# What has the short name of a country in it and speaks of none: days, currencies, measures.
_NO_HINT = lazy_pattern(r"\d日|日(?:元|期|前|后)|美元|英[镑里尺寸亩]|法[郎律院官庭]")


class Named(NamedTuple):
    """A name in a text and the places it may stand for, in codes of CLDR: Тунис is a country and a city."""

    places: frozenset[str]
    start: int
    end: int


@per_text
def named(text: str, language: str) -> tuple[Named, ...]:
    """The countries and cities that a text names in full, the longest name where several fit."""
    if not _places(language):
        return ()
    if _by_form(language):
        return tuple(_in_form(text, language))
    if _fronts(language).keys().isdisjoint(word_set(text)):
        return ()
    return tuple(_as_written(text, language))


def hinted(places: frozenset[str], text: str, language: str) -> bool:
    """Whether a text has any form of the name of one of the places, or a word that begins like it."""
    if not _names(language):
        return True
    searched = _folded(_NO_HINT().sub("", text) if language == "zh" else text)
    if any(_begins(stem, searched, language) for place in places for stem in _stems(place, language)):
        return True
    initials = frozenset().union(*(_initials(place, language) for place in places))
    return bool(initials) and not initials.isdisjoint(_CAPITALS().findall(text))


def _begins(stem: str, text: str, language: str) -> bool:
    """Whether a text has a stem; a short one at the head of a word only: "obras" is no Brazil.

    Or behind the part of a land that a language writes on to its front: Nordchina, Südpolen.
    """
    if len(stem) > _SHORTEST_SPACED or language in _SHORTEST or language == "ar":
        return stem in text
    at = text.find(stem)
    while at > 0 and text[at - 1].isalpha() and not text.endswith(_written_on(language), 0, at):
        at = text.find(stem, at + 1)
    return at >= 0


@cache
def _written_on(language: str) -> tuple[str, ...]:
    """What a language writes on to the front of a land's name, in small letters without accents."""
    return tuple(table("gazetteer")["written_on"].get(language, "").split())


def same_place(word: str, language: str, other_word: str, other_language: str) -> bool:
    """Whether two words of two languages may be names of the same place."""
    return not _may_name(word, language).isdisjoint(_may_name(other_word, other_language))


def _may_name(word: str, language: str) -> frozenset[str]:
    """The places that a word may name, also where it is another word too."""
    sure = frozenset(place for name in named(word, language) for place in name.places)
    return sure | _unsure(language).get(word, frozenset())


@cache
def _unsure(language: str) -> dict[str, frozenset[str]]:
    """The places of names that are other words too."""
    by_name: dict[str, frozenset[str]] = {}
    for place, names in cities.names(language).items():
        for name in names:
            if name.endswith(cities.UNSURE):
                bare = name.rstrip(cities.UNSURE)
                by_name[bare] = by_name.get(bare, frozenset()) | {place}
    return by_name


def _by_form(language: str) -> bool:
    """Whether a name has forms in a language, or stands within a run of letters."""
    return language in _SHORTEST or language == "ar" or language in _ENDS


def _as_written(text: str, language: str) -> Iterator[Named]:
    """Names that stand in a text as they are, the longest where several begin."""
    fronts, places = _fronts(language), _places(language)
    covered_to = 0
    for word, start in [(word, start) for word, start, _ in spans(text) if word in fronts]:
        if start < covered_to or (start and _goes_on(text[start - 1])):
            continue
        for name in fronts[word]:
            end = start + len(name)
            if name == _ISLAND and _CAPITAL_BEFORE.search(text, max(0, start - _FAR), start):
                continue
            if language == _GENITIVE and text[end : end + 1] == "s":
                end += 1
            if text.startswith(name, start) and not _goes_on(text[end : end + 1]):
                yield Named(places[name], start, end)
                covered_to = end
                break


def _goes_on(beside: str) -> bool:
    """Whether a character beside a name makes another word of it."""
    return beside.isalnum() or (bool(beside) and beside in _BESIDE)


def _in_form(text: str, language: str) -> Iterator[Named]:
    """Names that have forms, have small words written on to them, or stand within a run of letters."""
    places, fronts, end = _places(language), _first_letters(language), _end(language)
    text = text.replace(*_SAME_LETTER) if language in _ENDS else text
    size = _SHORTEST.get(language, _FRONT)
    covered_to = 0
    for start in range(len(text)) if language in _SHORTEST else _starts(text, language):
        if start < covered_to:
            continue
        for name in fronts.get(text[start : start + size], ()):
            if text.startswith(name, start) and end.match(text, start + len(name)):
                stop = start + len(name)
                if language == "zh" and _is_of_a_longer_name(text, start, stop, covered_to, places[name]):
                    continue
                covered_to = stop
                yield Named(places[name], start, covered_to)
                break


def _is_of_a_longer_name(text: str, start: int, end: int, free: int, places: frozenset[str]) -> bool:
    """Whether Chinese characters of a city are some of a longer foreign name: 罗马 in 佩德罗马蒂尔.

    One character of names beside it may be another word's: 抵达巴黎.  ``free`` is where another place ends.
    """
    if any(len(place) == _CODE for place in places):
        return False
    if "·" in {text[start - 1 : start], text[end : end + 1]}:
        return True
    for begin, stop in transliteration.transcribed(text):
        if begin <= start and end <= stop:
            other_begins = text[end : end + _SHORTEST["zh"]] in _first_letters("zh")
            return (stop - end >= _SURELY and not other_begins) or start - max(begin, free) >= _SURELY
    return False


def _starts(text: str, language: str) -> Iterator[int]:
    """Where a word begins, and where it does without what Arabic writes on to its front."""
    for match in _WORD_START.finditer(text):
        if language == "ar" and text[match.start()] in LEANING:
            yield from (match.start(), match.start() + 1)
        else:
            yield match.start()


@cache
def _end(language: str) -> re.Pattern[str]:
    """What may stand behind a name."""
    if language == "zh":
        return re.compile(_NO_CURRENCY + _NO_MOSAIC)
    return re.compile(_ENDS.get(language, "") + ("" if language in _SHORTEST else r"(?![\w/-])"))


@cache
def _first_letters(language: str) -> dict[str, list[str]]:
    """The names by what they begin with, the longest first."""
    fronts: dict[str, list[str]] = {}
    size = _SHORTEST.get(language, _FRONT)
    for name in sorted(_places(language), key=len, reverse=True):
        fronts.setdefault(name[:size], []).append(name)
    return fronts


@cache
def _places(language: str) -> dict[str, frozenset[str]]:
    """The places by name, Russian ones without the letter that other cases have another for."""
    by_name: dict[str, set[str]] = {}
    for place, name in _names(language).items():
        if language not in table("gazetteer")["unsure"].get(place, "").split():
            by_name.setdefault(name, set()).add(place)
    for place, names in cities.names(language).items():
        for name in names:
            if not name.endswith(cities.UNSURE):
                by_name.setdefault(name, set()).add(place)
    by_written: dict[str, frozenset[str]] = {}
    for name, places in by_name.items():
        if len(name) >= _shortest(language):
            written = _without_end(name.replace(*_SAME_LETTER)) if language in _ENDS else name
            by_written[written] = by_written.get(written, frozenset()) | places
    return by_written


@cache
def _fronts(language: str) -> dict[str, list[str]]:
    """The names by their first word in small letters, the longest first."""
    fronts: dict[str, list[str]] = {}
    for name in sorted(_places(language), key=len, reverse=True):
        front = name.partition(" ")[0].lower()
        fronts.setdefault(front if front.isalpha() else word_list(name)[0], []).append(name)
    return fronts


@lru_cache(maxsize=1 << 12)
def _stems(place: str, language: str) -> frozenset[str]:
    """What the forms of a place's name begin with; nothing at all where the language has no name for it."""
    stems = {_folded(word.replace("_", " ")) for word in _other_names(place, language) if not word.isupper()}
    names = [_names(language).get(place, ""), *cities.names(language).get(place, ())]
    for name in filter(None, (name.rstrip(cities.UNSURE) for name in names)):
        stems.add(name if language in _SHORTEST else _stem(name))
        if language in _ENDS:
            stems.add(_folded(_without_end(name))[:_STEM])
    return frozenset(stems) or frozenset({""})


@lru_cache(maxsize=1 << 12)
def _initials(place: str, language: str) -> frozenset[str]:
    """What a place is called in capitals: "US" is one, and "us" is none."""
    return frozenset(filter(str.isupper, _other_names(place, language)))


def _other_names(place: str, language: str) -> list[str]:
    names: str = table("gazetteer").get(language, {}).get(place, "")
    return names.split()


@cache
def _names(language: str) -> dict[str, str]:
    """The name of each place that is not unsure."""
    unsure = frozenset(table("gazetteer")["unsure"]["places"].split())
    return {
        place: name
        for place, name in cldr.names(language).items()
        if place not in unsure and place.rpartition("/")[0] not in unsure
    }


def _shortest(language: str) -> int:
    return _SHORTEST.get(language, _SHORTEST_SPACED)


def _without_end(name: str) -> str:
    """A Russian name without the letter that other cases have another for; Бари has one form only."""
    if name[-1] == "и" and len(name) <= _LONGEST_OF_ONE_FORM:
        return name
    return name[:-1] if name[-1] in _RUSSIAN_VOWELS else name


def _stem(name: str) -> str:
    """What the longest word of a name begins with, and what is derived from it as well."""
    bare = _folded(name)
    for article in _ARTICLES:
        bare = bare.removeprefix(article)
    longest = max(re.split(r"[\s’'-]", bare), key=len)
    return longest[: max(_SHORTEST_SPACED, min(_STEM, len(longest) - 2))]


@per_text
def _folded(text: str) -> str:
    """In small letters without accents."""
    pieces = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in pieces if not unicodedata.combining(letter)).replace("'", "’")
