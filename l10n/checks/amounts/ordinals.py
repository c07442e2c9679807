"""An ordinal in words is the same one in the target: a third quarter that became the fourth."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from l10n.checks.amounts import figures
from l10n.checks.mismatches import Place, mismatch_findings
from l10n.checks.pair import Pair
from l10n.checks.reading import arabic
from l10n.checks.reading.data_files import table
from l10n.checks.reading.numerals import counted, load
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.values import Value, of_digits
from l10n.checks.reading.words import HEAD, heads, lowered, word_set
from l10n.checks.times import clock
from l10n.model import Finding, Severity
from l10n.patterns import UNSPACED, any_of

_ASIDE = "aside"
_STEM = 4
_LOOK = re.compile(r"\(\?<?[=!][^)]*\)")
_FIRST = re.compile(r"[^\W\d_]+")


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """An error for an ordinal of the source that the target lacks, where it has one that the source lacks.

    A number of the same value accounts for either.
    """
    source, target = pair.source_plain.text, pair.target_plain.text
    source_ordinals = read(source, pair.source_convention.language)
    if not source_ordinals or not pair.is_between(table("ordinals")):
        return
    source_language, target_language = pair.languages
    target_ordinals = read(target, target_language)
    in_digits = _in_digits(source, source_language), _in_digits(target, target_language)
    lost = [
        place
        for value, place in source_ordinals.items()
        if not (
            value in target_ordinals or _counts(value, target, target_language, in_digits[1] - in_digits[0])
        )
    ]
    new = [
        place
        for value, place in target_ordinals.items()
        if not (
            value in source_ordinals or _counts(value, source, source_language, in_digits[0] - in_digits[1])
        )
    ]
    if lost and new:  # quarters and eighths of a time of day are compared as that
        lost = clock.without(lost, source, source_language)
        new = clock.without(new, target, target_language)
        yield from mismatch_findings(check, pair, lost, new)
    elif len(new) == 1:
        fewer = list(_said_less_often(source, source_language, target, target_language))
        yield from mismatch_findings(check, pair, fewer[:1], new[: len(fewer)], severity=Severity.WARNING)


def _said_less_often(source: str, source_language: str, target: str, target_language: str) -> Iterator[Place]:
    """The last place of each ordinal that both have, the source more often."""
    target_counts = Counter(value for value, _ in _matched(target, target_language))
    source_counts = Counter(value for value, _ in _matched(source, source_language))
    last_places = dict(_matched(source, source_language))
    for value, place in last_places.items():
        if value != _ASIDE and source_counts[value] > target_counts[value] > 0:
            yield place


def read(text: str, language: str) -> dict[str, Place]:
    """The ordinals that a text says in words, each with its first place."""
    first_places: dict[str, Place] = {}
    for value, place in _matched(text, language):
        if value != _ASIDE:
            first_places.setdefault(value, place)
    return first_places


def places(text: str, language: str, other_language: str) -> tuple[Place, ...]:
    """Where a text says ordinals that are compared with those of another language."""
    if (
        language == other_language
        or language not in table("ordinals")
        or other_language not in table("ordinals")
    ):
        return ()
    matched = _matched(text, language)
    return tuple(place for _, place in matched) if any(value != _ASIDE for value, _ in matched) else ()


def all_places(text: str, language: str) -> tuple[Place, ...]:
    """Where a text says ordinals, or what looks like one."""
    return tuple(place for _, place in _matched(text, language))


@per_text
def _matched(text: str, language: str) -> tuple[tuple[str, Place], ...]:
    """The ordinals of a text in order, and what only looks like one, each with its place."""
    values = _may_say(text, language) if language in table("ordinals") else []
    if not values:
        return ()
    small = lowered(text)
    ordinals: list[tuple[str, Place]] = []
    # What is aside comes first, and the twelfth before the second, which it begins with in some languages.
    for value in (_ASIDE, *sorted(values, key=int, reverse=True)):
        for match in _pattern(language, value).finditer(small):
            start, end = match.span()
            if not any(start < stop and begin < end for _, (begin, stop) in ordinals):
                ordinals.append((value, (start, end)))
    return tuple(sorted(ordinals, key=lambda ordinal: ordinal[1]))


def _may_say(text: str, language: str) -> list[str]:
    """The values of which a word of a text begins as they do: a quick look."""
    stems = _stems(language)
    if language in UNSPACED:
        return list({value for stem, values in stems.items() if stem in text for value in values})
    if _stem_heads(language).isdisjoint(heads(text)):
        return []
    begun = {word[:size] for word in word_set(text) for size in (HEAD, _STEM)}
    return list({value for stem in stems.keys() & begun for value in stems[stem]})


def _in_digits(text: str, language: str) -> Counter[frozenset[Value]]:
    """How often each number stands in a text in digits, by what it may mean."""
    return Counter(frozenset(figure.wholes) for figure in figures.read(text, load(language)))


def _counts(value: str, text: str, language: str, alone: Counter[frozenset[Value]]) -> bool:
    """Whether a text says the number of an ordinal in another way.

    ``alone`` are its numbers in digits that the other text does not have as well.
    """
    wanted, numerals = of_digits(value), load(language)
    if any(wanted in values for values in alone):
        return True
    if value == "1":  # which is an article in many languages
        return False
    ordinals = set(read(text, language).values())
    return any(
        wanted == number and not any(start < end_ and begin < end for begin, end_ in ordinals)
        for number, start, end in counted(text, numerals, small=True)
    )


@cache
def _pattern(language: str, value: str) -> re.Pattern[str]:
    """Any word for a value, or for what is aside."""
    return re.compile(_either(table("ordinals")[language].get(value, ""), language))


def _either(listed: str, language: str) -> str:
    either = any_of(listed.replace("*", r"\w*").split())
    if language in UNSPACED:
        return either
    front = f"[{arabic.LEANING}]?" if language == "ar" else ""
    return rf"(?<!\w){front}{either}(?!\w)"


@cache
def _stem_heads(language: str) -> frozenset[str]:
    """The first letters of what the words begin with, which is as long."""
    return frozenset(stem[:HEAD] for stem in _stems(language))


@cache
def _stems(language: str) -> dict[str, set[str]]:
    """The values by what their words begin with, with what Arabic writes on to their front."""
    fronts = arabic.FRONTS if language == "ar" else ("",)
    stems: dict[str, set[str]] = {}
    for value, listed in table("ordinals")[language].items():
        for word in listed.split() if value != _ASIDE else ():
            first = _FIRST.findall(_LOOK.sub("", word))[0]
            for front in fronts:
                stems.setdefault((front + first)[:_STEM], set()).add(value)
    return stems
