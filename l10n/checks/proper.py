"""Names of people and places, and acronyms, are spelled as in the source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from l10n.checks.pair import Example, Pair
from l10n.model import Finding, Severity

ID = "names"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "A name keeps its letters between languages of one script. A name beside another that is right, and an "
    "acronym of five letters and more, in which a letter or two are changed, are errors; a name alone gets a "
    "warning. Accents, endings, names of countries and words of the glossary may differ."
)
BAD = Example("en", "Brunson McKinley spoke.", "fr", "Bronson McKinley a pris la parole.")
GOOD = Example("en", "Brunson McKinley spoke.", "fr", "Brunson McKinley a pris la parole.")

_CHANGED = "{source} is spelled {target} here"
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LATIN = "Latn"
_SHORTEST = 5
_ACRONYM = 5
_LONGEST = 30
# Endings of words that languages share and spell each in its way: Foundation, Ministère, President.
_WORDLIKE = re.compile(
    r"(?:[st]i(?:on|one|ón)e?n?s?|[sc]ao|ment[eo]?s?|it[aeéy]|i[ck]|i[ck]al|i[qk]ue|ic[ao]|al[es]?|[ai]r[eyio]|"
    r"[eo]r[es]?|ents?|ente|ants?|[ai]sm[eous]*|ist[aes]*|log[yiea]+|urs?|ure[ns]?|an[oaes]?|ian[oae]?|[iy]e?s?)\Z"
)


def run(pair: Pair) -> Iterator[Finding]:
    """A finding for each name of the source that stands in the target with other letters only."""
    ours, theirs = pair.source_convention, pair.target_convention
    if ours.script != theirs.script or ours.script not in {_LATIN, "Cyrl", "Grek"}:
        return
    source, target = pair.source_plain, pair.target_plain
    wanted = _names(source.text)
    if not wanted:
        return
    given = _names(target.text)
    there = {_folded(word) for word, _, _ in given}
    asked = {_folded(word) for word, _, _ in wanted}
    fresh = [index for index, (word, _, _) in enumerate(given) if _folded(word) not in asked]
    for at, (word, start, end) in enumerate(wanted):
        if _folded(word) in there or len(word) < _SHORTEST or len(word) > _LONGEST:
            continue
        for index in fresh:
            other, begin, stop = given[index]
            if not _changed(word, other) or _explained(pair, word, other):
                continue
            severity = _severity(word, other, _beside(wanted, at, source.text), _beside(given, index, target.text))
            if severity is None:
                continue
            values = (("source", word), ("target", other))
            place = source.span(start, end)
            yield Finding(ID, severity, _CHANGED, *target.span(begin, stop), None, values, *place)
            fresh.remove(index)
            break


def _names(text: str) -> list[tuple[str, int, int]]:
    """Words with a capital, without those that only begin a sentence, unless a name follows them."""
    return [
        (found.group(), found.start(), found.end())
        for found in _TOKEN.finditer(text)
        if found.group()[0].isupper()
    ]


def _beside(names: list[tuple[str, int, int]], at: int, text: str) -> set[str]:
    """The names right before and after one, folded."""
    found = set()
    word, start, end = names[at]
    if at and text[names[at - 1][2] : start] in {" ", "\u00a0", ". "}:
        found.add(_folded(names[at - 1][0]))
    if at + 1 < len(names) and text[end : names[at + 1][1]] in {" ", "\u00a0", ". "}:
        found.add(_folded(names[at + 1][0]))
    return found


def _severity(word: str, other: str, before: set[str], after: set[str]) -> Severity | None:
    if word.isupper() and other.isupper():
        return SEVERITY if len(word) >= _ACRONYM and len(word) == len(other) else None
    if word.isupper() or other.isupper():
        return None
    if _WORDLIKE.search(_folded(word)) or _WORDLIKE.search(_folded(other)):
        return None
    if {name for name in before & after if len(name) > 2}:
        return SEVERITY
    return Severity.WARNING if len(word) > _SHORTEST and not _cognate(_folded(word), _folded(other)) else None


def _changed(word: str, other: str) -> bool:
    """Whether one is the other with a letter or two changed, and not in its ending only."""
    one, two = _folded(word), _folded(other)
    if one == two or abs(len(one) - len(two)) > 1:
        return False
    stem = min(len(one), len(two)) - (2 if max(len(one), len(two)) > 5 else 1)
    if one[:stem] == two[:stem] and not (word.isupper() and other.isupper()):
        return False
    return _distance_at_most_one(one, two) or _transposed(one, two)


def _distance_at_most_one(one: str, two: str) -> bool:
    short, long_ = sorted((one, two), key=len)
    at = 0
    while at < len(short) and short[at] == long_[at]:
        at += 1
    if len(short) == len(long_):
        return short[at + 1 :] == long_[at + 1 :]
    return short[at:] == long_[at + 1 :]


def _transposed(one: str, two: str) -> bool:
    if len(one) != len(two):
        return False
    places = [at for at in range(len(one)) if one[at] != two[at]]
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and one[places[0]] == two[places[1]]
        and one[places[1]] == two[places[0]]
    )


# Letters that the same word has in two languages: Organization, Organisation; Direktor, Director.
_KIN = frozenset(map(frozenset, ("sz", "ck", "cz", "iy", "uo", "fp", "vw", "cs", "cq", "ae", "ij", "kq", "gj", "bv", "dt", "xs", "ei", "ao", "cg")))


def _cognate(one: str, two: str) -> bool:
    """Whether the difference is one of spelling between languages: kin letters, or one letter more."""
    if len(one) != len(two):
        return True
    differing = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    return len(differing) == 1 and frozenset(differing[0]) in _KIN


def _explained(pair: Pair, word: str, other: str) -> bool:
    """Whether a glossary or the names of countries have the two as each other's."""
    if pair.glossary is not None:
        said = {term.target.lower() for term in pair.glossary.entries if word.lower() in term.source.lower()}
        if any(other.lower() in target for target in said):
            return True
    return _folded(word) in _countries(pair.source_convention.language) or _folded(other) in _countries(
        pair.target_convention.language
    )


@lru_cache(maxsize=32)
def _countries(language: str) -> frozenset[str]:
    """The words in the names of countries and languages (Unicode CLDR), folded."""
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415  slow, rarely needed

    try:
        known = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return frozenset()
    names = (*known.territories.values(), *known.languages.values())
    return frozenset(_folded(word) for name in names for word in _TOKEN.findall(str(name)))


@lru_cache(maxsize=512)
def _folded(word: str) -> str:
    """In small letters without accents."""
    if word.isascii():
        return word.lower()
    pieces = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in pieces if not unicodedata.combining(letter))
