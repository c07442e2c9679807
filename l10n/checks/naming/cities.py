"""Cities and regions that Unicode CLDR has no name for, and other names of those it has.

A line of `cities.tsv` and `regions.tsv` has the place, a code as in CLDR or `city/NAME`, and its names in
each language of the first line, ``|`` between several, nothing where it is that of English.  A name with
``?`` is another word too.
"""

from __future__ import annotations

from functools import cache

from l10n.checks.reading.data_files import column

UNSURE = "?"
_TABLES = ("cities", "regions")


@cache
def names(language: str) -> dict[str, tuple[str, ...]]:
    """The names of each place in a language, those that are other words as well with a question mark."""
    all_names: dict[str, str] = {}
    for table in _TABLES:
        local_names = column(table, language)
        all_names |= column(table, "en") | local_names if local_names else {}
    return {place: tuple(listed.split("|")) for place, listed in all_names.items()}
