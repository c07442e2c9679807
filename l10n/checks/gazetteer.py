"""Countries and cities by the names that each language has for them (Unicode CLDR)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from l10n.checks.words import among

_SHORTEST = {"zh": 2, "ja": 3}  # characters of a name where no spaces are written
_SHORTEST_SPACED = 4
_ENDS = {"ru": "(?:[аяуюеыийь]|[оеё][йм]|ам|ами|ах|ям|ями|ях|ью)?"}
_RUSSIAN_VOWELS = "аяыиьй"
_ARTICLES = ("ال", "the ", "la ", "le ", "les ", "l’")
_STEM = 5


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text and the places it may stand for, in codes of CLDR: Тунис is a country and a city."""

    places: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    """The names of one language.

    ``names`` maps a name to its places, ``stems`` a place to what its forms begin with; ``fronts`` are the
    first words of all, in small letters.
    """

    names: dict[str, frozenset[str]]
    stems: dict[str, frozenset[str]]
    pattern: re.Pattern[str]
    fronts: frozenset[str]


def named(text: str, language: str) -> tuple[Named, ...]:
    """The countries and cities that a text names in full, the longest name where several fit."""
    known = _gazetteer(language)
    if known is None or (known.fronts and known.fronts.isdisjoint(among(text))):
        return ()
    return _found(text, language)


def hinted(places: frozenset[str], text: str, language: str) -> bool:
    """Whether a text has any form of the name of one of the places, or a word that begins like it."""
    known = _gazetteer(language)
    if known is None:
        return True
    said = _folded(text)
    return any(stem in said for place in places for stem in known.stems.get(place, ("",)))


@lru_cache(maxsize=512)
def _found(text: str, language: str) -> tuple[Named, ...]:
    known = _gazetteer(language)
    if known is None:
        return ()
    return tuple(Named(known.names[one[1]], *one.span(1)) for one in known.pattern.finditer(text))


@cache
def _gazetteer(language: str) -> _Gazetteer | None:
    """The names of a language; None for one in which CLDR names no places."""
    names: dict[str, set[str]] = {}
    for place, name in _names(language).items():
        names.setdefault(name, set()).add(place)
    if not names:
        return None
    spaced = language not in _SHORTEST
    stems: dict[str, set[str]] = {}
    for name, places in names.items():
        for place in places:
            stems.setdefault(place, set()).add(_stem(name) if spaced else name)
    for place, words in _others().get(language, {}).items():
        stems.setdefault(place, set()).update(_folded(word.replace("_", " ")) for word in words.split())
    known = {name: frozenset(all_) for name, all_ in names.items() if len(name) >= _shortest(language)}
    ends = _ENDS.get(language, "")
    if ends:
        known = {
            (name[:-1] if name[-1] in _RUSSIAN_VOWELS else name): places for name, places in known.items()
        }
    said = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    front, end = (r"(?<![\w/-])", r"(?![\w/-])") if spaced else ("", "")
    if language == "ar":
        front += "[وفبكل]?"
    fronts = frozenset(re.split(r"[\W\d_]", name.lower())[0] for name in known)
    return _Gazetteer(
        known,
        {place: frozenset(words) for place, words in stems.items()},
        re.compile(f"{front}({said}){ends}{end}"),
        fronts if spaced and language not in {"ar", *_ENDS} else frozenset(),
    )


def _names(language: str) -> dict[str, str]:
    """The name of each place that is not unsure, without what stands in brackets."""
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415  slow, rarely needed

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {}
    unsure = frozenset(_others()["unsure"]["places"].split())
    names = {
        code: _bare(str(name))
        for code, name in locale.territories.items()
        if len(code) == 2 and code.isalpha() and code not in unsure
    }
    # English and others leave out the cities that are called like their zone.
    for zone in map(str, Locale.parse("ru").time_zones):
        if "/" in zone and zone not in unsure and zone.rpartition("/")[0] not in unsure:
            said = locale.time_zones.get(zone, {}).get("city", zone.rpartition("/")[2].replace("_", " "))
            names[zone] = _bare(str(said))
    return {place: name for place, name in names.items() if name}


def _shortest(language: str) -> int:
    return _SHORTEST.get(language, _SHORTEST_SPACED)


def _without_end(name: str) -> str:
    """A Russian name without the letter that other cases have another for."""
    return name[:-1] if name[-1] in _RUSSIAN_VOWELS else name


def _bare(name: str) -> str:
    return re.sub(r"\s*[(（].*", "", name).partition(" - ")[0].strip()


def _stem(name: str) -> str:
    """What the longest word of a name begins with, and what is derived from it as well."""
    said = _folded(name)
    for article in _ARTICLES:
        said = said.removeprefix(article)
    longest = max(re.split(r"[\s’'-]", said), key=len)
    return longest[: max(_SHORTEST_SPACED, min(_STEM, len(longest) - 2))]


@lru_cache(maxsize=256)
def _folded(text: str) -> str:
    """In small letters without accents."""
    pieces = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in pieces if not unicodedata.combining(letter)).replace("'", "’")


@cache
def _others() -> dict[str, dict[str, str]]:
    path = files(__name__.rpartition(".")[0]).joinpath("places.toml")
    return tomllib.loads(path.read_text("utf-8"))
