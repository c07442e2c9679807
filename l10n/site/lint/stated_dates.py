"""Whether a date says to readers what it says to machines: the day of a time element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from l10n.site.lint.dates import moment
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage

_FIGURE = re.compile(r"\d+")
# Years of another calendar, or of none, are not compared.
_YEARS = range(1850, 2150)


def faults(sheet: ParsedPage) -> Iterator[Fault]:
    """Time elements whose words are another date than their datetime."""
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
