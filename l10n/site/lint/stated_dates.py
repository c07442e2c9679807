"""Whether a date says to readers what it says to machines: the day of a time element."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from l10n.model import Severity
from l10n.site.lint.dates import moment
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage

_WORD = re.compile(r"[^\W\d_]{3,}")
_FIGURE = re.compile(r"\d+")
# Years of another calendar, or of none, are not compared.
_YEARS = range(1850, 2150)


def faults(sheet: ParsedPage, locales: Iterable[str] = ()) -> Iterator[Fault]:
    """Time elements whose words are another date than their datetime, or are in another of some languages."""
    if next(sheet.named("time"), None) is None:
        return
    said: dict[int, str] = {}
    for words in sheet.words:
        if words.inside is not None and words.inside.name == "time":
            said[id(words.inside)] = said.get(id(words.inside), "") + words.text
    for tag in sheet.named("time"):
        told, text = tag.attributes.get("datetime", "").strip(), said.get(id(tag), "").strip()
        if told and text and not agrees(text, told, tag.lang):
            yield Fault("agreement", tag.line, f"a date reads {text[:40]!r}, and is {told} for machines")
        elif text and (other := _written_in(text.lower(), tag.lang, locales)):
            message = f"the date {text[:40]!r} is written as in {other}, on a page in {tag.lang}"
            yield Fault("lang-wrong", tag.line, message, Severity.WARNING)


def _written_in(text: str, lang: str, locales: Iterable[str]) -> str:
    """The language whose month a date names, "" where its own has that name or abbreviation, too."""
    own, words = _abbreviated(lang), set(_WORD.findall(text))
    if own is None or not words:
        return ""
    if any(word.startswith(name) or name.startswith(word) for word in words for name in own):
        return ""
    found = (other for other in sorted(locales) if words & _full(other))
    return next(found, "")


def _full(lang: str) -> set[str]:
    return set().union(*_months(lang).values())


@lru_cache(maxsize=256)
def _abbreviated(lang: str) -> frozenset[str] | None:
    """The names of months in a language, short and long; None for one that CLDR does not know."""
    try:
        locale = Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    names = (
        name
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in locale.months[context][width].values()
    )
    words = (word.lower() for name in names for word in _WORD.findall(name))
    return frozenset(word for word in words if len(word) > 1)


@lru_cache(maxsize=4096)
def agrees(text: str, told: str, lang: str) -> bool:
    """Whether a date in a language may be the one that machines are told; what cannot be told may be."""
    when = moment(told)
    figures = [int(figure) for figure in _FIGURE.findall(text)]
    years = [figure for figure in figures if figure in _YEARS]
    if when is None or len(told) < 10 or not years:
        return True
    if when.year not in years and "T" not in told:
        return False
    named = _months_in(text.lower(), lang)
    if named and when.month not in named and "T" not in told:
        return False
    rest = [figure for figure in figures if figure not in years]
    days = {when.day, when.day - 1, when.day + 1} if "T" in told else {when.day}
    # A month alone, a time of day beside it, or the first of a month before which another zone is.
    return not rest or bool(days & set(rest)) or ("T" in told and when.day in {1, 28, 29, 30, 31})


def _months_in(text: str, lang: str) -> set[int]:
    """The months that a text names, empty where that cannot be told."""
    return {
        number
        for number, names in _months(lang).items()
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names)
    }


@lru_cache(maxsize=256)
def _months(lang: str) -> dict[int, set[str]]:
    """The names of the months in a language, without those that are numbers."""
    try:
        locale = Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        return {}
    names: dict[int, set[str]] = {}
    for width in ("format", "stand-alone"):
        for number, name in locale.months[width]["wide"].items():
            if not any(sign.isdigit() for sign in name):
                names.setdefault(number, set()).add(name.lower())
    return names
