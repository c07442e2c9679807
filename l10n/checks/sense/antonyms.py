"""Words of opposite sense: what is imported in the source is not exported in the target.

A contrast has two sides or more (all, most, half, some).  It is told where both texts have words of it: where
the target has none of the sides of the source, or as many words, but not as many of each side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import repeat
from typing import NamedTuple

from l10n.checks.mismatches import Place, mismatch_findings
from l10n.checks.pair import Pair
from l10n.checks.reading.data_files import table
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import HEAD, lowered, spans, word_list, word_set
from l10n.model import Finding, Severity
from l10n.patterns import lazy_pattern

_INSIDE = frozenset({"zh"})
_TURNED = "turned"
_ASIDE = "aside"
# The first word of a row, what joins it to the next, and the first letters of that one where they are plain.
_FRONT = re.compile(
    r"([^\W\d_]+)(?:(_|-|['’]|\[['’]{2}\])([^\W\d_]{3}(?![?{])|[^\W\d_]{1,2}(?=\Z|[_'’-]))?)?"
)
# What Arabic writes on to the front of a word, the longest first.
_ARABIC_FRONTS = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "ك", "س")
_SHORTEST = 3  # letters of an Arabic word without its front

Sides = tuple[tuple[str, Place], ...]
"""The words of a contrast that a text has: the side of each, and its place."""


class _Row(NamedTuple):
    """Several words for a side, looked for where the first words of one of them stand in a text."""

    contrast: str
    side: str
    pattern: Callable[[], re.Pattern[str]]


class _Rows(NamedTuple):
    """The rows of words of a language, and their indexes by a first word and the first letters of the next.

    Where these are empty, any word may follow.
    """

    rows: tuple[_Row, ...]
    by_front: dict[str, dict[str, tuple[int, ...]]]


def run(check: str, pair: Pair, affirmed: Callable[[], tuple[str, str]]) -> Iterator[Finding]:
    """A warning for each contrast of which the target says another side.

    ``affirmed`` gives the source and target without what they negate, blank in its place: what is not
    forbidden is allowed.
    """
    if not pair.is_between(_languages()):
        return
    source_language, target_language = pair.languages
    source_sides = _sides(pair.source_plain.text, source_language)
    target_sides = _sides(pair.target_plain.text, target_language) if source_sides else {}
    for contrast in source_sides:
        if contrast not in target_sides or not _turned(source_sides[contrast], target_sides[contrast]):
            continue
        texts = affirmed() if table("antonyms")[contrast].get(_TURNED) else None
        if texts is None:
            places = _turned(source_sides[contrast], target_sides[contrast])
        else:
            places = _turned(
                _sides(texts[0], source_language).get(contrast, ()),
                _sides(texts[1], target_language).get(contrast, ()),
            )
        if places:
            yield from mismatch_findings(check, pair, [places[0]], [places[1]], severity=Severity.WARNING)


def _turned(source_sides: Sides, target_sides: Sides) -> tuple[Place, Place] | None:
    """The word of the source that the target turned round, and what it has instead."""
    if not source_sides or not target_sides:
        return None
    if len(source_sides) == len(target_sides) == 1 and source_sides[0][0] == target_sides[0][0]:
        return None
    in_source, in_target = (Counter(side for side, _ in sides) for sides in (source_sides, target_sides))
    if in_source == in_target:
        return None
    if len(source_sides) != len(target_sides) and not in_source.keys().isdisjoint(in_target):
        return None
    lost, new = in_source - in_target, in_target - in_source
    return (
        next(place for side, place in source_sides if side in lost),
        next(place for side, place in target_sides if side in new),
    )


@per_text
def _sides(text: str, language: str) -> Mapping[str, Sides]:
    """The words of each contrast that a text has, in order."""
    found: dict[str, dict[Place, str]] = {}
    for contrast, side, place in (
        _inside(text, language) if language in _INSIDE else _of_words(text, language)
    ):
        places = found.setdefault(contrast, {})
        if not any(start <= place[0] < end for start, end in places):
            places[place] = side
    return {
        contrast: tuple((places[place], place) for place in sorted(places))
        for contrast, places in found.items()
        if _ASIDE not in places.values()
    }


def _inside(text: str, language: str) -> Iterator[tuple[str, str, Place]]:
    """The words of a text without spaces."""
    for match in _every(language).finditer(text):
        contrast, _, side = (match.lastgroup or "").rpartition("_")
        yield contrast, side, match.span()


def _of_words(text: str, language: str) -> Iterator[tuple[str, str, Place]]:
    """What is said by several words, then by one."""
    words = word_set(text)
    for row in _begun(text, language):
        for match in row.pattern().finditer(lowered(text)):
            yield row.contrast, row.side, (match.start(), match.start() + len(match.group().rstrip()))
    if any(map(_senses, words, repeat(language))):
        for word, start, end in spans(text):
            for contrast, side in _senses(word, language):
                yield contrast, side, (start, end)


def _begun(text: str, language: str) -> list[_Row]:
    """The rows of which a text has the first words, in order: a quick look."""
    rows, by_front = _rows(language)
    if by_front.keys().isdisjoint(word_set(text)):
        return []
    words = word_list(text)
    found: set[int] = set()
    for word, following in zip(words, (*words[1:], ""), strict=True):
        by_second = by_front.get(word)
        if by_second is not None:
            found.update(by_second.get("", ()), by_second.get(following[:HEAD], ()))
    return [rows[at] for at in sorted(found)]


@lru_cache(maxsize=1 << 15)
def _senses(word: str, language: str) -> tuple[tuple[str, str], ...]:
    """The contrasts that a word belongs to, and on which side; asked once of words that texts repeat."""
    words, stems = _lexicon(language)
    for candidate in _bare(word, language):
        senses = words.get(candidate, ())
        senses += tuple(
            sense for stem, sense in stems.get(candidate[:_SHORTEST], ()) if candidate.startswith(stem)
        )
        if senses:
            return tuple(dict.fromkeys(senses))
    return ()


def _bare(word: str, language: str) -> Iterator[str]:
    """A word, and what is left of an Arabic one without what is written on to its front."""
    yield word
    if language == "ar":
        for front in _ARABIC_FRONTS:
            if word.startswith(front) and len(word) >= len(front) + _SHORTEST:
                yield word[len(front) :]


_Senses = tuple[tuple[str, str], ...]


@cache
def _lexicon(language: str) -> tuple[dict[str, _Senses], dict[str, tuple[tuple[str, tuple[str, str]], ...]]]:
    """The senses of whole words, and those of stems by their first letters."""
    words: dict[str, _Senses] = {}
    stems: dict[str, tuple[tuple[str, tuple[str, str]], ...]] = {}
    for contrast, side, listed in _listed(language):
        for entry in listed:
            if entry.isalpha():
                words[entry] = (*words.get(entry, ()), (contrast, side))
            elif entry[:-1].isalpha() and entry[-1] == "*":
                head = entry[: min(_SHORTEST, len(entry) - 1)]
                stems[head] = (*stems.get(head, ()), (entry[:-1], (contrast, side)))
    return words, stems


@cache
def _rows(language: str) -> _Rows:
    rows: list[_Row] = []
    by_front: dict[str, dict[str, tuple[int, ...]]] = {}
    for contrast, side, listed in _listed(language):
        entries = [entry for entry in listed if not entry.rstrip("*").isalpha()]
        for first, second in _fronts(entries, language):
            by_second = by_front.setdefault(first, {})
            by_second[second] = (*by_second.get(second, ()), len(rows))
        if entries:
            rows.append(_Row(contrast, side, _either(entries)))
    return _Rows(tuple(rows), by_front)


def _fronts(entries: list[str], language: str) -> set[tuple[str, str]]:
    """The first words of some rows, and the first letters of the second ones where these are plain.

    Where the first word of a row has several forms, only one of which is said here, one word of each row is
    asked for.  A vowel sign of Arabic may part a word for an expression, and not for a reader.
    """
    fronts = [match.groups("") for match in map(_FRONT.match, entries) if match is not None]
    sure = language != "ar" and all(joined for _, joined, _ in fronts)
    return {(first, second if sure else "") for first, _, second in fronts}


def _either(entries: list[str]) -> Callable[[], re.Pattern[str]]:
    expressions = "|".join(entries).replace("_", r"[\s\u00a0]").replace(r"\w*", "*").replace("*", r"\w*")
    return lazy_pattern(rf"(?<!\w)(?:{expressions})(?:(?<=['’\s\u00a0])|(?!\w))")


@cache
def _every(language: str) -> re.Pattern[str]:
    """Any word of a language that writes no spaces; each side of a contrast is a group."""
    return re.compile(
        "|".join(f"(?P<{contrast}_{side}>{'|'.join(listed)})" for contrast, side, listed in _listed(language))
    )


def _listed(language: str) -> Iterator[tuple[str, str, list[str]]]:
    """Each contrast of a language with its sides, and what makes it tell of nothing."""
    for contrast, row in table("antonyms").items():
        sides, _, aside = row.get(language, "").partition(" ! ")
        for side, words in [(_ASIDE, aside), *enumerate(sides.split(" | "))]:
            if words:
                yield contrast, str(side), words.split()


@cache
def _languages() -> frozenset[str]:
    return frozenset(language for row in table("antonyms").values() for language in row) - {_TURNED}
