"""What speaks for each block of a text being a part of the release, and what against it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from l10n.formats.text import bylines, contacts
from l10n.formats.text.layout import Block
from l10n.formats.text.lines import (
    BLANK,
    HEADING_SIGNS,
    ITEM,
    WORDS,
    Line,
    ends_sentence,
    ends_with_colon,
    is_bracketed,
    words,
)
from l10n.formats.text.signs import Sign

LABEL_WORDS = 8
"""How many words a label of a menu has at most."""
SUMMED_UP = 4
"""How many words the items have on average that sum a release up, and a title has at least."""
DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)\D{1,20}\d{4}(?!\d)|\d[./-]\d{1,2}[./-]\d")
"""A day with its year, in letters or figures."""
_NAMED = re.compile(r"[^:：]{1,24}(?:：\s?|:\s)[^\s:：]")
# How many of what: "62 km of pipe laid".
_COUNTED = re.compile(r"[€$£¥]?\s?(?!(?:19|20)\d\d\s)\d[\d.,'’\u00a0\u202f]{0,15}\s?[%\w]{0,15}\s(?=\S)")
# A sentence in brackets, and who took the picture: "（图为现场。新华社记者 赵强 摄）".
_CAPTION = re.compile(r"[(（\[][^()（）\[\].!?。！？]{6,200}[.!?。！？][^()（）\[\].!?。！？]{2,60}[)）\]]")
_OPEN, _CLOSE = "(（[［", ")）]］"
_FEWEST = 4
_BARE_COST = 4
_LONGEST_ROW = 8
_SIGN_COST = -12
_COSTS = {Sign.GLUED: -20, Sign.RELATED: -1}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A block and what speaks for it (above 0) or against it."""

    block: Block
    words: int
    ended: bool
    score: int

    @property
    def label(self) -> bool:
        """Whether it could stand in a menu."""
        return not self.ended and self.words <= LABEL_WORDS


def weigh(
    lines: Sequence[Line],
    blocks: Sequence[Block],
    marked: Mapping[int, Sign],
    contact_lines: Collection[int],
    rowed: Collection[int] = (),
) -> list[Weighed]:
    """Words count for a block; menu signs, and labels in a row, against it; a named figure neither.

    ``rowed`` are the rows of tables, which say as little as figures do.  Below a contact block the titles of
    other articles count as much as any sign: no more of the release follows.
    """
    out: list[Weighed] = []
    row = 0
    announced = begun = asked = False
    listed = 0
    for index, block in enumerate(blocks):
        text = " ".join(line.content for line in block.of(lines))
        count = words(text)
        told = bool(out) and out[-1].ended
        ended = _ends(text, after_sentence=told) and not is_day(text)
        if block.start in marked:
            score = _SIGN_COST if asked else _COSTS.get(marked[block.start], _SIGN_COST)
        elif block.start in contact_lines:
            score, asked = 4, begun
        elif (block.start in rowed and not ended) or index < listed:
            score = row = 0
        elif ended or _listed(block, text):
            score = count
        elif _says_nothing(block, text, lines, after_sentence=told):
            score = row = 0
        elif announced and count <= 30 and (block.shape is ITEM or row == 0):
            score = 1 if block.shape is ITEM else 0
        else:
            score = _unended(block, count, row)
        if block.start and marked.get(block.start - 1) is Sign.BARE:
            score -= _BARE_COST
        begun = begun or (ended and score > LABEL_WORDS)
        row = row + 1 if score < 0 or (row and score == 0) else 0
        announced = (
            (announced and block.shape is ITEM)
            or _is_marked_heading(lines, block)
            or (ends_with_colon(text) and (count >= 3 or is_bracketed(text) or told))
            or (
                (told or (announced and not asked))
                and block.shape is WORDS
                and count <= LABEL_WORDS
                and _heads_items(lines, block.end + (not asked and _is_blank(lines, block.end)))
            )
        )
        if begun and told and not ended and count <= LABEL_WORDS:
            listed = index + 1 + _lines_headed(lines, blocks[index + 1 : index + 2 + _LONGEST_ROW], marked)
        out.append(Weighed(block, count, ended, score))
    return out


def _ends(text: str, *, after_sentence: bool) -> bool:
    """Whether a block is a sentence, before a photographer's name perhaps; below another it may be short."""
    count = words(text)
    if ends_sentence(bylines.without_credit(text)) or _CAPTION.fullmatch(text):
        return count >= _FEWEST or (after_sentence and count > 1)
    return count >= _FEWEST and contacts.holds_sentence(text)


def _is_blank(lines: Sequence[Line], at: int) -> bool:
    return at < len(lines) and lines[at].shape is BLANK


def _lines_headed(lines: Sequence[Line], blocks: Sequence[Block], marked: Mapping[int, Sign]) -> int:
    """How many lines are a list without bullets: longer than labels of a menu, with prose below them."""
    sizes: list[int] = []
    for block in blocks:
        text = " ".join(line.content for line in block.of(lines))
        if block.start in marked or block.shape is not WORDS:
            return 0
        if ends_sentence(text) or words(text) > 2 * LABEL_WORDS:
            prose = words(text) > LABEL_WORDS and len(sizes) > 1
            return len(sizes) if prose and sum(sizes) >= SUMMED_UP * len(sizes) else 0
        sizes.append(words(text))
    return 0


def _heads_items(lines: Sequence[Line], at: int) -> bool:
    """Whether items longer than those of a menu stand right below a line."""
    below = takewhile(lambda index: lines[index].shape is ITEM, range(at, len(lines)))
    items = [words(lines[index].content) for index in below]
    return len(items) > 1 and sum(items) >= SUMMED_UP * len(items)


def _says_nothing(block: Block, text: str, lines: Sequence[Line], *, after_sentence: bool) -> bool:
    """Whether a label speaks neither for a menu nor against it: a named figure, a number, what is listed."""
    if block.shape is ITEM and any(map(str.isdecimal, lines[block.start].marker)):
        return True
    if _is_marked_heading(lines, block):
        return True
    if _COUNTED.match(text):
        return True
    return _NAMED.match(text) is not None or (after_sentence and ends_with_colon(text))


def _is_marked_heading(lines: Sequence[Line], block: Block) -> bool:
    """Whether a block has a sign of headings ("■ 概要") that no line beside it has."""
    marker = lines[block.start].marker
    if block.shape is not ITEM or marker not in HEADING_SIGNS:
        return False
    beside = (*lines[max(0, block.start - 1) : block.start], *lines[block.end : block.end + 1])
    return all(line.marker != marker for line in beside)


def _listed(block: Block, text: str) -> bool:
    """Whether an item goes on with the next one, or says a thing of something: a menu does neither."""
    return block.shape is ITEM and (text[-1] in ";；؛,،·" or _NAMED.match(text) is not None)


def _unended(block: Block, count: int, row: int) -> int:
    """The score of a block without a full stop: the third label in a row is surely a menu's.

    A long row without bullets costs no more than its first labels: it may be a table.
    """
    score = min(count - 14, 20)
    if score >= 0:
        return score
    if row >= _LONGEST_ROW and block.shape is not ITEM:
        return 0
    return max(score, -3 * min(row + 1, 4))


def is_caption(lines: Sequence[Line], block: Block) -> bool:
    """Whether a block is one line in brackets."""
    text = lines[block.start].content
    return block.end == block.start + 1 and text[0] in _OPEN and text[-1] in _CLOSE


def names_figure(lines: Sequence[Line], block: Block) -> bool:
    """Whether a block is one line that names a figure."""
    text = lines[block.start].content
    named = _NAMED.match(text) if block.end == block.start + 1 and not DAY.search(text) else None
    return named is not None and any(map(str.isdecimal, text[named.end() - 1 :]))


def is_day(text: str) -> bool:
    """Whether a few words are a day, such as "17 февраля 2026 г."."""
    return words(text) <= 6 and DAY.search(text) is not None
