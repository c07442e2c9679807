"""Places that no list names: what stands behind "in" or "near" in a text and is not in the other.

One name behind a preposition of place that the target lacks, by its letters or its sound, and one that the
source lacks, are the same place with another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from l10n.checks import calendar, people, transliteration
from l10n.checks.cldr import words_of_names
from l10n.checks.data_files import table
from l10n.checks.gazetteer import Named, named
from l10n.checks.mismatches import Place, mismatch_findings
from l10n.checks.nationalities import nationalities
from l10n.checks.pair import Pair
from l10n.checks.persons import family_names, heads, things
from l10n.checks.remembered import per_text
from l10n.checks.titles import is_title
from l10n.checks.words import folded
from l10n.model import Finding, Severity

_CASED = frozenset({"Latn", "Cyrl"})
_FEWEST = 3  # consonants that have to be heard in another script
_LONGEST_FRONT = 24
# A word with a capital by itself within a sentence.
_CAPITAL = re.compile(
    r"(?<=[a-zà-ÿа-яё])[ \u00a0]([A-ZÀ-ÞĀ-ſȘȚЀ-Я][^\W\d_A-ZЀ-Я]{3,}(?:-[A-ZÀ-Þ][^\W\d_]+)*)"
    r"(?![\w’'-])(?![ \u00a0](?:[A-ZÀ-ÞЀ-Я\d(]|[IVX]+\b))"
)

Name = tuple[str, int, int]


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """At most one warning."""
    ours, theirs = pair.source_convention, pair.target_convention
    if ours.language == theirs.language:
        return
    source, target = pair.source_plain.text, pair.target_plain.text
    if ours.script in _CASED:
        wanted = _strange(source, ours.language, ours.script, target, theirs.script)
        if not wanted:
            return
        given = _new(pair, wanted)
    elif theirs.script in _CASED:
        given = _strange(target, theirs.language, theirs.script, source, ours.script)
        wanted = [_place(one) for one in _lost_places(pair)] if given else []
    else:
        return
    if len(wanted) == 1 and len(given) == 1:
        yield from mismatch_findings(check, pair, wanted, given, severity=Severity.WARNING)


def _new(pair: Pair, wanted: list[Place]) -> list[Place]:
    """The places of the target that the source lacks, known ones among them."""
    theirs = pair.target_convention
    source, target = pair.source_plain.text, pair.target_plain.text
    there = _known(source, pair.source_convention.language)
    fresh = [_place(one) for one in named(target, theirs.language) if one.places.isdisjoint(there)]
    fresh = [one for one in fresh if not _heard(target[slice(*one)], pair)]
    if theirs.script in _CASED:
        fresh += _strange(target, theirs.language, theirs.script, source, pair.source_convention.script)
    return fresh if wanted else []


def _lost_places(pair: Pair) -> Iterator[Named]:
    """The known places of the source that the target has under no name that it is known by or sounds like."""
    language, other = pair.source_convention.language, pair.target_convention.language
    target = pair.target_plain.text
    there = _known(target, other)
    for one in named(pair.source_plain.text, language):
        name = pair.source_plain.text[one.start : one.end]
        if one.places.isdisjoint(there) and not people.stands(
            name, pair.source_convention.script, target, pair.target_convention.script
        ):
            yield one


def _known(text: str, language: str) -> set[str]:
    """The places and the countries of peoples that a text names."""
    return {place for one in (*named(text, language), *nationalities(text, language)) for place in one.places}


def _heard(name: str, pair: Pair) -> bool:
    ours, theirs = pair.source_convention.script, pair.target_convention.script
    return people.stands(name, theirs, pair.source_plain.text, ours)


def _place(one: Named) -> Place:
    return one.start, one.end


def _strange(text: str, language: str, script: str, other: str, their: str) -> list[Place]:
    """The names of a text behind a preposition of place that another text lacks and no list knows."""
    if their not in transliteration.SCRIPTS:
        return []
    return [
        (start, end)
        for name, start, end in _names(text, language, script)
        if (
            script == their
            or transliteration.least_heard(transliteration.consonants(name, script)) >= _FEWEST
        )
        and not people.stands(name, script, other, their)
    ]


@per_text
def _names(text: str, language: str, script: str) -> tuple[Name, ...]:
    """What stands with a capital behind a preposition of place, but for names that are known."""
    before = _before(language)
    if before is None:
        return ()
    found = {
        match[1]: match.span(1)
        for match in _CAPITAL.finditer(text)
        if before.search(text, max(0, match.start() - _LONGEST_FRONT), match.start())
    }
    if not found:
        return ()
    known = {
        *(one.start for one in named(text, language)),
        *(one.start for one in nationalities(text, language)),
        *(one.start for one in calendar.months(text, language)),
        *(one.start for one in calendar.weekdays(text, language)),
        *(start for _, start, _ in family_names(text, script)),
    }
    return tuple(
        (name, start, end)
        for name, (start, end) in found.items()
        if start not in known and _apart(name, language)
    )


def _apart(name: str, language: str) -> bool:
    """Whether a word is no title, no word for a thing, and none in the name of a region or a language."""
    if name in things() or folded(name) in heads() or people.NOUN.search(name):
        return False
    return not is_title(name, language) and folded(name) not in words_of_names(language)


@cache
def _before(language: str) -> re.Pattern[str] | None:
    """A preposition of place, or a word such as "port", at the end of a text."""
    listed = table("gazetteer")["before"].get(language)
    if listed is None:
        return None
    words = "|".join(listed.split()).replace("_", r"[\s\u00a0]")
    return re.compile(rf"(?<!\w)(?:{words})\Z", re.IGNORECASE)
