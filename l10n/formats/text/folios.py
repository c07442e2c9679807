"""The running heads and feet of a text made of printed pages, as RFCs and ``pdftotext`` write them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from l10n.display_width import display_width
from l10n.formats.text.abreast import END, NEXT
from l10n.formats.text.lines import BLANK, RULE, WORDS, Line, ends_sentence, ends_with_colon, goes_on, words

_PAGE_END = "\f"
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_FOLIO = re.compile(r"\W*(?:\w+ )?#(?: ?/ ?#)?\W*$|^\W*(?:\w+ )?#(?: ?/ ?#)?(?=\s)")
_PAGE = re.compile(r"\W{0,4}(?:[^\W\d_]{1,9}\.? )?\d{1,3}(?: ?(?:/|[^\W\d_]{1,4}) ?\d{1,3})?\W{0,4}")
_ALONE = re.compile(r"\d{1,3}")
_PARTED = re.compile(r"\S {3,}\S")
_GAP = re.compile(r" {3,}|\t+")
_COUNTED = re.compile(r"(?:[^\W\d_]{1,9}\.? )?\d{1,3} ?(?:/|[^\W\d_]{1,4} ?(?=\d)) ?\d{1,3}")
_SPACE = re.compile(r"\s+")
_DEEPEST = 3
_MOST_WORDS = 16
_NARROWEST = 36
_LONGEST = 200  # characters of a line of print, and more


def marked(lines: Sequence[Line]) -> list[Line]:
    """The lines, with those at the top and the foot of a page that say the same on another as rules.

    Numbers do not count: they are those of the pages.  Without form feeds only what stands in the middle of a
    sentence is known: a number by itself, which is the page's, and a line that says the same elsewhere.
    """
    counted = _counted(lines)
    out = [
        line._replace(shape=RULE) if index in counted or _numbers_page(lines, index) else line
        for index, line in enumerate(lines)
    ]
    starts = [index for index, line in enumerate(lines) if _PAGE_END in line.before + line.after]
    if not starts:
        return _without_interrupting(_without_repeated(out))
    nearest = dict.fromkeys((*_heads(lines, starts[0]), *_edges(lines, starts)))
    edges = [index for index in nearest if _is_print(lines[index])]
    # The first line of all stays, for it may be the title, but one that says the same on a later page goes.
    first = next((index for index, line in enumerate(lines) if line.content), 0)
    compared = (lines[index] for index in {first, *edges})
    occurrences = Counter(_without_numbers(line) for line in compared if _is_print(line))
    for index in edges:
        line = lines[index]
        if (
            (occurrences[_without_numbers(line)] > 1 or _counts_pages(line.content))
            and words(line.content) <= _MOST_WORDS
            and not ends_sentence(line.content)
        ):
            out[index] = line._replace(shape=RULE, marker="")
    return out


def _without_repeated(lines: list[Line]) -> list[Line]:
    """The lines, with those in two pieces that say the same on another page as rules.

    One of the pieces counts the pages, or the number of a page stands beside the line.
    """
    counting = {
        index: _without_numbers(line)
        for index, line in enumerate(lines)
        if line.shape is WORDS and (_counts_pages(line.content) or _begins_sheet(lines, index))
    }
    said = set(counting.values())
    if any(index for index in counting if not _counts_pages(lines[index].content)):
        counting |= {
            index: text
            for index, line in enumerate(lines)
            if _may_head(line) and _PARTED.search(line.content) and (text := _without_numbers(line)) in said
        }
    occurrences = Counter(counting.values())
    for index, text in counting.items():
        if occurrences[text] > 1:
            lines[index] = lines[index]._replace(shape=RULE, marker="")
    return lines


def _begins_sheet(lines: Sequence[Line], at: int) -> bool:
    """Whether a line in two pieces stands right below the number of the page before, blank lines aside."""
    if not _PARTED.search(lines[at].content) or not _may_head(lines[at]):
        return False
    above = _neighbour(lines, at, -1)
    return (
        above is not None and lines[above].shape is RULE and _PAGE.fullmatch(lines[above].content) is not None
    )


def _without_interrupting(lines: list[Line]) -> list[Line]:
    """The lines, with the heads and feet that part a sentence, and the numbers beside them, as rules.

    A head says the same on another page, where it need not part one.  On the first page one in a single piece
    may be the title of the text.
    """
    texts = {
        index: _SPACE.sub(" ", _NUMBER.sub("#", line.content)).casefold()
        for index, line in enumerate(lines)
        if _may_head(line)
    }
    occurrences = Counter(text for text in texts.values() if any(map(str.isalpha, text)))
    repeated = {index: text for index, text in texts.items() if occurrences[text] > 1}
    if not repeated:
        return lines
    heads = {repeated[index] for index in _interrupting(lines, repeated)}
    first = next(index for index, line in enumerate(lines) if line.content)
    for index, text in repeated.items():
        if text in heads and (index != first or _PARTED.search(lines[index].content)):
            lines[index] = lines[index]._replace(shape=RULE, marker="")
            for beside in (_neighbour(lines, index, -1), _neighbour(lines, index, 1)):
                if beside is not None and _ALONE.fullmatch(lines[beside].content):
                    lines[beside] = lines[beside]._replace(shape=RULE, marker="")
    return lines


def _may_head(line: Line) -> bool:
    """Whether a line is as short as a head or a foot, and no sentence."""
    if line.shape is not WORDS or len(line.content) > _LONGEST:
        return False
    return words(line.content) <= _MOST_WORDS and not ends_sentence(line.content)


def _interrupting(lines: Sequence[Line], repeated: Mapping[int, str]) -> Iterator[int]:
    """Those of the repeated lines that stand, with blank lines, between two halves of a sentence."""
    before, inside, blank = -1, list[int](), False
    for index, line in enumerate(lines):
        if index in repeated:
            inside.append(index)
        elif line.shape is BLANK or line.shape is RULE or _ALONE.fullmatch(line.content):
            blank = blank or line.shape is BLANK
        else:
            if inside and blank and before >= 0 and _halves(lines[before], line):
                yield from inside
            before, inside, blank = index, [], False


def _halves(before: Line, after: Line) -> bool:
    """Whether a sentence that one line does not end goes on in another."""
    open_ended = not (ends_sentence(before.content) or ends_with_colon(before.content))
    return open_ended and display_width(before.content) >= _NARROWEST and goes_on(after.content)


def _counts_pages(content: str) -> bool:
    """Whether a piece of a line says "page 2 of 5"."""
    if len(content) > _LONGEST or not _PARTED.search(content):
        return False
    return any(_COUNTED.fullmatch(piece) for piece in _GAP.split(content))


def turns_page(line: Line) -> bool:
    """Whether a line of no block stands between two pages or columns: form feed, head, foot, number."""
    return (
        _PAGE_END in line.before
        or NEXT in line.before
        or END in line.before
        or (line.shape is RULE and any(map(str.isalnum, line.content)))
    )


def _counted(lines: Sequence[Line]) -> set[int]:
    """The numbers between blank lines, where each is one more than the last: they count a text's pages."""
    alone = [
        index
        for index, line in enumerate(lines)
        if line.shape is WORDS
        and _ALONE.fullmatch(line.content)
        and all(
            near.shape is BLANK for near in (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2])
        )
    ]
    numbers = [int(lines[index].content) for index in alone]
    counts = len(alone) > 1 and all(below == above + 1 for above, below in pairwise(numbers))
    if not counts:
        return set()
    # The numbers of steps stand above one paragraph each, those of chapters above the last one, too.
    gaps = [
        sum(line.shape is BLANK for line in lines[above + 1 : below])
        for above, below in pairwise([-1, *alone, len(lines)])
    ]
    chapters = numbers[0] == 1 and gaps[-1] >= _DEEPEST
    return set(alone) if min(gaps[:-1]) >= _DEEPEST and not chapters else set()


def _numbers_page(lines: Sequence[Line], at: int) -> bool:
    """Whether a number stands by itself next to a form feed, or inside a sentence."""
    if lines[at].shape is not WORDS or not _ALONE.fullmatch(lines[at].content):
        return False
    before, after = _neighbour(lines, at, -1), _neighbour(lines, at, 1)
    if before is None or after is None or before == at - 1 or after == at + 1:
        return False
    if any(_PAGE_END in line.before + line.after for line in lines[before + 1 : after + 1]):
        return True
    above = lines[before].content
    return not (ends_sentence(above) or ends_with_colon(above)) and goes_on(lines[after].content)


def _neighbour(lines: Sequence[Line], at: int, step: int) -> int | None:
    """The index of the nearest line with words on one side."""
    near = range(at + step, at + step * 2 * _DEEPEST, step)
    return next((index for index in near if 0 <= index < len(lines) and lines[index].content), None)


def _heads(lines: Sequence[Line], end: int) -> Iterator[int]:
    """The lines in two pieces at the top of the first page: in one piece it may be the title of the text."""
    top = [index for index in range(end) if lines[index].shape is not BLANK][:_DEEPEST]
    yield from (index for index in top if _PARTED.search(lines[index].content))


def _edges(lines: Sequence[Line], starts: Sequence[int]) -> Iterator[int]:
    """The lines nearest to the ends of pages, up to three on each side, each once."""
    seen: set[int] = set()
    for start in (*starts, len(lines)):
        below = range(start, len(lines)) if start < len(lines) else range(0)
        for side in (range(start - 1, -1, -1), below):
            near = [index for index in side[: 4 * _DEEPEST] if lines[index].shape is not BLANK][:_DEEPEST]
            yield from (index for index in near if index not in seen)
            seen.update(near)


def _is_print(line: Line) -> bool:
    return len(line.content) <= _LONGEST


def _without_numbers(line: Line) -> str:
    return _FOLIO.sub("", _SPACE.sub(" ", _NUMBER.sub("#", line.content)).casefold())
