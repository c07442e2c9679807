"""What belongs to the release and what to the web page that was around it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import takewhile

from l10n.conventions import Convention
from l10n.formats.text import bylines
from l10n.formats.text.choices import BARS
from l10n.formats.text.kickers import HOUR, closed_up, is_kicker
from l10n.formats.text.layout import Block
from l10n.formats.text.lines import (
    BLANK,
    ITEM,
    WORDS,
    Line,
    ends_sentence,
    ends_with_colon,
    is_date,
    is_place_and_day,
    is_stamp,
    words,
)
from l10n.formats.text.signs import PRESSED, Sign
from l10n.formats.text.weights import (
    LABEL_WORDS,
    SUMMED_UP,
    Weighed,
    is_caption,
    is_day,
    names_figure,
    weigh,
)

# A firm by itself, or who leads it, as they stand between the date and the title of a Chinese or Japanese
# release.
_FIRM = re.compile(
    r"(?:株式会社|有限会社|合同会社|(?:一般|公益)(?:社団|財団)法人)\S{1,20}"
    r"|\S{1,20}(?:株式会社|有限会社|合同会社|有限公司|股份公司)"
    r"|[^\s、。「」をがは]{1,20}(?:委員会|委员会|協会|协会|協議会|機構|連盟|組合|大学|大學|研究所|研究院|財団|基金会)"
    r"|(?:代表取締役|代表理事|代表社員|理事長|社長|会長|学長|市長|町長|村長|知事)\S{0,10}[ \u3000].{2,12}"
    r"|(?:代表者名?|コード番号|問合せ先|上場取引所)[:： \u3000].{2,40}"
)
# What was measured or counted, and no year: a row of a table ends in it, and no entry of a menu does.
_FIGURE = re.compile(
    r"(?:^|.*\s)[+−–-]?[€$£¥]?\s?(?!(?:19|20)\d\d$)"
    r"(?:\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3})+|\d+[.,]\d+|\d{4,}|\d+(?=\s?[%€$£¥]))\s?[%€$£¥]?$"
)
# Thai, Lao, Burmese and Khmer, which end no sentence with a sign: their titles are known by their length.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
# A label and one word: "Original: English".
# How organisations number what they publish: "CS/16001", "IP/25/1234".
_SYMBOL = re.compile(r"[A-Z]{1,8}(?:[/.-][A-Z\d()]{1,8}){1,6}")
# A firm by itself, whose form is shortened: "Tallow Energy Corp.", "Porto S.p.A.".
_NAMES_FIRM = re.compile(r"^[^.!?]{2,60} (?:Bros|Cie|Co|Corp|Inc|Ltd|Ltda|[A-Z](?:\.[A-Za-z]{1,2}){1,3})\.$")
_FIELD = re.compile(r"[^\s:：]{2,16}: ?[^\s:：]{2,16}")
_MENUS = frozenset({Sign.CHOICES, Sign.TRAIL})
_FEWEST_BLOCKS = 3
_LEAST_BEHIND = 3
_LONGEST_TITLE = 200
_LONGEST_UNSPACED = 90
_CROWD = 4
_BIG_CROWD = 8
_LEADING = 6
_SHORT = 5


def body(
    lines: Sequence[Line],
    all_blocks: Sequence[Block],
    marked: Mapping[int, Sign],
    contact_lines: Collection[int],
    convention: Convention,
    *,
    rowed: Collection[int] = (),
    dumped: bool = False,
) -> list[Block]:
    """The blocks that are the release.

    All of them, the first of two equal ones aside, when the text does not look taken from a
    web page; otherwise the run of blocks with the highest sum, and its title.  ``contact_lines`` are
    the lines of contact blocks and their cues, ``rowed`` the rows of tables; ``dumped`` says that the text is
    surely a page's.
    """
    # Buttons stand between a title and its text as well, and say nothing of what is around them.
    written = [block for block in all_blocks if marked.get(block.start) is not Sign.BUTTON]
    weighed = weigh(lines, written, marked, contact_lines, rowed)
    if not weighed or not (dumped or _scraped(lines, weighed, marked, contact_lines)):
        menu = _menu_above_title(lines, all_blocks, marked)
        return [block for block in all_blocks[menu:] if marked.get(block.start) is not Sign.DOUBLED]
    start, end = _highest(weighed)
    end = _with_figures(lines, weighed, end, marked)
    start = _with_kickers(lines, weighed, _with_title(lines, weighed, start, marked), convention)
    return [block for block in written[start:end] if block.start not in marked]


def _scraped(
    lines: Sequence[Line],
    weighed: Sequence[Weighed],
    marked: Mapping[int, Sign],
    contact_lines: Collection[int],
) -> bool:
    """Whether enough speaks of a web page: one sign alone may be chance."""
    telling = sum(sign is not Sign.RELATED for sign in marked.values())
    return telling + len(_crowds(lines, weighed)) + _trails(weighed, contact_lines) >= 2


def _menu_above_title(lines: Sequence[Line], all_blocks: Sequence[Block], marked: Mapping[int, Sign]) -> int:
    """How many blocks are a menu or a trail that stands first, right above the title of a clean text."""
    if len(all_blocks) < _FEWEST_BLOCKS or marked.get(all_blocks[0].start) not in _MENUS:
        return 0
    first, title = all_blocks[:2]
    return int(title.start == first.end and titular(lines, title) and title.start not in marked)


def _trails(weighed: Sequence[Weighed], contact_lines: Collection[int]) -> bool:
    """Whether the text ends with a label right under a contact block."""
    last = weighed[-1]
    return last.label and last.score < 0 and last.block.start - 1 in contact_lines


def _crowds(lines: Sequence[Line], weighed: Sequence[Weighed]) -> list[int]:
    """Rows of labels without blank lines or figures between them, as long as only menus have them."""
    out: list[int] = []
    row = tight = 0
    for index, item in enumerate(weighed):
        if item.label and item.score < 0 and not _FIGURE.match(lines[item.block.start].content):
            row += 1
            tight = tight + 1 if lines[item.block.start - 1].shape is not BLANK else 1
            if tight == _CROWD or row == _BIG_CROWD:
                out.append(index)
        else:
            row = tight = 0
    return out


def _highest(weighed: Sequence[Weighed]) -> tuple[int, int]:
    """The run with the highest sum (Kadane); all of it when nothing speaks for any block."""
    best, start, end = 0, 0, len(weighed)
    total = since = 0
    for index, item in enumerate(weighed):
        if total <= 0:
            total, since = 0, index
        total += item.score
        if total > best:
            best, start, end = total, since, index + 1
    return start, end


def _with_figures(
    lines: Sequence[Line], weighed: Sequence[Weighed], end: int, marked: Mapping[int, Sign]
) -> int:
    """Where the run ends when named figures under a heading follow it ("In figures", "Goals: 14").

    A caption in brackets may stand between.  Without a heading they may count the readers of the page.
    """
    at = end
    if at < len(weighed) and is_caption(lines, weighed[at].block):
        at += 1
    head = at < len(weighed) and weighed[at].label and not names_figure(lines, weighed[at].block)
    if not head or not _may_lead(lines, weighed[at].block, marked) or _dated(lines, weighed[at].block):
        return end
    figures = [
        *takewhile(
            lambda index: (
                weighed[index].block.start not in marked and names_figure(lines, weighed[index].block)
            ),
            range(at + 1, len(weighed)),
        )
    ]
    return figures[-1] + 1 if len(figures) > 1 else end


def _with_title(
    lines: Sequence[Line], weighed: Sequence[Weighed], start: int, marked: Mapping[int, Sign]
) -> int:
    """Where the run starts when the labels right before it hold its title."""
    first = weighed[start]
    titled = titular(lines, first.block) and first.words > 3 and not first.ended
    if titled and not _dated(lines, first.block) and not _below_buttons(lines, weighed, start, marked):
        return _above(lines, weighed, start, marked)
    labels = _after_repeated(
        lines, weighed, [*reversed([*_leading(lines, weighed, _above_items(weighed, start), marked)])]
    )
    sizes = {
        index: _letters(lines, weighed[index].block)
        for index in labels
        if not _dated(lines, weighed[index].block)
    }
    longest = max(sizes.values(), default=0)
    for index, size in sizes.items():
        if weighed[index].words >= 4 and size * 2 >= longest:
            below = _below_buttons(lines, weighed, index, marked)
            return _with_title(lines, weighed, index, marked) if below else index
    return next((index for index, size in sizes.items() if size == longest), start)


def _below_buttons(
    lines: Sequence[Line], weighed: Sequence[Weighed], start: int, marked: Mapping[int, Sign]
) -> bool:
    """Whether the day and what shares a page stand right above a block: both stand below its title."""
    above = [*takewhile(lambda at: not _may_be_title(lines, weighed[at], marked), range(start - 1, -1, -1))]
    starts = [weighed[at].block.start for at in above]
    pressed = any(marked.get(at) in PRESSED for at in starts)
    return pressed and any(_tells_when(lines[at].content) for at in starts) and len(above) < start


def _may_be_title(lines: Sequence[Line], item: Weighed, marked: Mapping[int, Sign]) -> bool:
    """Whether a block says as much as a title."""
    return item.words >= SUMMED_UP and not _parts_title(lines, item.block, marked)


def _with_kickers(
    lines: Sequence[Line], weighed: Sequence[Weighed], start: int, convention: Convention
) -> int:
    """Where the run starts with the lines above its title that say until what hour it is held back."""
    while start:
        line = lines[weighed[start - 1].block.start]
        if not (is_kicker(line, convention) and HOUR.search(line.content)):
            return start
        start -= 1
    return start


def _above_items(weighed: Sequence[Weighed], start: int) -> int:
    """Where the items begin that sum a release up between its title and its text, longer than a menu's."""
    above = start
    while above and weighed[above - 1].block.shape is ITEM:
        above -= 1
    count = sum(item.words for item in weighed[above:start])
    return above if count >= SUMMED_UP * (start - above) else start


def _after_repeated(lines: Sequence[Line], weighed: Sequence[Weighed], labels: list[int]) -> list[int]:
    """The labels from the last one on that says the same as an earlier one: a trail ends with the title."""
    contents = [[line.content for line in weighed[index].block.of(lines)] for index in labels]
    again = (at for at in range(len(labels) - 1, 0, -1) if contents[at] in contents[:at])
    return labels[next((at for at in again if weighed[labels[at]].words >= SUMMED_UP), 0) :]


def _leading(
    lines: Sequence[Line], weighed: Sequence[Weighed], start: int, marked: Mapping[int, Sign]
) -> Iterator[int]:
    """The labels right before the run, the nearest first; what shares the page stands between them."""
    count = 0
    for index in range(start - 1, -1, -1):
        start_of = weighed[index].block.start
        if marked.get(start_of) in PRESSED or bylines.is_credit(lines[start_of].content):
            continue
        if count == _LEADING or not _may_lead(lines, weighed[index].block, marked):
            return
        count += 1
        yield index


def _above(lines: Sequence[Line], weighed: Sequence[Weighed], at: int, marked: Mapping[int, Sign]) -> int:
    """The title over a second line of it: longer than any label of a menu, or right below what is surely one.

    What shares the page, and the day, may stand between the two.
    """
    while at:
        above = at - 1
        while above and _parts_title(lines, weighed[above].block, marked):
            above -= 1
        size, block = weighed[above].words, weighed[above].block
        below_menu = size >= SUMMED_UP and above > 0 and weighed[above - 1].block.start in marked
        if not (size > LABEL_WORDS or below_menu) or not _may_lead(lines, block, marked):
            return at
        at = above
    return at


def _parts_title(lines: Sequence[Line], block: Block, marked: Mapping[int, Sign]) -> bool:
    """Whether a block may stand between a title and the line below it: a button, or the day."""
    return marked.get(block.start) in PRESSED or _dated(lines, block)


def titular(lines: Sequence[Line], block: Block) -> bool:
    """Whether a block is short, without a full stop, and neither item nor quotation."""
    text = lines[block.end - 1].content
    length = sum(len(line.content) for line in block.of(lines))
    return (
        block.shape is WORDS
        and length <= (_LONGEST_TITLE if text.isascii() or not _UNSPACED.search(text) else _LONGEST_UNSPACED)
        and (
            not ends_sentence(text)
            or text[-1] in "?!？！؟"
            or _tells_when(text)
            or _NAMES_FIRM.search(text) is not None
        )
        and not ends_with_colon(text)
        and text[-1] not in ",;،、–—"
        and not any("©" in line.content for line in block.of(lines))
    )


def _may_lead(lines: Sequence[Line], block: Block, marked: Mapping[int, Sign]) -> bool:
    return block.start not in marked and titular(lines, block)


def _letters(lines: Sequence[Line], block: Block) -> int:
    return sum(sum(map(str.isalpha, line.content)) for line in block.of(lines))


def title(lines: Sequence[Line], leading: Sequence[Block], convention: Convention) -> int | None:
    """Which of the blocks before the first sentence is the title, if there are any.

    The first, except that a date, or a line in capitals over one that is not ("PRESS
    RELEASE"), stands above the title, and so do the short lines of whoever writes over a date or
    over what says that this is a release.
    """
    if (below := _below_letterhead(lines, leading, convention)) is not None:
        return below
    for index, block in enumerate(leading[:-1]):
        if _signs_title(lines, block, leading[index + 1 :]):
            continue
        small = not all(_capitals(lines, later) for later in leading[index + 1 :])
        above = _dated(lines, block) or is_kicker(lines[block.start], convention)
        if not above and not (_capitals(lines, block) and small and _size(lines, block) <= _SHORT):
            return index
    return len(leading) - 1 if leading and not _dated(lines, leading[-1]) else 0 if leading else None


def _signs_title(lines: Sequence[Line], block: Block, below: Sequence[Block]) -> bool:
    """Whether a line is a short field, or a name with which a longer line below begins: who writes."""
    name = lines[block.start].content
    if _FIELD.fullmatch(name):
        return True
    begun = (lines[other.start].content.removeprefix(name) for other in below)
    return words(name) <= LABEL_WORDS and any(
        words(behind) >= _LEAST_BEHIND and not behind[0].isalnum()
        for behind, other in zip(begun, below, strict=True)
        if behind and behind != lines[other.start].content
    )


def _below_letterhead(lines: Sequence[Line], leading: Sequence[Block], convention: Convention) -> int | None:
    """The first line below the last kicker, or else the first long one below a date, under short ones."""
    sizes = [_size(lines, block) for block in leading]
    dates = {index for index, block in enumerate(leading) if _dated(lines, block)}
    kicker_lines = {index for index, block in enumerate(leading) if is_kicker(lines[block.start], convention)}
    plain = (at for at in range(len(sizes)) if at not in dates and at not in kicker_lines)
    long = next((at for at in plain if sizes[at] > _SHORT), len(sizes))
    heads = [at for at in kicker_lines or {min(dates, default=0)} if at <= long]
    if not heads or not (kicker_lines or heads[-1]):
        return None
    least = 1 if kicker_lines else _SHORT + 1
    below = range(max(heads) + 1, len(leading))
    return next(
        (
            at
            for at in below
            if sizes[at] >= least
            and at not in dates | kicker_lines
            and not _signs_title(lines, leading[at], leading[at + 1 :])
        ),
        None,
    )


def _size(lines: Sequence[Line], block: Block) -> int:
    """The words of a block."""
    return sum(words(closed_up(line.content)) for line in block.of(lines))


def _capitals(lines: Sequence[Line], block: Block) -> bool:
    letters = [char for line in block.of(lines) for char in line.content if char.isalpha()]
    return bool(letters) and all(map(str.isupper, letters))


def _dated(lines: Sequence[Line], block: Block) -> bool:
    """Whether a label is a date, a number, a stamp or a firm rather than a title."""
    text = lines[block.start].content
    if _tells_when(text) or _FIRM.fullmatch(text) or (_SYMBOL.fullmatch(text) and not text.isalpha()):
        return True
    pieces = BARS.split(text)
    return len(pieces) > 1 and any(map(is_day, pieces))


def _tells_when(text: str) -> bool:
    """Whether a line says when a text was written or published, and where perhaps."""
    return is_date(text) or is_stamp(text) or is_place_and_day(text)
