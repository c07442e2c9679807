"""Two people edited one segment: both texts, and a merge where their changes do not touch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from l10n import inline
from workflow.desk.hints import LONGEST_COMPARED, pieces
from workflow.store import Decision


@dataclass(frozen=True, slots=True)
class EditConflict:
    """A decision that came too late: ``was`` is what it started from, ``mine`` what was typed.

    ``theirs`` is what stands now, by ``decision`` (None when the segment was cleared away).
    ``merge_edits`` holds what both did and is None where they did different things in one place.
    """

    was: str
    mine: str
    theirs: str
    merged: str | None = None
    decision: Decision | None = None

    @property
    def proposed(self) -> str:
        """What to go on from: both together where that is certain, else what was typed."""
        return self.mine if self.merged is None else self.merged


@dataclass(frozen=True, slots=True)
class _Edit:
    """The pieces ``start`` to ``end`` of the old text became ``words``."""

    start: int
    end: int
    words: tuple[str, ...]


def merge_edits(was: str, mine: str, theirs: str, source: str) -> str | None:
    """Both changes in one text, None where they touch or the codes of ``source`` would not fit."""
    if theirs in {mine, was}:
        return mine
    if mine == was:
        return theirs
    old = pieces(was)
    if not was or max(len(old), len(pieces(mine)), len(pieces(theirs))) > LONGEST_COMPARED:
        return None
    edits = sorted({*_edits(old, pieces(mine)), *_edits(old, pieces(theirs))}, key=lambda edit: edit.start)
    if any(left.end >= right.start for left, right in pairwise(edits)):
        return None
    text = "".join(_applied(old, edits))
    return None if inline.code_problems(text, inline.codes_of(source)) else text


def _edits(old: Sequence[str], new: Sequence[str]) -> Iterator[_Edit]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield _Edit(a, b, tuple(new[c:d]))


def _applied(old: Sequence[str], edits: Sequence[_Edit]) -> Iterator[str]:
    position = 0
    for edit in edits:
        yield from old[position : edit.start]
        yield from edit.words
        position = edit.end
    yield from old[position:]
