"""Puts targets into the holes of a document, each escaped for its place."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

from l10n import inline
from l10n.display_width import display_width, is_wide
from l10n.errors import TargetError
from l10n.formats.seam import Aligns, Flows, Format, Targets
from l10n.formats.table import FORMATS
from l10n.inline import CLOSE, TEXT
from l10n.model import Code, Document, Kind, Segment, Unit

_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")


def fold(
    document: Document, targets: Targets, *, whole_units: bool = False, mark: tuple[str, str] = ("", "")
) -> str:
    """The document's text with its holes filled.

    With ``whole_units`` a unit is filled only when all of its segments have a target, so that
    no paragraph mixes languages, and ``mark`` stands around the inside of one that is not.
    """
    format_ = FORMATS.get(document.format)
    out: list[str] = []
    begins: list[int] = []
    for part in document.parts:
        begins.append(len(out))
        if isinstance(part, str):
            out.append(part)
        elif whole_units and not whole(part, targets):
            shown = part.kind not in {Kind.ATTRIBUTE, Kind.METADATA}
            out.extend((mark[0], part.raw, mark[1]) if shown and part.segments else (part.raw,))
        else:
            _fill(part, targets, document, format_, out, whole_units=whole_units)
    if aligns := _aligns(document.format):
        filled = ["".join(out[start:end]) for start, end in pairwise((*begins, len(out)))]
        return "".join(aligns.aligned(document.parts, filled))
    return "".join(out)


# Python looks the members of a protocol up each time it is asked, which takes as long as a paragraph does.
@cache
def _aligns(name: str) -> Aligns | None:
    format_ = FORMATS.get(name)
    return format_ if isinstance(format_, Aligns) else None


def whole(unit: Unit, targets: Targets) -> bool:
    """Whether every segment of a unit has a target."""
    return all(targets.get(segment.key) for segment in unit.segments)


def _fill(
    unit: Unit,
    targets: Targets,
    document: Document,
    format_: Format,
    out: list[str],
    *,
    whole_units: bool = False,
) -> None:
    flows = format_ if unit.width and isinstance(format_, Flows) else None
    last = before = between = ""
    measured = column = 0
    for part in unit.parts:
        if isinstance(part, str):
            between += part
            continue
        segment = _with_holes_filled(part, targets, document, format_, whole_units=whole_units)
        target = targets.get(part.key)
        if target and last:
            if not between and (last, target) != (before, part.source) and need_space(last, target):
                between = " "
            if flows:
                measured, column = len(out), _column(out, measured, column)
                between = flows.gap(unit, between, (last, target), segment, column)
        out.append(between)
        between = ""
        if target:
            if unit.width:
                measured, column = len(out), _column(out, measured, column)
            out.append(_encoded(unit, segment, target, column, document, format_))
            last, before = target, part.source
        else:
            out.append(segment.raw)
            last = ""
    out.append(between)


def _with_holes_filled(
    segment: Segment, targets: Targets, document: Document, format_: Format, *, whole_units: bool
) -> Segment:
    """A segment whose codes say in the target language what they hold for a reader."""
    if not any(code.holes for code in segment.codes):
        return segment
    filled = tuple(
        _code_filled(code, targets, document, format_, whole_units=whole_units) for code in segment.codes
    )
    known = {code.number: (code, new) for code, new in zip(segment.codes, filled, strict=True)}
    out: list[str] = []
    at = 0
    for token in inline.tokens(segment.source):
        if token.role is TEXT:
            continue
        code, new = known[token.number]
        closes = token.role is CLOSE
        old, became = (code.closing or "", new.closing or "") if closes else (code.opening, new.opening)
        begin = segment.raw.index(old, at)
        out.extend((segment.raw[at:begin], became))
        at = begin + len(old)
    return replace(segment, codes=filled, raw="".join((*out, segment.raw[at:])))


def _code_filled(
    code: Code, targets: Targets, document: Document, format_: Format, *, whole_units: bool
) -> Code:
    opening, closing = code.opening, code.closing or ""
    for hole in reversed(code.holes):
        if whole_units and not whole(hole.unit, targets):
            continue
        out: list[str] = []
        _fill(hole.unit, targets, document, format_, out)
        words = "".join(out)
        if hole.closing:
            closing = closing[: hole.start] + words + closing[hole.end :]
        else:
            opening = opening[: hole.start] + words + opening[hole.end :]
    return replace(code, opening=opening, closing=None if code.closing is None else closing)


def _encoded(
    unit: Unit, segment: Segment, target: str, column: int, document: Document, format_: Format
) -> str:
    try:
        return format_.encode(unit, segment, target, column)
    except TargetError as error:
        raise TargetError(
            f"the target of {segment.source[:60]!r} cannot be written: {error.message}",
            path=document.path,
            line=unit.line,
            remedy=error.remedy,
        ) from None


def need_space(before: str, after: str) -> bool:
    """Whether targets whose sources touch (Chinese, Japanese, a forgotten space) need one between them."""
    return not (_is_set_close(before[-1]) or _is_set_close(after[0]))


def _is_set_close(sign: str) -> bool:
    """Whether a sign is written without spaces: a wide one, but for Korean, whose words have spaces."""
    return is_wide(sign) and not _HANGUL.match(sign)


def _column(out: list[str], measured: int, column: int) -> int:
    """The columns since the last line end.

    The first ``measured`` pieces end at ``column``: they are not looked at again.
    """
    width = 0
    for index in range(len(out) - 1, measured - 1, -1):
        piece = out[index]
        line = piece[max(piece.rfind("\n"), piece.rfind("\r")) + 1 :]
        width += display_width(line)
        if len(line) < len(piece):
            return width
    return column + width
