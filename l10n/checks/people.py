"""Whoever is named in the source is named in the target, in its script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks import transliteration
from l10n.checks.cldr import words_of_countries
from l10n.checks.gazetteer import named
from l10n.checks.mismatches import MISSING
from l10n.checks.nationalities import nationalities
from l10n.checks.pair import Pair
from l10n.checks.persons import eastern, family_names
from l10n.checks.words import folded
from l10n.model import Finding, Severity

CHANGED = "{source} is spelled {target} here"
ADDED = "{target} is not in the source"
# Endings of words that languages share and spell each in its way: Foundation, Ministère, President.
NOUN = re.compile(r"(?:[st]i(?:on|one|ón)e?n?s?|[sc]ao|ment[eo]?s?|it[aeéy]|dade|dad|ung)\Z")
_STEM = 4  # letters that an inflected name keeps
_LONE = 4  # consonants of a name that nothing but its capital tells
_LEAST = 3  # consonants of a name whose end is unsure
_TAIL = 2  # characters after a Chinese name that may be no part of it
_WORD = re.compile(r"[^\W\d_]{3,40}")
_CAPITAL = re.compile(r"(?<=[\w,;] )[^\W\d_a-zа-я]")
_CASED = frozenset({"Latn", "Cyrl"})
_HAN = frozenset({"Hans", "Hant"})
_STARTS = re.compile(r"(?:^|[.!?:…;«»“”„\"(—–•\n]\s*)$")
_EVERY_NOUN = frozenset({"de"})  # has a capital

Name = tuple[str, int, int]


def run(check: str, pair: Pair, told: frozenset[int]) -> Iterator[Finding]:
    """A warning for each family name that the other side lacks or spells another way.

    ``told`` are the places in the source of which something was said already.
    """
    ours, theirs = pair.source_convention.script, pair.target_convention.script
    if ours not in transliteration.SCRIPTS or theirs not in transliteration.SCRIPTS:
        return
    wanted = [
        name
        for name in family_names(pair.source_plain.text, ours)
        if name[1] not in told and not (theirs in _HAN and _eastern(name, pair.source_plain.text))
    ]
    found = [one for name in wanted for one in _lost(check, pair, name)]
    yield from found
    if ours == theirs:
        return
    if ours in _CASED and not found and any(_says_little(name[0], ours) for name in wanted):
        yield from _new(check, pair)
        return
    # A script without capitals says too little of where its names are: the other side's are looked for in it.
    # Chinese writes a point in every foreign name.
    if not found and (ours not in _CASED or theirs in _HAN):
        yield from _new(check, pair)
    if ours in _CASED and pair.source_convention.language not in _EVERY_NOUN:
        yield from _lone(check, pair, wanted)


def _new(check: str, pair: Pair) -> Iterator[Finding]:
    """The family names of the target that the source lacks."""
    ours, theirs = pair.source_convention.script, pair.target_convention.script
    for name in family_names(pair.target_plain.text, theirs):
        if ours in _HAN and _eastern(name, pair.target_plain.text):
            continue
        if not stands(name[0], theirs, pair.source_plain.text, ours):
            yield _added(check, pair, name)


def _eastern(name: Name, text: str) -> bool:
    """Whether Chinese writes a name in characters of its own, not by its sound: Kenji Watanabe."""
    before = text[: name[1]].split()
    return bool(before) and not eastern().isdisjoint({before[-1], before[-1][1:]})


def _says_little(name: str, script: str) -> bool:
    """Whether a name has too few consonants to be looked for in another script: Herrera."""
    return transliteration.least_heard(transliteration.consonants(name, script)) < transliteration.FEWEST


def _lost(check: str, pair: Pair, name: Name) -> Iterator[Finding]:
    said, start, end = name
    ours, theirs = pair.source_convention.script, pair.target_convention.script
    target = pair.target_plain
    if stands(said, ours, target.text, theirs):
        return
    place = pair.source_plain.span(start, end)
    other, apart = _like(said, ours, target.text, theirs)
    if other is None:
        yield Finding(check, Severity.WARNING, MISSING, 0, 0, None, (("source", said),), *place)
    elif apart:
        yield _changed(check, pair, name, other)


def _lone(check: str, pair: Pair, people: list[Name]) -> Iterator[Finding]:
    """Words with a capital within a sentence that stand in the target with one other consonant."""
    source, target = pair.source_plain.text, pair.target_plain.text
    ours, theirs = pair.source_convention.script, pair.target_convention.script
    fewest = _LONE + (theirs in _HAN)
    if pair.target_convention.language in _EVERY_NOUN or not _CAPITAL.search(source):
        return
    known = _known(people, source, pair.source_convention.language)
    for found in _WORD.finditer(source):
        word = found.group()
        if (
            not word[0].isupper()
            or word.isupper()
            or NOUN.search(word)
            or known.intersection(range(*found.span()))
        ):
            continue
        if _starts(source, found.start()):
            continue
        if transliteration.least_heard(transliteration.consonants(word, ours)) < fewest or stands(
            word, ours, target, theirs
        ):
            continue
        other, apart = _like(word, ours, target, theirs)
        if other is None or apart != 1 or _starts(target, other[1]):
            continue
        if word.lower() in words_of_countries(pair.source_convention.language):
            continue
        if _of_another(word, other[0], source, ours, theirs):
            continue
        if transliteration.least_heard(transliteration.consonants(other[0], theirs)) >= fewest:
            yield _changed(check, pair, (word, *found.span()), other)


def _known(people: list[Name], text: str, language: str) -> set[int]:
    """Where the names of people that are known begin, and every place of those of countries and cities."""
    seen = (*named(text, language), *nationalities(text, language))
    places = (at for one in seen for at in range(one.start, one.end))
    return {*places, *(start for _, start, _ in people)}


def _of_another(word: str, other: str, text: str, script: str, their: str) -> bool:
    """Whether what is like a word in the other text is another name of this one."""
    return any(
        name != word
        and stands(name, script, other, their)
        and transliteration.least_heard(transliteration.consonants(name, script)) > 1
        for name, _, _ in _words(text, script)
    )


def _starts(text: str, at: int) -> bool:
    """Whether a sentence begins at a place, so that a capital there says nothing."""
    return _STARTS.search(text[max(0, at - 4) : at]) is not None if at else True


def _added(check: str, pair: Pair, name: Name) -> Finding:
    said, start, end = name
    source = pair.source_plain
    other, _ = _like(said, pair.target_convention.script, source.text, pair.source_convention.script)
    if other is not None:
        return _changed(check, pair, other, name)
    span = pair.target_plain.span(start, end)
    return Finding(check, Severity.WARNING, ADDED, *span, None, (("target", said),))


def _changed(check: str, pair: Pair, one: Name, other: Name) -> Finding:
    values = (("source", one[0]), ("target", other[0]))
    span, place = pair.target_plain.span(*other[1:]), pair.source_plain.span(*one[1:])
    return Finding(check, Severity.WARNING, CHANGED, *span, None, values, *place)


def stands(name: str, script: str, text: str, other: str) -> bool:
    """Whether a name stands in a text, inflected or as another script writes it."""
    if begins(name, text):
        return True
    heard = transliteration.consonants(name, script)
    if script == other:  # people mostly keep their letters
        return transliteration.least_heard(heard) >= transliteration.FEWEST and any(
            transliteration.may_transcribe(heard, word, other)
            and alike(name, word)
            and not turned(name, word)
            for word, _, _ in _words(text, other)
        )
    if script not in _HAN or transliteration.may_transcribe(heard, text, other):
        return transliteration.may_transcribe(heard, text, other)
    shorter = (transliteration.consonants(name[:-end], script) for end in range(1, _TAIL + 1))
    return any(
        transliteration.least_heard(one) >= _LEAST and transliteration.may_transcribe(one, text, other)
        for one in shorter
    )


def begins(name: str, text: str) -> bool:
    """Whether a text has a name as it is, or with another end."""
    return folded(name)[: max(_STEM, len(name) - 1)] in folded(text)


def _like(name: str, script: str, text: str, other: str) -> tuple[Name | None, int]:
    """What in a text of another script is written most like a name, and how many consonants differ."""
    heard = transliteration.consonants(name, script)
    words = list(_words(text, other))
    index, apart = transliteration.nearest(heard, [word for word, _, _ in words], other)
    if index < 0 or apart > min(2, max(1, transliteration.least_heard(heard) // 2)):
        return None, apart
    if script == other and not alike(name, words[index][0]):
        return None, apart
    return words[index], apart


def turned(one: str, other: str) -> bool:
    """Whether two words have the same letters in another order, as no two spellings of a name do."""
    words = folded(one), folded(other)
    return words[0] != words[1] and sorted(words[0]) == sorted(words[1])


def alike(one: str, other: str) -> bool:
    """Whether two words of one script share two of five pairs of letters."""
    words = folded(one), folded(other)
    ours, theirs = ({word[at : at + 2] for at in range(len(word) - 1)} for word in words)
    return 5 * len(ours & theirs) >= len(ours) + len(theirs)


def _words(text: str, script: str) -> Iterator[Name]:
    """The words that may be names."""
    if script in _HAN:
        for start, end in transliteration.transcribed(text):
            at = start
            for part in text[start:end].split("·"):
                if len(part) > 1:
                    yield part, at, at + len(part)
                at += len(part) + 1
        return
    for found in _WORD.finditer(text):
        if script not in _CASED or found.group()[0].isupper():
            yield found.group(), *found.span()
