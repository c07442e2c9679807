"""An office that no list has, right beside a name in the source, and a target in which the name stands bare.

That words beside a name say what somebody is, is told by an article before them, the end of a word for a
person, or a capital within a German sentence.  A name is bare where a clause begins with it, or only a small
word or a verb of saying stands before it, and no comma behind it: where the target has no room for an office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from l10n.checks.mismatches import missing_finding
from l10n.checks.naming import people, transliteration
from l10n.checks.naming.halved_names import verbs_of_saying
from l10n.checks.naming.named_offices import (
    POINTS,
    POSSESSIVE,
    ROW,
    WORD,
    Named,
    arabic_articles,
    chinese,
    clause_before,
    function_words,
    heard_in_arabic,
    is_clear,
    with_office,
)
from l10n.checks.naming.titles import is_title
from l10n.checks.naming.unlisted_people import of
from l10n.checks.pair import Pair
from l10n.checks.reading.data_files import table
from l10n.checks.reading.scripts import CASED, EVERY_NOUN, HAN
from l10n.checks.reading.words import folded
from l10n.model import Finding

_ROOM = re.compile(r"[ \u00a0]?[,،(（–—]")
_GOES_ON = re.compile(r"، ?[وف]")
_OPENS_APPOSITION = frozenset({",", "(", "–", "—"})
_NEAR = 9
_FAR_IN_FRONT = 30  # characters before a name among which an office that was told of stands
_ABBREVIATED = re.compile(r"(?<!\w)[^\W\d_]{1,5}\.[ \u00a0]?\Z")  # Dr., Prof.
_INFLECTED = ("e", "er", "es", "en", "em")  # German adjectives, which may be nouns
_ENDS_CLAUSE = re.compile(r"(?:\A|[，。；：、！？“”《》（）\s])\Z")
_HAN_BEHIND = 7


def run(check: str, pair: Pair, reported: frozenset[int]) -> Iterator[Finding]:
    """A warning for each office that is gone.

    ``reported`` are the places in the source that were told of.
    """
    source_language, target_language = pair.languages
    if source_language == target_language or not transliteration.SCRIPTS.issuperset(pair.scripts):
        return
    if not {source_language, target_language} <= table("persons")["said"].keys() | {"ar", "zh"}:
        return
    source = pair.source_plain
    script, target_script = pair.scripts
    for name in with_office(pair):
        begin = max(0, min(name.office[0], name.start - _FAR_IN_FRONT))
        if not reported.isdisjoint(range(*source.span(begin, name.start))):
            continue
        if script in CASED | HAN and script != target_script and not is_clear(name.last, script):
            continue
        office = source.text[slice(*name.office)]
        if people.stands(WORD.findall(office)[-1], script, pair.target_plain.text, target_script):
            continue
        if not _stands_bare(name, pair):
            continue
        yield missing_finding(check, pair, *name.office)


def _stands_bare(name: Named, pair: Pair) -> bool:
    """Whether the target has a name, and nowhere with anything that may be an office beside it."""
    script, language = pair.target_convention.script, pair.target_convention.language
    text, source_script = pair.target_plain.text, pair.source_convention.script
    if source_script == "Arab":  # the words are the target's
        source_script = script
    if script in CASED:
        bare = [*_bare_in_capitals(name, source_script, text, language, script)]
    elif script in HAN:
        bare = [*_bare_in_chinese(name, source_script, text)]
    else:
        bare = [*_bare_in_arabic(name, source_script, text)]
    return bool(bare) and all(bare)


def _is_word(word: str, script: str, other: str, other_script: str) -> bool:
    if script == other_script:
        return folded(word) == folded(POSSESSIVE.sub("", other))
    return transliteration.may_transcribe(transliteration.consonants(word, script), other, other_script)


def _bare_in_capitals(
    name: Named, script: str, text: str, language: str, other_script: str
) -> Iterator[bool]:
    """Whether each row of words with a capital that is a name begins a clause or follows a small word."""
    for row in ROW.finditer(text):
        words = [match for match in WORD.finditer(text, *row.span()) if match.group()[0].isupper()]
        if not _is_word(name.last, script, words[-1].group(), other_script):
            continue
        first = next(
            (word for word in words[-2::-1] if _is_word(name.first, script, word.group(), other_script)),
            None,
        )
        yield (
            first is not None
            and _ABBREVIATED.search(text, max(0, first.start() - _NEAR), first.start()) is None
            and _nothing_is_before(text, row.start(), first.start(), language)
            and _ROOM.match(text, words[-1].end()) is None
        )


def _nothing_is_before(text: str, row: int, name: int, language: str) -> bool:
    """Whether no office can stand before a name, which begins in a row of words with a capital."""
    _, before = clause_before(text, name)
    if not before:
        return text[max(0, row - _NEAR) : row].rstrip()[-1:] not in _OPENS_APPOSITION
    last = before[-1].group()
    small = last.lower()
    return (
        small in function_words(language)
        or small in of(language)
        or small in verbs_of_saying(language)
        or (language in EVERY_NOUN and last.islower() and not last.endswith(_INFLECTED))
    )


def _bare_in_chinese(name: Named, script: str, text: str) -> Iterator[bool]:
    for start, end in transliteration.transcribed(text):
        parts = [part for part in POINTS.split(text[start:end]) if part]
        if len(parts) < 2 or not _is_word(name.last, script, parts[-1], "Hans"):
            continue
        if not transliteration.may_transcribe(
            transliteration.consonants(parts[0], "Hans"), name.first, script
        ):
            yield False  # a rabbi's title, as it sounds
            continue
        behind = text[end : end + _HAN_BEHIND]
        begun = _ENDS_CLAUSE.search(text[max(0, start - 1) : start]) is not None
        small = text.endswith(chinese("before"), 0, start)
        yield (begun or small) and _called_behind().match(behind) is None


def _bare_in_arabic(name: Named, script: str, text: str) -> Iterator[bool]:
    for words, at, behind in heard_in_arabic(name.first, name.last, script, text):
        before = words[at - 1].group() if at else ""
        room = _ROOM.match(text, words[behind].end()) and not _GOES_ON.match(text, words[behind].end())
        after = words[behind + 1].group() if behind + 1 < len(words) else ""
        if room or after in _arabic_behind() or words[at].group().startswith("لل"):
            yield False
        elif not at or before in function_words("ar"):
            yield True
        else:
            yield at == 1 and not before.startswith(arabic_articles()) and not is_title(before, "ar")


@cache
def _called_behind() -> re.Pattern[str]:
    ends = "|".join((*chinese("behind"), *chinese("ends")))
    return re.compile(rf"[\u4e00-\u9fff]{{0,5}}?(?:{ends})")


@cache
def _arabic_behind() -> frozenset[str]:
    return frozenset(table("unlisted_offices")["behind"]["ar"].split())
