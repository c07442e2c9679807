"""A name of several words of which one is in the other text: the words beside it are there as well.

Within one script a name is written alike, but for the habits of its languages (Zelensky, Selenskyj); between
scripts its consonants are heard. What stands beside the right word, and is like the missing one, is that word
with other letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from l10n.checks.mismatches import RESPELLED
from l10n.checks.naming import people, transliteration
from l10n.checks.naming.full_names import all_words
from l10n.checks.naming.unlisted_people import FullName, full_names_of
from l10n.checks.pair import Pair
from l10n.checks.reading.scripts import CASED, HAN
from l10n.checks.reading.words import folded
from l10n.model import Finding, Severity
from l10n.patterns import lazy_pattern

Word = tuple[str, int, int]

_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]{2,})?")
_ELIDED = lazy_pattern(r"(?<![\w'’])([a-zà-ü]{1,5})['’](?=[^\W\d_])")
_SHORTEST = 3
_BESIDE = 3  # words on either side of one
_LONG = 6
# Letters that are heard differently from language to language: Tarja, Sigurður, Katarzyna.
_UNSURE = re.compile("[jxðþ]|rz", re.IGNORECASE)
_FEWEST = 2  # consonants that tell a place from another
_WITHOUT_VOWELS = lazy_pattern(r"[aeiouyæøœ]|(\w)(?=\1)")
_SURE = 3  # consonants by which a word is known in another script
# Spellings of one sound in names of other scripts, by the language that writes them.
_HABITS = tuple(
    (lazy_pattern(pattern), plain)
    for pattern, plain in (
        ("(?<=[aeiou])[ijy](?=e)", ""),
        ("[dt]?sch|tch|[cs]h|cz|sz|zh|dzh|dj|[jxy](?=[aeou])", "j"),
        ("kh", "h"),
        ("ae", "a"),
        ("oe", "o"),
        ("ue", "u"),
        ("ou|oo", "u"),
        ("gu(?=[ei])|gh", "g"),
        ("ph", "f"),
        ("x", "ks"),
        ("[ck]k?|qu?", "k"),
        ("w", "v"),
        ("z", "s"),
        ("ie|ee|[ij]y|y[ij]|ij|y+|j", "i"),
        ("ff?\\Z", "v"),
        ("e\\Z", ""),
        ("h", ""),
    )
)
_HARD = lazy_pattern("gu(?=[ei])")
# What each language writes for sounds of names of other scripts: Chevtchenko, Schewtschenko, Shevchenko.
_U = (lazy_pattern("ou"), "u")
_READ = {
    language: tuple((lazy_pattern(pattern), sound) for pattern, sound in spellings)
    for language, spellings in {
        "en": (("dzh", "j"), ("ch", "č"), ("sh", "š"), ("oo", "u")),
        "fr": (("tch", "č"), ("ch", "š"), ("dj", "j"), ("gu(?=[ei])", "g"), ("ou", "u")),
        "es": (("dzh", "j"), ("ch", "č"), ("sh", "š"), ("gu(?=[ei])", "g")),
        "pt": (("tch", "č"), ("ch|sh|x", "š"), ("gu(?=[ei])", "g")),
        "it": (("dzh", "j"), ("sh", "š"), ("gh(?=[ei])", "g")),
        "de": (("tsch", "č"), ("dsch", "j"), ("sch", "š"), ("j", "y"), ("w", "v")),
    }.items()
}
# Every language has its letter for the sound of "yes" in foreign names: Orazbaev, Grigorjan, Bajkonur.
_YES = (
    (lazy_pattern("(?<=[aeiou])[ijy](?=e)"), ""),
    (lazy_pattern("(?<=[^\\W])[ijy](?=[aou])|(?<=[aeou])[ijy](?![aeiouy])"), "i"),
)
_DECLINING = frozenset({"pl", "cs", "sk", "hr", "sl", "sr", "lt", "lv", "fi", "et", "hu"})
_ADAPTS = "es"  # writes every u of a foreign name as such: Haboubati is Habubati
# Arabic names that every newsroom writes in its own way.
_VARIED = lazy_pattern(
    "m[ou]ha?mm?[ae]d|h[ou]ss?[ae]i?n|hass?an|abd|ahm[ae]d|[yj]o?u?ss?[eu]f|kh?al[ei]d|[ou]mar|sa[iey]"
)


def run(check: str, pair: Pair, reported: frozenset[int]) -> Iterator[Finding]:
    """A warning for each word of a name that has other letters.

    ``reported`` are the places in the source that were told of.
    """
    if pair.source_convention.language == pair.target_convention.language or not HAN.isdisjoint(pair.scripts):
        return  # Chinese writes too few of the sounds
    for source_word, target_word in _pairs(pair):
        if _is_declined(source_word[0], target_word[0], pair):
            continue
        if pair.source_plain.span(*source_word[1:])[0] not in reported:
            yield _finding(check, pair, source_word, target_word)


def _is_declined(word: str, other: str, pair: Pair) -> bool:
    """Whether either word is the other and the ending of a case: Polish writes Jasona of Jason."""
    source_language, target_language = pair.languages
    return (target_language in _DECLINING and other.startswith(word)) or (
        source_language in _DECLINING and word.startswith(other)
    )


def _pairs(pair: Pair) -> Iterator[tuple[Word, Word]]:
    """Words of names in the source, each with the word of the target in its place that has other letters."""
    (source_language, target_language), (source_script, target_script) = pair.languages, pair.scripts
    source, target = pair.source_plain.text, pair.target_plain.text
    if source_script in CASED:
        for name in full_names_of(source, source_language, source_script):
            yield from _respelled(name, source_script, target, target_script)
    elif target_script in CASED:
        for name in full_names_of(target, target_language, target_script):
            for word, other in _respelled(name, target_script, source, source_script):
                yield other, word


def _respelled(name: FullName, script: str, text: str, other_script: str) -> Iterator[tuple[Word, Word]]:
    """Words of a name, each with what stands in a text in its place."""
    if script == other_script:
        yield from _in_other_letters(name, text)
    elif transliteration.SCRIPTS.issuperset((script, other_script)):
        yield from _heard_otherwise(name, script, text, other_script)


def _in_other_letters(name: FullName, text: str) -> Iterator[tuple[Word, Word]]:
    words = [(part.group(), *part.span()) for part in _PART.finditer(_ELIDED().sub(_apart, text))]
    written = {word for word, _, _ in words}
    missing = [word for word in name.words if word[0] not in written]
    if not missing or len(missing) == len(name.words):
        return
    lost = {folded(word) for word, _, _ in missing}
    kept = {folded(word) for word, _, _ in name.words if len(word) >= _SHORTEST} - lost
    places = [at for at, (word, _, _) in enumerate(words) if folded(word) in kept]
    own = {folded(word) for word, _, _ in name.words}
    for word in missing:
        beside = (
            words[near]
            for at in places
            for near in range(max(0, at - _BESIDE), min(len(words), at + _BESIDE + 1))
            if folded(words[near][0]) not in own
        )
        other = next((other for other in beside if _is_changed(word[0], other[0])), None)
        if other is not None:
            yield word, other


def _apart(elided: re.Match[str]) -> str:
    """An article or preposition that leans on a name, in letters and a blank: "d Agnieszka"."""
    return f"{elided[1]} "


def _is_changed(word: str, other: str) -> bool:
    """Whether two words differ in a letter or two, and not by the habits of two languages."""
    first, second = folded(word), folded(other)
    if other.islower() and first[1:] != second[1:]:
        return False  # a word of the language
    if second == first + "s":
        return False  # a genitive
    if first == second or _VARIED().search(first) or min(len(first), len(second)) < _SHORTEST - 1:
        return False
    if not _is_near(first, second, 1 if len(first) < _LONG else 2):
        return False
    return not _alike_by_habit(first, second)


def written_alike(word: str, language: str, other: str, other_language: str) -> bool:
    """Whether two folded words are one name as either language writes it: French Roumen is English Rumen.

    Roussel is French in every language, so that an English Roussel is no French Russel.
    """
    return _read(word, language, other_language) == _read(other, other_language, language)


def has_same_consonants(word: str, other: str) -> bool:
    """Whether two folded words differ only in vowels and in how languages write consonants: Susa, Sousse."""
    rows = {_WITHOUT_VOWELS().sub("", _by_habit(either)) for either in (word, other)}
    return word[:1] == other[:1] and len(rows) == 1 and len(rows.pop()) >= _FEWEST


def _read(word: str, language: str, other_language: str) -> str:
    """A folded word as a language reads it, to be compared with one of another."""
    adapted = (_U,) if _ADAPTS in (language, other_language) else ()
    for pattern, sound in (*_READ.get(language, ()), *adapted, *_YES):
        word = pattern().sub(sound, word)
    return word


def _alike_by_habit(first: str, second: str) -> bool:
    """Whether two folded words differ only as languages write the same sounds: Roumen and Rumen."""
    if _by_habit(first) == _by_habit(second):
        return True
    if "gu" not in first + second:
        return False
    hard = [_HARD().sub("g", word) for word in (first, second)]  # Guelachvili; Guenther is Günther
    return _by_habit(hard[0]) == _by_habit(hard[1])


def _by_habit(word: str) -> str:
    for pattern, plain in _HABITS:
        word = pattern().sub(plain, word)
    return word


def _is_near(first: str, second: str, most: int) -> bool:
    """Whether at most so many letters were changed, left out, put in or turned."""
    if abs(len(first) - len(second)) > most:
        return False
    before: Sequence[int] = ()
    row: Sequence[int] = range(len(second) + 1)
    for at, letter in enumerate(first, 1):
        above, row, earlier = row, [at], before
        for index, other in enumerate(second, 1):
            least = min(above[index] + 1, row[-1] + 1, above[index - 1] + (letter != other))
            if at > 1 and index > 1 and letter == second[index - 2] and first[at - 2] == other:
                least = min(least, earlier[index - 2] + 1)
            row.append(least)
        before = above
    return row[-1] <= most


def _heard_otherwise(
    name: FullName, script: str, text: str, other_script: str
) -> Iterator[tuple[Word, Word]]:
    """Words of a name that are heard with one other consonant beside a word that is heard as it is."""
    heard = [(word, transliteration.consonants(word[0], script)) for word in name.words]
    known = next(
        (
            sounds
            for _, sounds in heard
            if transliteration.least_heard(sounds) >= transliteration.FEWEST
            and transliteration.may_transcribe(sounds, text, other_script)
        ),
        None,
    )
    if known is None:
        return
    words = [word for word in all_words(text) if other_script not in CASED or word[0][0].isupper()]
    places = [
        at for at, word in enumerate(words) if transliteration.may_transcribe(known, word[0], other_script)
    ]
    near = {there for at in places for there in range(max(0, at - 2), min(len(words), at + 3))}
    beside = [words[at] for at in sorted(near.difference(places))]
    for word, sounds in heard:
        if sounds == known or transliteration.least_heard(sounds) < _SURE or _UNSURE.search(word[0]):
            continue
        if word[0] in text or people.stands(word[0], script, text, other_script):
            continue
        index, differing = transliteration.nearest(sounds, [other for other, _, _ in beside], other_script)
        if index >= 0 and differing == 1:
            yield word, beside[index]


def _finding(check: str, pair: Pair, source_word: Word, target_word: Word) -> Finding:
    values = (("source", source_word[0]), ("target", target_word[0]))
    span, place = pair.target_plain.span(*target_word[1:]), pair.source_plain.span(*source_word[1:])
    return Finding(check, Severity.WARNING, RESPELLED, *span, None, values, *place)
