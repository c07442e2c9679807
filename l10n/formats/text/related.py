"""The rows of other articles that a page offers, with their headings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from l10n.conventions import Convention
from l10n.formats.text import contacts, labels
from l10n.formats.text.lines import BLANK, ITEM, WORDS, Line, ends_sentence, ends_with_colon

_MOST = 8


def find(
    lines: Sequence[Line],
    filled: Sequence[int],
    known: Collection[int],
    rights: Collection[int],
    convention: Convention,
) -> set[int]:
    """The headings over other articles, and the titles below one behind the first prose of the text.

    ``filled`` are the lines with words, ``known`` those that are no part of the text, and ``rights`` notices
    of copyright, at which a row ends.
    """
    found: set[int] = set()
    begun = False
    for index in filled:
        text = lines[index].content
        begun = begun or (index not in known and index not in found and labels.is_prose(text))
        heading, _, words_behind = text.replace("：", ":").partition(":")
        if heading.rstrip().casefold() in convention.related:
            found.add(index)
            if not words_behind and begun:
                below = _below(lines, index, rights, convention)
                found.update(title for title in below if title not in known)
    return found


def _below(lines: Sequence[Line], at: int, rights: Collection[int], convention: Convention) -> Iterator[int]:
    """The titles of other articles under their heading, down to a line that is surely none."""
    for index in _titles(lines, at):
        if index in rights or contacts.begins(lines, index, convention):
            return
        yield index


def _titles(lines: Sequence[Line], at: int) -> Iterator[int]:
    """The titles right under a line; below a blank one, items or two and more in a row."""
    first = at + 1
    if first + 2 < len(lines) and lines[first].shape is BLANK:
        shapes = [line.shape for line in lines[first + 1 : first + 3]]
        first += shapes[0] is ITEM or shapes == [WORDS, WORDS]
    for index in range(first, min(first + _MOST, len(lines))):
        line = lines[index]
        if line.shape not in (WORDS, ITEM) or ends_sentence(line.content) or ends_with_colon(line.content):
            return
        yield index
