"""What rises in the source does not fall in the target, what comes before does not come after, and so on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from l10n.checks import figures, measures, numerals, ranges
from l10n.checks.data_files import table
from l10n.checks.mismatches import CHANGED
from l10n.checks.pair import Pair
from l10n.checks.remembered import per_text
from l10n.checks.words import HEAD, heads, spans, word_list, word_set
from l10n.model import Finding, Severity
from l10n.patterns import lazy_pattern

_INSIDE = frozenset({"zh"})
_DIGIT = re.compile(r"\d")
_NOTHING = lazy_pattern(r"(?!)")
_WHATEVER = ("order", "sex")  # what a negation does not turn round
_PLAIN = "denial"  # what a negation does
_DIRECTION = "direction"
# Where a clause ends: what one says of a number, the next need not say.
_CLAUSE = lazy_pattern(
    r"[;؛；。!?؟？，]|[,:.،](?!\d)|\s(?=و)|而|但|并|"
    r"\b(?:and|but|while|whereas|although|et|mais|tandis|alors|y|pero|mientras|aunque|e|mas|enquanto|embora"
    r"|ed|ma|mentre|und|aber|doch|während|obwohl|и|но|а|тогда|хотя|لكن|بينما|حين)\b",
    re.IGNORECASE,
)
_YEARS = range(1900, 2101)
_LONGEST_MONTH = 31
_OF_TIME = lazy_pattern(r"[:/h]|\d\.\d+\.\d")
# What Arabic writes on to the front of a verb or a noun.
_ARABIC_FRONTS = ("", "و", "ف", "س", "وس", "فس", "ال", "وال", "بال", "لل")
Place = tuple[int, int]


class _Side(NamedTuple):
    """Words in small letters, the beginnings of others, and rows of several words."""

    words: frozenset[str]
    stems: tuple[str, ...]
    rows: Callable[[], re.Pattern[str]]
    fronts: frozenset[str]

    def has(self, word: str) -> bool:
        return word in self.words or bool(self.stems and word.startswith(self.stems))


class _Words(NamedTuple):
    """The sides of a contrast; those with ``near`` ones have words that say it beside a number only."""

    one: _Side
    other: _Side
    aside: _Side
    near_one: _Side
    near_other: _Side


def run(
    check: str, pair: Pair, affirmed: Callable[[], tuple[str, str]] | None = None, *, plain: bool = False
) -> Iterator[Finding]:
    """At most one finding for each contrast of which either text speaks of one side only, and not the same.

    ``affirmed`` gives the source and target without what they negate, blank in its place: a direction may be
    said by denying the other one.  ``plain`` says that neither text has a word of negation.
    """
    ours, theirs = pair.source_convention.language, pair.target_convention.language
    if ours == theirs:
        return
    said = pair.source_plain.text, pair.target_plain.text
    for contrast in (*_WHATEVER, _PLAIN) if plain else _WHATEVER:
        yield from _contrasted(check, pair, contrast, said, (ours, theirs))
    if affirmed and _tells(said[0], _PLAIN, ours) and _tells(said[1], _PLAIN, theirs):
        yield from _contrasted(check, pair, _PLAIN, affirmed(), (ours, theirs))
    tells = _tells(said[0], _DIRECTION, ours)
    if not tells and not (_DIGIT.search(said[0]) and ranges.read(said[0], ours)):
        return
    if not _tells(said[1], _DIRECTION, theirs):
        return
    rest = affirmed() if affirmed else None
    if rest and any(
        _said(text, _DIRECTION, language) for text, language in zip(rest, (ours, theirs), strict=True)
    ):
        said = rest  # where both deny, they deny the same
    told = next(_contrasted(check, pair, _DIRECTION, said, (ours, theirs)), None) if tells else None
    told = told or _beside_numbers(check, pair, said, (ours, theirs))
    if told is not None:
        yield told


def _contrasted(
    check: str, pair: Pair, contrast: str, texts: tuple[str, str], languages: tuple[str, str]
) -> Iterator[Finding]:
    one = _said(texts[0], contrast, languages[0])
    if one is None:
        yield from _one_for_both(check, pair, texts, languages) if contrast == _DIRECTION else ()
        return
    other = _said(texts[1], contrast, languages[1])
    if other is None or one[0] == other[0]:
        return
    (_, *source_place), (_, *target_place) = one, other
    source, target = pair.source_plain, pair.target_plain
    values = (("source", source.text[slice(*source_place)]), ("target", target.text[slice(*target_place)]))
    span, place = target.span(*target_place), source.span(*source_place)
    yield Finding(check, Severity.WARNING, CHANGED, *span, None, values, *place)


def _one_for_both(
    check: str, pair: Pair, texts: tuple[str, str], languages: tuple[str, str]
) -> Iterator[Finding]:
    """A finding where the source has a rise and a fall, and the target twice the same."""
    source, target = pair.source_plain, pair.target_plain
    ours, theirs = languages
    there, here = _words(_DIRECTION, ours), _words(_DIRECTION, theirs)
    if there is None or here is None or _find(texts[1], here.aside, theirs):
        return
    sides = [_find(texts[0], side, ours) for side in (there.one, there.other)]
    if sides[0] is None or sides[1] is None:
        return
    places = [_find(texts[1], side, theirs) for side in (here.one, here.other)]
    said = places[0] or places[1]
    if said is None or (places[0] and places[1]):
        return
    again = _find(texts[1][said[1] :], here.one if places[0] else here.other, theirs)
    if again is None:
        return
    lost = sides[1] if places[0] else sides[0]
    first, second = source.text[slice(*lost)], target.text[slice(*said)]
    values = (("source", first), ("target", second))
    yield Finding(check, Severity.WARNING, CHANGED, *target.span(*said), None, values, *source.span(*lost))


def _beside_numbers(
    check: str, pair: Pair, texts: tuple[str, str], languages: tuple[str, str]
) -> Finding | None:
    """A finding where one text says that a number rises, and the other that it falls.

    So it is where the target rises from 12 to 9, unless the source does as well.
    """
    if _DIGIT.search(texts[0]) is None or _DIGIT.search(texts[1]) is None:
        return None
    ours, theirs = (_numbered(text, language) for text, language in zip(texts, languages, strict=True))
    for value, (side, source_place, _) in ours.items():
        if value in theirs and theirs[value][0] != side:
            return _changed(check, pair, source_place, theirs[value][1])
    wanted = {
        (one.meanings, other.meanings): (one, other) for one, other, _ in ranges.read(texts[0], languages[0])
    }
    for (side, place, value), (first, last) in _turned(texts[1], languages[1]):
        if ours.get(value, ("",))[0] != side and (first.meanings, last.meanings) in wanted:
            one, other = wanted[first.meanings, last.meanings]
            return _changed(check, pair, (one.start, other.end), place)
    return None


def _changed(check: str, pair: Pair, source_place: Place, target_place: Place) -> Finding:
    source, target = pair.source_plain, pair.target_plain
    values = (("source", source.text[slice(*source_place)]), ("target", target.text[slice(*target_place)]))
    span = target.span(*target_place)
    return Finding(check, Severity.WARNING, CHANGED, *span, None, values, *source.span(*source_place))


@per_text
def _numbered(text: str, language: str) -> dict[numerals.Value, tuple[str, Place, int]]:
    """What a text says of the numbers that count something: whether they rise, where, and where they stand.

    A clause says it if it has words of one side only; a number of which both are said is left out.
    """
    found: dict[numerals.Value, tuple[str, Place, int]] = {}
    torn = set()
    read = [one for one in figures.read(text, numerals.load(language)) if _amounts(one, text, language)]
    for begin, end in _clauses(text) if read else ():
        inside = [one for one in read if begin <= one.start < end]
        said = _side_of(text[begin:end], language) if inside else None
        if said is None:
            continue
        side, (start, stop) = said
        for one in inside:
            for value in one.wholes:
                if value in found and found[value][0] != side:
                    torn.add(value)
                found.setdefault(value, (side, (begin + start, begin + stop), one.start))
    return {value: said for value, said in found.items() if value not in torn}


def _amounts(one: figures.Figure, text: str, language: str) -> bool:
    """Whether a figure is no year, day or hour."""
    last = ranges.last_of(text, language, one.start)
    if any(measures.counts(text, start, language) for start in (one.start, last)):
        return True
    if one.name or _OF_TIME().search(one.text):
        return False
    wholes = {int(digits or "0") * 10 ** min(power, 12) for digits, power in one.wholes if power >= 0}
    return max(wholes, default=0) > _LONGEST_MONTH and wholes.isdisjoint(_YEARS)


def _clauses(text: str) -> Iterator[Place]:
    begin = 0
    for found in _CLAUSE().finditer(text):
        yield begin, found.start()
        begin = found.end()
    yield begin, len(text)


def _side_of(clause: str, language: str) -> tuple[str, Place] | None:
    words = _words(_DIRECTION, language)
    if words is None or _find(clause, words.aside, language):
        return None
    one = _find(clause, words.one, language) or _find(clause, words.near_one, language)
    other = _find(clause, words.other, language) or _find(clause, words.near_other, language)
    if one is None:
        return None if other is None else ("other", other)
    return ("one", one) if other is None else None


def _turned(
    text: str, language: str
) -> Iterator[tuple[tuple[str, Place, numerals.Value], tuple[ranges.End, ranges.End]]]:
    """The ranges of a text of which it says that they rise to less, or fall to more."""
    numbered = _numbered(text, language)
    if not numbered:
        return
    for first, last, sure in ranges.read(text, language):
        low, high = ranges.number(first), ranges.number(last)
        if not sure or low is None or high is None or low == high:
            continue
        for value, (side, place, start) in numbered.items():
            if first.start <= start < last.end and side != ("one" if high > low else "other"):
                yield (side, place, value), (first, last)
                break


@per_text
def _tells(text: str, contrast: str, language: str) -> bool:
    """Whether a text has a word for one side, or one that begins a row that is: a quick look."""
    words = _words(contrast, language)
    if words is None:
        return False
    if language in _INSIDE:
        return any(side.rows().search(text) for side in _told_by(words))
    if _heads(contrast, language).isdisjoint(heads(text)):
        return False
    return any(_may_tell(word, contrast, language) for word in word_set(text))


def _find(text: str, side: _Side, language: str) -> Place | None:
    return _place_inside(text, side) if language in _INSIDE else _place(text, side)


@per_text
def _said(text: str, contrast: str, language: str) -> tuple[str, int, int] | None:
    """The side a text speaks of and the first word for it; None for none or both."""
    words = _words(contrast, language)
    if words is None:
        return None
    if language not in _INSIDE and not _tells(text, contrast, language):
        return None
    one, other = _find(text, words.one, language), _find(text, words.other, language)
    if (one is None) == (other is None) or _find(text, words.aside, language):
        return None
    return ("one", *one) if one is not None else ("other", *other) if other is not None else None


@lru_cache(maxsize=1 << 14)
def _may_tell(word: str, contrast: str, language: str) -> bool:
    """Whether a word says a side, or begins a row that does; asked once of words that every text repeats."""
    words, stems = _every_word(contrast, language)
    return word in words or word.startswith(stems)


@cache
def _heads(contrast: str, language: str) -> frozenset[str]:
    """The first letters of every word and stem; a stem has as many."""
    words, stems = _every_word(contrast, language)
    return frozenset(word[:HEAD] for word in (*words, *stems))


@cache
def _every_word(contrast: str, language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words and the stems of both sides, and what begins their rows."""
    words = _words(contrast, language)
    sides = _told_by(words) if words is not None else ()
    return (
        frozenset(word for side in sides for word in (*side.words, *side.fronts)),
        tuple(stem for side in sides for stem in side.stems),
    )


def _told_by(words: _Words) -> tuple[_Side, ...]:
    return words.one, words.other, words.near_one, words.near_other


def _place(text: str, side: _Side) -> Place | None:
    """Where a text first has a word or a row of words of one side."""
    there = word_set(text)
    if any(side.has(word) for word in there):
        return next(((start, end) for word, start, end in spans(text) if side.has(word)), None)
    if side.fronts.isdisjoint(there):
        return None
    said = " ".join(word_list(text))
    found = side.rows().search(said)
    if found is None:
        return None
    first = said.count(" ", 0, found.start())
    last = first + found.group().count(" ")
    places = spans(text)
    return places[first][1], places[last][2]


def _place_inside(text: str, side: _Side) -> Place | None:
    """The same where words stand within runs of letters."""
    found = side.rows().search(text)
    return found.span() if found else None


@cache
def _words(contrast: str, language: str) -> _Words | None:
    found = _table()[contrast].get(language)
    if found is None:
        return None
    if language == "ar" and contrast == _DIRECTION:
        found = {
            name: " ".join(front + word for word in listed.split() for front in _ARABIC_FRONTS)
            for name, listed in found.items()
        }
    return _Words(*(_side(found.get(name, ""), inside=language in _INSIDE) for name in _Words._fields))


def _side(listed: str, *, inside: bool) -> _Side:
    words = listed.split()
    if inside:
        said = "|".join(words).replace("_", r"[\s\u00a0]")
        rows = lazy_pattern(said, re.IGNORECASE) if words else _NOTHING
        return _Side(frozenset(), (), rows, frozenset())
    listed_rows = [word.replace("_", " ") for word in words if "_" in word]
    return _Side(
        frozenset(word for word in words if word[-1] != "*" and "_" not in word),
        tuple(word[:-1] for word in words if word[-1] == "*"),
        lazy_pattern(rf"\b(?:{'|'.join(listed_rows)})\b") if listed_rows else _NOTHING,
        frozenset(one.partition(" ")[0] for one in listed_rows),
    )


@cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    return table("opposites")
