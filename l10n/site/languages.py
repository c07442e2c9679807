"""Languages as readers see them: own names, direction, dates and numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import DateTimePattern, get_date_format
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from l10n.conventions import load

# The zero of each numbering system that Babel names as a default but does not print (CLDR).
_ZEROS = {"arab": 0x660, "arabext": 0x6F0, "beng": 0x9E6, "deva": 0x966, "mymr": 0x1040}

_SCRIPT = 4  # letters of its subtag (BCP 47); a territory has two, or three digits

# What languages are called by their speakers where CLDR has the name of the country.
_NAMES = {"id": "Bahasa Indonesia", "ms": "Bahasa Melayu"}

# English of no country in particular writes 14 September 2026, as international bodies do.
_WORLD = {"en": "en-001"}


@dataclass(frozen=True, slots=True)
class Language:
    """What a page says about a language: ``code`` is its BCP 47 tag, ``name`` its own name.

    ``marks`` are the attributes of something in it, ``link_marks`` those of a link to a page in it.
    """

    code: str
    name: str
    direction: str
    marks: Markup
    link_marks: Markup


@lru_cache(maxsize=256)
def language(locale: str) -> Language:
    """The language of a locale, with its script and region when the tag names them.

    So "Português (Brasil)", and "简体中文" beside "繁體中文".
    """
    convention = load(locale)
    cldr = _babel(locale)
    name = (cldr and _by_script(locale, cldr)) or _NAMES.get(convention.language, convention.name)
    # In title case, which Georgian does not have: its capitals are for whole words.
    name = name[:1].title() + name[1:]
    region = cldr.get_territory_name() if cldr is not None and cldr.territory else None
    marks = Markup('lang="{}" dir="{}"').format(locale, convention.direction)
    link_marks = Markup('lang="{0}" hreflang="{0}" dir="{1}"').format(locale, convention.direction)
    full_name = f"{name} ({region})" if region else name
    return Language(locale, full_name, convention.direction, marks, link_marks)


@lru_cache(maxsize=256)
def network_locale(locale: str) -> str:
    """A locale as the Open Graph protocol writes it: language_TERRITORY (ogp.me), or the language alone.

    Without a territory of its own it stands for the one it is used in most (CLDR, "likely subtags").
    """
    tag, *rest = locale.split("-")
    script = next((part for part in rest if len(part) == _SCRIPT), "")
    territory = next((part for part in rest if len(part) < _SCRIPT), "")
    if not territory:
        likely = get_global("likely_subtags")
        territory = (likely.get(f"{tag}_{script}") or likely.get(tag, "")).rpartition("_")[2]
    return f"{tag}_{territory}" if territory.isalpha() else tag


def network_alternates(locale: str, others: Iterable[str]) -> tuple[str, ...]:
    """What networks are told of other languages, once each: scripts of one language are the same to them."""
    told = dict.fromkeys(network_locale(other) for other in others)
    return tuple(each for each in told if each != network_locale(locale))


def _by_script(locale: str, cldr: Locale) -> str:
    """The own name of a language in a script that its tag names, "" where it names none."""
    script = next((part.title() for part in locale.split("-")[1:] if len(part) == 4 and part.isalpha()), "")
    if not script or script not in cldr.scripts:
        return ""
    name: str | None = cldr.languages.get(f"{cldr.language}_{script}")
    return name or f"{cldr.languages.get(cldr.language, cldr.language)} ({cldr.scripts[script]})"


# A page and the lists it stands on say the same date, an archive apart.
@lru_cache(maxsize=32_768)
def date_text(date: dt.date, locale: str) -> str:
    """A date written out for a reader of ``locale``, in the digits its press uses.

    ISO 8601 for a language that CLDR does not know.
    """
    cldr = _babel(_WORLD.get(locale, locale))
    if cldr is None:
        return date.isoformat()
    text = _long_date(cldr).apply(date, cldr)
    if cldr.language == "fr" and date.day == 1:
        text = f"1er{text[1:]}"
    return _in_digits(text, cldr)


@lru_cache(maxsize=4096)
def number_text(value: int, locale: str) -> str:
    """A whole number as a reader of ``locale`` writes it, in the digits its press uses."""
    cldr = _babel(_WORLD.get(locale, locale))
    return (
        str(value)
        if cldr is None
        else _in_digits(format_decimal(value, locale=cldr, numbering_system="default"), cldr)
    )


def names_text(names: Sequence[str], locale: str) -> Markup:
    """Names of people as a sentence lists them, each apart from the direction of what is around it."""
    cldr = _babel(_WORLD.get(locale, locale))
    isolated = [f"<bdi>{escape(name)}</bdi>" for name in names]
    return Markup(format_list(isolated, locale=cldr) if cldr else ", ".join(isolated))  # noqa: S704 - escaped above


@lru_cache(maxsize=256)
def _long_date(cldr: Locale) -> DateTimePattern:
    """How a locale writes a date out; looking it up costs more than writing a date."""
    return get_date_format("long", cldr)


def _in_digits(text: str, cldr: Locale) -> str:
    zero = _ZEROS.get(cldr.default_numbering_system)
    return text.translate({48 + digit: zero + digit for digit in range(10)}) if zero else text


@lru_cache(maxsize=256)
def _babel(locale: str) -> Locale | None:
    try:
        return Locale.parse(locale, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
