"""How short the labels of a menu are, and how much longer prose is."""

from __future__ import annotations

from l10n.formats.text.lines import Line, ends_sentence, words

LONGEST = 5
"""How many words a label has at most."""


def is_label(line: Line) -> bool:
    """Whether a line is as short as the labels of a menu, and no sentence."""
    return words(line.content) <= LONGEST and not ends_sentence(line.content)


def is_prose(text: str) -> bool:
    """Whether a line is longer than the labels of a menu: twice so where it ends no sentence."""
    return words(text) > LONGEST and (ends_sentence(text) or words(text) > 2 * LONGEST)
