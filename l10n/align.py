"""Aligns the sentences of a page with those of its existing translation.

Both are segmented like any source, and sentences are paired in order by their lengths (Gale and Church,
Computational Linguistics 19, 1993) and by what is the same in both languages: numbers, addresses and the
beginnings of names.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import erfc, exp, log, sqrt

from l10n.display_width import is_wide
from l10n.inline import Role, escape_literal, tokens
from l10n.model import Document, Kind
from l10n.phones import digits_of

_SPREAD = 6.8  # the variance of a length per character (Gale and Church)
_BAND = 40  # sentences that one side may be ahead of the other, beside the difference of their numbers
# What a step costs before its sentences are looked at: so many of either side.
_STEPS = {(1, 1): 0.0, (2, 1): 2.3, (1, 2): 2.3, (3, 1): 4.0, (1, 3): 4.0, (1, 0): 4.5, (0, 1): 4.5}
_ANCHOR = 2.0  # what a shared anchor is worth, the first three of them
_ODD_NUMBER = 2.0  # what a number on one side alone costs, the first two of them
_OTHER_KIND = 2.5
_OTHER_PLACE = 1.5  # one begins its paragraph and the other does not
_IN_STEP = 0.08  # certainty that a paragraph gives whose sentences all have their counterpart
_FAR = 16.0  # what lengths may cost at most
_NUMBER = re.compile(r"\d+(?:[.,'’٫٬\u00a0\u202f ]\d+)*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")
_NAME = re.compile(r"(?<=[\w,;:(«“\"-] )(?:[^\W\d_a-z]\w{2,})|\b[A-Z]{2,}\b")
_SHORT = 30  # characters below which a length tells little
_LETTERS = 4  # of a name that count: Tanger and Tangier


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its translation; ``sure`` is the probability, from 0.0 to 1.0.

    Several sentences that belong together are joined.
    """

    source: str
    target: str
    sure: float


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    length: int
    kind: Kind
    first: bool
    block: int
    numbers: Counter[str]
    anchors: frozenset[str]


def align(source: Document, target: Document) -> list[Pair]:
    """The aligned sentences of two documents, in order.

    Codes stay where both sides have the same ones.  Sentences without a counterpart are left out.
    """
    sources, targets = _sentences(source), _sentences(target)
    if not sources or not targets:
        return []
    ratio = max(
        0.1,
        sum(sentence.length for sentence in targets) / max(1, sum(sentence.length for sentence in sources)),
    )
    steps = _cheapest(sources, targets, ratio)
    whole = _in_step(steps)
    scores = [_sure(a, b, ratio, in_step=at in whole) if a and b else 0.0 for at, (a, b) in enumerate(steps)]
    pairs = []
    for at, (a, b) in enumerate(steps):
        if a and b:
            around = [scores[neighbour] for neighbour in (at - 1, at + 1) if 0 <= neighbour < len(steps)]
            beside = sum(around) / len(around) if around else scores[at]
            pairs.append(Pair(*_joined(a, b), round(0.8 * scores[at] + 0.2 * beside, 3)))
    return pairs


def _sentences(document: Document) -> list[_Sentence]:
    sentences = []
    for block, unit in enumerate(document.units):
        for at, segment in enumerate(unit.segments):
            plain = "".join(token.text for token in tokens(segment.source) if token.role is Role.TEXT)
            if any(map(str.isalnum, plain)):
                sentences.append(_sentence(segment.source, plain, unit.kind, block, first=not at))
    return sentences


def _sentence(text: str, plain: str, kind: Kind, block: int, *, first: bool) -> _Sentence:
    addresses = _ADDRESS.findall(plain)
    numbers = Counter(map(_significant, _NUMBER.findall(_ADDRESS.sub(" ", plain))))
    names = {_letters(name) for name in _NAME.findall(plain)}
    return _Sentence(text, len(plain), kind, first, block, numbers, frozenset({*names, *addresses} - {""}))


def _significant(number: str) -> str:
    """The digits of a number without the zeros that a word may stand for: 8,5 millions and 850万."""
    digits = digits_of(number)
    return digits.strip("0") or digits


def _letters(name: str) -> str:
    """The beginning of a name, small and without accents."""
    plain = unicodedata.normalize("NFD", name.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))[:_LETTERS]


_Step = tuple[Sequence[_Sentence], Sequence[_Sentence]]


def _cheapest(sources: list[_Sentence], targets: list[_Sentence], ratio: float) -> list[_Step]:
    """The steps through both that cost the least together."""
    band = _BAND + abs(len(sources) - len(targets))
    costs: dict[tuple[int, int], float] = {(0, 0): 0.0}
    best_step: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(len(sources) + 1):
        middle = i * len(targets) // len(sources)
        for j in range(max(0, middle - band), min(len(targets), middle + band) + 1):
            for (a, b), price in _STEPS.items():
                before = costs.get((i - a, j - b))
                if before is None:
                    continue
                cost = before + price + _cost(sources[i - a : i], targets[j - b : j], ratio)
                if cost < costs.get((i, j), float("inf")):
                    costs[i, j] = cost
                    best_step[i, j] = (a, b)
    steps: list[_Step] = []
    i, j = len(sources), len(targets)
    while i or j:
        a, b = best_step[i, j]
        steps.append((sources[i - a : i], targets[j - b : j]))
        i, j = i - a, j - b
    return steps[::-1]


def _in_step(steps: Sequence[_Step]) -> set[int]:
    """The steps of paragraphs that go together sentence by sentence, two or more and none left over."""
    by_block: dict[tuple[int, int], set[int]] = {}
    for at, (a, b) in enumerate(steps):
        for side, sentences in enumerate((a, b)):
            for sentence in sentences:
                by_block.setdefault((side, sentence.block), set()).add(at)
    found: set[int] = set()
    for (side, _), members in by_block.items():
        if (
            side
            or len(members) < 2
            or any(len(a) != 1 or len(b) != 1 for a, b in map(steps.__getitem__, members))
        ):
            continue
        blocks = {steps[at][1][0].block for at in members}
        if len(blocks) == 1 and by_block[1, blocks.pop()] == members:
            found |= members
    return found


def _cost(sources: Sequence[_Sentence], targets: Sequence[_Sentence], ratio: float) -> float:
    if not sources or not targets:
        return 0.0
    if len({sentence.block for sentence in sources}) > 1 or len({sentence.block for sentence in targets}) > 1:
        return 100.0
    shared, odd = _anchors(sources, targets)
    cost = -2 * log(max(_fits(sources, targets, ratio), exp(-_FAR / 2)))
    cost += _OTHER_KIND * (_kind(sources[0]) != _kind(targets[0])) + _OTHER_PLACE * (
        sources[0].first != targets[0].first
    )
    return cost - _ANCHOR * min(3, shared) + _ODD_NUMBER * min(2, odd)


def _kind(sentence: _Sentence) -> Kind:
    return Kind.HEADING if sentence.kind is Kind.TITLE else sentence.kind


def _fits(sources: Sequence[_Sentence], targets: Sequence[_Sentence], ratio: float) -> float:
    """How likely such lengths are of the same words, 1.0 for just the usual ratio."""
    expected = ratio * sum(sentence.length for sentence in sources)
    actual = sum(sentence.length for sentence in targets)
    # A few characters more or less say nothing in a short text.
    off = max(0.0, abs(actual - expected) - 3) / sqrt(_SPREAD * max(10.0, expected))
    return erfc(off / sqrt(2))


def _anchors(sources: Sequence[_Sentence], targets: Sequence[_Sentence]) -> tuple[int, int]:
    """How many anchors are on both sides, and how many numbers on one alone."""
    numbers = [sum((sentence.numbers for sentence in side), Counter[str]()) for side in (sources, targets)]
    names = [frozenset[str]().union(*(sentence.anchors for sentence in side)) for side in (sources, targets)]
    shared = (numbers[0] & numbers[1]).total()
    odd = (numbers[0] | numbers[1]).total() - shared
    return shared + len(names[0] & names[1]), odd


def _sure(
    sources: Sequence[_Sentence], targets: Sequence[_Sentence], ratio: float, *, in_step: bool
) -> float:
    if _plain(sources) == _plain(targets) and len(_plain(sources).split()) > 2:
        return 0.0  # nobody translated it
    shared, odd = _anchors(sources, targets)
    expected = ratio * sum(sentence.length for sentence in sources)
    actual = sum(sentence.length for sentence in targets)
    length = min(1.0, (min(expected, actual) + 6) / (max(expected, actual) + 1))
    sure = (0.62 + 0.3 * min(1.0, shared / 2) if not odd else 0.55 + 0.15 * min(1.0, shared / 2)) * float(
        length**0.7
    )
    if not shared:
        # Nothing but their place tells one short text from another, as in menus.
        sure -= 0.15 * max(0.0, 1 - min(expected, actual) / _SHORT)
    sure += 0.1 * (_kind(sources[0]) == _kind(targets[0])) + 0.08 * (sources[0].first == targets[0].first)
    sure += _IN_STEP * in_step
    return max(0.0, min(1.0, sure * (1.0 if len(sources) == len(targets) else 0.85)))


def _joined(sources: Sequence[_Sentence], targets: Sequence[_Sentence]) -> tuple[str, str]:
    """Both texts, without codes where they are not the same on both sides or several were joined."""
    source, target = (
        list(tokens(_one_after_the_other(sentence.text for sentence in side))) for side in (sources, targets)
    )
    codes = [sorted(token.text for token in side if token.role is not Role.TEXT) for side in (source, target)]
    if len(sources) == len(targets) == 1 and codes[0] == codes[1]:
        return sources[0].text, targets[0].text
    return _plain(sources), _plain(targets)


def _plain(side: Sequence[_Sentence]) -> str:
    return _one_after_the_other("".join(_words(sentence.text)) for sentence in side)


def _one_after_the_other(texts: Iterable[str]) -> str:
    """Sentences as they are set: with a space between, save where a wide full stop makes room itself."""
    joined = ""
    for text in texts:
        close = not joined or is_wide(joined[-1])
        joined += text if close else f" {text}"
    return joined


def _words(text: str) -> Iterator[str]:
    for token in tokens(text):
        if token.role is Role.TEXT:
            yield escape_literal(token.text)
