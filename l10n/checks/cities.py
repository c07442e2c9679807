"""Cities that Unicode CLDR has no name for, and other names of those it has: `cities.tsv`.

A line has the place, a code as in CLDR or `city/NAME`, and its names in each language of the first line,
``|`` between several, nothing where it is that of English.  A name with ``?`` is another word too.
"""

from __future__ import annotations

from functools import cache

from l10n.checks.data_files import column

UNSURE = "?"


@cache
def names(language: str) -> dict[str, tuple[str, ...]]:
    """The names of each city in a language, those that are other words as well with a question mark."""
    local_names = column("cities", language)
    all_names = column("cities", "en") | local_names if local_names else {}
    return {place: tuple(listed.split("|")) for place, listed in all_names.items()}
