"""Where sentences stand that people cut differently than the rules, after somebody changed a few words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias, TypeVar

from l10n.segment.seams import said

# A letter of a script without spaces stands for a word.
_WORD = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]|[^\W\u2e80-\u9fff\uf900-\ufaff]+")
_LIKENESS = 0.7
_FEWEST = 5

Halves: TypeAlias = tuple[str, str]
_Found = TypeVar("_Found")


def neighbours(rows: Iterable[Sequence[str]], first: str, second: str) -> Halves | None:
    """The only two neighbours of a block that are like two sentences; None where there are none or several.

    ``rows`` has what the segments of each block say.
    """
    like_first, like_second = _like(first), _like(second)
    return _only(
        (one, other) for row in rows for one, other in pairwise(row) if like_first(one) and like_second(other)
    )


def halves(sources: Iterable[str], first: str, second: str) -> Halves | None:
    """The two parts of the only segment that is like one with two halves, one of which is there unchanged."""
    like = _like(f"{first} {second}")
    return _only(
        (first, source[len(first) :].strip())
        if source.startswith(first)
        else (source[: -len(second)].strip(), second)
        for source in sources
        if (source.startswith(first) or source.endswith(second)) and like(source)
    )


def sentence(sources: Sequence[str], source: str, before: str, after: str) -> str | None:
    """The only sentence that is like another one and has one of its neighbours."""
    like, same = _like(source), said(source)
    beside = {(-1, said(before)), (1, said(after))}
    told = ["", *map(said, sources), ""]
    return _only(
        candidate
        for at, candidate in enumerate(sources, start=1)
        if not beside.isdisjoint({(-1, told[at - 1]), (1, told[at + 1])})
        and told[at] != same
        and like(candidate)
    )


def _only(found: Iterator[_Found]) -> _Found | None:
    """The one thing that was found, perhaps several times; None for nothing and for several."""
    different = {*found}
    return different.pop() if len(different) == 1 else None


def _like(sentence: str) -> Callable[[str], bool]:
    """Whether another sentence says the same, or has most of the words of this one and few others.

    Sentences of a few words are like too many others.
    """
    same = said(sentence)
    words = Counter(_WORD.findall(sentence.casefold()))
    telling = len(words) >= _FEWEST

    def like(other: str) -> bool:
        if said(other) == same:
            return True
        others = Counter(_WORD.findall(other.casefold())) if telling else Counter[str]()
        return telling and 2 * (words & others).total() >= _LIKENESS * (words.total() + others.total())

    return like
