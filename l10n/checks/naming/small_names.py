"""Names that lost their capital: Helena Brandt did not become Helena brandt.

Two words of a name stand side by side in the target, one of them in small letters.  Within one script a word
by itself counts too, where the target has it in small letters only.  Titles and nouns of which names are made
may lose theirs: Presidente, Monte.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from l10n.checks.naming import people, transliteration
from l10n.checks.naming.cldr import words_of_names
from l10n.checks.naming.full_names import (
    BLANKS,
    SENTENCE_START,
    Word,
    all_words,
    is_of_small_words,
    side_by_side,
)
from l10n.checks.naming.halved_names import is_doer
from l10n.checks.naming.nationalities import nationalities
from l10n.checks.naming.persons import heads, is_calling, of_bodies, things
from l10n.checks.naming.respelled_names import is_wordlike
from l10n.checks.naming.titles import is_title
from l10n.checks.naming.unlisted_people import full_names_of
from l10n.checks.pair import Pair
from l10n.checks.reading.scripts import CASED, EVERY_NOUN
from l10n.checks.reading.words import folded
from l10n.checks.times.calendar import months, weekdays
from l10n.model import Finding, Severity

SMALL = "{source} has a small letter here: {target}"
_SHORTEST = 5
_BEFORE = 2  # words before one


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """A warning for each word of a name that is written with a small letter."""
    if not CASED.issuperset(pair.scripts) or pair.languages[0] == pair.languages[1]:
        return
    in_rows = list(_of_rows(pair))
    lone = _alone(pair) if pair.scripts[0] == pair.scripts[1] and not in_rows else ()
    for lost, written in (*in_rows, *lone):
        values = (("source", lost[0]), ("target", written[0]))
        span, place = pair.target_plain.span(*written[1:]), pair.source_plain.span(*lost[1:])
        yield Finding(check, Severity.WARNING, SMALL, *span, None, values, *place)


def _of_rows(pair: Pair) -> Iterator[tuple[Word, Word]]:
    """Words of names of two words, each with what it became."""
    small = [two for two in pairwise(all_words(pair.target_plain.text)) if _is_half_small(*two, pair)]
    if not small:
        return
    for name in _names(pair):
        at = next((at for at, two in enumerate(small) if _is_written(name, two, pair)), None)
        if at is None:
            continue
        index = 0 if small[at][0][0].islower() else 1
        if index == 0 and pair.source_convention.language in EVERY_NOUN:
            continue  # Tenor Pavarotti
        if _is_no_name(name[index][0], pair):
            continue
        yield name[index], small.pop(at)[index]


def _names(pair: Pair) -> Iterator[tuple[Word, Word]]:
    """Two words of each name of the source: between scripts, where sounds say less, of somebody's only."""
    text = pair.source_plain.text
    if pair.scripts[0] == pair.scripts[1]:
        yield from (two for two in side_by_side(text) if not any(_is_of_things(word) for word, _, _ in two))
    else:
        for name in full_names_of(text, pair.languages[0], pair.scripts[0]):
            yield from pairwise(name.words)


def _alone(pair: Pair) -> Iterator[tuple[Word, Word]]:
    """Words with a capital within a sentence that the target has in small letters only."""
    (language, other_language), text = pair.languages, pair.source_plain.text
    if language in EVERY_NOUN or not is_of_small_words(text):
        return
    small = {word[0]: word for word in reversed(all_words(pair.target_plain.text)) if word[0].islower()}
    words = all_words(text)
    for at, word in enumerate(words):
        name, start, end = word
        written = small.get(name.lower())
        if written is None or len(name) < _SHORTEST or not name.istitle() or name in pair.target_plain.text:
            continue
        if any(near[0][0].isupper() for near in words[max(0, at - _BEFORE) : at + 2] if near != word):
            continue  # in the name of a body: Médecins sans Frontières
        if name.lower() in text or SENTENCE_START.search(text[max(0, start - 4) : start]):
            continue
        if (
            folded(name) in words_of_names(language)
            or is_wordlike(name.lower())
            or _is_no_name(name, pair)
            or _is_dated(text, language, start, end)
        ):
            continue
        if not nationalities(written[0], other_language) and not nationalities(name, language):
            yield word, written


def _is_dated(text: str, language: str, start: int, end: int) -> bool:
    """Whether a word is the name of a month or a day, which not every language writes with a capital."""
    dates = (*months(text, language), *weekdays(text, language))
    return any(date.start < end and start < date.end for date in dates)


def _is_half_small(first: Word, second: Word, pair: Pair) -> bool:
    """Whether one of two words side by side in the target has a capital."""
    if first[0][0].isupper() == second[0][0].isupper():
        return False
    small = first[0] if first[0].islower() else second[0]
    return (
        small.islower()
        and small not in pair.target_convention.function_words
        and pair.target_plain.text[first[2] : second[1]] in BLANKS
    )


def _is_written(name: tuple[Word, Word], words: tuple[Word, Word], pair: Pair) -> bool:
    """Whether two words are those of a name, in this order."""
    return all(_is_word(either[0], word[0], pair) for either, word in zip(name, words, strict=True))


def _is_word(name: str, word: str, pair: Pair) -> bool:
    """Whether a word of the target is one of a name but for its capital, or is heard as it is."""
    source_script, target_script = pair.scripts
    if source_script == target_script:
        return folded(name) == folded(word)
    heard = transliteration.consonants(name, source_script)
    return transliteration.least_heard(heard) >= transliteration.FEWEST and transliteration.may_transcribe(
        heard, word, target_script
    )


def _is_no_name(word: str, pair: Pair) -> bool:
    """Whether a word is a title, or one of which the names of things and bodies are made."""
    language = pair.languages[0]
    small = word.lower()
    return _is_of_things(word) or is_title(word, language) or is_calling(small) or is_doer(small, language)


def _is_of_things(word: str) -> bool:
    """Whether the names of things and bodies are made of a word: Corte Suprema."""
    bare = folded(word)
    return word in things() or bare in heads() or bare in of_bodies() or people.NOUN.search(bare) is not None
