"""Find the consonants of a name in a text, without an expression for each name.

An expression takes a millisecond to compile, and most names stand in a few texts only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_MOST = 3
"""How often a letter may be said: twice with a vowel between them (Stuttgart) it may be written once."""
_ARTICLE, _HYPHEN = "ل", "-"
_WORD = re.compile(r"[^\W\d_]+(?:-+[^\W\d_]+)*")
_BREAK = re.compile("[ ·]+")

Place = tuple[int, int]
"""A consonant of a name, by its index, and how often it was said."""


class Row(NamedTuple):
    """The consonants of a name: the letters that may stand for each, and whether it may have none.

    ``begins`` are, for each consonant and for the end, those that may come next there.
    """

    letters: tuple[frozenset[str], ...]
    silent: tuple[bool, ...]
    begins: tuple[frozenset[int], ...]


class Ways(NamedTuple):
    """How a script writes names: letters that say nothing, and what is written on to either end of a name.

    ``fronts`` are syllables of which one may come first.  Where a script has no ``words``, a name begins one,
    need not end it, and has nothing between consonants.
    """

    free: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    fronts: tuple[str, ...]
    words: bool


def row(consonants: Iterable[tuple[frozenset[str], bool]]) -> Row:
    """A name of which the letters that may stand for each consonant are known."""
    letters, silent = zip(*consonants, strict=True)
    begins = [frozenset({len(letters)})]
    for at in range(len(letters) - 1, -1, -1):
        begins.append(begins[-1] | {at} if silent[at] else frozenset({at}))
    return Row(letters, silent, tuple(reversed(begins)))


def words(heard: str, ways: Ways) -> tuple[str, ...]:
    """The words of a text of consonants, in which names are looked for.

    Where a script has no words, those that begin behind a hyphen as well.
    """
    if ways.words:
        return tuple(_WORD.findall(heard))
    stretches = (stretch.split(_HYPHEN) for stretch in _BREAK.split(heard))
    begun = ("".join(parts[at:]) for parts in stretches for at in range(len(parts)))
    return tuple(dict.fromkeys(filter(None, begun)))


def stands(name: Row, text_words: Sequence[str], ways: Ways) -> bool:
    """Whether one of some words is a name, or has it at either side of a hyphen."""
    if not ways.words and len(name.letters) in name.begins[0]:
        return True
    fronts = (frozenset(front[:1]) for front in ways.fronts)
    firsts = frozenset().union(*fronts, *(name.letters[at] for at in name.begins[0]))
    if ways.words:
        firsts |= ways.free | ways.before | ({_ARTICLE} if ways.before else frozenset())
    return any(
        (word[0] in firsts or _HYPHEN in word) and _is_name(name, word, ways, _starts(word, ways))
        for word in text_words
    )


def _is_name(name: Row, word: str, ways: Ways, starts: set[int]) -> bool:
    said: set[Place] = set()
    waiting: set[Place] = set()
    begun: set[int] = set()
    end, last = len(name.letters), max(starts)
    ended = [False, False, False]  # with none, one or two letters written on to the end
    for at, letter in enumerate(word):
        if at in starts:
            begun |= name.begins[0]
        said, waiting, begun = _after(name, letter, ways, said | waiting, begun)
        follows = letter in ways.after
        ended = [end in begun, ended[0] and follows, ended[1] and follows]
        if any(ended) and (not ways.words or word[at + 1 : at + 2] in {"", _HYPHEN}):
            return True
        if at >= last and not (said or waiting or begun or any(ended)):
            return False
    return False


def _after(
    name: Row, letter: str, ways: Ways, said: set[Place], begun: set[int]
) -> tuple[set[Place], set[Place], set[int]]:
    """Where a name may be behind one more letter of a word.

    That is: the consonants that were said, those that have to be said again, and those that may begin.
    """
    free = letter in ways.free
    now_said = {(at, 1) for at in begun if at < len(name.letters) and letter in name.letters[at]}
    again: set[Place] = set()
    for at, times in said:
        if letter in name.letters[at] and (times < _MOST or name.silent[at]):
            now_said.add((at, 1 if name.silent[at] else times + 1))
        if free and not name.silent[at]:
            (now_said if ways.words else again).add((at, times))
    now_begun = set(begun) if free and ways.words else set()
    for at, _ in now_said:
        now_begun |= name.begins[at + 1]
    return now_said, again, now_begun


def _starts(word: str, ways: Ways) -> set[int]:
    """Where a name may begin in a word: at its head, behind a hyphen, and behind what leans on either."""
    if not ways.words:
        return {0, *(len(front) for front in ways.fronts if word.startswith(front))}
    starts = {0, *(at + 1 for at, letter in enumerate(word) if letter == _HYPHEN)}
    if not ways.before:
        return starts
    one = {at + 1 for at in starts if word[at : at + 1] in ways.before}
    two = {at + 1 for at in one if word[at : at + 1] in ways.before}
    starts |= one | two
    return starts | {at + 1 for at in starts if word[at : at + 1] == _ARTICLE}
