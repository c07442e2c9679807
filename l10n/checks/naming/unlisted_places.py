"""Places that no list names: what stands behind "in" or "near" in a text and is not in the other.

One name behind a preposition of place that the target lacks, by its letters or its sound, and one that the
source lacks, are the same place with another name.  Where the target names nothing else, it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from l10n.checks.mismatches import Place, mismatch_findings, missing_finding
from l10n.checks.naming import people, transliteration
from l10n.checks.naming.cldr import words_of_names
from l10n.checks.naming.gazetteer import Named, named
from l10n.checks.naming.nationalities import nationalities
from l10n.checks.naming.persons import family_names, heads, of_bodies, things
from l10n.checks.naming.portfolios import is_portfolio
from l10n.checks.naming.respelled_people import has_same_consonants, written_alike
from l10n.checks.naming.titles import is_title
from l10n.checks.naming.unlisted_people import is_office, of, strange_capitals
from l10n.checks.pair import Pair
from l10n.checks.reading.data_files import table
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.scripts import CASED, EVERY_NOUN, HAN
from l10n.checks.reading.words import folded
from l10n.checks.times import calendar
from l10n.model import Finding, Severity
from l10n.patterns import lazy_pattern

_FEWEST = 3  # consonants that have to be heard in another script
_LONGEST_FRONT = 24
_OF_A_PLACE = lazy_pattern(r"(?:ий)?ск(?:ий|ая|ое|ие|ого|ой|ому|ом|их|им|ую|ими)\Z")
_LAST_LETTERS = re.compile(r"[^\W\d_]+")
# A word with a capital by itself within a sentence.
_CAPITAL = re.compile(
    r"[ \u00a0](?<=[a-zà-ÿа-яё].)([A-ZÀ-ÞĀ-ſȘȚЀ-Я][^\W\d_A-ZЀ-Я]{3,}(?:-[A-ZÀ-Þ][^\W\d_]+)*)"
    r"(?![\w’'-])(?![ \u00a0](?:[A-ZÀ-ÞЀ-Я\d(]|[IVX]+\b))"
)

Name = tuple[str, int, int]


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """At most one warning."""
    source_language, target_language = pair.languages
    source_script, target_script = pair.scripts
    if source_language == target_language:
        return
    source, target = pair.source_plain.text, pair.target_plain.text
    if source_script in CASED:
        source_places = _strange(source, source_language, source_script, target, target_script)
        if not source_places:
            return
        target_places = _new(pair, source_places)
    elif target_script in CASED:
        target_places = _strange(target, target_language, target_script, source, source_script)
        source_places = [_place(mention) for mention in _lost_places(pair)] if target_places else []
    else:
        return
    if len(source_places) == 1 and len(target_places) == 1:
        if _is_spelled_otherwise(pair, source_places[0], target_places[0]):
            return
        yield from mismatch_findings(check, pair, source_places, target_places, severity=Severity.WARNING)
        return
    start, end = source_places[0] if len(source_places) == 1 else (0, 0)
    may_be_gone = bool(end) and not target_places and not _is_of_a_body(source, start, source_language)
    if may_be_gone and _no_other(pair) and not _is_alike(pair, source[start:end]):
        yield missing_finding(check, pair, start, end)


def _is_spelled_otherwise(pair: Pair, source_place: Place, target_place: Place) -> bool:
    """Whether two languages of one script have a name for a place each: Bajkonur, Gante and Gent."""
    if pair.source_convention.script != pair.target_convention.script:
        return False
    word = folded(pair.source_plain.text[slice(*source_place)])
    other = folded(pair.target_plain.text[slice(*target_place)])
    source_language, target_language = pair.languages
    alike = written_alike(word, source_language, other, target_language)
    return alike or has_same_consonants(word, other)


def _is_of_a_body(text: str, at: int, language: str) -> bool:
    """Whether a place says what an office or a body is for: Tribunal de Apelación."""
    if is_office(text, at, language):
        return True
    words = _LAST_LETTERS.findall(text[max(0, at - 2 * _LONGEST_FRONT) : at])[-2:]
    return len(words) > 1 and words[1].lower() in of(language) and words[0].istitle()


def _is_alike(pair: Pair, name: str) -> bool:
    """Whether the target has a name of the same script that shares much of a name's letters."""
    source_script, target_script = pair.scripts
    return source_script == target_script and any(
        people.alike(name, word)
        or has_same_consonants(folded(name), folded(word))
        or written_alike(folded(name), pair.languages[0], folded(word), pair.languages[1])
        for word, _, _ in people.written_names(pair.target_plain.text, target_script)
    )


def _no_other(pair: Pair) -> bool:
    """Whether the target has no capital that the source lacks, where it tells a name: it translated none."""
    source_language, target_language = pair.languages
    source_script, target_script = pair.scripts
    source, target = pair.source_plain.text, pair.target_plain.text
    if source_script not in CASED or source_language in EVERY_NOUN:
        return False
    if target_script in HAN:
        return _is_all_heard(source, source_script, target)
    if target_script not in CASED or target_language in EVERY_NOUN:
        return True
    return not strange_capitals(target, target_language, target_script, source, source_script)


def _is_all_heard(source: str, script: str, target: str) -> bool:
    """Whether a Chinese text writes nothing by its sound that is not heard in the source: no other place."""
    names = [transliteration.consonants(word, script) for word, _, _ in people.written_names(source, script)]
    return all(
        any(transliteration.may_transcribe(name, part, "Hans") for name in names)
        for part, _, _ in people.written_names(target, "Hans")
    )


def _new(pair: Pair, source_places: list[Place]) -> list[Place]:
    """The places of the target that the source lacks, known ones among them."""
    convention = pair.target_convention
    source, target = pair.source_plain.text, pair.target_plain.text
    source_known = _known(source, pair.source_convention.language)
    fresh = [
        _place(mention)
        for mention in named(target, convention.language)
        if mention.places.isdisjoint(source_known)
    ]
    fresh = [place for place in fresh if not _heard(target[slice(*place)], pair)]
    if convention.script in CASED:
        fresh += _strange(
            target, convention.language, convention.script, source, pair.source_convention.script
        )
    return fresh if source_places else []


def _lost_places(pair: Pair) -> Iterator[Named]:
    """The known places of the source that the target has under no name that it is known by or sounds like."""
    source_language, target_language = pair.languages
    target = pair.target_plain.text
    target_known = _known(target, target_language)
    for mention in named(pair.source_plain.text, source_language):
        name = pair.source_plain.text[mention.start : mention.end]
        if mention.places.isdisjoint(target_known) and not people.stands(
            name, pair.source_convention.script, target, pair.target_convention.script
        ):
            yield mention


def _known(text: str, language: str) -> set[str]:
    """The places and the countries of peoples that a text names."""
    return {
        place
        for mention in (*named(text, language), *nationalities(text, language))
        for place in mention.places
    }


def _heard(name: str, pair: Pair) -> bool:
    source_script, target_script = pair.scripts
    return people.stands(name, target_script, pair.source_plain.text, source_script)


def _place(mention: Named) -> Place:
    return mention.start, mention.end


def _strange(text: str, language: str, script: str, other_text: str, other_script: str) -> list[Place]:
    """The names of a text behind a preposition of place that another text lacks and no list knows."""
    if other_script not in transliteration.SCRIPTS:
        return []
    return [
        (start, end)
        for name, start, end in _names(text, language, script)
        if (
            script == other_script
            or transliteration.least_heard(transliteration.consonants(name, script)) >= _FEWEST
        )
        and not people.stands(name, script, other_text, other_script)
        and not _stands_as_adjective(name, script, other_text, other_script)
    ]


def _stands_as_adjective(name: str, script: str, other_text: str, other_script: str) -> bool:
    """Whether a Russian adjective is of a place that another text names: Казанский, Kazan."""
    place = _OF_A_PLACE().sub("", name) if script == "Cyrl" else name
    heard = transliteration.consonants(place, script)
    return (
        place != name
        and transliteration.least_heard(heard) >= _FEWEST
        and people.stands(place, script, other_text, other_script)
    )


@per_text
def _names(text: str, language: str, script: str) -> tuple[Name, ...]:
    """What stands with a capital behind a preposition of place, but for names that are known."""
    before = _before(language)
    if before is None:
        return ()
    candidates = {
        match[1]: match.span(1)
        for match in _CAPITAL.finditer(text)
        if text[max(0, match.start() - _LONGEST_FRONT) : match.start()].lower().endswith(_ends(language))
        and before.search(text, max(0, match.start() - _LONGEST_FRONT), match.start())
    }
    if not candidates:
        return ()
    known_starts = {
        *(mention.start for mention in named(text, language)),
        *(mention.start for mention in nationalities(text, language)),
        *(mention.start for mention in calendar.months(text, language)),
        *(mention.start for mention in calendar.weekdays(text, language)),
        *(start for _, start, _ in family_names(text, script)),
    }
    return tuple(
        (name, start, end)
        for name, (start, end) in candidates.items()
        if start not in known_starts and _may_be_a_place(name, language)
    )


def _may_be_a_place(name: str, language: str) -> bool:
    """Whether a word is no title, no word for a thing, and none in the name of a region or a language.

    Nor is it what a ministry or a faculty is for: Roads, Derecho.
    """
    if is_portfolio(name, language):
        return False
    bare = folded(name)
    if name in things() or bare in heads() or bare in of_bodies() or people.NOUN.search(name):
        return False
    return not is_title(name, language) and bare not in words_of_names(language)


@cache
def _ends(language: str) -> tuple[str, ...]:
    """What the prepositions of place end in: a quick look."""
    listed = table("gazetteer")["before"].get(language, "")
    return tuple({_LAST_LETTERS.findall(words)[-1] for words in listed.split()})


@cache
def _before(language: str) -> re.Pattern[str] | None:
    """A preposition of place, or a word such as "port", at the end of a text."""
    listed = table("gazetteer")["before"].get(language)
    if listed is None:
        return None
    words = "|".join(listed.split()).replace("_", r"[\s\u00a0]")
    return re.compile(rf"(?<!\w)(?:{words})\Z", re.IGNORECASE)
