"""Regular expressions as ICU writes them become Python's, and none that would run away gets through.

What bounds their time: a quantifier without a limit gets one, the lower the more of them could
share a stretch of text; a repeated group of alternatives that begin alike repeats eight times at
most; a repeated group around a repetition is refused unless something that must stand in it
parts its rounds, or the inner one gives nothing back (``++``); and so are many parts in a row
that could each be read in two ways.
"""

from __future__ import annotations

import re
from functools import lru_cache

from l10n.errors import UsageError
from l10n.segment import charsets
from l10n.segment.icu_parts import Part, chars_of, is_long, openings, walk
from l10n.segment.icu_reader import read

# By how many quantifiers share characters: a limit whose power stays near a thousand.
_LIMITS = (100, 100, 40, 12, 6, 4, 3)
_LONGEST = 20_000
_MOST_OPEN = 14


@lru_cache(maxsize=8192)
def compiled(pattern: str) -> re.Pattern[str]:
    """An expression, ready to run.  Raises UsageError, saying which part, when it cannot be."""
    try:
        return re.compile(translated(pattern))
    except (re.error, OverflowError) as error:
        problem = str(error).replace(
            "look-behind requires fixed-width pattern", "a look-behind of varying width"
        )
        raise UsageError(f"{problem} cannot be used") from None


def translated(pattern: str) -> str:
    """An ICU expression as Python writes it.  Raises UsageError for what has no such form."""
    if len(pattern) > _LONGEST:
        raise UsageError("it is too long")
    node = read(pattern)
    if openings(node) > _MOST_OPEN:
        raise UsageError("too many of its parts can be read in two ways")
    variable = [part for part in walk(node) if part.kind == "repeat" and not part.hold and is_long(part)]
    together = max(
        (sum(charsets.meet(chars_of(part), chars_of(other)) for other in variable) for part in variable),
        default=0,
    )
    if together >= len(_LIMITS):
        raise UsageError("too many of its repetitions could share a stretch of text")
    return _written(node, _LIMITS[together])


def _written(node: Part, limit: int) -> str:
    if node.kind == "set":
        return node.text or charsets.text(node.chars)
    if node.kind == "verbatim":
        return node.text
    inside = [_written(child, limit) for child in node.children]
    if node.kind == "sequence":
        return "".join(inside)
    if node.kind == "choice":
        return "|".join(inside)
    if node.kind == "group":
        return _group_written(node, inside[0], limit)
    most = max(node.least, limit if node.most is None else min(node.most, limit))
    braces = "?" if (node.least, most) == (0, 1) else f"{{{node.least},{most}}}"
    return f"{inside[0]}{braces}{node.text}"


def _group_written(node: Part, inside: str, limit: int) -> str:
    """A group; a look-behind whose alternatives differ in width becomes several."""
    (child,) = node.children
    if node.text in {"(?<=", "(?<!"} and child.kind == "choice":
        lookbehinds = [f"{node.text}{_written(alternative, limit)})" for alternative in child.children]
        return f"(?:{'|'.join(lookbehinds)})" if node.text == "(?<=" else "".join(lookbehinds)
    return f"{node.text}{inside})"
