"""Whether a Russian word is a name of China or Japan in Latin letters: Вэньли is Wenli, Хаясида is Hayashida.

Russian has a system for either language that follows its syllables, not the letters of pinyin or of Hepburn;
`cyrillised.toml` has both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from l10n.checks.reading.data_files import table
from l10n.checks.reading.words import folded

_LONGEST_NAME = 16
_LONGEST_SYLLABLE = 6
_MOST = 16  # ways to read a name
_FEWEST = 2  # letters that tell a name from an ending
_FRONTING = frozenset({"j", "q", "x"})
# What other cases have another letter for, and the ends that they have.
_LAST = "аяйь"
_END = re.compile("(?:[аяуюеыий]|[оеё][ймю]|ам|ями?)?")
_SAME_SOUND = str.maketrans("эё", "ее", "ъ")


def is_cyrillised(word: str, latin: str) -> bool:
    """Whether a Russian word may be a Latin one, in any case."""
    spelled = word.lower().translate(_SAME_SOUND)
    return any(_is_form(spelled, stem) for stem in _stems(latin))


def _is_form(word: str, stem: str) -> bool:
    return word.startswith(stem) and _END.fullmatch(word, len(stem)) is not None


@lru_cache(maxsize=1024)
def _stems(latin: str) -> frozenset[str]:
    """What the forms of a name in Cyrillic begin with; none where it is not of such syllables."""
    name = folded(latin)
    if len(name) > _LONGEST_NAME:
        return frozenset()
    read = (reading for system in table("cyrillised") for reading in _readings(name, system))
    stems = {reading.translate(_SAME_SOUND).rstrip(_LAST) for reading in read}
    return frozenset(stem for stem in stems if len(stem) >= _FEWEST)


def _readings(name: str, system: str) -> list[str]:
    """The ways to write a name syllable by syllable."""
    written: dict[int, list[str]] = {0: [""]}
    for at in range(len(name)):
        for before in written.get(at, ())[:_MOST]:
            for length in range(1, _LONGEST_SYLLABLE + 1):
                for syllable in _syllables(system).get(name[at : at + length], ()):
                    if at + length <= len(name):
                        written.setdefault(at + length, []).append(before + syllable)
    return written.get(len(name), [])[:_MOST]


@cache
def _syllables(system: str) -> dict[str, tuple[str, ...]]:
    """The Latin syllables of a system, each with the ways to write it."""
    rules = table("cyrillised")[system]
    syllables = {
        initial + final: tuple(sound + end for sound in sounds for end in ends)
        for initial, sounds in _listed(rules["initials"])
        for finals in ("finals", "fronted")
        if finals == "finals" or initial in _FRONTING
        for final, ends in _listed(rules[finals])
    }
    return syllables | dict(_listed(rules["alone"]))


def _listed(pairs: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pair in pairs.split():
        latin, _, cyrillic = pair.partition(":")
        yield latin, tuple(cyrillic.split("|"))
