"""Labels that let readers pass a page on, which say so only together with others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from l10n.formats.text import labels, networks
from l10n.formats.text.lines import ITEM, Line


def is_on_x(text: str, buttons: Collection[str]) -> bool:
    """Whether a label says to share on the network that is called X."""
    said = text.split()
    if len(said) > labels.LONGEST or "X" not in said:
        return False
    return any(word.casefold() in buttons for word in (said[0], said[-1]))


def also(
    lines: Sequence[Line],
    filled: Sequence[int],
    pressed: Collection[int],
    known: Collection[int],
) -> Iterator[int]:
    """The lines that are not ``known``, between two that share a page or in one list with such a line.

    ``pressed`` are the lines known as buttons, ``filled`` those with words.
    """
    shared = {index for index in pressed if networks.shares(lines[index].content)}
    if not shared:
        return
    for above, index, below in zip(filled, filled[1:], filled[2:], strict=False):
        between = below == above + 2 and above in pressed and below in pressed
        shares = between and (above in shared or below in shared)
        if shares and index not in known and labels.is_label(lines[index]):
            yield index
    for item in _listed_with(lines, filled, shared):
        if item not in known and labels.is_label(lines[item]):
            yield item


def _listed_with(lines: Sequence[Line], filled: Sequence[int], shared: Collection[int]) -> Iterator[int]:
    """The items of lists, with no blank line inside, of which one shares a page."""
    items = [index for index in filled if lines[index].shape is ITEM]
    starts = [at for at, (left, right) in enumerate(pairwise(items), start=1) if right != left + 1]
    for start, end in pairwise((0, *starts, len(items))):
        if any(item in shared for item in items[start:end]):
            yield from items[start:end]
