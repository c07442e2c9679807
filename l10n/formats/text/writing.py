"""A target as a plain-text file writes it, wrapped where its source was."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from l10n import inline
from l10n.display_width import display_width
from l10n.formats.text.columns import dense, joint, may_part, opening_word
from l10n.formats.text.lines import ends_sentence, ends_with_colon
from l10n.model import Code, Kind, Segment, Unit

PAGE_BREAK = "page break"
"""The label of the code that stands for the end of a page: it has line ends of its own."""
_FEW = 2
_SEEN = 5
_LONGEST_LINE = 200  # pieces: sentences and what stands between them
# Lines in which only the next column has words.
_BESIDE = re.compile(r"\A(?:(?:\r\n|\r|\n) {18,}(?=[\r\n]))+")
_LINE_END = re.compile(r"(\r\n|\r|\n)([ \t]*)(>[> \t]*)?")
_PARTS_SENTENCES = re.compile(r" {0,2}|[ \t]*(?:\r\n|\r|\n)[ \t]*(?:>[> \t]*)?")
_FOLDED = re.compile(r"(?<![ \t])[ \t]*[\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]\s*")
# What would be read as a bullet, a number, a quotation or a rule at the start of a line.
_MARKS_LINE = re.compile(r"[-*+–—―•‣⁃▪▫◦►▶●○■□◆◇➢➤✓✔·・>（]|\(?\w{1,2}[.)、]")


def encode(unit: Unit, segment: Segment, target: str, column: int) -> str:
    """A target in plain text, its locked values as the source wrote them.

    Line ends become spaces and control characters vanish.  In a hard-wrapped unit the target
    is wrapped at the unit's width, with the line end and indent its source has, only where
    the reader will mend the break, and never so that a line looks like an item or a quotation.
    Raises CodeError when the target's codes are not those of the segment.

    What remains: a target that itself starts with a bullet, that equals the line next to it,
    or that drops its full stop is read as what it looks like; plain text has no escape.
    """
    for code in segment.codes:
        if code.label == PAGE_BREAK:
            target = re.sub(rf" *<{code.number}/> *", f"<{code.number}/>", target)
    written = inline.render_target(target, segment.codes, _clean)
    if not unit.width:
        return written
    return _wrapped(_stretches(target, segment.codes), _line_end(unit), unit.width, column)


def gap(unit: Unit, between: str, targets: tuple[str, str], segment: Segment, column: int) -> str:
    """What parts two sentences of a hard-wrapped unit: a line end where the next word does not fit.

    Only blanks and one line end are wrapped again; what stands between two cells or two pages stays.
    """
    if not _PARTS_SENTENCES.fullmatch(between):
        return between
    left, right = targets[0], inline.render_target(targets[1], segment.codes, _clean)
    blank = between
    if any(map(between.__contains__, "\r\n")):
        blank = joint(left, right)
    word = opening_word(right)
    fits = column + display_width(blank) + display_width(word) <= unit.width
    return blank if fits or not (blank or may_part(left[-1:], word[:1])) else _line_end(unit)


def _clean(text: str) -> str:
    folded = _FOLDED.sub(" ", text)
    if folded.isprintable():
        return folded
    return "".join(char for char in folded if char == "\t" or unicodedata.category(char) != "Cc")


def _line_end(unit: Unit) -> str:
    """The line end and indent between two lines of a wrapped source."""
    match = _LINE_END.match(_BESIDE.sub("", _from_first_break(unit)))
    if match is None:
        return "\n"
    return match.group() if unit.kind is Kind.QUOTE else match[1] + match[2]


def _from_first_break(unit: Unit) -> str:
    """The text of a unit from its first line end, as far as that may reach.

    A first line of more pieces than anybody writes is not looked through for every sentence of it.
    """
    for index, part in enumerate(unit.parts[:_LONGEST_LINE]):
        raw = part if isinstance(part, str) else part.raw
        at = raw.find("\n")
        at = raw.find("\r") if at < 0 else at - (raw[at - 1 : at] == "\r")
        if at >= 0:
            following = unit.parts[index + 1 : index + 3]
            return raw[at:] + "".join([part if isinstance(part, str) else part.raw for part in following])
    return ""


def _stretches(target: str, codes: tuple[Code, ...]) -> Iterator[tuple[str, str]]:
    """Pieces of a target that may not be broken, each with what a break before it replaces."""
    openings = {code.number: code.opening for code in codes}
    pieces = [
        (openings.get(token.number) or _clean(token.text), token.number) for token in inline.tokens(target)
    ]
    text = "".join(piece for piece, _ in pieces)
    tight = dense(text, spaces=_FEW)  # with more, a reader sees one even when some are broken at
    start = at = 0
    for piece, number in pieces:
        end = at + len(piece)
        for index in () if number else range(max(at, 1), end):
            gap = _gap(text, index, tight=tight)
            if gap is not None:
                yield text[start:index], gap
                start = index + len(gap)
        at = end
    yield text[start:], ""


def _gap(text: str, at: int, *, tight: bool) -> str | None:
    """What a line break at an offset would stand for: a space, nothing, or None for no break."""
    left, right = text[max(0, at - 4) : at], text[at : at + _SEEN]
    gap = " " if right[0] == " " else ""
    right = right.removeprefix(gap)
    if not right[:1].strip() or not left[-1].strip():
        return None
    mends = joint(left, right, dense=tight) == " " if gap else may_part(left[-1], right[0])
    word = right.partition(" ")[0]
    bare = len(word) < _SEEN and not any(map(str.isalnum, word))
    misread = bare or ends_sentence(left) or ends_with_colon(left) or _MARKS_LINE.match(right)
    return gap if mends and not misread else None


def _wrapped(stretches: Iterator[tuple[str, str]], line_end: str, width: int, column: int) -> str:
    """Stretches laid in lines; the first starts at ``column``.

    A stretch stays on the line when its first word fits, even if the rest does not: a line
    that stops before a word that fits reads as the end of a paragraph.
    """
    out: list[str] = []
    indent = display_width(line_end.lstrip("\r\n").expandtabs(4))
    gap = ""
    for stretch, following in stretches:
        size = display_width(stretch)
        if out and column + len(gap) + display_width(opening_word(stretch)) > width:
            out.append(line_end)
            column = indent
        else:
            out.append(gap)
            column += len(gap)
        out.append(stretch)
        column = display_width(stretch.rpartition("\n")[2]) if "\n" in stretch else column + size
        gap = following
    return "".join(out)
