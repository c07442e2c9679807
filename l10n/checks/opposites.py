"""What rises in the source does not fall in the target."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from l10n.checks.exchanged import CHANGED
from l10n.checks.pair import Pair
from l10n.checks.words import among, spans
from l10n.model import Finding, Severity

_INSIDE = frozenset({"zh"})


@dataclass(frozen=True, slots=True)
class _Side:
    words: frozenset[str]
    stems: tuple[str, ...]

    def has(self, word: str) -> bool:
        return word in self.words or bool(self.stems and word.startswith(self.stems))


@dataclass(frozen=True, slots=True)
class _Words:
    rise: _Side
    fall: _Side
    aside: _Side


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """At most one finding, for two texts that each speak of one direction only, and of opposite ones."""
    ours, theirs = _words(pair.source_convention.language), _words(pair.target_convention.language)
    if ours is None or theirs is None or ours is theirs:
        return
    source, target = pair.source_plain, pair.target_plain
    one = _direction(source.text, ours, pair.source_convention.language)
    if one is None:
        return
    other = _direction(target.text, theirs, pair.target_convention.language)
    if other is None or one[0] == other[0]:
        return
    (_, begin, stop), (_, start, end) = one, other
    values = (("source", source.text[begin:stop]), ("target", target.text[start:end]))
    span, place = target.span(start, end), source.span(begin, stop)
    yield Finding(check, Severity.WARNING, CHANGED, *span, None, values, *place)


def _direction(text: str, words: _Words, language: str) -> tuple[str, int, int] | None:
    """The direction a text speaks of and the first word for it; None for none or more than one."""
    if language in _INSIDE:
        return _direction_inside(text, words)
    kinds = {_kind(word, language) for word in among(text)}
    up, down = "rise" in kinds, "fall" in kinds
    if up == down or "aside" in kinds:
        return None
    side, name = (words.rise, "rise") if up else (words.fall, "fall")
    return next((name, start, end) for word, start, end in spans(text) if side.has(word))


@lru_cache(maxsize=1 << 14)
def _kind(word: str, language: str) -> str:
    """What a word says: "rise", "fall", "aside" or nothing; asked once of words that every text repeats."""
    words = _words(language)
    if words is None:
        return ""
    sides = (("rise", words.rise), ("fall", words.fall), ("aside", words.aside))
    return next((name for name, side in sides if side.has(word)), "")


def _direction_inside(text: str, words: _Words) -> tuple[str, int, int] | None:
    """The same where words stand within runs of letters."""
    up = [(text.find(word), word) for word in sorted(words.rise.words) if word in text]
    down = [(text.find(word), word) for word in sorted(words.fall.words) if word in text]
    if bool(up) == bool(down) or (up and any(word in text for word in words.aside.words)):
        return None
    at, word = min(up or down)
    return "rise" if up else "fall", at, at + len(word)


@cache
def _words(language: str) -> _Words | None:
    found = _table().get(language)
    return None if found is None else _Words(*(_side(found[name]) for name in ("rise", "fall", "aside")))


def _side(listed: str) -> _Side:
    words = listed.split()
    return _Side(
        frozenset(word for word in words if word[-1] != "*"),
        tuple(word[:-1] for word in words if word[-1] == "*"),
    )


@cache
def _table() -> dict[str, dict[str, str]]:
    path = files(__name__.rpartition(".")[0]).joinpath("opposites.toml")
    return tomllib.loads(path.read_text("utf-8"))
