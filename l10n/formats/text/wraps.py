"""The column a text was hard-wrapped at, as its own line breaks tell it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from l10n.display_width import display_width
from l10n.formats.text.columns import as_entities, joint, opening_word, spaceless
from l10n.formats.text.lines import (
    BLANK,
    ITEM,
    QUOTE,
    WORDS,
    Line,
    cased,
    ends_sentence,
    ends_with_colon,
    goes_on,
    has_dateline,
)

Measure = Callable[[str], int]
_WIDEST = 200
_SLACK = 1.3
_LONG = 60
_NARROWEST = 30
_NEARLY = 0.8
_MANY = 5
_UNEVEN = 1.2
_SERIOUS = 50
_BEGINS = re.compile(r"[^\W\d_]{3}[.!?][\"'”“»]?\s[\"'„“«]?[^\W\d_]")
_COMMAS = (",", "،", "，", "、")


@dataclass(frozen=True, slots=True)
class _Least:
    """The narrowest column of prose, and the breaks that must agree on it in a script without capitals."""

    column: int
    breaks: int


@dataclass(frozen=True, slots=True)
class Wrap:
    """How a text was wrapped: a measure of lines and the column no line passes.

    ``column`` is in columns of the measure, ``shown`` the longest line in plain columns; both
    are 0 for a text that was not hard-wrapped.
    """

    measure: Measure = display_width
    column: int = 0
    shown: int = 0

    def fits(self, line: Line, following: Line) -> bool:
        """Whether the next line's first word would have fitted on this line."""
        return self.reach(line, following) < self.column or self.overlong(line)

    def overlong(self, line: Line) -> bool:
        """Whether a line is too long to have been wrapped at all."""
        return self.length(line) > self.column * _SLACK

    def length(self, line: Line) -> int:
        """The column after a line's last character."""
        start = self.measure(line.before.expandtabs(4)) if line.before else 0
        return start + self.measure(line.content)

    def reach(self, line: Line, following: Line) -> int:
        """The last column for which the break between two lines was needed.

        One ideograph more is allowed: punctuation may hang over the edge or be pushed down.
        """
        gap = joint(line.content, following.content)
        slack = 2 if not gap and spaceless(following.content[0]) else 0
        return self.length(line) + len(gap) + self.measure(opening_word(following.content)) - 1 + slack


def observed(lines: Sequence[Line], apart: Collection[int], *, narrowest: int = _NARROWEST) -> Wrap:
    """The wrap that most line breaks of a text agree on.

    A break inside a sentence says that the column lies between the end of its line and the
    end the next line's first word would have given it; the column that most breaks allow is
    the one.  ``apart`` are the lines that are not prose; a text in a script without capitals that is wrapped
    at less than ``narrowest`` may be a list, unless it is known as prose.
    """
    breaks = [
        (line, following)
        for index, (line, following) in enumerate(pairwise(lines))
        if index not in apart and index + 1 not in apart and _breaks(line, following)
    ]
    sure = [pair for pair in breaks if cased(pair[1].content)]
    votes = (
        sure
        or [pair for pair in breaks if display_width(pair[0].content) >= narrowest * _NEARLY]
        or _before_capitals(lines, apart)
    )
    sure_of_one = any(map(_in_sentence, votes)) or _ends_in_two_lines(lines, apart)
    least = _Least(narrowest, 1 if sure_of_one else 2)
    share, wrap = _vote(votes, display_width, lines, apart, least)
    for measure in (as_entities, len) if share < 1 else ():
        # Programs count the signs that stand on letters as well, by which an Indic text looks ragged.
        if measure is as_entities or any(
            display_width(line.content) < len(line.content) for line, _ in votes
        ):
            other, as_written = _vote(votes, measure, lines, apart, least)
            share, wrap = (other, as_written) if other > share else (share, wrap)
    return wrap


def _before_capitals(lines: Sequence[Line], apart: Collection[int]) -> list[tuple[Line, Line]]:
    """The breaks of a text of which none is before a small letter, as in a short German one.

    A line in which a sentence begins that it does not end, or that ends in a comma, goes on below.
    """
    pairs = [
        (line, following)
        for index, (line, following) in enumerate(pairwise(lines))
        if index not in apart
        and index + 1 not in apart
        and line.shape is following.shape is WORDS
        and display_width(line.content) >= _SERIOUS
        and not ends_sentence(line.content)
        and not ends_with_colon(line.content)
        and (line.content.endswith(_COMMAS) or _BEGINS.search(line.content))
    ]
    return pairs if len(pairs) > 1 else []


def _breaks(line: Line, following: Line) -> bool:
    """Whether a sentence seems to go on from one line to the next."""
    return (
        line.shape in (WORDS, ITEM, QUOTE)
        and following.shape is (QUOTE if line.shape is QUOTE else WORDS)
        and not ends_sentence(line.content)
        and not ends_with_colon(line.content)
        and (goes_on(following.content) or not cased(following.content))
        and any(map(str.isalpha, following.content[:3]))
        and not has_dateline(following.content)
    )


def _vote(
    votes: Sequence[tuple[Line, Line]],
    measure: Measure,
    lines: Sequence[Line],
    apart: Collection[int],
    least: _Least,
) -> tuple[float, Wrap]:
    """The (share of breaks that agree, wrap) by one measure."""
    probe = Wrap(measure)
    spans = [(probe.length(line), probe.reach(line, following)) for line, following in votes]
    spans = [(start, max(start, end)) for start, end in spans if start <= _WIDEST]
    count, low, high = _most_covered(spans)
    if not _convincing(count, low, spans, votes, least):
        return 0.0, Wrap()
    if count * 2 < len(spans):  # letters of different widths: the longest line that ends so
        low = max(start for start, _ in spans if start <= low * _UNEVEN)
    body = [
        (probe.length(line), line) for index, line in enumerate(lines) if line.content and index not in apart
    ]
    longer = sum(length > high * _SLACK for length, _ in body)
    if longer > count or (longer * 2 >= count and not cased(votes[0][1].content)):
        return 0.0, Wrap()
    longest = max((line_end(line) for length, line in body if length <= low), default=low)
    return count / len(spans), Wrap(measure, low, longest)


def line_end(line: Line) -> int:
    """The plain column after a line's last character."""
    return (display_width(line.before.expandtabs(4)) if line.before else 0) + display_width(line.content)


def _convincing(
    count: int,
    low: int,
    spans: Sequence[tuple[int, int]],
    votes: Sequence[tuple[Line, Line]],
    least: _Least,
) -> bool:
    """Capitals make a break sure; without them more breaks must agree, or it stands in a sure sentence."""
    if not count:
        return False
    serious = sum(start >= low * 0.6 for start, _ in spans)
    if cased(votes[0][1].content):
        # Titles in large letters, and words set wide apart, break early: they say nothing of the column.
        agreed = count * 2 >= len(spans) or (count >= _MANY and count * 2 >= serious)
        return agreed and (low >= least.column or count >= 3)
    enough = least.breaks if low >= _LONG else 2
    return count >= enough and low >= least.column and count >= 0.6 * serious


def _ends_in_two_lines(lines: Sequence[Line], apart: Collection[int]) -> bool:
    """Whether a long line, and a shorter one below it that ends a sentence, stand between blank lines.

    No heading is longer than what it stands above.
    """
    return any(
        display_width(line.content) >= _LONG
        and display_width(line.content) > display_width(below.content)
        and line.shape is below.shape is WORDS
        and ends_sentence(below.content)
        and index not in apart
        and (not index or lines[index - 1].shape is BLANK)
        and (index + 2 == len(lines) or lines[index + 2].shape is BLANK)
        for index, (line, below) in enumerate(pairwise(lines))
    )


def _in_sentence(pair: tuple[Line, Line]) -> bool:
    """Whether a break cannot be that between a heading and what stands below it."""
    line = pair[0].content
    return has_dateline(line) or line.endswith(_COMMAS)


def _most_covered(spans: Sequence[tuple[int, int]]) -> tuple[int, int, int]:
    """The (count, first, last) column of the leftmost stretch that speaks best for a wrap.

    A span that covers a column speaks for it, and one that starts beyond it against it: lines
    may stop short, but none is longer than the column it was wrapped at.
    """
    size = max((end for _, end in spans), default=0) + 2
    change, starts = [0] * size, [0] * size
    for start, end in spans:
        change[start] += 1
        change[end + 1] -= 1
        starts[start] += 1
    best, count, low, high = -len(spans), 0, 0, 0
    depth, longer = 0, len(spans)
    for column, step in enumerate(change):
        depth += step
        longer -= starts[column]
        if depth - longer > best and depth:
            best, count, low, high = depth - longer, depth, column, column
        elif depth == count and high == column - 1:
            high = column
    return count, low, high
