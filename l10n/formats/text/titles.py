"""Whether the lines of a heading go on below it: a title in larger letters has few words a line."""

from __future__ import annotations

from l10n.formats.text.columns import opening_word
from l10n.formats.text.layout import Layout
from l10n.formats.text.lines import (
    BLANK,
    WORDS,
    cased,
    ends_sentence,
    ends_with_colon,
    goes_on,
    words,
)

_FEW = 4
_LEAST_OF_TITLE = 3
_FAR_DOWN = 10


def ends(text: str) -> bool:
    """Whether a line ends a sentence, or announces what stands below it."""
    return ends_sentence(text) or ends_with_colon(text)


def ends_title(layout: Layout, start: int) -> bool:
    """Whether a line ends the title that one with a colon begins, both first and alone in the text."""
    above = layout.lines[:start] if start < _FAR_DOWN else layout.lines[:1]
    if start >= len(layout.lines) - 2 or any(line.shape is not BLANK for line in above):
        return False
    first, second, below = layout.lines[start : start + 3]
    short = words(first.content) >= _FEW and max(words(first.content), words(second.content)) <= _FAR_DOWN
    alone = below.shape is BLANK and first.shape is second.shape is WORDS and start + 1 not in layout.single
    return short and alone and ends_with_colon(first.content) and not ends(second.content)


def in_capitals(layout: Layout, start: int, at: int) -> bool:
    """Whether a heading in capitals has two lines, which an article or a preposition parts."""
    lines = layout.lines
    if at != start + 1 or (at + 1 < len(lines) and lines[at + 1].shape is WORDS):
        return False
    left, right = lines[start].content, lines[at].content
    beside = {left.rpartition(" ")[2].casefold(), right.partition(" ")[0].casefold()}
    return left.isupper() and right.isupper() and not beside.isdisjoint(layout.convention.function_words)


def breaks_title(layout: Layout, start: int, at: int) -> bool:
    """Whether a first line stops at an article or a preposition, and the second one is small or the last.

    A title of several lines does, in larger letters and so in fewer words than the lines of the text.  In
    German a verb's particle may stand there, and a capital says nothing: only a few words are the rest.
    """
    lines, convention = layout.lines, layout.convention
    if at != start + 1 or at + 1 >= len(lines) or words(lines[start].content) < _LEAST_OF_TITLE:
        return False
    last = lines[start].content.rpartition(" ")[2].casefold()
    if last not in convention.function_words or last in convention.closing or ends(lines[at].content):
        return False
    rest, below = lines[at].content, lines[at + 1]
    most = _FEW - 1 if below.shape is BLANK else 1
    first = not start or lines[start - 1].shape is BLANK
    if first and (not rest[0].isupper() or words(rest) <= most):
        return True
    return below.shape is WORDS and goes_on(below.content)


def heads(layout: Layout, at: int) -> bool:
    """Whether a full first line before a capital is a title rather than half a sentence."""
    if at and at - 1 not in layout.single and layout.lines[at - 1].shape is WORDS:
        return False
    content, following = layout.lines[at].content, layout.lines[at + 1].content
    function_words = layout.convention.function_words
    return (
        cased(following)
        and not goes_on(following)
        and opening_word(following).casefold() in function_words
        and content.rpartition(" ")[2].casefold() not in function_words - layout.convention.closing
        and content[-1] not in ",;–—-"
    )
