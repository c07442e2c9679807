"""Finds the old entries that the new entries of a changed document come from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from l10n.catalogue.grading import letters_and_digits, likeness, without_cosmetics
from l10n.model import Entry, Key

LIKE_NEARBY = 0.55
LIKE_ANYWHERE = 0.75
LIKE_JOINED = 0.8
_BETTER = 0.15  # by which two neighbours together must be more alike than either alone
_PAIRS_AT_ONCE = 40_000


@dataclass(frozen=True, slots=True)
class Link:
    """Old entries that became new ones: one to one, several to one, or one to several."""

    old: tuple[Entry, ...]
    new: tuple[Entry, ...]


def moved(old: Sequence[Key], new: Sequence[Key]) -> frozenset[Key]:
    """The keys in both whose order among the others changed; as few as possible."""
    places = {key: index for index, key in enumerate(old)}
    common = [key for key in new if key in places]
    in_order = _longest_rising([places[key] for key in common])
    return frozenset(key for index, key in enumerate(common) if index not in in_order)


def links(old: Sequence[Entry], new: Sequence[Entry]) -> Iterator[Link]:
    """Where the new sentences come from that stand in no old entry, each used once.

    ``old`` and ``new`` are whole documents in order.  What lies between sentences that did not
    change is compared first, then what is left anywhere; a sentence whose like is nowhere has
    no link.
    """
    lasting = {entry.key for entry in old} & {entry.key for entry in new}
    left_old: list[Entry] = []
    left_new: list[Entry] = []
    for removed, added in _gaps(old, new, lasting):
        used: set[Key] = set()
        for link in _within(removed, added):
            used.update(entry.key for entry in (*link.old, *link.new))
            yield link
        left_old.extend(entry for entry in removed if entry.key not in used)
        left_new.extend(entry for entry in added if entry.key not in used)
    yield from _same_words(left_old, left_new)
    yield from _most_alike(left_old, left_new, LIKE_ANYWHERE)


def returning(gone: Sequence[Entry], new: Sequence[Entry]) -> Iterator[Link]:
    """Where new sentences are those that left their document earlier, or much like them."""
    linked: set[Key] = set()
    for link in _same_words(gone, new):
        linked.update((link.old[0].key, link.new[0].key))
        yield link
    left_gone = [entry for entry in gone if entry.key not in linked]
    left_new = [entry for entry in new if entry.key not in linked]
    yield from _most_alike(left_gone, left_new, LIKE_ANYWHERE)


def _gaps(
    old: Sequence[Entry], new: Sequence[Entry], lasting: set[Key]
) -> Iterator[tuple[list[Entry], list[Entry]]]:
    """What changed between neighbours that did not and kept their order."""
    moved_keys = moved([entry.key for entry in old], [entry.key for entry in new])
    fixed = lasting - moved_keys
    before = _between(old, fixed, moved_keys)
    after = _between(new, fixed, moved_keys)
    yield from zip(before, after, strict=True)


def _between(entries: Sequence[Entry], fixed: set[Key], moved_keys: frozenset[Key]) -> list[list[Entry]]:
    gaps: list[list[Entry]] = [[]]
    for entry in entries:
        if entry.key in fixed:
            gaps.append([])
        elif entry.key not in moved_keys:
            gaps[-1].append(entry)
    return gaps


def _within(removed: list[Entry], added: list[Entry]) -> Iterator[Link]:
    """The links within one gap, the surest first; entries of a link are gone from both lists."""
    if not removed or not added:
        return
    for finder in (_same_words, _joined, _nearly_joined):
        for link in finder(removed, added):
            yield link
            removed[:] = [entry for entry in removed if entry not in link.old]
            added[:] = [entry for entry in added if entry not in link.new]
    yield from _most_alike(removed, added, LIKE_NEARBY)


def _same_words(removed: Sequence[Entry], added: Sequence[Entry]) -> list[Link]:
    """Sentences with the same words, in whatever marks and capitals."""
    by_words: dict[tuple[str, str], Entry] = {}
    for entry in removed:
        by_words.setdefault(_words(entry), entry)
    return [Link((before,), (entry,)) for entry in added if (before := by_words.pop(_words(entry), None))]


def _words(entry: Entry) -> tuple[str, str]:
    return entry.context, without_cosmetics(entry.source).casefold()


def _joined(removed: Sequence[Entry], added: Sequence[Entry]) -> list[Link]:
    """Sentences that were split or merged: the same words, cut elsewhere, whatever the marks."""
    joined = []
    old, new = (
        [letters_and_digits(entry.source) for entry in removed],
        [letters_and_digits(entry.source) for entry in added],
    )
    for index, text in enumerate(new):
        if run := _run(old, text):
            joined.append(Link(tuple(removed[run[0] : run[1]]), (added[index],)))
    for index, text in enumerate(old):
        if run := _run(new, text):
            joined.append(Link((removed[index],), tuple(added[run[0] : run[1]])))
    return joined


def _nearly_joined(removed: Sequence[Entry], added: Sequence[Entry]) -> list[Link]:
    """Two neighbours that became one sentence or the other way, where a word came or went at the seam."""
    links_: list[Link] = []
    used: set[Key] = set()
    reach = max(1, _PAIRS_AT_ONCE // max(1, len(removed), len(added)))
    for wholes, halves, split in ((added, removed, False), (removed, added, True)):
        for index, whole in enumerate(wholes):
            at = _best_pair(whole, halves, range(max(0, index - reach), min(len(halves) - 1, index + reach)))
            found = () if at is None else (whole, *halves[at : at + 2])
            if found and used.isdisjoint(entry.key for entry in found):
                used.update(entry.key for entry in found)
                pair = tuple(found[1:])
                links_.append(Link((whole,), pair) if split else Link(pair, (whole,)))
    return links_


def _best_pair(whole: Entry, halves: Sequence[Entry], places: range) -> int | None:
    """Where the two neighbours stand that together are most like a sentence, more so than either alone."""
    best, found = LIKE_JOINED, None
    for at in places:
        pair = halves[at : at + 2]
        if any(half.context != whole.context or len(half.source) >= len(whole.source) for half in pair):
            continue
        score = likeness(" ".join(half.source for half in pair), whole.source)
        alone = max(likeness(half.source, whole.source) for half in pair) if score >= best else 1.0
        if score >= max(best, alone + _BETTER):
            best, found = score, at
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


def _most_alike(removed: Sequence[Entry], added: Sequence[Entry], least: float) -> list[Link]:
    """Pairs from the most alike down; of equals, those whose places are nearest."""
    reach = max(1, _PAIRS_AT_ONCE // max(1, len(removed)))
    scored = sorted(
        (-score, abs(i - j), i, j)
        for i, old_entry in enumerate(removed)
        for j, new_entry in enumerate(added)
        if old_entry.context == new_entry.context
        and abs(i - j) <= reach
        and (score := likeness(old_entry.source, new_entry.source)) >= least
    )
    used_old: set[int] = set()
    used_new: set[int] = set()
    pairs = []
    for _, _, i, j in scored:
        if i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            pairs.append(Link((removed[i],), (added[j],)))
    return pairs


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The indexes of a longest rising run of numbers that need not be neighbours."""
    tails: list[int] = []
    ends: list[int] = []
    predecessors: list[int] = []
    for index, number in enumerate(numbers):
        at = bisect_left(tails, number)
        predecessors.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(number)
            ends.append(index)
        else:
            tails[at] = number
            ends[at] = index
    rising: set[int] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        rising.add(index)
        index = predecessors[index]
    return rising
