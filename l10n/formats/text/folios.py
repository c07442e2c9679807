"""The running heads and feet of a text made of printed pages, as RFCs and ``pdftotext`` write them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from l10n.formats.text.lines import BLANK, RULE, Line, ends_sentence, words

_PAGE_END = "\f"
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_FOLIO = re.compile(r"\W*(?:\w+ )?#(?: ?/ ?#)?\W*$|^\W*(?:\w+ )?#(?: ?/ ?#)?(?=\s)")
_SPACE = re.compile(r"\s+")
_DEEPEST = 3
_MOST_WORDS = 16


def marked(lines: Sequence[Line]) -> list[Line]:
    """The lines, with those at the top and the foot of a page that say the same on another as rules.

    Numbers do not count: they are those of the pages.  Nothing is done without form feeds.
    """
    out = list(lines)
    starts = [index for index, line in enumerate(lines) if _PAGE_END in line.before + line.after]
    if not starts:
        return out
    edges = [*_edges(lines, starts)]
    said = Counter(_said(lines[index]) for index in edges)
    for index in edges:
        line = lines[index]
        if said[_said(line)] > 1 and words(line.content) <= _MOST_WORDS and not ends_sentence(line.content):
            out[index] = line._replace(shape=RULE, marker="")
    return out


def _edges(lines: Sequence[Line], starts: Sequence[int]) -> Iterator[int]:
    """The lines nearest to the ends of pages, up to three on each side, each once."""
    seen: set[int] = set()
    for start in (*starts, len(lines)):
        below = range(start, len(lines)) if start < len(lines) else range(0)
        for side in (range(start - 1, -1, -1), below):
            near = [index for index in side[: 4 * _DEEPEST] if lines[index].shape is not BLANK][:_DEEPEST]
            yield from (index for index in near if index not in seen)
            seen.update(near)


def _said(line: Line) -> str:
    return _FOLIO.sub("", _SPACE.sub(" ", _NUMBER.sub("#", line.content)).casefold())
