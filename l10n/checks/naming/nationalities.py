"""Adjectives and names of nationalities: Canadian, канадский; `nationals.tsv`.

A line has a country and, in each language of the first line, what its words begin with, in small letters.
The line `ends` has what may follow; a Russian word may have any of up to three letters, _ stands between
two words (South African, sud-africain).  Words that mean something else as well (Arabic for Mali's is
"financial") are left out, and so are those of several countries (Congolese, Guinean).
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import repeat

from l10n.checks.naming.gazetteer import Named
from l10n.checks.reading.arabic import FRONTS
from l10n.checks.reading.data_files import column
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import HEAD, heads, spans, word_set

_SHORTEST, _LONGEST = HEAD, 20  # letters of what such a word begins with
_ARABIC_ARTICLES = ("", "ال", "لل")
_RUSSIAN_STARTS = frozenset("аеёиоуыэюяйь")
_RUSSIAN_LONGEST = 3
_CONTINENT = "US"  # whose word is that of a continent as well
_ENDS = "ends"
# What stands before a word that then is no country's: Latin American.
_PARTS = frozenset(
    {
        "latin",
        "central",
        "south",
        "north",
        "inter",
        "pan",
        "latino",
        "centro",
        "sud",
        "nord",
        "norte",
        "sur",
        "sul",
        "trans",
        "afro",
        "euro",
        "ibero",
        "hispano",
    }
)


@per_text
def nationalities(text: str, language: str) -> tuple[Named, ...]:
    """The words of a text that are a country's, each with the code of the country."""
    fronts = _fronts(language)
    words = word_set(text)
    if not _stems(language) or (fronts.isdisjoint(words) and not _names_a_country(text, language)):
        return ()
    names = []
    before, begin, last = "", 0, 0
    for word, start, end in spans(text):
        if before in fronts and start - last == 1 and (country := _country(f"{before} {word}", language)):
            names.append(Named(frozenset({country}), begin, end))
        else:
            country = _country(word, language)
            if country and not (country == _CONTINENT and before in _PARTS):
                names.append(Named(frozenset({country}), start, end))
        before, begin, last = word, start, end
    return tuple(names)


def _names_a_country(text: str, language: str) -> bool:
    """Whether one word of a text is a country's by itself."""
    if language != "ar" and _heads(language).isdisjoint(heads(text)):
        return False
    return any(map(_country, word_set(text), repeat(language)))


@lru_cache(maxsize=1 << 14)
def _country(word: str, language: str) -> str | None:
    """The country that a word in small letters is of; asked once of words that every text repeats."""
    if language == "ar":
        return next((country for bare in _bare(word) if (country := _of(bare, language))), None)
    return _of(word, language)


def _bare(word: str) -> list[str]:
    """An Arabic word without what may be written on to its front."""
    return [
        word[len(front) + len(article) :]
        for front in FRONTS
        for article in _ARABIC_ARTICLES
        if word.startswith(front + article)
    ]


def _of(word: str, language: str) -> str | None:
    if word[:_SHORTEST] not in _heads(language):
        return None
    stems = _stems(language)
    for length in range(min(len(word), _LONGEST), _SHORTEST - 1, -1):
        country = stems.get(word[:length])
        if country and _may_end(word[length:], language):
            return country
    return None


def _may_end(end: str, language: str) -> bool:
    if language == "ru":
        return not end or (len(end) <= _RUSSIAN_LONGEST and end[0] in _RUSSIAN_STARTS)
    return not end or end in _endings(language)


@cache
def _stems(language: str) -> dict[str, str]:
    rows = column("nationals", language).items()
    return {
        stem.replace("_", " "): country
        for country, stems in rows
        if country != _ENDS
        for stem in stems.split()
    }


@cache
def _fronts(language: str) -> frozenset[str]:
    """The first words of those of two."""
    return frozenset(stem.partition(" ")[0] for stem in _stems(language) if " " in stem)


@cache
def _heads(language: str) -> frozenset[str]:
    """What the words begin with: a quick look."""
    return frozenset(stem[:_SHORTEST] for stem in _stems(language))


@cache
def _endings(language: str) -> frozenset[str]:
    return frozenset(column("nationals", language).get(_ENDS, "").split())
