"""Finds the old entries that the new entries of a changed document come from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from l10n.catalogue.grading import letters_and_digits, likeness, without_cosmetics
from l10n.model import Entry, Key

LIKE_NEARBY = 0.55
LIKE_ANYWHERE = 0.75
_PAIRS_AT_ONCE = 40_000


@dataclass(frozen=True, slots=True)
class Link:
    """Old entries that became new ones: one to one, several to one, or one to several."""

    old: tuple[Entry, ...]
    new: tuple[Entry, ...]


def moved(old: Sequence[Key], new: Sequence[Key]) -> frozenset[Key]:
    """The keys in both whose order among the others changed; as few as possible."""
    place = {key: index for index, key in enumerate(old)}
    common = [key for key in new if key in place]
    kept = _longest_rising([place[key] for key in common])
    return frozenset(key for index, key in enumerate(common) if index not in kept)


def links(old: Sequence[Entry], new: Sequence[Entry]) -> Iterator[Link]:
    """Where the new sentences come from that stand in no old entry, each used once.

    ``old`` and ``new`` are whole documents in order.  What lies between sentences that did not
    change is compared first, then what is left anywhere; a sentence whose like is nowhere has
    no link.
    """
    lasting = {entry.key for entry in old} & {entry.key for entry in new}
    left_old: list[Entry] = []
    left_new: list[Entry] = []
    for gone, came in _gaps(old, new, lasting):
        used: set[Key] = set()
        for link in _within(gone, came):
            used.update(entry.key for entry in (*link.old, *link.new))
            yield link
        left_old.extend(entry for entry in gone if entry.key not in used)
        left_new.extend(entry for entry in came if entry.key not in used)
    yield from _same_words(left_old, left_new)
    yield from _most_alike(left_old, left_new, LIKE_ANYWHERE)


def _gaps(
    old: Sequence[Entry], new: Sequence[Entry], lasting: set[Key]
) -> Iterator[tuple[list[Entry], list[Entry]]]:
    """What changed between neighbours that did not and kept their order."""
    adrift = moved([entry.key for entry in old], [entry.key for entry in new])
    fixed = lasting - adrift
    before = _between(old, fixed, adrift)
    after = _between(new, fixed, adrift)
    yield from zip(before, after, strict=True)


def _between(entries: Sequence[Entry], fixed: set[Key], adrift: frozenset[Key]) -> list[list[Entry]]:
    gaps: list[list[Entry]] = [[]]
    for entry in entries:
        if entry.key in fixed:
            gaps.append([])
        elif entry.key not in adrift:
            gaps[-1].append(entry)
    return gaps


def _within(gone: list[Entry], came: list[Entry]) -> Iterator[Link]:
    """The links within one gap, the surest first; entries of a link are gone from both lists."""
    if not gone or not came:
        return
    for finder in (_same_words, _joined):
        for link in finder(gone, came):
            yield link
            gone[:] = [entry for entry in gone if entry not in link.old]
            came[:] = [entry for entry in came if entry not in link.new]
    yield from _most_alike(gone, came, LIKE_NEARBY)


def _same_words(gone: Sequence[Entry], came: Sequence[Entry]) -> list[Link]:
    said: dict[tuple[str, str], Entry] = {}
    for entry in gone:
        said.setdefault((entry.context, without_cosmetics(entry.source)), entry)
    return [
        Link((before,), (entry,))
        for entry in came
        if (before := said.pop((entry.context, without_cosmetics(entry.source)), None))
    ]


def _joined(gone: Sequence[Entry], came: Sequence[Entry]) -> list[Link]:
    """Sentences that were split or merged: the same words, cut elsewhere, whatever the marks."""
    found = []
    old, new = (
        [letters_and_digits(entry.source) for entry in gone],
        [letters_and_digits(entry.source) for entry in came],
    )
    for index, text in enumerate(new):
        if run := _run(old, text):
            found.append(Link(tuple(gone[run[0] : run[1]]), (came[index],)))
    for index, text in enumerate(old):
        if run := _run(new, text):
            found.append(Link((gone[index],), tuple(came[run[0] : run[1]])))
    return found


def _run(pieces: Sequence[str], whole: str) -> tuple[int, int] | None:
    """The range of at least two neighbouring pieces that make up a whole."""
    for start, piece in enumerate(pieces):
        if not piece or not whole.startswith(piece) or piece == whole:
            continue
        at, end = len(piece), start + 1
        while end < len(pieces) and at < len(whole) and whole.startswith(pieces[end], at):
            at += len(pieces[end])
            end += 1
        if at == len(whole) and end - start > 1:
            return start, end
    return None


def _most_alike(gone: Sequence[Entry], came: Sequence[Entry], least: float) -> list[Link]:
    """Pairs from the most alike down; of equals, those whose places are nearest."""
    reach = max(1, _PAIRS_AT_ONCE // max(1, len(gone)))
    scored = sorted(
        (-score, abs(i - j), i, j)
        for i, one in enumerate(gone)
        for j, two in enumerate(came)
        if one.context == two.context
        and abs(i - j) <= reach
        and (score := likeness(one.source, two.source)) >= least
    )
    taken: set[int] = set()
    given: set[int] = set()
    found = []
    for _, _, i, j in scored:
        if i not in taken and j not in given:
            taken.add(i)
            given.add(j)
            found.append(Link((gone[i],), (came[j],)))
    return found


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The indexes of a longest rising run of numbers that need not be neighbours."""
    tails: list[int] = []
    ends: list[int] = []
    came_from: list[int] = []
    for index, number in enumerate(numbers):
        at = bisect_left(tails, number)
        came_from.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(number)
            ends.append(index)
        else:
            tails[at] = number
            ends[at] = index
    kept: set[int] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.add(index)
        index = came_from[index]
    return kept
