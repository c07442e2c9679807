"""Compare names across scripts: whether one may transcribe the other.

Only consonants are compared; `sounds.toml` says what they may stand for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from l10n.checks.naming import consonant_rows
from l10n.checks.naming.consonant_rows import Row, Ways
from l10n.checks.reading.data_files import table
from l10n.checks.reading.remembered import per_text

SCRIPTS = frozenset({"Latn", "Cyrl", "Arab", "Hans", "Hant"})
FEWEST = 2  # consonants: a name with fewer is found in everything
_MOST = 16
_HAN = "Hans"
_LAND = ("ланд", "лэнд", "لاند")
_YOD = re.compile("(?<!d)j")
_YES = "ʝ"  # Kobaljow is Кобальов, Jallow Джаллоу
_INITIAL_X = re.compile(r"\bx")
_AS_S_OR_KS = "ʞɧ"  # Xiomara is Сиомара, Xenia Ксения
# What Chinese writes on to the front of a family name, by its sound: de, della, van, van den.
_PARTICLES = ("d", "dl", "fn", "fndn")
_SON_OF = (frozenset("b"), frozenset("n"))  # Benchekroun is بن شقرون
_ACCENTS = re.compile("[\u0300-\u036f]")


class _Script(NamedTuple):
    """How a script writes sounds; ``drop`` and ``join`` make a text comparable."""

    sounds: dict[str, frozenset[str]]
    loose: frozenset[str]
    drop: dict[int, str | None]
    join: tuple[tuple[str, str], ...]
    join_at_end: tuple[tuple[re.Pattern[str], str], ...]
    before: str
    after: str
    accented: tuple[tuple[str, str], ...]
    yod: re.Pattern[str] | None


Consonant = tuple[frozenset[str], bool]
"""The sounds of a consonant of a name, and whether it may have no counterpart."""

_UNWRITTEN: Consonant = (frozenset("r"), True)  # the r that Chinese leaves out at the end of a syllable


@lru_cache(maxsize=1024)
def consonants(name: str, script: str) -> tuple[Consonant, ...]:
    """What a name is compared by; empty when that says too little."""
    script = _plain(script)
    rules = _script(script)
    letters = [letter for letter in heard(name, script) if letter in rules.sounds]
    compared: list[Consonant] = []
    before = ""
    for letter in letters:
        if letter != before:
            compared.append((rules.sounds[letter], letter in rules.loose))
            if script == _HAN:
                compared.append(_UNWRITTEN)
        before = letter
    # Chinese writes -land with a character of its own, which has no d.
    if letters[-2:] == ["l", "n"] and script == _HAN:
        compared.append((frozenset("d"), True))
    elif compared and name.lower().endswith(_LAND):
        compared[-1] = (compared[-1][0], True)
    # The last consonant of a French name is not heard.
    if compared and script == "Latn" and name[-1].lower() in "tdsxz":
        compared[-1] = (compared[-1][0], len(compared) > 3)
    return tuple(compared[:_MOST])


def least_heard(name: tuple[Consonant, ...]) -> int:
    """How many consonants of a name have to be heard."""
    return sum(not loose for _, loose in name)


def may_transcribe(name: tuple[Consonant, ...], text: str, script: str) -> bool:
    """Whether a name may be written in a text of another script."""
    if least_heard(name) < FEWEST:
        return True
    return consonant_rows.stands(_row(name, _plain(script)), _words(text, script), _ways(_plain(script)))


def nearest(name: tuple[Consonant, ...], words: Iterator[str] | list[str], script: str) -> tuple[int, int]:
    """The index of the word that is written most like a name, and how many consonants differ."""
    best, least = -1, _MOST
    for index, word in enumerate(words):
        distance = _distance(name, consonants(word, script))
        if distance < least:
            best, least = index, distance
    return best, least


@per_text
def heard(text: str, script: str) -> str:
    """The consonants of a text, its words still apart."""
    rules = _script(_plain(script))
    text = text.lower()
    if rules.yod is not None and "j" in text:
        text = rules.yod.sub(_without_yod, text)
    if script == "Latn" and "x" in text:
        text = _INITIAL_X.sub(_AS_S_OR_KS, text)
    if not text.isascii() and script in {"Latn", "Cyrl"}:
        for letter, sign in rules.accented:
            text = text.replace(letter, sign)
        text = "".join(
            letter for letter in unicodedata.normalize("NFD", text) if letter < "\u0300" or letter > "\u036f"
        )
    if _plain(script) == _HAN:
        return "".join([_characters().get(letter, " ") for letter in text])
    for letters, sign in rules.join:
        if letters in text:
            text = text.replace(letters, sign)
    for end, sign in rules.join_at_end:
        text = end.sub(sign, text)
    return text.translate(rules.drop)


@per_text
def transcribed(text: str) -> tuple[tuple[int, int], ...]:
    """Stretches of two and more characters that write foreign names in Chinese."""
    return tuple(match.span() for match in _transcription().finditer(text))


def _plain(script: str) -> str:
    return _HAN if script == "Hant" else script


def _distance(name: tuple[Consonant, ...], other: tuple[Consonant, ...]) -> int:
    """The consonants that have to be changed, left out or put in to make one the other."""
    row = [0]
    for _, loose in other:
        row.append(row[-1] + (not loose))
    for sounds, loose in name:
        above, row = row, [row[0] + (not loose)]
        for at, (other_sounds, free) in enumerate(other):
            replaced = above[at] + sounds.isdisjoint(other_sounds)
            row.append(min(replaced, above[at + 1] + (not loose), row[-1] + (not free)))
    return row[-1]


@lru_cache(maxsize=1024)
def _row(name: tuple[Consonant, ...], script: str) -> Row:
    """What a name looks like among the consonants of a text."""
    return consonant_rows.row(
        (_letters(sounds, script), loose or (script == _HAN and at > 0 and sounds == _UNWRITTEN[0]))
        for at, (sounds, loose) in enumerate(name)
    )


@lru_cache(maxsize=1024)
def _letters(sounds: frozenset[str], script: str) -> frozenset[str]:
    """The letters of a script that may stand for one of some sounds."""
    return frozenset(
        letter for letter, signs in _script(script).sounds.items() if not sounds.isdisjoint(signs)
    )


@cache
def _ways(script: str) -> Ways:
    rules = _script(script)
    free = rules.loose | {"-"}  # a name of two may have its hyphen anywhere
    before, after = frozenset(rules.before), frozenset(rules.after)
    return Ways(free, before, after, _PARTICLES if script == _HAN else (), words=script != _HAN)


@per_text
def _words(text: str, script: str) -> tuple[str, ...]:
    """The words of a text with nothing but their consonants."""
    return consonant_rows.words(heard(text, script), _ways(_plain(script)))


@cache
def _script(name: str) -> _Script:
    row = table("sounds")[name]
    sounds = {
        letter: frozenset(signs)
        for letter, _, signs in (entry.partition(":") for entry in row["letters"].split())
    }
    return _Script(
        sounds,
        frozenset(row["loose"]),
        dict.fromkeys(map(ord, row["vowels"])),
        _pairs(row["joined"]),
        tuple((re.compile(rf"{ends}\b"), sign) for ends, sign in _pairs(row.get("joined_at_end", ""))),
        row.get("before", ""),
        row.get("after", ""),
        _pairs(row.get("accented", "")),
        _with_yod(row["yod"], row["yod_ends"].split()) if "yod" in row else None,
    )


def _with_yod(letters: str, ends: list[str]) -> re.Pattern[str]:
    """A word in which j is the sound of "yes": of Slavic, Baltic and Nordic letters or ends."""
    return re.compile(rf"\b(?:[^\W\d_]*[{letters}][^\W\d_]*|[^\W\d_]+(?:{'|'.join(ends)}))\b")


def _without_yod(match: re.Match[str]) -> str:
    """A word whose j need not be heard, but for that of dj, which is a sound of its own."""
    return _YOD.sub(_YES, match.group())


def _pairs(listed: str) -> tuple[tuple[str, str], ...]:
    return tuple((letters, sign) for letters, _, sign in (pair.partition(":") for pair in listed.split()))


@cache
def _characters() -> dict[str, str]:
    """What a Chinese character of a name stands for; a hyphen is behind one that is mostly no name's."""
    ordinary = {character: f"{sound}-" for character, sound in _sounds_of("ordinary").items()}
    return ordinary | _sounds_of("characters") | {"·": "·", "-": "-"}


@cache
def _sounds_of(characters: str) -> dict[str, str]:
    return {
        character: syllable.rstrip("_").replace(".", "")
        for syllable, row in table("sounds")[characters].items()
        for character in row
    }


@cache
def _transcription() -> re.Pattern[str]:
    """Characters of names, and those of other words too behind a point and before one of the former.

    Behind a point a family name of two may have a hyphen.
    """
    rules = table("sounds")[_HAN]
    stops = "|".join(rules["stops"].split())
    name = "".join(_sounds_of("characters"))
    other = "".join(_sounds_of("ordinary").keys() - set(name) - set(rules["apart"]))
    return re.compile(
        f"(?:(?!{stops})[{name}])*(?:·(?:(?!{stops})(?:[{name}]|[{other}](?=[{name}])|-(?=[{name}])))+)+"
        f"|(?:(?!{stops})[{name}]){{2,}}"
    )
