"""What rises in the source does not fall in the target, women are not men, and so on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial

from l10n.checks.amounts import figures, quantities, ranges
from l10n.checks.mismatches import CHANGED, Place
from l10n.checks.pair import Pair
from l10n.checks.reading import numerals, values
from l10n.checks.reading.data_files import table
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import HEAD, heads, word_set
from l10n.checks.sense import counted_people, opposite_words
from l10n.checks.sense.opposite_words import INSIDE, find, load
from l10n.model import Finding, Severity
from l10n.patterns import lazy_pattern

_DIGIT = re.compile(r"\d")
_SEX = "sex"
_WHATEVER = (_SEX, "comparison")  # what a negation does not turn round
_PLAIN = "denial"  # what a negation does
_DIRECTION = opposite_words.DIRECTION
_SAID_TWICE = frozenset({_SEX, _DIRECTION})  # of which a text may speak of both sides
# Where a clause ends: what one says of a number, the next need not say.
_CLAUSE = lazy_pattern(
    r"[;؛；。!?؟？，]|[,:.،](?!\d)|\s(?=و)|而|但|并|"
    r"\b(?:and|but|while|whereas|although|et|mais|tandis|alors|y|pero|mientras|aunque|e|mas|enquanto|embora"
    r"|ed|ma|mentre|und|aber|doch|während|obwohl|и|но|а|тогда|хотя|لكن|بينما|حين)\b",
    re.IGNORECASE,
)
_YEARS = range(1900, 2101)
_LONGEST_MONTH = 31
_SEVERAL = 2
_OF_TIME = lazy_pattern(r"[:/h]|\d\.\d+\.\d")


def run(
    check: str, pair: Pair, affirmed: Callable[[], tuple[str, str]] | None = None, *, plain: bool = False
) -> Iterator[Finding]:
    """At most one finding for each contrast of which either text speaks of one side only, and not the same.

    ``affirmed`` gives the source and target without what they negate, blank in its place: a direction may be
    said by denying the other one.  ``plain`` says that neither text has a word of negation.
    """
    languages = pair.languages
    if not pair.is_between(table("ranges")):  # the languages whose contrasts are listed
        return
    texts = pair.source_plain.text, pair.target_plain.text
    if not _speaks_of_any(texts[0], languages[0]):
        return
    for contrast in (*_WHATEVER, _PLAIN) if plain else _WHATEVER:
        yield from _contrasted(check, pair, contrast, texts, languages)
    if affirmed and _tells(texts[0], _PLAIN, languages[0]) and _tells(texts[1], _PLAIN, languages[1]):
        yield from _contrasted(check, pair, _PLAIN, affirmed(), languages)
    tells = _tells(texts[0], _DIRECTION, languages[0])
    if not tells and not _has_range(texts[0], languages[0]):
        return
    if not _tells(texts[1], _DIRECTION, languages[1]):
        return
    affirmed_texts = affirmed() if affirmed else None
    if affirmed_texts and any(
        _only_side(text, _DIRECTION, language)
        for text, language in zip(affirmed_texts, languages, strict=True)
    ):
        texts = affirmed_texts  # where both deny, they deny the same
    finding = next(_contrasted(check, pair, _DIRECTION, texts, languages), None) if tells else None
    finding = finding or _beside_numbers(check, pair, texts, languages)
    finding = finding or (_one_of_several(check, pair, texts, languages) if tells else None)
    if finding is not None:
        yield finding


@per_text
def _speaks_of_any(text: str, language: str) -> bool:
    """Whether a text has a word for a side of any contrast, or a range of numbers: a quick look."""
    contrasts = (*_WHATEVER, _PLAIN, _DIRECTION)
    return any(_tells(text, contrast, language) for contrast in contrasts) or _has_range(text, language)


def _has_range(text: str, language: str) -> bool:
    return _DIGIT.search(text) is not None and bool(ranges.read(text, language))


def _contrasted(
    check: str, pair: Pair, contrast: str, texts: tuple[str, str], languages: tuple[str, str]
) -> Iterator[Finding]:
    source_side = _only_side(texts[0], contrast, languages[0])
    if source_side is None:
        if contrast in _SAID_TWICE and _tells(texts[0], contrast, languages[0]):
            yield from _one_for_both(check, pair, contrast, texts, languages)
        return
    target_side = _only_side(texts[1], contrast, languages[1])
    if target_side is None or source_side[0] == target_side[0]:
        return
    yield _changed(check, pair, source_side[1:], target_side[1:])


def _one_for_both(
    check: str, pair: Pair, contrast: str, texts: tuple[str, str], languages: tuple[str, str]
) -> Iterator[Finding]:
    """A finding where the source has a rise and a fall, or women and men, and the target twice the same."""
    source_language, target_language = languages
    source_words, target_words = load(contrast, source_language), load(contrast, target_language)
    if source_words is None or target_words is None or find(texts[1], target_words.aside, target_language):
        return
    sides = [find(texts[0], side, source_language) for side in (source_words.one, source_words.other)]
    if sides[0] is None or sides[1] is None:
        return
    places = [find(texts[1], side, target_language) for side in (target_words.one, target_words.other)]
    repeated = places[0] or places[1]
    if contrast == _SEX and places[0] and places[1]:
        yield from _counted_otherwise(check, pair, texts, languages)
    if repeated is None or (places[0] and places[1]):
        return
    again = find(
        texts[1][repeated[1] :], target_words.one if places[0] else target_words.other, target_language
    )
    if again is None:
        return
    lost = sides[1] if places[0] else sides[0]
    yield _changed(check, pair, lost, repeated)


def _one_of_several(
    check: str, pair: Pair, texts: tuple[str, str], languages: tuple[str, str]
) -> Finding | None:
    """A finding where both texts have as many words for a rise or a fall, and not as many for a rise."""
    source_words, target_words = load(_DIRECTION, languages[0]), load(_DIRECTION, languages[1])
    if source_words is None or target_words is None:
        return None
    said = _said(texts[0], source_words, languages[0]), _said(texts[1], target_words, languages[1])
    if len(said[0]) != len(said[1]) or len(said[0]) < _SEVERAL:
        return None
    rises = [sum(rising for _, rising in places) for places in said]
    if rises[0] == rises[1]:
        return None
    lost = rises[0] > rises[1]
    source_place = next(place for place, rising in said[0] if rising is lost)
    target_place = next(place for place, rising in said[1] if rising is not lost)
    return _changed(check, pair, source_place, target_place)


def _said(text: str, words: opposite_words.Words, language: str) -> list[tuple[Place, bool]]:
    """Where a text says that something rises or falls, in order, and whether it rises.

    It is none where it has a word that may say either.
    """
    if find(text, words.aside, language):
        return []
    rises, falls = (
        opposite_words.places(text, words.one, language),
        opposite_words.places(text, words.other, language),
    )
    return sorted([(place, True) for place in rises] + [(place, False) for place in falls])


def _counted_otherwise(
    check: str, pair: Pair, texts: tuple[str, str], languages: tuple[str, str]
) -> Iterator[Finding]:
    """A finding where as many men are in the target as women in the source, and the other way round."""
    counted = []
    for text, language in zip(texts, languages, strict=True):
        words = load(_SEX, language)
        if words is None:
            return
        women, men = (partial(find, side=side, language=language) for side in (words.one, words.other))
        counted.append(counted_people.CountedText(text, language, women, men))
    places = counted_people.turned_round(*counted)
    if places is not None:
        yield _changed(check, pair, *places)


def _beside_numbers(
    check: str, pair: Pair, texts: tuple[str, str], languages: tuple[str, str]
) -> Finding | None:
    """A finding where one text says that a number rises, and the other that it falls.

    So it is where the target rises from 12 to 9, unless the source does as well.
    """
    if _DIGIT.search(texts[0]) is None or _DIGIT.search(texts[1]) is None:
        return None
    source_numbers, target_numbers = (
        _numbered(text, language) for text, language in zip(texts, languages, strict=True)
    )
    for value, (side, source_place, _) in source_numbers.items():
        if value in target_numbers and target_numbers[value][0] != side:
            return _changed(check, pair, source_place, target_numbers[value][1])
    source_ranges = {
        (begin.meanings, end.meanings): (begin, end) for begin, end, _ in ranges.read(texts[0], languages[0])
    }
    for (side, place, value), (first, last) in _turned(texts[1], languages[1]):
        if source_numbers.get(value, ("",))[0] != side and (first.meanings, last.meanings) in source_ranges:
            begin, end = source_ranges[first.meanings, last.meanings]
            return _changed(check, pair, (begin.start, end.end), place)
    return None


def _changed(check: str, pair: Pair, source_place: Place, target_place: Place) -> Finding:
    source, target = pair.source_plain, pair.target_plain
    values = (("source", source.text[slice(*source_place)]), ("target", target.text[slice(*target_place)]))
    span = target.span(*target_place)
    return Finding(check, Severity.WARNING, CHANGED, *span, None, values, *source.span(*source_place))


@per_text
def _numbered(text: str, language: str) -> dict[values.Value, tuple[str, Place, int]]:
    """What a text says of the numbers that count something: whether they rise, where, and where they stand.

    A clause says it if it has words of one side only; a number of which both are said is left out.
    """
    sides: dict[values.Value, tuple[str, Place, int]] = {}
    torn = set()
    amounts = [
        figure for figure in figures.read(text, numerals.load(language)) if _is_amount(figure, text, language)
    ]
    for begin, end in _clauses(text) if amounts else ():
        inside = [figure for figure in amounts if begin <= figure.start < end]
        clause_side = _side_of(text[begin:end], language) if inside else None
        if clause_side is None:
            continue
        side, (start, stop) = clause_side
        for figure in inside:
            for value in figure.wholes:
                if value in sides and sides[value][0] != side:
                    torn.add(value)
                sides.setdefault(value, (side, (begin + start, begin + stop), figure.start))
    return {value: entry for value, entry in sides.items() if value not in torn}


def _is_amount(figure: figures.Figure, text: str, language: str) -> bool:
    """Whether a figure is no year, day or hour."""
    last = ranges.last_of(text, language, figure.start)
    if any(quantities.counts(text, start, language) for start in (figure.start, last)):
        return True
    if figure.name or _OF_TIME().search(figure.text):
        return False
    wholes = {int(digits or "0") * 10 ** min(power, 12) for digits, power in figure.wholes if power >= 0}
    return max(wholes, default=0) > _LONGEST_MONTH and wholes.isdisjoint(_YEARS)


def _clauses(text: str) -> Iterator[Place]:
    begin = 0
    for match in _CLAUSE().finditer(text):
        yield begin, match.start()
        begin = match.end()
    yield begin, len(text)


def _side_of(clause: str, language: str) -> tuple[str, Place] | None:
    words = load(_DIRECTION, language)
    if words is None or find(clause, words.aside, language):
        return None
    one_place = find(clause, words.one, language) or find(clause, words.near_one, language)
    other_place = find(clause, words.other, language) or find(clause, words.near_other, language)
    if one_place is None:
        return None if other_place is None else ("other", other_place)
    return ("one", one_place) if other_place is None else None


def _turned(
    text: str, language: str
) -> Iterator[tuple[tuple[str, Place, values.Value], tuple[ranges.End, ranges.End]]]:
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
    words = load(contrast, language)
    if words is None:
        return False
    if language in INSIDE:
        return any(side.rows().search(text) for side in opposite_words.sides(words))
    if _heads(contrast, language).isdisjoint(heads(text)):
        return False
    return any(_may_tell(word, contrast, language) for word in word_set(text))


@per_text
def _only_side(text: str, contrast: str, language: str) -> tuple[str, int, int] | None:
    """The side a text speaks of and the first word for it; None for none or both."""
    words = load(contrast, language)
    if words is None:
        return None
    if language not in INSIDE and not _tells(text, contrast, language):
        return None
    one_place, other_place = find(text, words.one, language), find(text, words.other, language)
    if (one_place is None) == (other_place is None) or find(text, words.aside, language):
        return None
    if one_place is not None:
        return "one", *one_place
    return None if other_place is None else ("other", *other_place)


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
    words = load(contrast, language)
    sides = opposite_words.sides(words) if words is not None else ()
    return (
        frozenset(word for side in sides for word in (*side.words, *side.fronts)),
        tuple(stem for side in sides for stem in side.stems),
    )
