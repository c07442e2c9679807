"""Compare names across scripts: whether one may transcribe the other.

Only consonants are compared; `sounds.toml` says what they may stand for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from l10n.checks.data_files import table
from l10n.checks.remembered import per_text

SCRIPTS = frozenset({"Latn", "Cyrl", "Arab", "Hans", "Hant"})
FEWEST = 2  # consonants: a name with fewer is found in everything
_MOST = 16
_HAN = "Hans"
_LAND = ("ланд", "лэнд", "لاند")
_ACCENTS = re.compile("[\u0300-\u036f]")


class _Script(NamedTuple):
    """How a script writes sounds; ``drop`` and ``join`` make a text comparable."""

    sounds: dict[str, frozenset[str]]
    loose: frozenset[str]
    drop: dict[int, str | None]
    join: tuple[tuple[str, str], ...]
    before: str
    after: str
    accented: tuple[tuple[str, str], ...]


Consonant = tuple[frozenset[str], bool]
"""The sounds of a consonant of a name, and whether it may have no counterpart."""

_UNWRITTEN: Consonant = (frozenset("r"), True)  # the r that Chinese leaves out at the end of a syllable


@lru_cache(maxsize=1024)
def consonants(name: str, script: str) -> tuple[Consonant, ...]:
    """What a name is compared by; empty when that says too little."""
    one = _script(script)
    script = _plain(script)
    letters = [letter for letter in heard(name, script) if letter in one.sounds]
    found: list[Consonant] = []
    before = ""
    for letter in letters:
        if letter != before:
            found.append((one.sounds[letter], letter in one.loose))
            if script == _HAN:
                found.append(_UNWRITTEN)
        before = letter
    # Chinese writes -land with a character of its own, which has no d.
    if letters[-2:] == ["l", "n"] and script == _HAN:
        found.append((frozenset("d"), True))
    elif found and name.lower().endswith(_LAND):
        found[-1] = (found[-1][0], True)
    # The last consonant of a French name is not heard.
    if found and script == "Latn" and name[-1].lower() in "tdsxz":
        found[-1] = (found[-1][0], len(found) > 3)
    return tuple(found[:_MOST])


def least_heard(name: tuple[Consonant, ...]) -> int:
    """How many consonants of a name have to be heard."""
    return sum(not loose for _, loose in name)


def may_transcribe(name: tuple[Consonant, ...], text: str, script: str) -> bool:
    """Whether a name may be written in a text of another script."""
    return (
        least_heard(name) < FEWEST or _pattern(name, _plain(script)).search(heard(text, script)) is not None
    )


def nearest(name: tuple[Consonant, ...], words: Iterator[str] | list[str], script: str) -> tuple[int, int]:
    """The index of the word that is written most like a name, and how many consonants differ."""
    best, least = -1, _MOST
    for index, word in enumerate(words):
        apart = _apart(name, consonants(word, script))
        if apart < least:
            best, least = index, apart
    return best, least


@per_text
def heard(text: str, script: str) -> str:
    """The consonants of a text, its words still apart."""
    one = _script(_plain(script))
    text = text.lower()
    if not text.isascii() and script in {"Latn", "Cyrl"}:
        for letter, sign in one.accented:
            text = text.replace(letter, sign)
        text = "".join(
            letter for letter in unicodedata.normalize("NFD", text) if letter < "\u0300" or letter > "\u036f"
        )
    if _plain(script) == _HAN:
        return "".join([_characters().get(letter, " ") for letter in text])
    for letters, sign in one.join:
        if letters in text:
            text = text.replace(letters, sign)
    return text.translate(one.drop)


def transcribed(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of two and more characters that write foreign names in Chinese."""
    return (found.span() for found in _transcription().finditer(text))


def _plain(script: str) -> str:
    return _HAN if script == "Hant" else script


def _apart(name: tuple[Consonant, ...], other: tuple[Consonant, ...]) -> int:
    """The consonants that have to be changed, left out or put in to make one the other."""
    row = [0]
    for _, loose in other:
        row.append(row[-1] + (not loose))
    for sounds, loose in name:
        above, row = row, [row[0] + (not loose)]
        for at, (others, free) in enumerate(other):
            same = above[at] + sounds.isdisjoint(others)
            row.append(min(same, above[at + 1] + (not loose), row[-1] + (not free)))
    return row[-1]


@lru_cache(maxsize=1024)
def _pattern(name: tuple[Consonant, ...], script: str) -> re.Pattern[str]:
    """What a name looks like among the consonants of a text."""
    one = _script(script)
    free = f"[{''.join(sorted(one.loose))}]*" if one.loose else ""
    pieces = []
    for at, (sounds, loose) in enumerate(name):
        letters = "".join(
            sorted(letter for letter, theirs in one.sounds.items() if not sounds.isdisjoint(theirs))
        )
        silent = loose or (script == _HAN and at > 0 and sounds == _UNWRITTEN[0])
        if letters:
            # Said twice with a vowel between them (Stuttgart), of which one script writes a letter.
            pieces.append(f"[{letters}]*" if silent else f"[{letters}](?:{free}[{letters}]){{0,2}}")
    if script == _HAN:
        return re.compile(r"(?:(?<=[ ·])|\A)" + "".join(pieces))
    front = f"[{one.before}]{{0,2}}(?:ل)?" if one.before else ""
    end = f"[{one.after}]{{0,2}}" if one.after else ""
    return re.compile(rf"(?<![^\W\d_]){front}{free}{free.join(pieces)}{free}{end}(?![^\W\d_])")


@cache
def _script(name: str) -> _Script:
    row = _table()[name]
    sounds = {
        letter: frozenset(said) for letter, _, said in (one.partition(":") for one in row["letters"].split())
    }
    return _Script(
        sounds,
        frozenset(row["loose"]),
        dict.fromkeys(map(ord, row["vowels"])),
        _pairs(row["joined"]),
        row.get("before", ""),
        row.get("after", ""),
        _pairs(row.get("accented", "")),
    )


def _pairs(listed: str) -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for one, _, other in (pair.partition(":") for pair in listed.split()))


@cache
def _characters() -> dict[str, str]:
    """What a Chinese character of a foreign name stands for."""
    return {
        character: said.rstrip("_").replace(".", "")
        for said, row in _table()["characters"].items()
        for character in row
    } | {"·": "·"}


@cache
def _transcription() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_characters())}]{{2,}}")


@cache
def _table() -> dict[str, dict[str, str]]:
    return table("sounds")
