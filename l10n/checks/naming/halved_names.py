"""A name of two words is not one word in the target: Somsak Chaiyaporn did not become Somsak.

No list of names is asked.  Of two words that are somebody's name, the first stands in the target, by its
letters or its sound, with no other name beside it, and the second stands there nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from l10n import conventions
from l10n.checks.mismatches import missing_finding
from l10n.checks.naming import full_names, people, transliteration
from l10n.checks.naming.full_names import BLANKS, SENTENCE_START, Word
from l10n.checks.naming.gazetteer import named
from l10n.checks.naming.nationalities import nationalities
from l10n.checks.naming.persons import heads, is_calling, things, without_article
from l10n.checks.naming.titles import is_title
from l10n.checks.naming.transliteration import Consonant
from l10n.checks.pair import Pair
from l10n.checks.reading.data_files import table
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.scripts import CASED, EVERY_NOUN, HAN
from l10n.checks.reading.words import folded
from l10n.model import Finding

_NEAR = 60  # characters before a name among which its speaker's verb stands
_TITLED = 4  # words before a name among which its title stands
_CLAUSES = re.compile(r"[.,;:!?«»“”„()]")
_BEFORE, _BEHIND = 1, 3  # words beside the first of a name among which the second stands
_SHORTEST_DOER = 5
_FEWEST = transliteration.FEWEST
_PART = re.compile("[^·・‧]+")
_POINTS = re.compile("[·・‧]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[ \u00a0]\Z")
_APPOSED_BEFORE = re.compile(r"[,،(–—][ \u00a0]?\Z")
_APPOSED_AFTER = re.compile(r"[,،;.)–—]|[ \u00a0][–—(]")
# Arabic words that stand behind a name and are none: with an article, a feminine or plural ending, of a verb.
_NATIVE = re.compile(
    r"(?:[وفبك]?ال|لل|[وف]?س[يتن]|مست|است|و[تين]|م\w*ا\Z|[بلوفك][^اوي]|(?:[يأإ]|ت(?!ش))(?!(?:[^اوي]*[اوي]){3}))"
    r"|\w*(?:[ةىئءؤ]|ات|ية|ها|هم|اه)\Z"
)
_ARTICLE = "ال"
_SHORTEST_FOREIGN = 4


def run(check: str, pair: Pair, reported: frozenset[int]) -> Iterator[Finding]:
    """A warning for each name whose second word is gone.

    ``reported`` are the places in the source of which another finding tells already.
    """
    source_language, target_language = pair.languages
    source_script, target_script = pair.scripts
    if source_language == target_language or not transliteration.SCRIPTS.issuperset(pair.scripts):
        return
    source, target = pair.source_plain.text, pair.target_plain.text
    for first, last in _full_names(source, source_language, source_script):
        second = without_article(last)
        if not _clear(second[0], source_script, target_script):
            continue
        if _stands_elsewhere(second[0], pair):
            continue
        if not _alone(first[0], second[0], source_script, target, target_language, target_script):
            continue
        gone = missing_finding(check, pair, *second[1:])
        if gone.source_start not in reported:
            yield gone


def _stands_elsewhere(second: str, pair: Pair) -> bool:
    """Whether a word of a name certainly stands in the target, wherever the one before it does."""
    scripts, target = pair.scripts, pair.target_plain.text
    if set(scripts) == CASED:
        return people.stands_by_syllables(second, scripts[0], target, scripts[1])
    return scripts[0] == scripts[1] and people.stands(second, scripts[0], target, scripts[1])


def _clear(second: str, script: str, other_script: str) -> bool:
    """Whether it can be told that a name is gone: in Arabic script by its sound only."""
    if other_script != "Arab":
        return True
    return transliteration.least_heard(transliteration.consonants(second, script)) >= _FEWEST


@per_text
def _full_names(text: str, language: str, script: str) -> tuple[tuple[Word, Word], ...]:
    """The names of people in a text, as the first and the last of their words."""
    if script in HAN:
        return tuple(_pointed(text)) if _POINTS.search(text) else ()
    if script == "Arab":
        words = [(match.group(), *match.span()) for match in _WORD.finditer(text)]
        ordinary = _ordinary(language)
        return tuple(
            (first, last)
            for first, last in pairwise(words)
            if text[first[2] : last[1]] in BLANKS
            and _may_be_foreign(last[0])
            and last[0] not in ordinary
            and first[0] not in ordinary
            and not first[0].startswith(_ARTICLE)
        )
    return tuple(
        (first, last)
        for first, last in full_names.side_by_side(text)
        if _ends_a_row(last, text)
        and is_of_a_person(text, language, first[1], last[2])
        and _are_names(first, last, text, language)
    )


def _ends_a_row(word: Word, text: str) -> bool:
    """Whether no word with a capital comes behind."""
    return text[word[2] : word[2] + 1] not in BLANKS or not text[word[2] + 1 : word[2] + 2].isupper()


def _are_names(first: Word, second: Word, text: str, language: str) -> bool:
    """Whether neither of two words names a thing, a country or what somebody is."""
    for word in (first[0], second[0]):
        if (
            word in things()
            or folded(word) in heads()
            or people.NOUN.search(word)
            or is_title(word, language)
        ):
            return False
    places = {
        at
        for place in (*named(text, language), *nationalities(text, language))
        for at in range(place.start, place.end)
    }
    last = _LAST_WORD.search(text[max(0, first[1] - _NEAR) : first[1]])
    return second[1] not in places and (
        first[1] not in places or (last is not None and is_doer(last[1], language))
    )


def is_of_a_person(text: str, language: str, start: int, end: int) -> bool:
    """Whether what stands beside a name says that it is somebody's."""
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    return _after_what_he_is(before, language) or _before_what_he_does(before, after, language)


def _after_what_he_is(before: str, language: str) -> bool:
    """Whether a text ends in a word for a person or a people, or has a title shortly before its end."""
    last = _LAST_WORD.search(before)
    if last is not None:
        first = SENTENCE_START.search(before[: last.start()]) is not None
        if is_doer(last[1].lower() if first else last[1], language) or nationalities(last[1], language):
            return True
    return any(is_title(word, language) or is_calling(word.lower()) for word in _last_words(before))


def _before_what_he_does(before: str, after: str, language: str) -> bool:
    """Whether what goes on behind a name says what somebody says or is, or a name is set off by marks."""
    if _APPOSED_AFTER.match(after) and _APPOSED_BEFORE.search(before):
        return True
    near = [word.lower() for word in _WORD.findall(after)[:2]]
    if near and after[:1] == "," and (near[0] in _who(language) or says_what(near, language)):
        return True
    return not verbs_of_saying(language).isdisjoint((*near, *map(str.lower, _WORD.findall(before))))


def _last_words(text: str) -> list[str]:
    """The last few words of the clause in which a text ends."""
    return _WORD.findall(_CLAUSES.split(text)[-1])[-_TITLED:]


def says_what(words: list[str], language: str) -> bool:
    """Whether words begin with what somebody is, an article before it or none: a surgeon."""
    bare = words[1:] if words[0] in _articles(language) else words
    return bool(bare) and (is_doer(bare[0], language) or is_title(bare[0], language))


def _of_a_person_in_chinese(text: str, start: int, end: int) -> bool:
    """Whether a word for a person stands before a name, or a verb of saying behind it."""
    return text[start - 1 : start] in _chinese("before") or text.startswith(tuple(_chinese("behind")), end)


def is_doer(word: str, language: str) -> bool:
    """Whether a word is one for what somebody does: volcanologist, скрипач."""
    small = word.lower()
    if is_calling(small):
        return True
    if language != "de" and word != small:
        return False
    return len(word) >= _SHORTEST_DOER and small.endswith(_doers(language)) and small not in _not_doers()


def _may_be_foreign(word: str) -> bool:
    """Whether nothing in an Arabic word says that it is no name."""
    return len(word) >= _SHORTEST_FOREIGN and _NATIVE.match(word) is None


def _pointed(text: str) -> Iterator[tuple[Word, Word]]:
    """The first and the last of the words between which Chinese writes a point."""
    for start, end in transliteration.transcribed(text):
        parts = [match.span() for match in _PART.finditer(text, start, end)]
        if len(parts) > 1:
            first, last = parts[0], parts[-1]
            yield (text[slice(*first)], *first), (text[slice(*last)], *last)


def _alone(first: str, second: str, script: str, text: str, language: str, other_script: str) -> bool:
    """Whether the first word of a name stands in another text, never with a name beside it."""
    heard = transliteration.consonants(first, script)
    if script != other_script and transliteration.least_heard(heard) < _FEWEST:
        return False
    if other_script in HAN:
        return _alone_in_chinese(heard, script, text, other_script)
    stands_alone = False
    words = full_names.all_words(text)
    for at, word in enumerate(words):
        if other_script in CASED and not word[0][0].isupper():
            continue
        if script == other_script:
            is_first = folded(word[0]) == folded(first)
        else:
            is_first = transliteration.may_transcribe(heard, word[0], other_script)
        if not is_first:
            continue
        if other_script in CASED and _named_beside(word, text, language):
            return False
        if other_script in CASED and script not in CASED and not is_of_a_person(text, language, *word[1:]):
            return False
        if script != other_script and people.stands(
            second, script, _words_beside(words, at, other_script), other_script
        ):
            return False
        stands_alone = True
    return stands_alone


def _alone_in_chinese(heard: tuple[Consonant, ...], script: str, text: str, other_script: str) -> bool:
    """The same in Chinese, where a point would stand before the next word of the name."""
    spans = [
        (start, end)
        for start, end in transliteration.transcribed(text)
        if transliteration.may_transcribe(heard, text[start:end], other_script)
    ]
    if any(_POINTS.search(text, start, end + 1) for start, end in spans):
        return False
    return any(script != "Arab" or _of_a_person_in_chinese(text, start, end) for start, end in spans)


def _words_beside(words: Sequence[Word], at: int, script: str) -> str:
    """The words beside one among which the rest of its name would stand: in other scripts only behind it."""
    start = max(0, at - _BEFORE) if script in CASED else at
    return " ".join(word[0] for word in (*words[start:at], *words[at + 1 : at + 1 + _BEHIND]))


def _named_beside(word: Word, text: str, language: str) -> bool:
    """Whether a word with a capital, or a hyphen, stands right beside a name; a German noun before it may."""
    after = text[word[2] : word[2] + 2]
    if after[:1] == "-" or (after[:1] in BLANKS and after[1:].isupper()):
        return True
    if language in EVERY_NOUN:
        return False
    before = text[max(0, word[1] - _NEAR) : word[1]]
    last = _LAST_WORD.search(before)
    if last is None or not last[1].istitle() or SENTENCE_START.search(before[: last.start()]):
        return False
    return not is_title(last[1], language) and not is_calling(last[1].lower())


@cache
def verbs_of_saying(language: str) -> frozenset[str]:
    """Words that say who said something."""
    return frozenset(table("persons")["said"].get(language, "").split())


@cache
def _articles(language: str) -> frozenset[str]:
    return frozenset(table("persons")["articles"].get(language, "").split())


@cache
def _who(language: str) -> frozenset[str]:
    """Words that go on about somebody: behind a comma."""
    return frozenset(table("persons")["who"].get(language, "").split())


@cache
def _chinese(side: str) -> frozenset[str]:
    return frozenset(table("persons")["chinese"][side].split())


@cache
def _ordinary(language: str) -> frozenset[str]:
    """Words that often stand behind a name."""
    return frozenset(
        (*table("persons")["ordinary"].get(language, "").split(), *conventions.load(language).function_words)
    )


@cache
def _doers(language: str) -> tuple[str, ...]:
    return tuple(table("persons")["doers"].get(language, "").split())


@cache
def _not_doers() -> frozenset[str]:
    return frozenset(table("persons")["doers"]["not_doers"].split())
