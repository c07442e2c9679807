"""The names of people in a text: the family name after a given name or a title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from l10n.checks.naming import transliteration
from l10n.checks.reading import arabic
from l10n.checks.reading.data_files import table
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import letter_runs, word_set
from l10n.patterns import lazy_pattern

_NAME = r"[^\W\d_]+(?:[-'’][^\W\d_]+)*"
# Small words within a name, which are no names themselves.
_SMALL = r"(?:(?:de|da|do|dos|das|del|della|di|la|van|von|der|den|bin|ibn|al|el)[ \u00a0])*"
_INITIALS = r"(?:[^\W\d_]\.[ \u00a0]?)*"
_WORD = lazy_pattern(rf"(?<!\w){_NAME}(?!\w)")
# The family name behind a given name.
_FAMILY = lazy_pattern(rf"[ \u00a0]{_INITIALS}{_SMALL}(?P<name>{_NAME})")
# The same behind a word for a person and any given name: engineer Baraka Odhiambo, minister of trade, said.
_CALLED = lazy_pattern(
    rf"(?:(?P<apposed>(?:[ \u00a0][^\W\d_]+){{0,5}}),)?[ \u00a0](?P<given>{_NAME})[ \u00a0]"
    rf"{_INITIALS}{_SMALL}(?P<name>{_NAME})(?(apposed)(?=[,.;]|\Z))"
)
_ARTICLE = lazy_pattern(r"(?:[ae]l|аль|эль|ас|аш)-(?=\w{4})", re.IGNORECASE)
_GENITIVE = lazy_pattern(r"(?:ого|его|ой|ей|ых|их)\Z")
_ARABIC_SHORTEST = 4
_POSSESSIVE = re.compile("['’]s\\Z")
_RUSSIAN_ENDS = ("а", "у", "ом", "е", "ы", "и", "ой", "ю", "я", "ем", "ей")
_POINT = re.compile("[·・‧]")
PARTICLES = (
    r"(?:(?:de|da|do|dos|das|del|della|di|van|von|bin|bint|ibn|al|el|y)[ \u00a0]){0,3}(?:[ae]l-|аль-|эль-)?"
)
"""Inside an expression: what stands in small letters between the names of somebody, if anything does."""


def family_names(text: str, script: str) -> tuple[tuple[str, int, int], ...]:
    """The family names that are certainly names of people, with their places.

    Chinese writes a point within the names of foreigners; Arabic has no capitals, so that only what follows
    a given name is known.
    """
    if script in {"Hans", "Hant"}:
        return tuple(_pointed(text)) if _POINT.search(text) else ()
    if script not in table("persons")["given"]:
        return ()
    return _after_given(text, script)


@per_text
def _after_given(text: str, script: str) -> tuple[tuple[str, int, int], ...]:
    given_names = _given_names(script)
    cased = script != "Arab"
    family = []
    callings = _callings(script)
    behind: list[re.Match[str] | None] = []
    if not _fronts(script).isdisjoint(letter_runs(text) if cased else word_set(text)):
        behind += [_FAMILY().match(text, end) for end in _given_in(text, given_names, cased=cased)]
    if callings:
        behind += [match for match in _called(text, callings) if match["given"] not in given_names]
    for match in behind:
        if match is None:
            continue
        name = match["name"]
        if name in given_names or (cased and (not name[0].isupper() or name.isupper() or name in things())):
            continue
        if not cased and (len(name) < _ARABIC_SHORTEST or name.startswith("ال")):
            continue
        name = _POSSESSIVE.sub("", name)
        start = match.start("name")
        family.append(without_article((name, start, start + len(name))))
    return tuple(family)


def _called(text: str, callings: frozenset[str]) -> Iterator[re.Match[str]]:
    """Names of two words that stand behind a word for a person."""
    if _calling_fronts(callings).isdisjoint(word_set(text)):
        return
    for word in _WORD().finditer(text):
        if word.group().lower() not in callings:
            continue
        match = _CALLED().match(text, word.end())
        if match is None:
            continue
        given, name = match["given"], match["name"]
        folded = unicodedata.normalize("NFD", given.lower()).encode("ascii", "ignore").decode()
        if not (given[0].isupper() and name[0].isupper()) or given.isupper() or given in things():
            continue
        if (
            folded in heads()
            or given.lower() in callings
            or name.lower() in callings
            or _GENITIVE().search(given)
        ):
            continue
        yield match


def _pointed(text: str) -> Iterator[tuple[str, int, int]]:
    """What stands after the last point of a name, in characters that write foreign names."""
    for start, end in transliteration.transcribed(text):
        at = max(text.rfind(point, start, end) for point in "·・‧") + 1
        if at > start + 1 and at < end:
            yield text[at:end], at, end


@cache
def _given_names(script: str) -> frozenset[str]:
    """Given names and titles, those in Cyrillic also inflected."""
    names = frozenset(table("persons")["given"][script].split())
    if script == "Latn":  # also as they are written without accents
        names |= {
            unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()
            for name in names
            if not name.isascii()
        }
    if script == "Cyrl":
        names |= {name.rstrip("аяйьоеи") + end for name in names for end in _RUSSIAN_ENDS if len(name) > 3}
    return names | frozenset(table("persons")["titles"].get(script, "").split())


@cache
def _fronts(script: str) -> frozenset[str]:
    """The first letters of every given name and title, as words are found: a quick look."""
    words = {word if word.isalpha() else re.split(r"[^\w]", word)[0] for word in _given_names(script)}
    return frozenset(
        front + word for word in words for front in (arabic.FRONTS if script == "Arab" else ("",))
    )


@cache
def _callings(script: str) -> frozenset[str]:
    """Words for a person, in small letters."""
    return frozenset(table("persons")["callings"].get(script, "").split())


def without_article(name: tuple[str, int, int]) -> tuple[str, int, int]:
    """A name and its place without the article that not every language writes: al-Mansoori."""
    word, start, end = name
    article = _ARTICLE().match(word)
    return name if article is None else (word[article.end() :], start + article.end(), end)


def is_given(word: str) -> bool:
    """Whether a word is a given name or a title, in a script with capitals."""
    return word in _given_names("Latn") or word in _given_names("Cyrl")


def is_calling(word: str) -> bool:
    """Whether a word in small letters is one for a person, in any language of a script with capitals."""
    return word in _callings("Latn") or word in _callings("Cyrl")


@cache
def _calling_fronts(callings: frozenset[str]) -> frozenset[str]:
    return frozenset(calling.partition("-")[0] for calling in callings)


def _given_in(text: str, given_names: frozenset[str], *, cased: bool) -> Iterator[int]:
    """Where each given name or title of a text ends."""
    for word in _WORD().finditer(text):
        written, start = word.group(), word.start()
        if start and text[start - 1] in ".-":
            continue
        if written in given_names or (
            not cased and written[0] in arabic.LEANING and written[1:] in given_names
        ):
            yield word.end()
        elif f"{written}." in given_names and text.startswith(".", word.end()):
            yield word.end() + 1


@cache
def things() -> frozenset[str]:
    """What stands after a name in the name of a thing: Airport, Falls."""
    return frozenset(table("persons")["things"]["Latn"].split())


@cache
def heads() -> frozenset[str]:
    """What begins the names of things, in small letters without accents: Cruz Roja, Mar Negro."""
    return frozenset(table("persons")["things"]["heads"].split())


@cache
def of_bodies() -> frozenset[str]:
    """Words of which the names of bodies and places are made, small and without accents; translated."""
    return frozenset(table("persons")["bodies"]["Latn"].split())


@cache
def eastern() -> frozenset[str]:
    """Given names of people whose names Chinese writes in its own characters, not by their sound."""
    return frozenset(table("persons")["things"]["east"].split())
