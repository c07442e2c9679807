"""A night is named by the day it begins on or the day it leads to: Sunday night is "Nacht zum Montag"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from l10n.checks.pair import Pair
from l10n.checks.reading.data_files import table
from l10n.checks.reading.words import lowered
from l10n.checks.times.calendar import Mention
from l10n.patterns import UNSPACED, any_of, word_of

_BESIDE = 24  # characters between a day and the word for its night
_BESIDE_SIGNS = 5  # where a sign is a word

Mentions = Sequence[Mention]
Evenings = frozenset[int]
"""The days, one or two, that a night may begin on; none for a day that names no night."""


def without_shared_nights(pair: Pair, in_source: Mentions, in_target: Mentions) -> tuple[Mentions, Mentions]:
    """The weekdays of both texts, without those of a night that each names by another day.

    Only the day that a night leads to says for certain when it begins.  "The night of Monday" in the other
    text may then be that before Monday as well: some call it so after midnight, and Arabic from sunset.
    """
    if {mention.value for mention in in_source} == {mention.value for mention in in_target}:
        return in_source, in_target
    source = _nights(pair.source_plain.text, pair.source_convention.language, in_source)
    target = _nights(pair.target_plain.text, pair.target_convention.language, in_target)
    shared = _certain(source) & _possible(target) | _certain(target) & _possible(source)
    return _without(in_source, source, shared), _without(in_target, target, shared)


def _certain(nights: Sequence[Evenings]) -> Evenings:
    return frozenset[int]().union(*(evenings for evenings in nights if len(evenings) == 1))


def _possible(nights: Sequence[Evenings]) -> Evenings:
    return frozenset[int]().union(*nights)


def _without(mentions: Mentions, nights: Sequence[Evenings], shared: Evenings) -> Mentions:
    return [
        mention for mention, evenings in zip(mentions, nights, strict=True) if evenings.isdisjoint(shared)
    ]


def _nights(text: str, language: str, mentions: Mentions) -> Sequence[Evenings]:
    """The night that each weekday of a text names."""
    if language not in table("nights"):
        return [frozenset()] * len(mentions)
    small = lowered(text)
    nights = [_evenings(small, language, mention) for mention in mentions]
    for place, (first, second) in enumerate(pairwise(mentions)):
        if _are_of_one_night(small, language, first, second):
            nights[place] = nights[place + 1] = frozenset({first.value})
    return nights


def _evenings(small: str, language: str, mention: Mention) -> Evenings:
    """When a night begins that is named by one day."""
    night, into, _ = _patterns(language)
    begin, end = _around(language, mention, mention)
    if into.search(small[begin : mention.start]):
        return frozenset({_day_before(mention)})
    return (
        frozenset({_day_before(mention), mention.value}) if night.search(small, begin, end) else frozenset()
    )


def _are_of_one_night(small: str, language: str, first: Mention, second: Mention) -> bool:
    night, _, joins = _patterns(language)
    return (
        first.value == _day_before(second)
        and joins.fullmatch(small, first.end, second.start) is not None
        and night.search(small, *_around(language, first, second)) is not None
    )


def _around(language: str, first: Mention, last: Mention) -> tuple[int, int]:
    near = _BESIDE_SIGNS if language in UNSPACED else _BESIDE
    return max(0, first.start - near), last.end + near


def _day_before(mention: Mention) -> int:
    return (mention.value - 2) % 7 + 1


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What says night, what stands before the day that a night leads to, and what between its two days."""
    row = table("nights")[language]
    return (
        re.compile(word_of(row["night"].split(), language)),
        re.compile(rf"(?<!\w){any_of(row.get('into', '').split())}\s\Z"),
        re.compile(rf"\s?{any_of(row['joins'].split())}\s?"),
    )
