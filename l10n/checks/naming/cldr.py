"""Names of countries and cities from Unicode CLDR, stored in files for the languages used most.

Reading them from Babel takes longer than all the checks of a pair.  ``python -m l10n.checks.naming.cldr``
writes the files anew, of which ``tests/cases/test_cldr.py`` says whether they are those of the Babel
installed.
"""

from __future__ import annotations

import re
from functools import cache

from l10n.checks.reading.data_files import data_path
from l10n.checks.reading.words import NAME, folded, word_list

LANGUAGES = ("ar", "ca", "de", "en", "es", "fr", "hi", "it", "ja", "pt", "ru", "zh")


def names(language: str) -> dict[str, str]:
    """The name of each place in a language, by its code: a country's ("FR") or a city's ("Asia/Tokyo")."""
    if language in LANGUAGES:
        return _rows(f"{language}.tsv")
    return of_babel(language)


@cache
def words_of_countries(language: str) -> frozenset[str]:
    """The words in the names of all countries, also of those that are other words too, in small letters."""
    return frozenset(_words(language)["countries"].split())


@cache
def words_of_names(language: str) -> frozenset[str]:
    """The words with a capital in the names of regions and languages, in small letters without accents."""
    return frozenset(_words(language)["names"].split())


@cache
def _words(language: str) -> dict[str, str]:
    return _rows(f"{language}.words.tsv") if language in LANGUAGES else words_of_babel(language)


def _rows(name: str) -> dict[str, str]:
    return dict(line.split("\t") for line in data_path("cldr", name).read_text("utf-8").splitlines())


def words_of_babel(language: str) -> dict[str, str]:
    """The words in the names of countries, and in those of regions and languages, as Babel has them."""
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415  slow, rarely needed

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {"countries": "", "names": ""}
    countries = {
        word for code, name in locale.territories.items() if code.isalpha() for word in word_list(str(name))
    }
    all_names = map(str, (*locale.territories.values(), *locale.languages.values()))
    capitals = {folded(match.group()) for name in all_names for match in NAME.finditer(name)}
    return {"countries": " ".join(sorted(countries)), "names": " ".join(sorted(capitals))}


def of_babel(language: str) -> dict[str, str]:
    """The name of each place in Babel, without what stands in brackets; none for a language it lacks."""
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415  slow, rarely needed

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {}
    names = {
        code: str(name) for code, name in locale.territories.items() if len(code) == 2 and code.isalpha()
    }
    cities = locale.time_zones
    # English and others leave out the cities that are called like their zone.
    for zone in map(str, Locale.parse("ru").time_zones):
        if "/" in zone:
            city = cities.get(zone, {}).get("city", zone.rpartition("/")[2].replace("_", " "))
            names[zone] = str(city)
    return {place: bare for place, name in sorted(names.items()) if (bare := _bare(name))}


def _bare(name: str) -> str:
    return re.sub(r"\s*[(（].*", "", name).partition(" - ")[0].strip()


def main() -> None:
    """Write the files."""
    for language in LANGUAGES:
        for name, rows in (("tsv", of_babel(language)), ("words.tsv", words_of_babel(language))):
            lines = "".join(f"{key}\t{value}\n" for key, value in rows.items())
            data_path("cldr", f"{language}.{name}").write_text(lines, "utf-8")


if __name__ == "__main__":
    main()
