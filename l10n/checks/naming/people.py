"""Whoever is named in the source is named in the target, in its script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.mismatches import RESPELLED, added_finding, missing_finding
from l10n.checks.naming import cyrillised, resemblance, transliteration
from l10n.checks.naming.cldr import words_of_countries
from l10n.checks.naming.gazetteer import named
from l10n.checks.naming.nationalities import nationalities
from l10n.checks.naming.persons import eastern, family_names
from l10n.checks.pair import Pair
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.scripts import CASED, EVERY_NOUN, HAN
from l10n.checks.reading.words import folded
from l10n.model import Finding, Severity

# Endings of words that languages share and spell each in its way: Foundation, Ministère, President.
NOUN = re.compile(r"(?:[st]i(?:on|one|ón)e?n?s?|[sc]ao|ment[eo]?s?|it[aeéy]|dade|dad|ung)\Z")
# Endings of Russian adjectives, but for those that names of people have as well.
_ADJECTIVE = re.compile(r"(?:[ое]е|[ыи]е|[ое]го|[ое]му|[ыи]х|н(?:ый|ая|ую|ой))\Z")
_STEM = 4  # letters that an inflected name keeps
_LONE = 4  # consonants of a name that nothing but its capital tells
_LEAST = 3  # consonants of a name whose end is unsure
_SURELY_ONE = 4  # consonants of a name that may be two words of another script
_LONGEST_WORD = 14
_FAR = 30
_CAPITALISED_BEFORE = re.compile(r"(?<!\w)([^\W\d_a-zа-я][^\W\d_]+)[ \u00a0]\Z")
_WORD_BEFORE = re.compile(r"(?<!\w)(\w{2,}) \Z")
_TAIL = 2  # characters after a Chinese name that may be no part of it
# De, van, von, di, van den, van der, de la, which Chinese writes on to the front of a name.
_PARTICLES = ("德", "范", "冯", "迪", "范登", "范德", "德拉")
_WORD = re.compile(r"[^\W\d_]{3,40}")
_CAPITAL = re.compile(r"(?<=[\w,;] )[^\W\d_a-zа-я]")
_STARTS = re.compile(r"(?:^|[.!?:…;«»“”„\"(—–•\n]\s*)$")

Name = tuple[str, int, int]


def run(check: str, pair: Pair, reported: frozenset[int]) -> Iterator[Finding]:
    """A warning for each family name that the other side lacks or spells another way.

    ``reported`` are the places in the source of which another finding tells already.
    """
    source_script, target_script = pair.scripts
    if source_script not in transliteration.SCRIPTS or target_script not in transliteration.SCRIPTS:
        return
    source_names = [
        name
        for name in family_names(pair.source_plain.text, source_script)
        if name[1] not in reported and not (target_script in HAN and _eastern(name, pair.source_plain.text))
    ]
    lost = [finding for name in source_names for finding in _lost(check, pair, name)]
    yield from lost
    if source_script == target_script:
        return
    if (
        source_script in CASED
        and not lost
        and any(_says_little(name[0], source_script) for name in source_names)
    ):
        yield from _new(check, pair)
        return
    # A script without capitals says too little of where its names are: the other side's are looked for in it.
    # Chinese writes a point in every foreign name.
    if not lost and (source_script not in CASED or target_script in HAN):
        yield from _new(check, pair)
    if source_script in CASED and pair.source_convention.language not in EVERY_NOUN:
        yield from _respelled(check, pair, source_names)


def _new(check: str, pair: Pair) -> Iterator[Finding]:
    """The family names of the target that the source lacks."""
    source_script, target_script = pair.scripts
    for name in family_names(pair.target_plain.text, target_script):
        if source_script in HAN and _eastern(name, pair.target_plain.text):
            continue
        if not _is_said(name, pair.target_plain.text, target_script, pair.source_plain.text, source_script):
            yield _added(check, pair, name)


def _eastern(name: Name, text: str) -> bool:
    """Whether Chinese writes a name in characters of its own, not by its sound: Kenji Watanabe."""
    before = text[: name[1]].split()
    return bool(before) and not eastern().isdisjoint({before[-1], before[-1][1:]})


def _says_little(name: str, script: str) -> bool:
    """Whether a name has too few consonants to be looked for in another script: Herrera."""
    return transliteration.least_heard(transliteration.consonants(name, script)) < transliteration.FEWEST


def _lost(check: str, pair: Pair, name: Name) -> Iterator[Finding]:
    word, start, end = name
    source_script, target_script = pair.scripts
    target = pair.target_plain
    if _is_said(name, pair.source_plain.text, source_script, target.text, target_script):
        return
    nearest, differing = _nearest(word, source_script, target.text, target_script)
    if nearest is None:
        yield missing_finding(check, pair, start, end)
    elif differing:
        yield _changed(check, pair, name, nearest)


def _respelled(check: str, pair: Pair, people: list[Name]) -> Iterator[Finding]:
    """Words with a capital within a sentence that stand in the target with one other consonant."""
    source, target = pair.source_plain.text, pair.target_plain.text
    source_script, target_script = pair.scripts
    fewest = _LONE + (target_script in HAN)
    if pair.target_convention.language in EVERY_NOUN or not _CAPITAL.search(source):
        return
    begins_of_people = {start for _, start, _ in people}
    for name, least in _within_sentences(source, pair.source_convention.language, source_script):
        word, start, end = name
        if least < fewest or not begins_of_people.isdisjoint(range(start, end)):
            continue
        if stands(word, source_script, target, target_script):
            continue
        nearest, differing = _nearest(word, source_script, target, target_script)
        if nearest is None or differing != 1 or _begins_sentence(target, nearest[1]):
            continue
        if _is_no_name(word, nearest[0], pair):
            continue
        if _of_another(word, nearest[0], source, source_script, target_script):
            continue
        if transliteration.least_heard(transliteration.consonants(nearest[0], target_script)) < fewest:
            continue
        if target_script in HAN and _stands_in_a_row(name, source, source_script, target, target_script):
            continue
        yield _changed(check, pair, name, nearest)


def _stands_in_a_row(name: Name, text: str, script: str, other: str, other_script: str) -> bool:
    """Whether Chinese has a name and the words with a capital before it in one: San Pedro Mártir."""
    word, start, _ = name
    while (before := _CAPITALISED_BEFORE.search(text, max(0, start - _FAR), start)) is not None:
        word, start = before[1] + word, before.start()
        if stands(word, script, other, other_script):
            return True
    return False


def _is_no_name(word: str, other: str, pair: Pair) -> bool:
    """Whether one of two words is a country's, an adjective or a noun that languages share: Universidad."""
    words = zip((word, other), pair.languages, strict=True)
    if any(either.lower() in words_of_countries(language) for either, language in words):
        return True
    return any(NOUN.search(either) or _ADJECTIVE.search(either) for either in (word, other))


@per_text
def _within_sentences(text: str, language: str, script: str) -> tuple[tuple[Name, int], ...]:
    """Words with a capital within a sentence that name no place, and what has to be heard of each."""
    mentions = (*named(text, language), *nationalities(text, language))
    known_places = {at for mention in mentions for at in range(mention.start, mention.end)}
    names = []
    for match in _WORD.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        if not word[0].isupper() or word.isupper() or NOUN.search(word) or _begins_sentence(text, start):
            continue
        if known_places.isdisjoint(range(start, end)):
            heard = transliteration.consonants(word, script)
            names.append(((word, start, end), transliteration.least_heard(heard)))
    return tuple(names)


def _of_another(word: str, other: str, text: str, script: str, other_script: str) -> bool:
    """Whether what is like a word in the other text is another name of this one."""
    return any(
        name != word
        and stands(name, script, other, other_script)
        and transliteration.least_heard(transliteration.consonants(name, script)) > 1
        for name, _, _ in written_names(text, script)
    )


def _begins_sentence(text: str, at: int) -> bool:
    """Whether a sentence begins at a place, so that a capital there says nothing."""
    return _STARTS.search(text[max(0, at - 4) : at]) is not None if at else True


def _added(check: str, pair: Pair, name: Name) -> Finding:
    word, start, end = name
    source = pair.source_plain
    nearest, _ = _nearest(word, pair.target_convention.script, source.text, pair.source_convention.script)
    if nearest is not None:
        return _changed(check, pair, nearest, name)
    return added_finding(check, pair, start, end)


def _changed(check: str, pair: Pair, source_name: Name, target_name: Name) -> Finding:
    values = (("source", source_name[0]), ("target", target_name[0]))
    span, place = pair.target_plain.span(*target_name[1:]), pair.source_plain.span(*source_name[1:])
    return Finding(check, Severity.WARNING, RESPELLED, *span, None, values, *place)


@per_text
def stands(name: str, script: str, text: str, text_script: str) -> bool:
    """Whether a name stands in a text, inflected or as another script writes it.

    Where the sounds of a script are unknown it may.
    """
    if begins(name, text) or not transliteration.SCRIPTS.issuperset((script, text_script)):
        return True
    if _stands_as_heard(name, script, text, text_script):
        return True
    if "-" in name:  # of a family name of two other scripts may make two words
        parts = [part for part in name.split("-") if part and not _says_little(part, script)]
        return bool(parts) and all(stands(part, script, text, text_script) for part in parts)
    if {script, text_script} == CASED and stands_by_syllables(name, script, text, text_script):
        return True
    return script != text_script and any(
        resemblance.resembles(name, script, word, text_script)
        for word, _, _ in written_names(text, text_script)
    )


def stands_by_syllables(name: str, script: str, text: str, text_script: str) -> bool:
    """Whether a word of a text in the other of Latin and Cyrillic is a name of China or Japan."""
    return any(
        cyrillised.is_cyrillised(word, name) if script == "Latn" else cyrillised.is_cyrillised(name, word)
        for word, _, _ in written_names(text, text_script)
    )


def _stands_as_heard(name: str, script: str, text: str, text_script: str) -> bool:
    """Whether the consonants of a name are heard in a text."""
    heard = transliteration.consonants(name, script)
    if script == text_script:  # people mostly keep their letters
        return transliteration.least_heard(heard) >= transliteration.FEWEST and any(
            transliteration.may_transcribe(heard, word, text_script)
            and alike(name, word)
            and not is_anagram(name, word)
            for word, _, _ in written_names(text, text_script)
        )
    if transliteration.may_transcribe(heard, text, text_script):
        return True
    if script not in HAN:
        return _stands_apart(heard, text, text_script)
    shorter = [(name[:-end], _LEAST) for end in range(1, _TAIL + 1)]
    shorter += [
        (name[len(particle) :], transliteration.FEWEST)
        for particle in _PARTICLES
        if name.startswith(particle)
    ]
    return any(
        transliteration.least_heard(shortened) >= fewest
        and transliteration.may_transcribe(shortened, text, text_script)
        for shortened, fewest in (
            (transliteration.consonants(shortened_name, script), fewest) for shortened_name, fewest in shorter
        )
    )


def _stands_apart(heard: tuple[transliteration.Consonant, ...], text: str, script: str) -> bool:
    """Whether Arabic writes a name in two words: Woldemariam, ولد مريم."""
    if script != "Arab" or transliteration.least_heard(heard) < _SURELY_ONE:
        return False
    return transliteration.may_transcribe(heard, text.replace(" ", "-"), script)


def _is_said(name: Name, text: str, script: str, other: str, other_script: str) -> bool:
    """Whether a name of a text stands in another, alone or as one word with what stands before it."""
    word, start, _ = name
    if stands(word, script, other, other_script):
        return True
    if script in CASED and other_script in HAN:
        return _stands_in_a_row(name, text, script, other, other_script)
    before = _WORD_BEFORE.search(text, max(0, start - _LONGEST_WORD), start) if script == "Arab" else None
    return before is not None and stands(before[1] + word, script, other, other_script)


def begins(name: str, text: str) -> bool:
    """Whether a text has a name as it is, or with another end."""
    return folded(name)[: max(_STEM, len(name) - 1)] in folded(text)


@per_text
def _nearest(name: str, script: str, text: str, text_script: str) -> tuple[Name | None, int]:
    """What in a text of another script is written most like a name, and how many consonants differ."""
    heard = transliteration.consonants(name, script)
    words = written_names(text, text_script)
    index, differing = transliteration.nearest(heard, [word for word, _, _ in words], text_script)
    if index < 0 or differing > min(2, max(1, transliteration.least_heard(heard) // 2)):
        return None, differing
    if script == text_script and not alike(name, words[index][0]):
        return None, differing
    return words[index], differing


def is_anagram(first: str, second: str) -> bool:
    """Whether two words have the same letters in another order, as no two spellings of a name do."""
    words = folded(first), folded(second)
    return words[0] != words[1] and sorted(words[0]) == sorted(words[1])


def alike(first: str, second: str) -> bool:
    """Whether two words of one script share two of five pairs of letters."""
    words = folded(first), folded(second)
    first_pairs, second_pairs = ({word[at : at + 2] for at in range(len(word) - 1)} for word in words)
    return 5 * len(first_pairs & second_pairs) >= len(first_pairs) + len(second_pairs)


@per_text
def written_names(text: str, script: str) -> tuple[Name, ...]:
    """The words that may be names, each where it stands first."""
    first: dict[str, Name] = {}
    for name in _possible_names(text, script):
        first.setdefault(name[0], name)
    return tuple(first.values())


def _possible_names(text: str, script: str) -> Iterator[Name]:
    if script in HAN:
        for start, end in transliteration.transcribed(text):
            at = start
            for part in text[start:end].split("·"):
                if len(part) > 1:
                    yield part, at, at + len(part)
                at += len(part) + 1
        return
    for match in _WORD.finditer(text):
        if script not in CASED or match.group()[0].isupper():
            yield match.group(), *match.span()
