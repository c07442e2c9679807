"""Where lines make one paragraph and where the next one starts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from l10n import segment
from l10n.display_width import display_width
from l10n.formats.text import bylines, rows, titles
from l10n.formats.text.columns import opening_word, spaceless
from l10n.formats.text.folios import turns_page
from l10n.formats.text.layout import Block, Layout
from l10n.formats.text.lines import (
    BLANK,
    ITEM,
    QUOTE,
    RULE,
    WORDS,
    Line,
    begins_with_town,
    cased,
    ends_sentence,
    ends_with_colon,
    goes_on,
    has_dateline,
    initial_beside,
    is_beside,
    is_date,
    is_flush_right,
    is_initial,
    is_place_and_day,
    is_stamp,
    leads_to_page,
    words,
)
from l10n.formats.text.weights import is_day
from l10n.formats.text.wraps import Wrap

_LONG = 50
_FULL = 40
_FEW = 4
_LONGEST_KICKER = 40
_NARROW = 30
_INSET = 6
_LONGEST_TURN = 10
_COMMAS = ",،，、;؛；"
_SEMICOLONS = ";；؛·"  # the last one is Greek
# What ends a caption: a word or two and a colon, or the sign of copyright, before who took the picture.
_CREDIT = re.compile(r"(?:[^\s:：]{2,14}(?: [^\s:：]{2,14})?\s?[:：]|©)\s?\S.{0,60}$")
# A turn of speech in Spanish and others: a dash right before its first word.
_SPEECH = re.compile(r"[–—―][¿¡]?[^\W\d_]")
_LONGEST_SHORTENED = 8
_NEAR = 60
_CLOSED = ')]）】»”"'


def blocks(layout: Layout, start: int, stop: int) -> Iterator[Block]:
    """The blocks that begin in a stretch of lines, in order.

    Blank lines and rules are in none but between pages.
    """
    while start < stop:
        shape = layout.lines[start].shape
        end = start + 1
        if shape not in (BLANK, RULE):
            while following := _following(layout, start, end):
                end = following
            yield Block(start, end, shape)
        start = end


def _following(layout: Layout, start: int, at: int) -> int:
    """Where the block ends when it goes on at or after line ``at``; 0 when it does not."""
    if at == len(layout.lines):
        return 0
    if layout.lines[at].shape in (BLANK, RULE):
        return _over_neighbour(layout, start, at) or _over_page(layout, start, at)
    return at + 1 if _joins(layout, start, at) else 0


def _over_neighbour(layout: Layout, start: int, at: int) -> int:
    """As ``_following``, over a line in which only another column has words."""
    if (
        at + 1 >= len(layout.lines)
        or not is_beside(layout.lines[at])
        or not _same_shape(layout.lines[start], layout.lines[at + 1])
    ):
        return 0
    before, line = layout.lines[at - 1], layout.lines[at + 1]
    if titles.ends(before.content) or words(before.content) < _FEW:
        return 0
    full = layout.wrap.column > 0 and not layout.wrap.fits(before, line)
    goes = goes_on(line.content) or (full and words(before.content) > _FEW)
    return at + 2 if goes and at - 1 not in layout.single and at + 1 not in layout.single else 0


def _over_page(layout: Layout, start: int, at: int) -> int:
    """As ``_following``, where a sentence goes on after the end of a page with its foot and head."""
    lines = layout.lines
    last = lines[at - 1].content
    if lines[start].shape is QUOTE or at - 1 in layout.single or titles.ends(last):
        return 0
    # Page after page may have gone before in one sentence: its first words are enough.
    if all(total < _FEW for total in accumulate(words(lines[index].content) for index in range(start, at))):
        return 0
    turned = False
    for index in range(at, min(at + _LONGEST_TURN, len(lines))):
        line = lines[index]
        turned = turned or turns_page(line)
        if line.shape not in (BLANK, RULE):
            if _lists(layout, start, at, index):
                return 0
            goes = goes_on(line.content) or _hangs(lines[at - 1], layout) or _is_full(layout, at - 1, index)
            return index + 1 if turned and goes and line.shape is WORDS and index not in layout.single else 0
    return 0


def _is_full(layout: Layout, at: int, following: int) -> bool:
    """Whether a line is as long as the wrap lets it be, above one in a script without capitals."""
    line, below = layout.lines[at], layout.lines[following]
    return not cased(below.content) and layout.wrap.column > 0 and not layout.wrap.fits(line, below)


def _joins(layout: Layout, start: int, at: int) -> bool:
    """Whether line ``at`` goes on with the block that started at ``start``."""
    head, before, line = (layout.lines[index] for index in (start, at - 1, at))
    if start in layout.rowed and at not in layout.rowed:
        return rows.hangs(head, line)
    single = at - 1 in layout.single
    if bylines.goes_on(before, line, single=single) or (at == start + 1 and titles.ends_title(layout, start)):
        return True
    ended = titles.ends(before.content)
    announces = at in layout.cues and (ended or not layout.wrap.column)
    stands_alone = announces or single or at in layout.single or _says_release(before, line, layout)
    if stands_alone or leads_to_page(before) or not _same_shape(head, line) or _lists(layout, start, at, at):
        return False
    if _hangs_below(head, line) or (at - 1 == start and _begins_large(layout.lines[start : start + 3])):
        return True
    capital = not goes_on(line.content) or begins_with_town(line.content)
    told = at == start + 1 and capital and _says_when(line.content)
    told = told or bylines.names_writer(layout.lines, at) or has_dateline(line.content)
    if told or is_stamp(line.content) or is_stamp(before.content):
        return False
    return not _indented(before, line, ended=ended) and _goes_on(layout, start, at, ended=ended)


def _says_when(text: str) -> bool:
    """Whether a line says on what day, and where perhaps, a text was written."""
    return is_place_and_day(text) or (is_day(text) and not ends_sentence(text))


def _says_release(before: Line, line: Line, layout: Layout) -> bool:
    """Whether one of two lines says that the text is a release, and nothing else."""
    short = (each.content.casefold() for each in (before, line) if len(each.content) <= _LONGEST_KICKER)
    return any(content in layout.convention.kickers for content in short)


def _lists(layout: Layout, start: int, at: int, following: int) -> bool:
    """Whether the line above ``at``, without a bullet, is one of a list that goes on at ``following``.

    It stands below a colon or above another item, and a semicolon ends it early; or it heads two of them.
    """
    lines, wrap = layout.lines, layout.wrap
    before, line = lines[at - 1].content, lines[following].content
    if not (wrap.column == 0 or wrap.fits(lines[at - 1], lines[following])):
        return False
    if before[-1] not in _SEMICOLONS:
        below = lines[following + 1].content if following + 1 < len(lines) else ""
        heads = at == start + 1 and words(before) <= _LONGEST_TURN and before[-1] not in _COMMAS
        listed = (
            line[-1] in _SEMICOLONS and bool(below) and (below[-1] in _SEMICOLONS or ends_sentence(below))
        )
        return heads and listed and not _hangs(lines[at - 1], layout)
    above = next((line.content for line in reversed(lines[max(0, start - 3) : start]) if line.content), "")
    chained = bool(above) and (ends_with_colon(above) or above[-1] in _SEMICOLONS)
    return chained or line[-1] in _SEMICOLONS


def _hangs_below(head: Line, line: Line) -> bool:
    """Whether a line goes on with an item by its indent; below a few ideographs it may be what they head."""
    if head.shape is not ITEM or line.indent <= head.indent:
        return False
    return not spaceless(head.content[-1]) or display_width(head.content) >= _FULL


def _begins_large(lines: Sequence[Line]) -> bool:
    """Whether a paragraph starts with a large letter, above its word or beside it."""
    return is_initial(*lines[:2]) or bool(initial_beside(lines))


def _same_shape(head: Line, line: Line) -> bool:
    """Whether a line has the marks of the block it may go on with."""
    if head.shape is QUOTE:
        return line.shape is QUOTE and head.marker == line.marker
    return line.shape is WORDS


def _indented(before: Line, line: Line, *, ended: bool) -> bool:
    """Whether an indent opens a paragraph."""
    if _centred(before, line):
        return False
    return line.indent >= before.indent + 2 and (ended or not goes_on(line.content))


def _centred(before: Line, line: Line) -> bool:
    """Whether two lines are set about the same axis."""
    axes = [2 * each.indent + display_width(each.content) for each in (before, line)]
    return min(before.indent, line.indent) >= _INSET and abs(axes[0] - axes[1]) <= _FEW


def _goes_on(layout: Layout, start: int, at: int, *, ended: bool) -> bool:
    before, line, wrap = layout.lines[at - 1], layout.lines[at], layout.wrap
    full = wrap.column > 0 and not wrap.fits(before, line)
    if ended and not (full and _abbreviates(before, line, layout.locale)):
        listed = ends_with_colon(before.content) and line.content[-1] in _SEMICOLONS
        return full and not listed and not _stops_short(layout, at) and not _SPEECH.match(line.content)
    if "©" in before.content or "©" in layout.lines[max(start, at - 2)].content:
        return goes_on(line.content) or before.content[-1] == "/" or (full and "©" in before.content)
    if (
        _begins_another(before.content, layout.locale)
        or _flows(before, line, wrap)
        or (_hangs(before, layout) and not (wrap.column == 0 and _opens_label(line, layout)))
        or _links(before, line, layout)
        or titles.breaks_title(layout, start, at)
        or _ragged(layout, start, at)
        or _reaches(before, wrap)
        or _is_printed_on(before, line, wrap)
        or _ends_item(layout, start, at)
        or titles.in_capitals(layout, start, at)
        or before.content[-1] == "、"
    ):
        return True
    return full and not (at == start + 1 and titles.heads(layout, start))


def _abbreviates(before: Line, line: Line, locale: str) -> bool:
    """Whether a line ends in an abbreviation, such as that before a name, rather than with its sentence."""
    *_, word = before.content.rsplit(" ", 2)
    if word[-1] != "." or len(word) > _LONGEST_SHORTENED:
        return False
    beside = f"{before.content[-_NEAR:]} {line.content[:_NEAR]}"
    return not any(piece.rstrip().endswith(f" {word}") for piece in segment.split(beside, locale)[:-1])


def _begins_another(text: str, locale: str) -> bool:
    """Whether a sentence of some words ends within a line and another one begins there, as in no label.

    Names alone may be those of who took a picture.
    """
    if text[-1] in _CLOSED:
        return False
    first, *further = segment.split(text, locale)
    if not further:
        return False
    if _CREDIT.match(further[-1]):
        return False
    if text[-1] in _COMMAS:
        return True
    if spaceless(text[-1]):
        return display_width(first) >= _FULL
    return words(first) >= _FEW and any(not word[0].isupper() for word in further[-1].split()[1:])


def _stops_short(layout: Layout, at: int) -> bool:
    """Whether a line after a full stop is a heading: the next line's first word would have fitted on it."""
    line, following = layout.lines[at], layout.lines[at + 1] if at + 1 < len(layout.lines) else None
    if following is None or ends_sentence(line.content):
        return False
    if ends_with_colon(line.content):
        return True
    return (
        following.shape is WORDS
        and layout.wrap.fits(line, following)
        and (cased(following.content) or layout.wrap.length(line) * 1.5 < layout.wrap.column)
        and not goes_on(following.content)
        and not _hangs(line, layout)
        and line.content[-1] not in ",;、，–—-"
    )


def _flows(line: Line, following: Line, wrap: Wrap) -> bool:
    """Whether the next line's small letter goes on with this line, not with a column of labels."""
    return (
        goes_on(following.content)
        and not spaceless(line.content[-1])
        and (wrap.column > 0 or line.shape is QUOTE or words(line.content) > 2 or _cut(line.content))
    )


def _cut(text: str) -> bool:
    """Whether a line ends inside a word or a compound."""
    return text[-1] in "-\u00ad\u2010" and text[-2:-1].isalpha()


def _hangs(line: Line, layout: Layout) -> bool:
    """Whether a wrapped line stops at an article or a preposition; a long one does in any text."""
    if not _is_long(line, layout.wrap):
        return False
    last = line.content.rpartition(" ")[2].casefold()
    return last in layout.convention.function_words and last not in layout.convention.closing


def _links(line: Line, following: Line, layout: Layout) -> bool:
    """Whether a line stops at a verb that ends a clause, and the next one goes on with "and" or "that"."""
    convention = layout.convention
    return (
        bool(convention.linking)
        and following.content.partition(" ")[0] in convention.linking
        and line.content.rpartition(" ")[2] in convention.closing
        and _is_long(line, layout.wrap)
    )


def _is_long(line: Line, wrap: Wrap) -> bool:
    """Whether a line is as long as a wrapped one."""
    length, column = wrap.length(line), wrap.column
    return length >= _LONG if not column else column <= length * 2


def _opens_label(line: Line, layout: Layout) -> bool:
    """Whether a line begins with an article or a preposition in a capital, as nothing goes on."""
    word = opening_word(line.content)
    return word[0].isupper() and word.casefold() in layout.convention.function_words


def _reaches(line: Line, wrap: Wrap) -> bool:
    """Whether a line with a comma stopped a word short of where it could have, as if wrapped by hand."""
    return (
        0 < wrap.column <= wrap.length(line) * 1.15
        and words(line.content) > _LONGEST_TURN
        and any(comma in line.content for comma in _COMMAS)
    )


def _ragged(layout: Layout, start: int, at: int) -> bool:
    """Whether an uneven wrap stopped short inside a paragraph, where no label stands."""
    lines, wrap = layout.lines, layout.wrap
    above = lines[start - 1].content if start and lines[start - 1].shape is WORDS else ""
    follows = ends_sentence(above) and not is_date(above)
    return (
        (follows or at > start + 1)
        and 0 < wrap.column <= wrap.length(lines[at - 1]) * 1.7
        and words(lines[at - 1].content) > (_FEW if wrap.column >= _NARROW or at == start + 1 else 1)
    )


def _ends_item(layout: Layout, start: int, at: int) -> bool:
    """Whether a few words that end a sentence end the item above them, with another item or nothing below."""
    head, line = layout.lines[start], layout.lines[at]
    below = layout.lines[at + 1].shape if at + 1 < len(layout.lines) else BLANK
    return (
        head.shape is ITEM
        and at == start + 1
        and below is not WORDS
        and words(head.content) > _FEW
        and words(line.content) <= _FEW
        and ends_sentence(line.content)
    )


def _is_printed_on(before: Line, line: Line, wrap: Wrap) -> bool:
    """Whether a line of Arabic goes on with the one above: a blank line stands below a paragraph in print."""
    return (
        is_flush_right(before)
        and is_flush_right(line)
        and words(before.content) > _FEW
        and not is_date(line.content)
        and before.content[-1] not in _SEMICOLONS
        and (wrap.column == 0 or wrap.length(before) * 1.5 > wrap.column)
    )
