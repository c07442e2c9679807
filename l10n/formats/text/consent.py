"""The sentences in which a page asks whether it may keep cookies."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from l10n.conventions.copied import everywhere
from l10n.formats.text import buttons, labels
from l10n.formats.text.lines import WORDS, Line, cased, ends_sentence, goes_on, words
from l10n.patterns import one_of

_TERMINATED = re.compile(r"[.!?。！？।؟]\s*")
_LONGEST_NOTICE = 5  # lines


def find(
    lines: Sequence[Line], filled: Sequence[int], known: Collection[int], listed: tuple[str, ...]
) -> set[int]:
    """The sentences about cookies that stand beside other lines of a page, at its edges, or with a button.

    These lines are ``known``, ``filled`` are those with words.
    """
    found: set[int] = set()
    for place, index in enumerate(filled):
        if index in found or index in known or not _cookies().search(lines[index].content.casefold()):
            continue
        start, end = _sentences(lines, filled, place, known, listed)
        edges = (start == 0 or filled[start - 1] in known, end == len(filled) or filled[end] in known)
        if end - start <= _LONGEST_NOTICE and (any(edges) or _asks(lines[filled[end - 1]].content, listed)):
            found.update(filled[start:end])
    return found


def _asks(text: str, listed: tuple[str, ...]) -> bool:
    """Whether what stands behind the last sentence of a line is a button."""
    behind = _TERMINATED.split(text)[-1]
    return bool(behind) and buttons.is_button(behind, buttons.labels_of(listed))


def _sentences(
    lines: Sequence[Line],
    filled: Sequence[int],
    place: int,
    known: Collection[int],
    listed: tuple[str, ...],
) -> tuple[int, int]:
    """The lines, as places in ``filled``, of the sentences that one of them is a part of.

    They are followed no farther than a notice is long, or down to its button.
    """
    start, end = place, place + 1
    least, most = max(0, place - _LONGEST_NOTICE), min(len(filled), place + 1 + _LONGEST_NOTICE)
    while start > least and goes_on(lines[filled[start]].content) and filled[start - 1] not in known:
        start -= 1
    while end < most and filled[end] not in known and _follows(lines, filled[end]):
        if _asks(lines[filled[end - 1]].content, listed):
            break
        end += 1
    return start, end


def _follows(lines: Sequence[Line], at: int) -> bool:
    """Whether a line goes on with the one above, by its small letter or where there are no capitals."""
    line, above = lines[at], lines[at - 1]
    uncased = (
        above.shape is line.shape is WORDS and not cased(line.content) and not ends_sentence(above.content)
    )
    return goes_on(line.content) or (uncased and words(above.content) > labels.LONGEST)


@cache
def _cookies() -> re.Pattern[str]:
    """A word for cookies, in small letters and in any language."""
    stems = everywhere().cookies
    inside = one_of(stem[1:] for stem in stems if stem[0] == "*")
    return re.compile(rf"{inside}|\b{one_of(stem for stem in stems if stem[0] != '*')}")
