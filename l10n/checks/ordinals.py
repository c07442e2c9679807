"""An ordinal in words is the same one in the target: a third quarter that became the fourth."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from l10n.checks import figures
from l10n.checks.data_files import table
from l10n.checks.mismatches import Place, mismatch_findings
from l10n.checks.numerals import Value, counted, load, of_digits
from l10n.checks.pair import Pair
from l10n.checks.remembered import per_text
from l10n.checks.words import lowered, word_set
from l10n.model import Finding

_ASIDE = "aside"
_STEM = 4
_UNSPACED = frozenset({"zh"})
_ARABIC_FRONT = "[وفبكل]?"
_LOOK = re.compile(r"\(\?<?[=!][^)]*\)")
_FIRST = re.compile(r"[^\W\d_]+")


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """An error for an ordinal of the source that the target lacks, where it has one that the source lacks.

    A number of the same value accounts for either.
    """
    ours, theirs = pair.source_convention.language, pair.target_convention.language
    if ours == theirs or ours not in _table() or theirs not in _table():
        return
    source, target = pair.source_plain.text, pair.target_plain.text
    wanted = said(source, ours)
    if not wanted:
        return
    given = said(target, theirs)
    shown = _in_digits(source, ours), _in_digits(target, theirs)
    lost = [
        place
        for value, place in wanted.items()
        if not (value in given or _counts(value, target, theirs, shown[1] - shown[0]))
    ]
    new = [
        place
        for value, place in given.items()
        if not (value in wanted or _counts(value, source, ours, shown[0] - shown[1]))
    ]
    if lost and new:
        yield from mismatch_findings(check, pair, lost, new)


def said(text: str, language: str) -> dict[str, Place]:
    """The ordinals that a text says in words, each with its first place."""
    found: dict[str, Place] = {}
    for value, place in _matched(text, language):
        if value != _ASIDE:
            found.setdefault(value, place)
    return found


def places(text: str, language: str, other: str) -> tuple[Place, ...]:
    """Where a text says ordinals that are compared with those of another language."""
    if language == other or language not in _table() or other not in _table():
        return ()
    matched = _matched(text, language)
    return tuple(place for _, place in matched) if any(value != _ASIDE for value, _ in matched) else ()


@per_text
def _matched(text: str, language: str) -> tuple[tuple[str, Place], ...]:
    """The ordinals of a text in order, and what only looks like one, each with its place."""
    values = _may_say(text, language) if language in _table() else []
    if not values:
        return ()
    small = lowered(text)
    found: list[tuple[str, Place]] = []
    # What is aside comes first, and the twelfth before the second, which it begins with in some languages.
    for value in (_ASIDE, *sorted(values, key=int, reverse=True)):
        for match in _pattern(language, value).finditer(small):
            start, end = match.span()
            if not any(start < stop and begin < end for _, (begin, stop) in found):
                found.append((value, (start, end)))
    return tuple(sorted(found, key=lambda one: one[1]))


def _may_say(text: str, language: str) -> list[str]:
    """The values of which a word of a text begins as they do: a quick look."""
    stems = _stems(language)
    if language in _UNSPACED:
        return list({value for stem, values in stems.items() if stem in text for value in values})
    heads = {word[:size] for word in word_set(text) for size in (4, 3, 2)}
    return list({value for stem in stems.keys() & heads for value in stems[stem]})


def _in_digits(text: str, language: str) -> Counter[frozenset[Value]]:
    """How often each number stands in a text in digits, by what it may mean."""
    return Counter(frozenset(one.wholes) for one in figures.read(text, load(language)))


def _counts(value: str, text: str, language: str, alone: Counter[frozenset[Value]]) -> bool:
    """Whether a text says the number of an ordinal in another way.

    ``alone`` are its numbers in digits that the other text does not have as well.
    """
    asked, numerals = of_digits(value), load(language)
    if any(asked in one for one in alone):
        return True
    if value == "1":  # which is an article in many languages
        return False
    ordinals = set(said(text, language).values())
    return any(
        asked == number and not any(start < end_ and begin < end for begin, end_ in ordinals)
        for number, start, end in counted(text, numerals, small=True)
    )


@cache
def _pattern(language: str, value: str) -> re.Pattern[str]:
    """Any word for a value, or for what is aside."""
    return re.compile(_either(_table()[language].get(value, ""), language))


def _either(listed: str, language: str) -> str:
    words = "|".join(listed.split()).replace("_", r"[\s\u00a0]").replace("*", r"\w*") if listed else r"(?!)"
    if language in _UNSPACED:
        return f"(?:{words})"
    front = _ARABIC_FRONT if language == "ar" else ""
    return rf"(?<!\w){front}(?:{words})(?!\w)"


@cache
def _stems(language: str) -> dict[str, set[str]]:
    """The values by what their words begin with, with what Arabic writes on to their front."""
    fronts = ("", "و", "ف", "ب", "ك", "ل") if language == "ar" else ("",)
    stems: dict[str, set[str]] = {}
    for value, listed in _table()[language].items():
        for word in listed.split() if value != _ASIDE else ():
            first = _FIRST.findall(_LOOK.sub("", word))[0]
            for front in fronts:
                stems.setdefault((front + first)[:_STEM], set()).add(value)
    return stems


@cache
def _table() -> dict[str, dict[str, str]]:
    return table("ordinals")
