"""Whether two words of different scripts may be one name, where nobody knows whose language the name is of.

Letters are read otherwise from language to language, and each script has habits of its own in writing them:
the first sound of Jansen is no consonant, that of Djurgården none either, and Chinese may write b for p. So a
whole word is compared with a whole word, consonant by consonant, more widely than a text is searched.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from l10n.checks.naming.transliteration import Consonant, consonants, least_heard
from l10n.checks.reading.arabic import LEANING
from l10n.checks.reading.data_files import table
from l10n.checks.reading.scripts import HAN

_FEWEST = 3  # consonants that have to be heard
_LONG = 4  # characters of a Chinese name that may have something written on to it
_ARABIC_FRONTS = ("ال", *LEANING)
_FARTHER = frozenset("r")  # is not written in Chinese at the end of a syllable
# The c of Hudec in Arabic.
_TWO_LETTERS = ("تس", "څ")

Heard = tuple[Consonant, ...]


def resembles(name: str, script: str, other: str, other_script: str) -> bool:
    """Whether two words of different scripts may be the same name."""
    silent = not HAN.isdisjoint((script, other_script))
    others = [_heard(way, other_script, silent=silent) for way in _ways(other, other_script)]
    return any(
        _agree(tuple((_wide(sounds), loose) for sounds, loose in heard), other_heard)
        for heard in (_heard(way, script, silent=silent) for way in _ways(name, script))
        if least_heard(heard) >= _FEWEST
        for other_heard in others
        if least_heard(other_heard) >= _FEWEST
    )


def _ways(word: str, script: str) -> Iterator[str]:
    """A word as it is, and without what may be written on to it."""
    yield word
    if script == "Arab":
        yield from (word.removeprefix(front) for front in _ARABIC_FRONTS if word.startswith(front))
        if _TWO_LETTERS[0] in word:
            yield word.replace(*_TWO_LETTERS)
    elif script in HAN and len(word) >= _LONG:
        yield word[:-1]
        if word[0] in table("sounds")["wide"]["fronts"]:
            yield word[1:]


def _heard(word: str, script: str, *, silent: bool) -> Heard:
    """The sounds that each consonant of a word may stand for, and whether it need not be heard."""
    return tuple(
        (sounds, loose or sounds in _faint() or (silent and sounds == _FARTHER))
        for sounds, loose in consonants(word, script)
    )


def _agree(name: Heard, other: Heard) -> bool:
    """Whether two rows of consonants are one but for those that need not be heard."""
    reached = {0}
    for sounds, loose in name:
        reached = _skipped(reached, other)
        after = {at + 1 for at in reached if at < len(other) and not sounds.isdisjoint(other[at][0])}
        reached = after | reached if loose else after
    return len(other) in _skipped(reached, other)


def _skipped(reached: set[int], other: Heard) -> set[int]:
    """The places reached, and those behind consonants that need not be heard."""
    skipped = set(reached)
    for at, (_, loose) in enumerate(other):
        if loose and at in skipped:
            skipped.add(at + 1)
    return skipped


@cache
def _wide(sounds: frozenset[str]) -> frozenset[str]:
    near = dict(pair.split(":") for pair in table("sounds")["wide"]["near"].split())
    return sounds.union(*(near.get(sound, "") for sound in sounds))


@cache
def _faint() -> frozenset[frozenset[str]]:
    return frozenset(map(frozenset, table("sounds")["wide"]["faint"].split()))
