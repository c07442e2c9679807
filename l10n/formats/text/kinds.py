"""What each block of a text is to a reader: its title, a paragraph, an item, a contact."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice, pairwise, zip_longest

from l10n.conventions import Convention
from l10n.formats.text import contacts, mail, navigation
from l10n.formats.text.columns import spaceless
from l10n.formats.text.kickers import is_kicker
from l10n.formats.text.layout import Block
from l10n.formats.text.lines import HEADING_SIGNS, ITEM, QUOTE, Line, is_bracketed, words
from l10n.model import Kind

_LONGEST_CUE = 40
_DEEPEST_TITLE = 60  # labels above it: each is compared with those below it
_KINDS = {ITEM: Kind.ITEM, QUOTE: Kind.QUOTE}
_LONGER = re.compile(r"[^\s!-/:-@«»„“”’：，。、।【】]{4,}")
_LETTERHEAD = frozenset({Kind.CUE, Kind.CONTACT})


def kinds(
    lines: Sequence[Line],
    release: Sequence[Block],
    cues: Collection[int],
    contact: Collection[int],
    rowed: Collection[int],
    convention: Convention,
) -> list[Kind]:
    """What each block is to a reader."""
    out = [_kind(lines, block, cues, contact) for block in release]
    for at in _sub_headings(lines, release):
        out[at] = Kind.PARAGRAPH
    title = _title(lines, release, out, rowed, convention)
    if title is not None:
        out[release.index(title)] = Kind.TITLE
    return out


def _title(
    lines: Sequence[Line],
    release: Sequence[Block],
    given: Sequence[Kind],
    rowed: Collection[int],
    convention: Convention,
) -> Block | None:
    """The title; in a mail what its subject says, unless a heading of the text says it again.

    What stands above a mail that is passed on, and is shorter, tells only of it.
    """
    at = next((at for at, block in enumerate(release) if mail.is_subject(lines[block.start])), 0)
    start = at if _size(lines, release[:at]) < _size(lines, release[at:]) else 0
    leading = [*islice(_leading(lines, release[start:], given[start:], rowed, convention), _DEEPEST_TITLE)]
    index = navigation.title(lines, leading, convention)
    title = None if index is None else leading[index]
    subject = release[at] if release and mail.is_subject(lines[release[at].start]) else None
    if subject is None or not (
        title is None or title is subject or is_kicker(lines[title.start], convention)
    ):
        return title
    return next((block for block in leading if _says_again(lines, block, subject, convention)), subject)


def _says_again(lines: Sequence[Line], block: Block, subject: Block, convention: Convention) -> bool:
    """Whether a heading below the subject of a mail has words of it."""
    if block.start <= subject.start or is_kicker(lines[block.start], convention):
        return False
    heading, said = (_telling(line.content for line in each.of(lines)) for each in (block, subject))
    return len(heading & said) > 1


def _telling(contents: Iterable[str]) -> set[str]:
    """The longer words of some lines; every two letters next to each other of a script without spaces."""
    said = _LONGER.findall(" ".join(contents).casefold())
    return {
        piece
        for word in said
        for piece in ((word,) if not spaceless(word[0]) else map("".join, pairwise(word)))
    }


def _size(lines: Sequence[Line], release: Sequence[Block]) -> int:
    """The words of some blocks."""
    return sum(words(line.content) for block in release for line in block.of(lines))


def _sub_headings(lines: Sequence[Line], release: Sequence[Block]) -> Iterator[int]:
    """The blocks with a sign that no block beside them has: it marks a heading ("■ 概要")."""
    markers = ["", *(lines[block.start].marker for block in release), ""]
    for at, (above, marker, below) in enumerate(zip(markers, markers[1:], markers[2:], strict=False)):
        if marker and marker in HEADING_SIGNS and marker not in (above, below):
            yield at


def _kind(lines: Sequence[Line], block: Block, cues: Collection[int], contact: Collection[int]) -> Kind:
    if block.start in contact:
        return Kind.CONTACT
    if block.end - 1 in cues and sum(words(line.content) for line in block.of(lines)) <= _LONGEST_CUE:
        return Kind.CUE
    return _KINDS.get(block.shape, Kind.PARAGRAPH)


def _leading(
    lines: Sequence[Line],
    release: Sequence[Block],
    given: Sequence[Kind],
    rowed: Collection[int],
    convention: Convention,
) -> Iterator[Block]:
    """The blocks before the first sentence, any of which may be the title; a letterhead may stand above."""
    for block, kind, below in zip_longest(release, given, [*zip(release[1:], given[1:], strict=True)]):
        if kind in _LETTERHEAD or block.start in rowed or is_bracketed(lines[block.start].content):
            continue
        if below and below[1] is Kind.CONTACT and _is_address_above(lines, block, below[0]):
            continue
        # A kicker may end in a full stop: "Не публиковать до 10:00 16 марта 2026 г."
        above = navigation.titular(lines, block) or is_kicker(lines[block.start], convention)
        if kind is not Kind.PARAGRAPH or not above:
            return
        yield block


def _is_address_above(lines: Sequence[Line], block: Block, contact: Block) -> bool:
    """Whether a line is the address in a letterhead, right above its telephone."""
    return contact.start == block.start + 1 and contacts.is_postal(lines[block.start])
