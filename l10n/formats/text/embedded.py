"""Lines of Arabic and Hebrew as ``pdftotext`` writes them: between signs of direction, figures in others.

What is between the inner signs is in the order of the page, from left to right, with the blanks and points
beside it: a full stop behind a word is printed as " ." and "، 4" as "4 ،".
"""

from __future__ import annotations

import re

OPENING = frozenset("\u202a\u202b\u202d\u202e")
"""What sets the direction of the letters behind it."""
CLOSING = "\u202c"
CHUNK = re.compile("\u202a([^\u202a-\u202e]*)\u202c")
"""Figures, points or Latin words inside such a line."""
# Latin words with what is between them, and figures, keep their order from left to right.
_KEPT = re.compile(r"[A-Za-z](?:[^\u0590-\u08ff]*[A-Za-z0-9])?|\d+(?:[.,:/]\d+)*|.", re.DOTALL)


def bare(content: str) -> str:
    """A line's content without the signs that hold for all of it."""
    while content[:1] in OPENING and _holds_for_all(content):
        content = content[1:-1].strip()
    return content


def _holds_for_all(content: str) -> bool:
    """Whether the sign at the start of a line is taken back by the one at its end."""
    depth = 0
    for char in content[:-1]:
        depth += (char in OPENING) - (char == CLOSING)
        if depth == 0:
            return False
    return depth == 1 and content[-1] == CLOSING


def read(chunk: str) -> str:
    """What is between inner signs, in the order in which it is read."""
    return "".join(reversed(_KEPT.findall(chunk)))
