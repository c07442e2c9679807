"""Lines that say again what the line beside them says: menus and titles of web pages do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from l10n.conventions import Convention
from l10n.formats.text.lines import RULE, Line, ends_sentence, words

_FEWEST_IN_TITLE = 4
# Where one label ends within a word and the next one begins.
_SEAM = re.compile(r"[a-zß-ÿа-яёіїєґα-ώğışłńęąćśźżčřšžěőű][A-ZÀ-ÞА-ЯЁІЇЄҐΑ-ΩĞİŞŁŃĘĄĆŚŹŻČŘŠŽĚŐŰ]")
_FEWEST_SEAMS = 2
_LONG_WORD = 5


def doubled(label: Line, line: Line, *, apart: bool) -> bool:
    """Whether two lines are the same; a sentence after a blank line may be said again."""
    is_same = label.shape is not RULE and label.content == line.content
    return is_same and not (apart and ends_sentence(label.content))


def doubled_behind_kicker(label: Line, line: Line, convention: Convention) -> bool:
    """Whether a title is said again without the "Press release:" before it."""
    kicker, colon, title = label.content.replace("：", ":").partition(":")
    said = bool(colon) and title.strip() == line.content and words(title) >= _FEWEST_IN_TITLE
    return said and kicker.strip().casefold().startswith(convention.kickers)


def doubled_in_two(lines: Sequence[Line], filled: Sequence[int]) -> Iterator[int]:
    """The lines of a title that is said again where one of the two is in two lines."""
    for three in zip(filled, filled[1:], filled[2:], strict=False):
        first, second, third = (lines[index].content for index in three)
        if third.startswith(first) and third in {f"{first} {second}", first + second}:
            said, count = third, 2
        elif first.startswith(second) and first in {f"{second} {third}", second + third}:
            said, count = first, 1
        else:
            continue
        if words(said) >= _FEWEST_IN_TITLE and not ends_sentence(said):
            yield from three[:count]


def glued(label: str, line: str) -> bool:
    """Whether a blurb starts with the label before it, without as much as a space between."""
    blurb = line[len(label) :]
    if len(label) < 3 or len(blurb) < 12 or not line.startswith(label) or not blurb[0].isalpha():
        return False
    if blurb[0].lower() == blurb[0].upper():
        return label[-1].isalpha() and len(label) <= 24 and words(blurb) > 2 * words(label)
    return blurb[0].isupper() and (label[-1].islower() or blurb[1].islower())


def run_together(text: str) -> str:
    """The labels of a menu that has not as much as a space between them ("HomeAbout usPress"), parted; or "".

    Names that are written so ("YouTube") have short halves, or are few among the words of a line.
    """
    seams = [found.start() + 1 for found in _SEAM.finditer(text)]
    if len(seams) < _FEWEST_SEAMS or ends_sentence(text):
        return ""
    halves = [seam - 1 - max(text.rfind(" ", 0, seam), before - 1) for before, seam in pairwise((0, *seams))]
    many = len(halves) > _FEWEST_SEAMS or min(halves) >= _LONG_WORD
    if not many or max(halves) < _LONG_WORD or len(halves) * 4 < words(text) or text[0] in "@#":
        return ""
    return " | ".join(text[start:end] for start, end in pairwise((0, *seams, len(text))))
