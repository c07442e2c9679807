"""Names in a source with an office right before them that no list has.

That words beside a name say what somebody is, is told by an article before them, the end of a word for a
person, a capital within a German sentence, or an Arabic noun in apposition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from l10n import conventions
from l10n.checks.mismatches import Place
from l10n.checks.naming import transliteration
from l10n.checks.naming.gazetteer import named
from l10n.checks.naming.halved_names import is_doer, verbs_of_saying
from l10n.checks.naming.nationalities import nationalities
from l10n.checks.naming.persons import PARTICLES, heads, is_calling, things
from l10n.checks.naming.titles import is_title
from l10n.checks.pair import Pair
from l10n.checks.reading.data_files import table
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.scripts import CAPITAL, CASED, EVERY_NOUN, HAN
from l10n.checks.reading.words import folded
from l10n.checks.times.calendar import months, weekdays

MOST = 30  # names of a text that are looked at
_BLANKS = frozenset({" ", "\u00a0"})
_CAPITAL = f"[{CAPITAL}]"
_MAY_NAME = re.compile(rf"{_CAPITAL}[\w’'-]{{1,40}}[ \u00a0](?:[a-zа-я]{{1,4}}[ \u00a0-]){{0,2}}{_CAPITAL}\w")
ROW = re.compile(
    rf"(?<![\w’'-]){_CAPITAL}[\w-]{{1,40}}(?:[ \u00a0]{PARTICLES}{_CAPITAL}[\w’'-]{{1,40}}){{1,5}}(?![\w-])"
)
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
POSSESSIVE = re.compile("['’]s?\\Z")
_EDGE = re.compile(r"[.,;:!?؟،؛«»“”„\"()—–\n]|\d")
_FAR = 80
_TITLED = 4  # words before a name among which a word for a person stands
_PHRASE = 6  # words of an office, its article among them
_FEWEST = transliteration.FEWEST
_SHORTEST = 4
_SHORTEST_TITLED = 2  # words of a row that has no office in it
_SHORTEST_LAST = 3  # letters of the word right before a name
POINTS = re.compile("[·・‧]")
_ARABIC_FAR = 3  # words behind the first of a name among which the last stands


class Named(NamedTuple):
    """A name of several words with its place, and the place of the office before it."""

    first: str
    last: str
    start: int
    office: Place


def is_clear(word: str, script: str) -> bool:
    """Whether a word has enough consonants to be known in another script."""
    return transliteration.least_heard(transliteration.consonants(word, script)) >= _FEWEST


def with_office(pair: Pair) -> tuple[Named, ...]:
    """The names of the source that have an office before them."""
    (language, _), (script, _) = pair.languages, pair.scripts
    text = pair.source_plain.text
    if script in CASED:
        return _in_capitals(text, language) if _MAY_NAME.search(text) else ()
    if script in HAN:
        return _in_chinese(text) if POINTS.search(text) else ()
    return _in_arabic(pair)


@per_text
def _in_capitals(text: str, language: str) -> tuple[Named, ...]:
    return tuple(_capitalised(text, language))


def _capitalised(text: str, language: str) -> Iterator[Named]:
    taken: frozenset[int] | None = None
    for row in islice(ROW.finditer(text), MOST):
        if taken is None:
            taken = _taken(text, language)
        words = [match for match in WORD.finditer(text, *row.span()) if match.group()[0].isupper()]
        begun = clause_before(text, row.start())
        in_row = language in EVERY_NOUN or not begun[1]
        if not _may_be_somebody(words, taken, language):
            continue
        beside = text[words[0].end() : words[1].start()] in _BLANKS and len(words) > _SHORTEST_TITLED
        if beside and in_row and _is_said_of_somebody(words[0].group(), language):
            first, last = words[1], words[-1]
            office = words[0].span()
        elif place := _office_before(text, row.start(), language):
            first, last, office = words[0], words[-1], place
        else:
            continue
        if not last.group().isupper():
            yield Named(first.group(), POSSESSIVE.sub("", last.group()), first.start(), office)


def _taken(text: str, language: str) -> frozenset[int]:
    """Where known places and peoples stand in a text."""
    spans = [*named(text, language), *nationalities(text, language)]
    return frozenset(at for span in spans for at in range(span.start, span.end))


def _may_be_somebody(words: list[re.Match[str]], taken: frozenset[int], language: str) -> bool:
    """Whether no word of a row names a place, a thing or what begins the name of one.

    A Russian place in the genitive may stand before the name of somebody.
    """
    if len(words) < 2 or (
        language == "ru" and len(words) > 2 and not _is_person(words[0].group().lower(), language)
    ):
        return False
    return (
        not any(
            word.start() in taken
            or word.group() in things()
            or folded(word.group()) in heads()
            or (word is not words[0] and word.group().lower() in function_words(language))
            for word in words
        )
        and words[0].group() not in _leading()
    )


def _is_said_of_somebody(word: str, language: str) -> bool:
    """Whether a word with a capital before a name is one for what somebody is."""
    if language in EVERY_NOUN:
        return _is_person(word, language)
    return _is_person(word.lower(), language)


def _is_person(word: str, language: str) -> bool:
    return (
        is_doer(word, language)
        or is_calling(word)
        or is_title(word, language)
        or _person(language).fullmatch(word) is not None
    )


def clause_before(text: str, at: int) -> tuple[int, list[re.Match[str]]]:
    """Where the clause begins in which a place is, and the words between."""
    begin = max(0, at - _FAR)
    for edge in _EDGE.finditer(text, begin, at):
        begin = edge.end()
    return begin, [*WORD.finditer(text, begin, at)]


def _office_before(text: str, at: int, language: str) -> Place | None:
    """The words right before a name that say what somebody is."""
    _, words = clause_before(text, at)
    if not words or text[words[-1].end() : at] not in _BLANKS:
        return None
    last = words[-1].group()
    if len(last) < _SHORTEST_LAST or last.lower() in function_words(language) | verbs_of_saying(language):
        return None
    if _says_when(last, language) or last.endswith(_verb_ends(language)):
        return None
    if language in EVERY_NOUN:
        return words[-1].span() if last[0].isupper() and _is_person(last, language) else None
    return _phrase(words, language)


def _phrase(words: list[re.Match[str]], language: str) -> Place | None:
    """The last words of a clause from an article, or from a word for a person."""
    articles = _articles(language)
    for word in words[-1 : -_PHRASE - 1 : -1]:
        small = word.group().lower()
        if articles and small in articles and word is not words[-1]:
            return word.start(), words[-1].end()
        if not articles and word in words[-_TITLED:] and _is_person(small, language):
            return word.start(), words[-1].end()
        if small in function_words(language) and small not in _joins():
            return None
    return None


def _says_when(word: str, language: str) -> bool:
    """Whether a word is one for a time."""
    listed = table("unlisted_offices")["time"].get(language, "").split()
    return word in listed or bool([*weekdays(word, language)] or [*months(word, language)])


def _in_chinese(text: str) -> tuple[Named, ...]:
    """Names with a point right behind a word for a person."""
    return tuple(_titled_in_chinese(text))


def _titled_in_chinese(text: str) -> Iterator[Named]:
    for start, end in transliteration.transcribed(text)[: MOST * 4]:
        parts = [part for part in POINTS.split(text[start:end]) if part]
        office = _chinese_office().search(text, max(0, start - _FAR), start)
        if len(parts) > 1 and office is not None:
            yield Named(parts[0], parts[-1], start, office.span())


def _in_arabic(pair: Pair) -> tuple[Named, ...]:
    """Names of the target that are heard in Arabic behind a noun with its article, which is in apposition."""
    return tuple(_titled_in_arabic(pair))


def _titled_in_arabic(pair: Pair) -> Iterator[Named]:
    text, script = pair.source_plain.text, pair.target_convention.script
    for first, last in islice(_names_of(pair.target_plain.text, script), MOST):
        if not (is_clear(first, script) and is_clear(last, script)):
            continue
        for words, at, _ in heard_in_arabic(first, last, script, text):
            before = words[at - 1].group() if at else ""
            if (
                at > 0
                and text[words[at - 1].end() : words[at].start()] in _BLANKS
                and before.startswith(arabic_articles())
                and len(before) > _SHORTEST
                and not _says_when(before, "ar")
                and not nationalities(before, "ar")
            ):
                yield Named(first, last, words[at].start(), words[at - 1].span())


def _names_of(text: str, script: str) -> Iterator[tuple[str, str]]:
    """The first and the last word of what may be the name of somebody."""
    if script in HAN:
        for start, end in transliteration.transcribed(text):
            parts = [part for part in POINTS.split(text[start:end]) if part]
            if len(parts) > 1:
                yield parts[0], parts[-1]
        return
    for row in ROW.finditer(text):
        words = [word for word in WORD.findall(row.group()) if word[0].isupper()]
        if len(words) > 1:
            yield words[-2], words[-1]


def heard_in_arabic(
    first: str, last: str, script: str, text: str
) -> Iterator[tuple[list[re.Match[str]], int, int]]:
    """The words of each clause in which a name is heard, and where it begins and ends among them."""
    heads, tails = (transliteration.consonants(word, script) for word in (first, last))
    begin = 0
    for end in [*(edge.start() for edge in _EDGE.finditer(text)), len(text)]:
        words = [*WORD.finditer(text, begin, end)]
        begin = end
        for at in range(len(words) - 1):
            if not transliteration.may_transcribe(heads, words[at].group(), "Arab"):
                continue
            for behind in range(at + 1, min(at + _ARABIC_FAR, len(words))):
                if transliteration.may_transcribe(tails, words[behind].group(), "Arab"):
                    yield words, at, behind
                    break


@cache
def function_words(language: str) -> frozenset[str]:
    """Small words that are no part of an office, prepositions and articles among them."""
    listed = (table("persons")["definite"], table("unlisted_offices")["small"])
    more = [word for words in listed for word in words.get(language, "").split()]
    return frozenset((*conventions.load(language).function_words, *more))


@cache
def _articles(language: str) -> frozenset[str]:
    """The articles that show where an office begins: not of English, where a person has none."""
    if language in EVERY_NOUN or language == "en":
        return frozenset()
    return frozenset(table("persons")["articles"].get(language, "").split())


@cache
def _joins() -> frozenset[str]:
    """What joins the words of an office, of all languages."""
    return frozenset(table("unlisted_offices")["joins"]["all"].split())


@cache
def _leading() -> frozenset[str]:
    """Articles with a capital, which begin the names of things."""
    return frozenset(table("unlisted_offices")["leading"]["all"].split())


@cache
def _verb_ends(language: str) -> tuple[str, ...]:
    """What a verb, or a noun for what people do, ends in: no word for somebody does."""
    return tuple(table("unlisted_offices")["verb_ends"].get(language, "").split())


@cache
def _person(language: str) -> re.Pattern[str]:
    words = table("unlisted_offices")["person"].get(language, "").split()
    return re.compile("|".join(word.replace("*", r"\w{0,4}") for word in words) or r"(?!)")


@cache
def chinese(key: str) -> tuple[str, ...]:
    """What stands beside a name in Chinese."""
    return tuple(table("unlisted_offices")["chinese"][key].split())


@cache
def _chinese_office() -> re.Pattern[str]:
    return re.compile(rf"(?=..)[\u4e00-\u9fff]{{0,8}}(?:{'|'.join(chinese('ends'))})\Z")


@cache
def arabic_articles() -> tuple[str, ...]:
    """What an Arabic word with its article begins with."""
    return tuple(table("unlisted_offices")["article"]["ar"].split())
