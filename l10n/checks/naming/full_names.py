"""Compare full names: Thandiwe Dlamini did not become Thandiwe Mokoena.

No list of names is asked. Of two words with capitals that stand side by side in a sentence, the first is in
the other text as well, letter for letter or in another script; what stands beside it there is the second, or
a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import compress, pairwise
from operator import and_

from l10n.checks.mismatches import CHANGED, RESPELLED
from l10n.checks.naming import people, transliteration
from l10n.checks.naming.gazetteer import same_place
from l10n.checks.naming.persons import heads, things
from l10n.checks.pair import Pair
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.scripts import CAPITAL, CASED, EVERY_NOUN
from l10n.checks.reading.words import folded
from l10n.model import Finding, Severity
from l10n.patterns import lazy_pattern

_SCRIPTS = frozenset({"Latn", "Cyrl", "Arab"})  # Chinese has a point in every foreign name
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Whether there may be two words with a capital side by side: a quick look.
_TWO = lazy_pattern(rf"[{CAPITAL}]\w{{1,40}}[ \u00a0][{CAPITAL}]")
BLANKS = frozenset({" ", "\u00a0"})
"""What stands between the words of a name."""
SENTENCE_START = re.compile(r"(?:\A|[.!?:…;«»“”„\"(—–•\n]\s*)\Z")
"""Where what comes next has a capital whatever it is."""
_SHORTEST = 3
_SURE = 4  # letters of a name that is no key: Ctrl Alt Del
_LONGEST = 30
_SMALL_WORDS = 3  # a heading has fewer words in small letters
_HEARD = 2  # consonants of a name by which it is known in another script
_SURELY_HEARD = 3  # where capitals say nothing on either side
_ARTICLE = "ال"
_KEPT = 4  # letters that a word and its translation share: Project, Projekt

Word = tuple[str, int, int]


def run(check: str, pair: Pair, reported: frozenset[int]) -> Iterator[Finding]:
    """A warning for each name that is not there, though the name before it is.

    ``reported`` are the places in the source of which another finding tells already.
    """
    source_script, target_script = pair.scripts
    if pair.source_convention.language == pair.target_convention.language:
        return
    if source_script not in _SCRIPTS or target_script not in _SCRIPTS:
        return
    source, target = pair.source_plain.text, pair.target_plain.text
    if source_script in CASED:
        heard = _heard(pair.source_convention.language, target_script)
        for name, counterpart in _differing(source, source_script, target, target_script, heard):
            if _is_place(pair, name, counterpart):
                continue
            if pair.source_plain.span(*name[1:])[0] not in reported:
                yield _finding(check, pair, name, counterpart)
    elif target_script in CASED:
        heard = _heard(pair.target_convention.language, source_script)
        for name, counterpart in _differing(target, target_script, source, source_script, heard):
            if pair.source_plain.span(*counterpart[1:])[0] not in reported:
                yield _finding(check, pair, counterpart, name)


def _is_place(pair: Pair, name: Word, counterpart: Word) -> bool:
    """Whether two words name one place: Debian Switzerland is Debian Suisse."""
    source_language, target_language = pair.languages
    return same_place(name[0], source_language, counterpart[0], target_language)


def _heard(language: str, script: str) -> int:
    """The consonants by which a name of a language with capitals has to be known in a script."""
    return _SURELY_HEARD if language in EVERY_NOUN and script not in CASED else _HEARD


def _differing(
    text: str, script: str, other_text: str, other_script: str, fewest: int
) -> Iterator[tuple[Word, Word]]:
    """Names of a text in a script with capitals, each with what stands in its place in the other text."""
    for first, second in side_by_side(text):
        beside = _beside(first[0], script, other_text, other_script, fewest)
        if beside is None or people.stands(second[0], script, other_text, other_script):
            continue
        if people.stands(beside[0], other_script, text, script) or not _a_name(
            second[0], beside[0], script, other_script
        ):
            continue
        yield second, beside


@per_text
def side_by_side(text: str) -> tuple[tuple[Word, Word], ...]:
    """Words with a capital that stand side by side in a sentence, as (first, second), none of a heading."""
    pairs = _pairs(text)
    if not pairs or not is_of_small_words(text):
        return ()
    return tuple(
        (first, second) for first, second in pairs if len(second[0]) >= _SURE and not _common(first[0])
    )


@per_text
def is_of_small_words(text: str) -> bool:
    """Whether a text has enough words in small letters to be no heading."""
    return sum(map(str.islower, _WORD.findall(text))) >= _SMALL_WORDS


@per_text
def _pairs(text: str) -> tuple[tuple[Word, Word], ...]:
    """Words with a capital that stand side by side."""
    if _TWO().search(text) is None:
        return ()
    words = all_words(text)
    capital = [_capital(word) for word, _, _ in words]
    return tuple(
        (first, second)
        for first, second in compress(pairwise(words), map(and_, capital, capital[1:]))
        if text[first[2] : second[1]] in BLANKS
    )


def _capital(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST and word.istitle()


def _common(word: str) -> bool:
    """Whether a word begins the names of many things: Cruz Roja, Costa Rica."""
    return folded(word) in heads()


@per_text
def _beside(first: str, script: str, other_text: str, other_script: str, fewest: int) -> Word | None:
    """What stands behind a name in another text."""
    if script == other_script:
        return next((behind for word, behind in _pairs(other_text) if word[0] == first), None)
    heard = transliteration.consonants(first, script)
    if transliteration.least_heard(heard) < fewest:
        return None
    return next(
        (
            behind
            for word, behind in _behind(other_text, other_script).items()
            if transliteration.may_transcribe(heard, word, other_script)
        ),
        None,
    )


@per_text
def _behind(text: str, script: str) -> dict[str, Word]:
    """What stands behind each word that may be a name, where it stands first."""
    behind: dict[str, Word] = {}
    for first, second in _places(text, script):
        behind.setdefault(first[0], second)
    return behind


def _places(text: str, script: str) -> Iterator[tuple[Word, Word]]:
    """Where a name and another behind it may stand."""
    if script in CASED:
        return iter(_pairs(text))
    words = pairwise(all_words(text))
    return (
        (first, second)
        for first, second in words
        if len(second[0]) >= _SHORTEST and text[first[2] : second[1]] in BLANKS
    )


@per_text
def all_words(text: str) -> tuple[Word, ...]:
    """The words of a text, hyphens and apostrophes within, each with its place."""
    return tuple([(match[0], *match.span()) for match in _WORD.finditer(text)])


def _a_name(second: str, beside: str, script: str, other_script: str) -> bool:
    """Whether two words that differ are names, and no word and its translation."""
    if second in things() or beside in things() or people.NOUN.search(second) or people.NOUN.search(beside):
        return False
    if other_script == "Arab" and beside.startswith(_ARTICLE):
        return False
    if script != other_script:
        return transliteration.least_heard(transliteration.consonants(second, script)) >= _HEARD
    folded_second, folded_beside = folded(second), folded(beside)
    return folded_second[:_KEPT] != folded_beside[:_KEPT] or len(folded_second) == len(folded_beside)


def _finding(check: str, pair: Pair, source_name: Word, target_name: Word) -> Finding:
    values = (("source", source_name[0]), ("target", target_name[0]))
    span, place = pair.target_plain.span(*target_name[1:]), pair.source_plain.span(*source_name[1:])
    template = (
        RESPELLED
        if people.is_anagram(source_name[0], target_name[0]) or people.alike(source_name[0], target_name[0])
        else CHANGED
    )
    return Finding(check, Severity.WARNING, template, *span, None, values, *place)
