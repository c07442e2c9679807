"""Suggests terms that approved pairs use and the glossary does not have yet, with their translations."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from l10n import inline
from l10n.glossary.collection import Glossary
from l10n.glossary.matching import is_unspaced
from l10n.glossary.phrases import Key, Text, Tokenizer, spread
from l10n.glossary.term import Status, Term

_SURE = 10.83  # of the log-likelihood ratio: chance gives it once in a thousand (chi square, one degree)
_ALIKE = 0.5  # Dice's coefficient below which two phrases are not taken for each other
_ROOM = 4  # words or characters a target may have beyond twice its source
_SHOWN = 3  # pairs that are shown as evidence
_WITNESSES = 200  # texts in which the word for a term, and how it is written, is looked for


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and its approved target, and where they stand."""

    source: str
    target: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term that may be missing.

    ``count`` pairs have its source, ``together`` of them its target too; ``alike`` is how much the two
    stand in the same ones (Dice, 0 to 1), and ``evidence`` some of these.
    """

    term: Term
    count: int
    together: int
    alike: float
    evidence: tuple[Pair, ...]


def suggestions(
    pairs: Iterable[Pair],
    source_locale: str,
    target_locale: str,
    *,
    glossary: Glossary | None = None,
    least: int = 3,
    limit: int = 50,
) -> list[Suggestion]:
    """What the glossary may lack for two languages, the surest first.

    A term is a phrase of several words, a name or an acronym that stands in at least ``least`` different
    sources; its target is the phrase whose places go with it best.  What the glossary has already, and
    what stands only inside such a term, is not suggested.
    """
    existing = glossary or Glossary()
    distinct = list({(pair.source, pair.target): pair for pair in pairs}.values())
    hidden = [_hidden(pair, existing, source_locale, target_locale) for pair in distinct]
    sources = list(map(Tokenizer.of(source_locale).read, (source for source, _ in hidden)))
    targets = list(map(Tokenizer.of(target_locale).read, (target for _, target in hidden)))
    source_phrases = _lasting(spread(sources, least), sources, least)
    target_phrases = spread(targets, least)
    phrases_by_text = _by_place(target_phrases, len(targets))
    ranked: list[tuple[float, Key, Key, float]] = []
    for key, places in source_phrases.items():
        together = Counter(phrase for place in places[:_WITNESSES] for phrase in phrases_by_text[place])
        often = {phrase: count for phrase, count in together.items() if count >= least}
        if best := _best(key, often, target_phrases, len(places), len(distinct)):
            target_key, weight, alike = best
            ranked.append((-weight, key, target_key, alike))

    def suggestion(key: Key, target_key: Key, alike: float) -> Suggestion:
        places = source_phrases[key]
        source, target = _usual(key, places, sources), _usual(target_key, target_phrases[target_key], targets)
        term = Term(source_locale, target_locale, source, target, _status(source, target))
        holding = sorted(set(places).intersection(target_phrases[target_key]))
        evidence = tuple(distinct[place] for place in holding[:_SHOWN])
        return Suggestion(term, len(places), len(holding), round(alike, 2), evidence)

    # How a phrase is written is looked up for those that are shown alone.
    unique = _once_per_target(
        suggestion(key, target_key, alike) for _, key, target_key, alike in sorted(ranked)
    )
    return list(islice(unique, limit))


def _status(source: str, target: str) -> Status:
    return Status.DO_NOT_TRANSLATE if source == target else Status.PREFERRED


def _once_per_target(candidates: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """Each target once, for the surest of its sources."""
    targets: set[str] = set()
    for candidate in candidates:
        if candidate.term.target.lower() not in targets:
            targets.add(candidate.term.target.lower())
            yield candidate


def _hidden(pair: Pair, glossary: Glossary, source_locale: str, target_locale: str) -> tuple[str, str]:
    """Both texts without their codes, a line break in the place of each term that is known already."""
    source, target = _plain(pair.source), _plain(pair.target)
    source_hits = glossary.find(source, source_locale, target_locale)
    terms = {hit.term for hit in source_hits}
    target_hits = [hit for hit in glossary.targets(target, source_locale, target_locale) if hit.term in terms]
    return (
        _without(source, [(hit.start, hit.end) for hit in source_hits]),
        _without(target, [(hit.start, hit.end) for hit in target_hits]),
    )


def _plain(text: str) -> str:
    return "".join(
        token.text if token.role is inline.Role.TEXT else "\n" if token.role is inline.Role.LONE else ""
        for token in inline.tokens(text)
    )


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}\n{text[end:]}"
    return text


def _by_place(spread_: Mapping[Key, list[int]], count: int) -> list[list[Key]]:
    """The phrases of each text."""
    phrases: list[list[Key]] = [[] for _ in range(count)]
    for key, places in spread_.items():
        for place in places:
            phrases[place].append(key)
    return phrases


def _lasting(spread: Mapping[Key, list[int]], texts: Sequence[Text], least: int) -> dict[Key, list[int]]:
    """Phrases that stand often enough outside the longer ones that are kept, the longest first."""
    lasting: dict[Key, list[int]] = {}
    inside: dict[Key, set[int]] = defaultdict(set)
    for key in sorted(spread, key=lambda key: (-len(key), key)):
        own = [place for place in spread[key] if place not in inside[key]]
        if len(own) < least or not _whole(key, own, texts):
            continue
        lasting[key] = spread[key]
        for start in range(len(key)):
            for end in range(start + 1, len(key) + 1):
                if end - start < len(key):
                    inside[key[start:end]].update(spread[key])
    return lasting


def _whole(key: Key, places: Sequence[int], texts: Sequence[Text]) -> bool:
    """Whether a phrase without spaces is no piece of a word: different characters stand around it."""
    if not is_unspaced(key[0][0]):
        return True
    before: set[str] = set()
    after: set[str] = set()
    for place in places:
        keys = texts[place].keys
        for start, end in texts[place].where(key):
            before.add(keys[start - 1] if start else str(place))
            after.add(keys[end] if end < len(keys) else str(place))
    return len(before) > 1 and len(after) > 1


def _best(
    source: Key, together: Mapping[Key, int], target_places: Mapping[Key, list[int]], count: int, total: int
) -> tuple[Key, float, float] | None:
    """The target phrase that goes with a source best, how surely and how exclusively; None when none does."""
    weighed = []
    for key, both in together.items():
        alike = 2 * both / (count + len(target_places[key]))
        if alike >= _ALIKE and len(key) <= 2 * len(source) + _ROOM:
            weight = _likelihood(both, count, len(target_places[key]), total)
            if weight >= _SURE:
                weighed.append((alike, len(key), weight, key))
    if not weighed:
        return None
    alike, _, weight, key = max(weighed)
    return key, weight, alike


def _likelihood(both: int, first: int, second: int, total: int) -> float:
    """The log-likelihood ratio of two phrases being in the same pairs (Dunning 1993)."""
    cells = (both, first - both, second - both, max(total - first - second + both, 0))
    expected = (
        first * second / total,
        first * (total - second) / total,
        (total - first) * second / total,
        (total - first) * (total - second) / total,
    )
    return 2 * sum(
        observed * math.log(observed / chance)
        for observed, chance in zip(cells, expected, strict=True)
        if observed and chance
    )


def _usual(key: Key, places: Sequence[int], texts: Sequence[Text]) -> str:
    """How a phrase is written most often, in so many texts as tell."""
    spellings: Counter[str] = Counter()
    for place in places[:_WITNESSES]:
        spellings.update(texts[place].text_between(start, end) for start, end in texts[place].where(key))
    return max(spellings, key=lambda spelling: (spellings[spelling], spelling))
