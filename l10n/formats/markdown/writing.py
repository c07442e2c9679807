"""A target becomes Markdown that says exactly that, wherever it lands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from l10n import inline
from l10n.formats.markdown import places, programs
from l10n.formats.markdown.emphasis import Piece, choose, needs_break
from l10n.formats.markdown.escape import Around, breaks, escape
from l10n.formats.markdown.places import Place
from l10n.inline import (
    CLOSE,
    LONE,
    OPEN,
    TEXT,
)
from l10n.model import Code, Segment

# What shows that a file is read as CommonMark reads it: MDX would refuse it.
_LOOSE_LESS = re.compile(r"(?<!\\)<(?=[\s0-9])")
_HASHED = re.compile(r"^[ \t>]*\\?#(?=[^#\s])", re.MULTILINE)
_PLAIN = Around()
_NEWLINE = re.compile(r"[\r\n]")
_TAG = re.compile(r"<(?:[!?]|/?(?P<name>[A-Za-z][A-Za-z0-9-]*)(?=[\s/>]))")
_PHRASING = re.compile(
    r"abbr|a|bdi|bdo|br|button|b|cite|code|data|del|dfn|em|font|img|input|ins|i|kbd|label|mark|q|samp|small|span"
    r"|strong|sub|sup|s|time|tt|u|var|wbr"
)
_GUARD = "<span></span>"
_SCRIPT = re.compile(r"(?P<sign>[~^])(?P<words>[\w+−-]+)(?P=sign)")


def encode(segment: Segment, target: str) -> str:
    """A target as it stands in the file.

    Raises CodeError when its codes are not those of the source.
    """
    place = places.read(segment.place)
    if segment.codes or "<" in target:
        if inline.code_problems(target, segment.codes):
            inline.render_target(target, segment.codes, str)  # which says what is wrong
        pieces = choose(_broken(_pieces(target, segment.codes)), place)
    else:
        pieces = [Piece(target)]
    written = _write(pieces, place, _base(segment, target))
    if not place.label:
        return written
    return segment.raw if written == place.label else f"{written}][{place.label}"


def _base(segment: Segment, target: str) -> Around:
    """What the source tells of those who read its file."""
    if "#" not in target and "<" not in target:
        return _PLAIN
    return Around(hashed=bool(_HASHED.search(segment.raw)), loose_less=bool(_LOOSE_LESS.search(segment.raw)))


def _pieces(target: str, codes: Sequence[Code]) -> list[Piece]:
    by_number = {code.number: code for code in codes}
    out: list[Piece] = []
    for token in inline.tokens(target):
        if token.role is TEXT:
            out.append(Piece(token.text))
            continue
        code = by_number[token.number]
        raw = (code.closing or "") if token.role is CLOSE else code.opening
        out.append(Piece(raw, token.role, code))
    return out


def _broken(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces in which a line break that would leave an empty line is written as ``<br>``."""
    out: list[Piece] = []
    for index, piece in enumerate(pieces):
        edge = index in {0, len(pieces) - 1} or _breaks_line(out[-1])
        if edge and _breaks_line(piece):
            out.append(replace(piece, raw="<br>"))
        else:
            out.append(piece)
    return out


def _breaks_line(piece: Piece) -> bool:
    return (
        piece.role is LONE
        and bool(piece.code and piece.code.label == "line break")
        and bool(_NEWLINE.search(piece.raw))
    )


def _at_line_start(before: Sequence[Piece], place: Place) -> bool:
    return _breaks_line(before[-1]) if before else place.line_start


def _write(pieces: Sequence[Piece], place: Place, base: Around) -> str:
    marks = "".join(piece.mark or ("" if piece.words else _struck(piece.raw)) for piece in pieces)
    brackets = "[" if any(piece.code and "[" in piece.code.opening[:2] for piece in pieces) else ""
    money = "$" if sum(piece.words and "$" in piece.raw for piece in pieces) > 1 else ""
    busy = place.busy + marks + brackets + money
    out: list[str] = []
    links = _Links(place.addresses(), place.right)
    for index, piece in enumerate(pieces):
        fresh = _at_line_start(pieces[max(index - 1, 0) : index], place)
        if piece.words:
            around = _around(pieces, index, place, busy, base, fresh=fresh)
            written = escape(piece.raw, around)
            if fresh and programs.begins(piece.raw):
                written = f"&#{ord(written[0])};{written[1:]}"
            out.append(_in_line(written, place.block))
            continue
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        before = pieces[index - 1].raw[-1:] if index else place.left
        written = _script(piece.raw, out[-1][-1:] if out else place.left)
        out.append(_apart(before, piece.raw[:1]) + _code(replace(piece, raw=written), following, fresh=fresh))
        links.settle(out, piece, following)
    if place.closed and pieces and not pieces[0].words and not breaks(pieces[0].raw[:1]):
        out.insert(0, _GUARD)
    if pieces and not pieces[-1].words:
        end = pieces[-1].raw[-1:]
        out.append(_GUARD if place.opening and not breaks(end) else _apart(place.right, end))
    return "".join(out)


def _in_line(written: str, block: str) -> str:
    """Escaped words where the line they stand in may not hold every sign."""
    if block == "quoted":
        return written.replace('"', "&quot;")
    return written.replace("\\`", "`").replace("`", "&#96;") if block == "fence" else written


@dataclass(slots=True)
class _Links:
    """Gives the reference links of a target their addresses; ``right`` is what follows the target."""

    addresses: Mapping[int, str]
    right: str
    begun: list[int] = field(default_factory=list)

    def settle(self, out: list[str], piece: Piece, following: Piece | None) -> None:
        """Where a link closes, its address, unless its words still are the address."""
        address = self.addresses.get(piece.code.number) if piece.code else None
        if address is None:
            return
        if piece.role is OPEN:
            self.begun.append(len(out))
            return
        begin = self.begun.pop()
        if "".join(out[begin:-1]) != address or not self._bare(following):
            out[-1] = f"][{address}]"

    def _bare(self, following: Piece | None) -> bool:
        """Whether what follows cannot be taken for an address: words are escaped there."""
        if following is not None and following.words:
            return True
        right = following.raw[:1] if following else self.right
        return right == "" or right not in "[(:" + places.UNKNOWN


def _apart(beside: str, sign: str) -> str:
    """What keeps two code spans from becoming one where they touch."""
    return _GUARD if sign == "`" and beside in {"`", places.UNKNOWN} else ""


def _struck(raw: str) -> str:
    """The sign of a subscript, with which one among the words would strike out."""
    return "~" if raw.startswith("~") and _SCRIPT.fullmatch(raw) else ""


def _script(raw: str, before: str) -> str:
    """What is set lower or higher, as HTML where a letter does not stand before it.

    There its signs strike out or say nothing to some readers.
    """
    script = _SCRIPT.fullmatch(raw)
    if not script or before.isalnum() or before == "_":
        return raw
    name = "sub" if script["sign"] == "~" else "sup"
    return f"<{name}>{script['words']}</{name}>"


def _code(piece: Piece, following: Piece | None, *, fresh: bool) -> str:
    """A code's own text, kept from beginning a block where it now begins a line."""
    raw = piece.raw
    if not fresh:
        return raw
    if raw.startswith(("+ ", "+\xa0", "+\u202f")):
        return "\\" + raw
    fence = raw.startswith("```") and _NEWLINE.search(raw)
    return _GUARD + raw if fence or _begins_html(raw, following) else raw


def _begins_html(raw: str, following: Piece | None) -> bool:
    """Whether a tag at the start of a line could make the line a block of HTML."""
    tag = _TAG.match(raw)
    phrasing = tag and _PHRASING.fullmatch((tag["name"] or "").lower())
    accompanied = following is not None and following.words and following.raw.strip()
    return bool(tag) and not (phrasing and accompanied)


def _around(
    pieces: Sequence[Piece], index: int, place: Place, busy: str, base: Around, *, fresh: bool
) -> Around:
    before = pieces[index - 1] if index else None
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    return Around(
        before=_left(before) if before else place.left,
        after=after.raw[:1].strip() if after else place.right,
        busy=busy,
        cell=place.block == "cell",
        line_start=fresh,
        heading=place.block == "heading",
        heading_end=place.block in {"heading", "quoted", "fence"} and after is None,
        hashed=base.hashed,
        loose_less=base.loose_less,
        solid_start=before is None or _breaks_line(before) or _opens(before),
        solid_end=after is None or _breaks_line(after) or _closes(after),
        broken_start=_outer(before, pieces, index, -1) if before else place.closed,
        broken_end=_outer(after, pieces, index, 1) if after else place.opening,
    )


def _left(before: Piece) -> str:
    """The end of what stands before some words: nothing, where a line break and its prefix do."""
    return "" if _breaks_line(before) else before.raw[-40:]


def _opens(piece: Piece) -> bool:
    # no blank may follow these either, or they would be plain signs to their readers
    solid = piece.raw == "==" or piece.raw.startswith("[[") or piece.raw.endswith("}`")
    return (bool(piece.mark) or solid) and piece.role is OPEN


def _closes(piece: Piece) -> bool:
    return (bool(piece.mark) or piece.raw == "==") and piece.role is CLOSE


def _outer(sign: Piece, pieces: Sequence[Piece], index: int, step: int) -> bool:
    """Whether words stand on the outer side of an emphasis sign that needs a break there."""
    if not sign.mark or sign.role is not (CLOSE if step < 0 else OPEN):
        return False
    within = pieces[index + 2 * step]
    inner = within.raw[-1:] if step < 0 else within.raw[:1]
    return needs_break(sign.mark, inner)
