"""A sentence that says no says so in the target too."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from l10n.checks.pair import Example, Pair
from l10n.checks.words import among, row, spans
from l10n.model import Finding, Severity

ID = "negation"
SEVERITY = Severity.WARNING
EXPLANATION = (
    "A “not” that is lost turns a sentence into its opposite. A word of negation in the source without "
    "anything of the kind in the target, or the other way round, gets a warning; “without”, “refuse”, "
    "“only” or a word such as “unsafe” account for one."
)
BAD = Example("en", "The water is not safe to drink.", "fr", "L’eau du puits est bonne à boire.")
GOOD = Example("en", "The water is not safe to drink.", "fr", "L’eau n’est pas potable.")

_LOST = "the source says {word}, and nothing here is negative"
_NEW = "nothing in the source is negative"
_INSIDE = frozenset({"zh"})
_SHORTEST_STEM_WORD = 5


@dataclass(frozen=True, slots=True)
class _Words:
    strong: frozenset[str]
    weak: frozenset[str]
    stems: tuple[str, ...]
    inside: bool = False
    aside: re.Pattern[str] | None = None


def run(pair: Pair) -> Iterator[Finding]:
    """At most one finding, at the word of negation."""
    ours, theirs = _words(pair.source_convention.language), _words(pair.target_convention.language)
    if ours is None or theirs is None or pair.source_convention.language == pair.target_convention.language:
        return
    source, target = pair.source_plain, pair.target_plain
    lost = _strong(source.text, ours)
    new = _strong(target.text, theirs)
    if bool(lost) == bool(new):
        return
    if lost and _weak(target.text, theirs) <= _weak(source.text, ours):
        place = source.span(*lost)
        yield Finding(ID, SEVERITY, _LOST, 0, 0, None, (("word", source.text[slice(*lost)]),), *place)
    elif new and not _weak(source.text, ours):
        yield Finding(ID, SEVERITY, _NEW, *target.span(*new))


def _strong(text: str, words: _Words) -> tuple[int, int] | None:
    """The first word of negation; the t of "don't" only after an apostrophe, "no" not in "No. 5"."""
    if not words.inside and words.strong.isdisjoint(among(text)):
        return None
    if words.aside is not None:
        text = words.aside.sub(lambda found: "\0" * len(found.group()), text)
    if words.inside:
        places = [(at, at + len(word)) for word in words.strong if (at := text.find(word)) >= 0]
        return min(places, default=None)
    for word, start, end in spans(text):
        if word not in words.strong:
            continue
        if word == "t" and text[start - 2 : start] not in {"n'", "n’"}:
            continue
        if word == "no" and re.match(r"\.?[ \u00a0]?\d", text[end : end + 3]):
            continue
        return start, end
    return None


def _weak(text: str, words: _Words) -> int:
    """How many words say something of the kind of a negation."""
    if words.inside:
        return sum(word in text for word in words.weak)
    return sum(
        word in words.weak
        or (len(word) >= _SHORTEST_STEM_WORD and bool(words.stems) and word.startswith(words.stems))
        for word in row(text)
    )


@cache
def _words(language: str) -> _Words | None:
    row = _table().get(language)
    if row is None:
        return None
    weak = row["weak"].split()
    return _Words(
        frozenset(row["strong"].split()),
        frozenset(word for word in weak if "*" not in word),
        tuple(word.rstrip("*") for word in weak if word.endswith("*")),
        language in _INSIDE,
        re.compile("|".join(row["aside"].split()).replace("_", " ")) if "aside" in row else None,
    )


@cache
def _table() -> dict[str, dict[str, str]]:
    path = files(__name__.rpartition(".")[0]).joinpath("negation.toml")
    return tomllib.loads(path.read_text("utf-8"))
