"""Whether the lines of a column are those of sentences, or those of a table or a box."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from l10n.display_width import display_width
from l10n.formats.text.columns import ideographs
from l10n.formats.text.lines import cased, ends_sentence, goes_on, words

NARROWEST = 18
"""How many columns of the page a column of prose takes at least."""
FEWEST = 6
"""How many lines a column of prose has at least."""
FEWEST_BESIDE = 3
"""How many lines of a paragraph stand at least beside a box."""
# What sentences have and names in a table do not, in scripts without capitals.
_POINTED = re.compile("[，。、；？！,.;?!،؛؟।]")
# A sentence that ends within a line, before another one that does not.
_ENDS_WITHIN = re.compile(r"[^\W\d_]{3}[.!?…] [^\W\d_]|[。！？।؟](?=.*[^\W\d_])")
_PARTED = re.compile(r"(?<=[^\s.!?]) {2,}(?=\S)")
TABULAR = re.compile(r"(?<=\S) {4,}(?=\S)")
_FEWEST_WORDS = 2  # of a line on average
_MANY_WORDS = 3
_FULL = 0.6
_WIDEST_BOX = 0.75  # of the paragraph beside it


def in_sentences(pieces: Sequence[str]) -> bool:
    """Whether a column is of sentences: most lines are full, and many go on with the one above."""
    said = [piece for piece in pieces if piece]
    if len(said) < FEWEST:
        return False
    widths = sorted(map(display_width, said))
    size = widths[-1]
    full = sum(width >= size * _FULL for width in widths)
    count = sum(map(words, said))
    if size < NARROWEST or full * 2 < len(said) or count < _FEWEST_WORDS * len(said):
        return False
    pairs = _pairs(pieces)
    flowing = sum(_flows(above, below, size) for above, below in pairs)
    if cased(said[0]) and not ideographs(said[0]):
        return flowing * (4 if count >= _MANY_WORDS * len(said) else 2) >= len(pairs)
    pointed = sum(_POINTED.search(piece) is not None for piece in said)
    return flowing * 2 >= len(pairs) and pointed * 4 >= len(said)


def _flows(above: str, below: str, size: int) -> bool:
    """Whether a sentence goes on from one line to the next: German nouns begin with a capital as well."""
    if ends_sentence(above):
        return False
    if not cased(below):
        return display_width(above) >= size * _FULL
    return goes_on(below) or above[-1] == "," or _ENDS_WITHIN.search(above) is not None


def _pairs(pieces: Sequence[str]) -> list[tuple[str, str]]:
    """Lines that follow each other, and those of one sentence with a line of the next column between them."""
    return [
        (pieces[above], pieces[at])
        for above, at in pairwise(at for at, piece in enumerate(pieces) if piece)
        if at == above + 1 or not ends_sentence(pieces[above])
    ]


def beside_box(pieces: Sequence[str], box: Sequence[str]) -> bool:
    """Whether a column is a paragraph with a box at its side, such as one that says whom to ask.

    A sentence ends within it, as in no cell of a table, and most lines go on with the one above; the lines
    of the box are shorter, start at the same place and have no columns themselves.
    """
    said, boxed = [piece.strip() for piece in pieces], [line for line in box if line.strip()]
    filled = [piece for piece in said if piece]
    if min(len(filled), len(boxed)) < FEWEST_BESIDE or not any(map(_ENDS_WITHIN.search, filled)):
        return False
    size = max(map(display_width, filled))
    if any(
        line[0] == " " or TABULAR.search(line) or display_width(line) > size * _WIDEST_BOX for line in boxed
    ):
        return False
    parted = sum(_PARTED.search(piece) is not None for piece in filled)
    pairs = _pairs(said)
    flowing = sum(_flows(above, below, size) for above, below in pairs)
    return size >= 2 * NARROWEST and parted * 2 < len(filled) and flowing * 2 >= len(pairs)
