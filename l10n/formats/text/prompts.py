"""What a programmer or a mail program puts at the start of lines: prompts of Python, broken quotations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from l10n.formats.text.lines import BLANK, QUOTE, RULE, WORDS, Line, ends_sentence, goes_on

_PROMPT = ">>>"
_CODE = re.compile(r"[\w\]]\(|\w\s?[-+*/%]?=\s?\S|^(?:from\s\w|import\s\w|print\b)|[\[\]{}]|^\d+\s?[-+*/]")
_LONGEST_REST = 0.4


def marked(lines: Sequence[Line]) -> list[Line]:
    """The lines, with sessions of Python's prompt as rules, and quotations that a mail program broke mended.

    A session goes on to the next blank line, as ``doctest`` reads it.  A quotation whose lines grew too
    long by their ``>`` was wrapped again without one: what stands so between two quoted lines is quoted.
    """
    out = list(lines)
    if _has_session(lines):
        inside = False
        for index, line in enumerate(lines):
            inside = line.shape is not BLANK and (inside or line.marker == _PROMPT)
            if inside:
                out[index] = line._replace(shape=RULE, marker="")
    for index in range(1, len(out) - 1):
        before, line, following = out[index - 1 : index + 2]
        if _was_wrapped_again(before, line, following):
            out[index] = line._replace(shape=QUOTE, marker=before.marker)
    return out


def _has_session(lines: Sequence[Line]) -> bool:
    """Whether ``>>>`` is a prompt: no line is quoted less deeply, and code stands behind one."""
    quoted = [line for line in lines if line.shape is QUOTE]
    return all(line.marker == _PROMPT for line in quoted) and any(
        _CODE.search(line.content) for line in quoted
    )


def _was_wrapped_again(before: Line, line: Line, following: Line) -> bool:
    """Whether a short line without a mark is the end of the quoted line above it."""
    return (
        (before.shape, line.shape, following.shape) == (QUOTE, WORDS, QUOTE)
        and before.marker == following.marker
        and not ends_sentence(before.content)
        and goes_on(line.content)
        and len(line.content) <= len(before.content) * _LONGEST_REST
    )
