"""Which signs an emphasis is written with, so that it stays one whatever words it meets.

A ``*`` opens only beside certain characters (CommonMark's flanking rules), and two that touch
become one longer sign.  Where the source's own sign could be misread the other one is taken,
and where neither can be sure, HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from l10n.formats.markdown.escape import breaks
from l10n.formats.markdown.places import UNKNOWN, Place, signs
from l10n.inline import (
    CLOSE,
    LONE,
    OPEN,
    TEXT,
    Role,
)
from l10n.model import Code

_HTML = {"*": "em", "_": "em", "**": "strong", "__": "strong", "~": "del", "~~": "del"}
_OTHER = {"*": "_", "_": "*"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a target on its way into the file: words as they are, or one end of a code.

    ``mark`` is the sign of an emphasis ("*", "_" or "~"), empty for anything else.
    """

    raw: str
    role: Role = TEXT
    code: Code | None = None
    mark: str = ""

    @property
    def words(self) -> bool:
        """Whether it is text."""
        return self.role is TEXT


def is_emphasis(code: Code) -> bool:
    """Whether a code is emphasis written with signs."""
    return code.opening in _HTML and code.closing == code.opening


def choose(pieces: Sequence[Piece], place: Place) -> list[Piece]:
    """The pieces with each emphasis written so that it will be read as one."""
    partner = _partners(pieces)
    busy = set(place.busy) | _own_strays(pieces)
    out = list(pieces)
    open_: list[str] = []
    enclosing: set[str] = set()
    for index, piece in enumerate(pieces):
        if piece.code is None or not is_emphasis(piece.code) or piece.role is LONE:
            continue
        if piece.role is CLOSE:
            enclosing.discard(open_.pop())
            continue
        end = partner[index]
        mark = next(
            (
                mark
                for mark in _candidates(piece)
                if mark not in busy and mark not in enclosing and _fits(mark, index, end, out, place)
            ),
            "",
        )
        open_.append(mark)
        enclosing.add(mark)
        out[index], out[end] = _written(piece, mark), _written(pieces[end], mark)
    return out


def _partners(pieces: Sequence[Piece]) -> dict[int, int]:
    partner: dict[int, int] = {}
    stack: list[int] = []
    for index, piece in enumerate(pieces):
        if piece.role is OPEN:
            stack.append(index)
        elif piece.role is CLOSE:
            partner[stack.pop()] = index
    return partner


def _own_strays(pieces: Sequence[Piece]) -> set[str]:
    """The signs in addresses and the like, which stand in the file as plain text."""
    return {
        sign
        for piece in pieces
        if piece.role is LONE and piece.code and piece.code.opening[:1].isalnum()
        for _, sign in signs(piece.raw)
    }


def _candidates(piece: Piece) -> tuple[str, ...]:
    mark = piece.raw[0]
    return (mark, _OTHER[mark]) if mark in _OTHER else (mark,)


def _written(piece: Piece, mark: str) -> Piece:
    if mark:
        return replace(piece, raw=mark * len(piece.raw), mark=mark)
    slash = "/" if piece.role is CLOSE else ""
    return replace(piece, raw=f"<{slash}{_HTML[piece.raw]}>", mark="")


def _fits(mark: str, start: int, end: int, pieces: Sequence[Piece], place: Place) -> bool:
    """Whether an emphasis from piece ``start`` to ``end`` can be written with ``mark``."""
    if end == start + 1:
        return False
    before = pieces[start - 1].raw[-1:] if start else place.left
    after = pieces[end + 1].raw[:1] if end + 1 < len(pieces) else place.right
    outer = (
        (before, bool(start) and pieces[start - 1].words, pieces[start + 1], pieces[start + 1].raw[:1]),
        (after, end + 1 < len(pieces) and pieces[end + 1].words, pieces[end - 1], pieces[end - 1].raw[-1:]),
    )
    for outside, mendable, within, inner in outer:
        if not within.words and (inner == "" or inner.isspace()):
            return False
        if mendable:
            continue
        if outside == mark:
            return False
        if needs_break(mark, inner) and (outside == UNKNOWN or not breaks(outside)):
            return False
    return True


def needs_break(mark: str, inner: str) -> bool:
    """Whether the outer side of a sign must be a blank or punctuation, given its inner side."""
    return mark != "*" or not inner.isalnum()
