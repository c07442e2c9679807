"""The names of countries and cities as Unicode CLDR has them, kept in a file for the languages used most.

Reading them from Babel takes longer than all the checks of a pair.  ``python -m l10n.checks.cldr`` writes the
files anew, of which ``tests/cases/test_cldr.py`` says whether they are those of the Babel installed.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

LANGUAGES = ("ar", "ca", "de", "en", "es", "fr", "hi", "it", "ja", "pt", "ru", "zh")


def names(language: str) -> dict[str, str]:
    """The name of each place in a language, by its code: a country's ("FR") or a city's ("Asia/Tokyo")."""
    if language in LANGUAGES:
        file = files(__name__.rpartition(".")[0]).joinpath("cldr", f"{language}.tsv")
        return dict(line.split("\t") for line in file.read_text("utf-8").splitlines())
    return of_babel(language)


def of_babel(language: str) -> dict[str, str]:
    """The same from Babel, without what stands in brackets; nothing for a language it does not know."""
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415  slow, rarely needed

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {}
    found = {
        code: str(name) for code, name in locale.territories.items() if len(code) == 2 and code.isalpha()
    }
    cities = locale.time_zones
    # English and others leave out the cities that are called like their zone.
    for zone in map(str, Locale.parse("ru").time_zones):
        if "/" in zone:
            city = cities.get(zone, {}).get("city", zone.rpartition("/")[2].replace("_", " "))
            found[zone] = str(city)
    return {place: bare for place, name in sorted(found.items()) if (bare := _bare(name))}


def _bare(name: str) -> str:
    return re.sub(r"\s*[(（].*", "", name).partition(" - ")[0].strip()


def main() -> None:
    """Write the files."""
    for language in LANGUAGES:
        lines = "".join(f"{place}\t{name}\n" for place, name in of_babel(language).items())
        Path(__file__).with_suffix("").joinpath(f"{language}.tsv").write_text(lines, "utf-8")


if __name__ == "__main__":
    main()
