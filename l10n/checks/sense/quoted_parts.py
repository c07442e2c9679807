"""How much of a text stands in quotation marks: as much as of its source, and the same numbers.

What is quoted and what is told about it keep their shares in a translation, in whatever order.  Where an
end of a quotation has moved, words are put into somebody's mouth, or taken out of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from l10n.checks.reading.digits import ascii_digits

# A quotation that doubles beside what stands outside of it, or loses half, is another one: 8 of 2,954 pairs
# with quotations in nine languages differ as much.
_FARTHEST = 0.65
# Characters that are added to both, so that a few more of them weigh nothing in a short part.
_SOFTENED = (3, 6)
_NUMBER = re.compile(r"(?<!\d)(?<!\d[.,:/-])\d{1,4}(?![.,:/-]?\d)")


def differ(source: Sequence[str], target: Sequence[str]) -> bool:
    """Whether other parts of a target are quoted than of its source.

    Both are cut at their marks: what is told and what is quoted by turns, as many parts in each.
    """
    if abs(_share(target) - _share(source)) >= _FARTHEST:
        return True
    quoted, told = _numbers(source[1::2]), _numbers(source[::2])
    if not quoted and not told:
        return False
    target_quoted, target_told = _numbers(target[1::2]), _numbers(target[::2])
    moved_out = (quoted - told) & (target_told - target_quoted)
    moved_in = (told - quoted) & (target_quoted - target_told)
    return bool(moved_out or moved_in)


def _numbers(parts: Sequence[str]) -> set[str]:
    return set(_NUMBER.findall(ascii_digits(" ".join(parts))))


def _share(parts: Sequence[str]) -> float:
    """How much is quoted beside what is told, as a logarithm: 0 for as much."""
    quoted, told = (
        more + sum(map(len, half)) for more, half in zip(_SOFTENED, (parts[1::2], parts[::2]), strict=True)
    )
    return math.log(quoted / told)
