"""People that no list names: words with a capital side by side that are somebody's name.

Nobody's name is translated. Of a name of several words of which nothing stands in the other text, by its
letters or its sound, another person's stands there, or none; and where one word of a name is there, what
stands beside it is the next word of the name, letter for letter within one script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from l10n import conventions
from l10n.checks.mismatches import CHANGED, added_finding, missing_finding
from l10n.checks.naming import people, transliteration
from l10n.checks.naming.cldr import words_of_names
from l10n.checks.naming.full_names import BLANKS, SENTENCE_START, all_words, is_of_small_words
from l10n.checks.naming.gazetteer import named
from l10n.checks.naming.halved_names import is_doer, is_of_a_person, says_what, verbs_of_saying
from l10n.checks.naming.nationalities import nationalities
from l10n.checks.naming.persons import PARTICLES, eastern, heads, is_calling, is_given, of_bodies, things
from l10n.checks.naming.titles import is_title
from l10n.checks.pair import Pair
from l10n.checks.reading.data_files import table
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.scripts import CAPITAL, CASED, EVERY_NOUN, HAN
from l10n.checks.reading.words import folded
from l10n.checks.times.calendar import months, weekdays
from l10n.model import Finding, Severity
from l10n.patterns import lazy_pattern

_CAPITAL = f"[{CAPITAL}]"
# A quick look, then a name: words with a capital side by side, small words of names between them.
_TWO = re.compile(rf"{_CAPITAL}[\w’'-]{{1,60}}[ \u00a0](?:[a-z]{{1,4}}[ \u00a0-]){{0,2}}{_CAPITAL}\w")
_ROW = re.compile(rf"(?<![\w-]){_CAPITAL}[\w’'-]*(?:[ \u00a0]{PARTICLES}{_CAPITAL}[\w’'-]+)+(?![\w-])")
_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_BEFORE = re.compile(r"(?:\A|[^\w])([^\W\d_]+)(?:[ \u00a0]|['’])\Z")
_NEAR = 24
_CLAUSE = 60
_TITLED = 5
_CLAUSE_END = re.compile(r"[,.;:!?«»“”„()]")
_ADJECTIVE = re.compile(r"(?:[ыи]й|ой|[ая]я|ое|ее|[ыи]е|[ео]го|[ео]му|ей|[ую]ю|[ыи]х|[ыи]м)\Z")
_HAS_DIGIT = re.compile(r"\d")
_ACRONYM_BEFORE = re.compile(r"(?<!\w)([A-ZА-Я]{2,8})[ \u00a0][(«“„\"]{1,2}\Z")
_COUNTED = re.compile(r"\d[ \u00a0]\Z")
_LEANING = re.compile(r"(?:[dns]?[ae]ll|[lu]n?|qu|su)['’]", re.IGNORECASE)
_POSSESSIVE = re.compile("['’]s?\\Z")
_LONGEST_ROW = 5
_LONGEST_EASTERN = 14
_SURELY_HEARD = 3  # consonants of a whole name
_SHORTEST = 3
# Syllables of names whose characters Chinese keeps, not their sound.
_EASTERN = lazy_pattern(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:[iu]?a(?:ng|n|i|o)?|[iuü]?e(?:ng|n|i|r)?|o(?:ng|u)?|i(?:ng|n|u|ong)?|u(?:n|i|o)?|ü))+\Z"
    r"|(?:(?:ky|gy|sh|ch|ny|hy|by|py|my|ry|ts|[kgsztdnhbpmyrwjf])?[aeiou]{1,2}n?)+\Z"
)
_PINYIN = re.compile(r"zh|q(?!u)|x")
_EASTERN_CYRILLIC = lazy_pattern(r"(?:(?:дз|[кгсзтднхбпмрвфцчшж])?[ьъ]?[аиуэояюеёый]{1,2}[нй]?)+\Z")
_JOINED = re.compile(r"(?<!\AMc)(?<!\AMac)(?<=[a-zа-я])[A-ZА-Я]")


class FullName(NamedTuple):
    """A name of several words, and its words with their places."""

    start: int
    end: int
    words: tuple[tuple[str, int, int], ...]


def run(check: str, pair: Pair, reported: frozenset[int]) -> Iterator[Finding]:
    """At most one warning for each name.

    ``reported`` are the places in the source that were told of.
    """
    source_language, target_language = pair.languages
    if source_language == target_language or not (_is_known(source_language) and _is_known(target_language)):
        return
    source, target = pair.source_plain.text, pair.target_plain.text
    source_names = full_names_of(source, source_language, pair.source_convention.script)
    target_names = _may_be_new(pair)
    if not source_names and not target_names:
        return
    lost = [
        name
        for name in source_names
        if reported.isdisjoint(pair.source_plain.span(*word[1:])[0] for word in name.words)
        and _is_strange(name, pair, of_source=True)
    ]
    new = [name for name in target_names if _is_strange(name, pair, of_source=False)]
    for before, after in zip(lost, new, strict=False):
        values = (("source", source[before.start : before.end]), ("target", target[after.start : after.end]))
        span = pair.target_plain.span(after.start, after.end)
        place = pair.source_plain.span(before.start, before.end)
        yield Finding(check, Severity.WARNING, CHANGED, *span, None, values, *place)
    for name in lost[len(new) :]:
        if _may_be_gone(name, pair):
            yield missing_finding(check, pair, name.start, name.end)
    for name in new[len(lost) :]:
        if not reported and _is_somebody(target, target_language, name.words):
            yield added_finding(check, pair, name.start, name.end)


def _is_known(language: str) -> bool:
    return language in table("persons")["definite"] or language in {"ar", "zh"}


def _may_be_gone(name: FullName, pair: Pair) -> bool:
    """Whether a name is no translated one: the source has more words with a capital by itself."""
    source, target = pair.source_plain.text, pair.target_plain.text
    source_language, target_language = pair.languages
    source_script, target_script = pair.scripts
    is_somebody = _is_somebody(source, source_language, name.words)
    if target_script not in CASED or target_language in EVERY_NOUN:
        return is_somebody
    new = strange_capitals(target, target_language, target_script, source, source_script)
    if not new:
        if is_somebody or _says_nothing(source, name.start, source_language):
            return is_somebody
        return not is_office(source, name.start, source_language)
    if not is_somebody or source_language in EVERY_NOUN:
        return False
    lost = strange_capitals(source, source_language, source_script, target, target_script)
    return new < lost


def is_office(text: str, at: int, language: str) -> bool:
    """Whether an office and what joins it to what it is for stand before a place."""
    words = [word.lower() for word in _PART.findall(text[max(0, at - _CLAUSE) : at])[-_TITLED:]]
    return bool(words) and words[-1] in of(language) and any(is_title(word, language) for word in words)


def strange_capitals(text: str, language: str, script: str, other_text: str, other_script: str) -> int:
    """How many rows of words with a capital within a sentence a text has of which the other has nothing."""
    known = _known_places(text, language)
    count, end = 0, -1
    for word, start, stop in all_words(text):
        if (
            not word[0].isupper()
            or len(word) < _SHORTEST
            or start in known
            or SENTENCE_START.search(text[max(0, start - 4) : start])
            or people.stands(word, script, other_text, other_script)
        ):
            continue
        count += text[end:start] not in BLANKS
        end = stop
    return count


def _is_strange(name: FullName, pair: Pair, *, of_source: bool) -> bool:
    """Whether nothing of a name stands in the other text, and would be known there."""
    scripts, texts = pair.scripts, (pair.source_plain.text, pair.target_plain.text)
    (script, other_script), other = (scripts, texts[1]) if of_source else (scripts[::-1], texts[0])
    if script == other_script:
        words = [word for word, _, _ in name.words if len(word) >= _SHORTEST]
        return not any(people.stands(word, script, other, script) for word in words)
    if _is_surely_eastern(name) or (other_script in HAN and _is_eastern(name)):
        return False
    heard = 0
    for word, _, _ in name.words:
        if word in other:
            return False
        least = transliteration.least_heard(transliteration.consonants(word, script))
        if least < transliteration.FEWEST:
            continue
        if people.stands(word, script, other, other_script):
            return False
        heard += least
    return heard >= _SURELY_HEARD


def _is_surely_eastern(name: FullName) -> bool:
    """Whether a name is written by a system of its own in each script: Zhao Wenqing, Park Ji-hoon."""
    words = [word for word, _, _ in name.words]
    return any(map(str.islower, words)) or (
        all(_EASTERN().match(folded(word)) for word in words)
        and any(_PINYIN.search(word) for word in map(folded, words))
    )


def _is_eastern(name: FullName) -> bool:
    """Whether Chinese may write a name in characters of its own."""
    words = [folded(word) for word, _, _ in name.words]
    if not _vietnamese().isdisjoint(words) or not eastern().isdisjoint(word for word, _, _ in name.words):
        return True
    return all(
        len(word) <= _LONGEST_EASTERN and (_EASTERN().match(word) or _EASTERN_CYRILLIC().match(word))
        for word in words
    )


@per_text
def full_names_of(text: str, language: str, script: str) -> tuple[FullName, ...]:
    """The names of people of several words that a text has."""
    return tuple(_full_names(text, language)) if _may_name(text, script) else ()


def _may_be_new(pair: Pair) -> tuple[FullName, ...]:
    """The names of the target but for those whose last word the source has as it is."""
    (_, target_language), (source_script, target_script) = pair.languages, pair.scripts
    target = pair.target_plain.text
    if source_script != target_script:
        return full_names_of(target, target_language, target_script)
    if not _may_name(target, target_script):
        return ()
    return tuple(_full_names(target, target_language, pair.source_plain.text))


def _may_name(text: str, script: str) -> bool:
    """Whether a text may have a name of several words: a quick look."""
    return script in CASED and _TWO.search(text) is not None and is_of_small_words(text)


def _full_names(text: str, language: str, other_text: str = "") -> Iterator[FullName]:
    """The names of a text but for those whose last word another text has as it is."""
    places: set[int] | None = None
    for match in _ROW.finditer(text):
        words = _words_of(text, match)
        if words and len(words[-1][0]) >= _SHORTEST and words[-1][0] in other_text:
            continue
        row = _bared(words, language)
        if row is None:
            continue
        if places is None:
            places = _known_places(text, language)
        if any(start in places for _, start, _ in row) or not _may_be_a_person(text, row, language):
            continue
        if _says_nothing(text, match.start(), language) and not _is_somebody(text, language, row):
            continue
        yield FullName(row[0][1], row[-1][2], row)


def _is_somebody(text: str, language: str, words: Sequence[tuple[str, int, int]]) -> bool:
    """Whether what stands beside a name says that it is a person's.

    Where every noun has a capital it has to stand right beside it.
    """
    start, end = words[0][1], words[-1][2]
    before = _BEFORE.search(text[max(0, start - _NEAR) : start])
    word_before = before[1] if before is not None else ""
    if word_before.lower() in of(language):
        return False
    if language not in EVERY_NOUN:
        return is_of_a_person(text, language, start, end) or _says_behind(text, end, language)
    if word_before[:1].isupper() and (is_doer(word_before, language) or is_title(word_before, language)):
        return True
    written = _PART.findall(text[end : end + _NEAR])[:2]
    after = [word.lower() for word in written]
    if not after or text[end : end + 1] not in {",", " "}:
        return False
    if text[end] == "," and any(word[0].isupper() for word in written) and says_what(after, language):
        return True
    return not verbs_of_saying(language).isdisjoint((after[0], word_before.lower()))


def _says_behind(text: str, end: int, language: str) -> bool:
    """Whether a verb of saying follows in the same clause: Amadou Ba of the Red Cross reported."""
    clause = _CLAUSE_END.split(text[end : end + _CLAUSE], maxsplit=1)[0]
    return not verbs_of_saying(language).isdisjoint(_PART.findall(clause))


def _says_nothing(text: str, at: int, language: str) -> bool:
    """Whether a capital at a place is no sign of a name: every noun has one, or every sentence."""
    return language in EVERY_NOUN or SENTENCE_START.search(text[max(0, at - 4) : at]) is not None


def _known_places(text: str, language: str) -> set[int]:
    places = (*named(text, language), *nationalities(text, language))
    dates = (*months(text, language), *weekdays(text, language))
    spans = [(place.start, place.end) for place in places] + [(date.start, date.end) for date in dates]
    return {at for start, end in spans for at in range(start, end)}


def _words_of(text: str, row: re.Match[str]) -> list[tuple[str, int, int]]:
    """The words of a row that have a capital or stand behind a hyphen; none of one that is no name."""
    if _HAS_DIGIT.search(row.group()) or _is_written_out(text, row):
        return []
    return [
        (_POSSESSIVE.sub("", part.group()), *part.span())
        for part in _PART.finditer(text, row.start(), row.end())
        if part.group()[0].isupper() or text[part.start() - 1] == "-"
    ]


def _is_written_out(text: str, row: re.Match[str]) -> bool:
    """Whether a row says what the acronym before it stands for: API (Interfaz de Programación …)."""
    acronym = _ACRONYM_BEFORE.search(text, max(0, row.start() - _NEAR), row.start())
    initials = [word[0] for word in _PART.findall(row.group()) if word[0].isupper()]
    return acronym is not None and sorted(acronym[1]) == sorted(initials)


def _bared(words: list[tuple[str, int, int]], language: str) -> tuple[tuple[str, int, int], ...] | None:
    """The words of a row without the title before them, or None where too few are left."""
    if any(word.isupper() and len(word) > 1 for word, _, _ in words):
        return None
    at = 0
    for index, (word, _, _) in enumerate(words):
        small = word.lower()
        if is_title(word, language) or is_calling(small) or small in _definite(language):
            at = index + 1
    if len(words) - at > 2 and (language in EVERY_NOUN or is_doer(words[at][0].lower(), language)):
        at += 1  # what somebody is
    words = words[at:]
    return tuple(words) if 2 <= len(words) <= _LONGEST_ROW else None


def _may_be_a_person(text: str, words: Sequence[tuple[str, int, int]], language: str) -> bool:
    """Whether nothing says that words with a capital name a body, a thing or a place."""
    if language == "ru" and _ADJECTIVE.search(words[0][0]):
        return False
    function_words = conventions.load(language).function_words
    of_places = 0
    for at, (word, _, _) in enumerate(words):
        bare = folded(word)
        named_so = at > 0 and is_given(words[at - 1][0])  # Irene Costa
        of_places += bare in words_of_names(language)
        if (at and word in things()) or bare in of_bodies() or people.NOUN.search(word):
            return False
        if (bare in heads() and not named_so) or word.lower() in function_words or _JOINED.search(word):
            return False
    if of_places and (of_places == len(words) or not _is_somebody(text, language, words)):
        return False  # Helena and Costa are names of people too
    front = text[max(0, words[0][1] - _NEAR) : words[0][1]]
    if _COUNTED.search(front) or _LEANING.match(words[0][0]):
        return False
    before = _BEFORE.search(front)
    return before is None or before[1].lower() not in _definite(language)


@cache
def _definite(language: str) -> frozenset[str]:
    return frozenset(table("persons")["definite"].get(language, "").split())


@cache
def of(language: str) -> frozenset[str]:
    """What joins an office to what it is for."""
    return frozenset(table("persons")["of"].get(language, "").split())


@cache
def _vietnamese() -> frozenset[str]:
    return frozenset(table("persons")["things"]["vietnamese"].split())
