"""Where a contact block starts and ends: whom to ask, and the addresses and numbers below."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import takewhile

from l10n.conventions import Convention
from l10n.formats.text import networks, rights, rows
from l10n.formats.text.columns import spaceless
from l10n.formats.text.lines import (
    BLANK,
    HEADING_SIGNS,
    ITEM,
    QUOTE,
    RULE,
    WORDS,
    Line,
    ends_sentence,
    ends_with_colon,
    goes_on,
    is_stamp,
    words,
)
from l10n.formats.text.locked import has_value, values
from l10n.inline import TEXT, VALUE, Run

# With an extension perhaps, or an address and a number beside each other.
_LABEL_AND_VALUE = re.compile(
    r"[^\d:：]{1,24}[.:：][\s.:：]*\ufffc(?:[\s,(]*[^\W\d]{2,10}\.?\s?\d{1,5}(?:\W{1,2}(?:[^\W\d]{1,3}\s)?\d{1,5})?)?\W*|\W*\ufffc(?:\W*\ufffc)+\W*"
)
# The same with a label of some more words, beside a line that is surely of a contact block.
_NAMED_VALUE = re.compile(r"[^\d:：]{1,60}[:：]\s*\ufffc\W*")
_ADDRESS_DIGITS = re.compile(r"\d{4,}|\d+[,\s]|[,\s]\d+")
# A sentence of some words that ends before the next one begins.
_SENTENCES = re.compile(r"(?:\S+\s+){3}(?:\S+\s+)*?\S*[^\W\d_]{4}[.!?]\s(?=[^\W\d_])")
_RULED = re.compile(r"([-–—―─━=_*＊~～])\1{9,}|(?:[*＊][-－]){5,}[*＊]?")
_MOST_WORDS = 16
_LEAST_POSTAL = 2
_LONGEST_GAP = 6
_LATEST = 3
_LABEL_WORDS = 8
_MOST_LABEL_WORDS = 2
_LONGEST_SIGNATURE = 8
_MOST_CUE_WORDS = 6
# Tuples: members of an enumeration are found in them by identity, without being hashed.
_SAYING = (WORDS, ITEM)
_APART = (RULE, QUOTE)


def begins(lines: Sequence[Line], at: int, convention: Convention) -> bool:
    """Whether a line says whom to ask, right above an address or a number."""
    if not _heads(lines[at], convention) and not _announces(lines[at], convention):
        return False
    below = takewhile(lambda line: line.shape in _SAYING, lines[at + 1 : at + 1 + _LATEST + 1])
    return any(_is_value(line.content, convention.phone_labels) for line in below)


def _is_value(text: str, labels: tuple[str, ...]) -> bool:
    """Whether a line is an address or a number, with no more than a label before it and an extension behind.

    The title of an article may hold a number as well.
    """
    if not has_value(text, labels):
        return False
    runs = values(text, labels)
    if sum(words(run.text) for run in runs if run.role is TEXT) <= _MOST_LABEL_WORDS:
        return True
    return _LABEL_AND_VALUE.fullmatch(_shape(runs)) is not None


def _shape(runs: Iterable[Run]) -> str:
    """A line's text with each of its values as one sign."""
    return "".join("\ufffc" if run.role is VALUE else run.text for run in runs)


def find(lines: Sequence[Line], signs: Collection[int], convention: Convention) -> tuple[set[int], set[int]]:
    """The indices of (lines that announce a contact block, lines of such a block).

    ``signs`` are the lines known as navigation: none belongs to a block, and the first one
    after a cue ends it.
    """
    valued = _valued(lines, signs, convention.phone_labels)
    cues: set[int] = set()
    block: set[int] = set()
    at = 0
    while at < len(lines):
        if at not in signs and _may_announce(lines[at], convention, valued=at in valued):
            cued = _has_cue(lines[at].content, convention)
            sure = cued and ends_with_colon(lines[at].content)
            contact_lines = _block(lines, at + 1, signs, valued, convention, sure=sure, cued=cued)
            if contact_lines:
                cues.add(at)
                block.update(contact_lines)
                at = contact_lines[-1]
        at += 1
    for index in sorted(valued - cues - block):
        if _stands_alone(lines[index], convention) or (index - 1 in block and _says_value(lines[index])):
            block.add(index)
    block.update(
        index
        for index in range(1, len(lines))
        if index - 1 in block and _names_beside(lines, index, signs, convention)
    )
    block.update(_named_beside(lines, valued - cues - block, block, convention))
    block.update(_signature(lines, valued))
    block.update(_framed(lines, valued))
    return cues, block


def _named_beside(
    lines: Sequence[Line], valued: Collection[int], block: Collection[int], convention: Convention
) -> set[int]:
    """The lines that say whose number they give, in a row with a line of a contact block."""
    out: set[int] = set()
    for step in (-1, 1):
        for index in sorted(valued, reverse=step < 0):
            near = index - step in block or index - step in out
            if near and _NAMED_VALUE.fullmatch(_shape(values(lines[index].content, convention.phone_labels))):
                out.add(index)
    return out


def _signature(lines: Sequence[Line], valued: Collection[int]) -> list[int]:
    """The paragraph of short lines at the end of a message, below the two dashes of mail programs."""
    dashes = max((index for index, line in enumerate(lines) if line.content == "--"), default=len(lines))
    start = next((index for index in range(dashes + 1, len(lines)) if lines[index].content), len(lines))
    below = [*takewhile(lambda index: lines[index].shape is not BLANK, range(start, len(lines)))]
    fits = len(below) <= _LONGEST_SIGNATURE and not any(
        lines[index].shape is not WORDS or _is_prose(lines, index, valued) for index in below
    )
    return below if fits else []


def _framed(lines: Sequence[Line], valued: Collection[int]) -> list[int]:
    """The short lines, with an address, between the two rules at the end, as Japanese mails are signed."""
    said = [index for index, line in enumerate(lines) if line.shape is not BLANK][-_LONGEST_SIGNATURE - 2 :]
    ruled = [index for index in said if _is_ruled(lines[index])][-2:]
    if len(ruled) < 2 or ruled[1] != said[-1]:
        return []
    inside = [index for index in said if ruled[0] < index < ruled[1]]
    fits = not any(lines[index].shape is not WORDS or _is_prose(lines, index, valued) for index in inside)
    return inside if fits and any(map(valued.__contains__, inside)) else []


def _is_ruled(line: Line) -> bool:
    """Whether a line is drawn from one edge to the other."""
    return line.shape is RULE and _RULED.fullmatch(line.content) is not None


def _valued(lines: Sequence[Line], signs: Collection[int], labels: tuple[str, ...]) -> set[int]:
    """Lines that are little more than an address or a number."""
    out = set()
    for index, line in enumerate(lines):
        if index in signs or line.shape not in _SAYING or len(line.content) > 300:
            continue
        runs = values(line.content, labels)
        if all(run.role is TEXT for run in runs):
            continue
        count = sum(words(run.text) for run in runs if run.role is TEXT)
        if count <= 6 or (count <= _MOST_WORDS and not ends_sentence(line.content)):
            out.add(index)
    return out


def _may_announce(line: Line, convention: Convention, *, valued: bool) -> bool:
    """Whether a line may head a block: no address does, and a cue does with a name behind it, too."""
    headed = line.shape is ITEM and line.marker in HEADING_SIGNS
    if not (line.shape is WORDS or headed) or len(line.content) > 300 or (valued and _says_value(line)):
        return False
    if ends_with_colon(line.content):
        return not holds_sentence(line.content) or _has_cue(line.content, convention)
    if _heads(line, convention):
        return True
    return not valued and _names(line, convention)


def _names(line: Line, convention: Convention) -> bool:
    """Whether a line says whom to ask, without an address."""
    return not ends_sentence(line.content) and _starts_with_cue(line.content, convention)


def _names_beside(lines: Sequence[Line], at: int, signs: Collection[int], convention: Convention) -> bool:
    """Whether a line right below an address says whose it is."""
    line = lines[at]
    return (
        at not in signs
        and line.shape is WORDS
        and words(line.content) <= _LABEL_WORDS
        and _names(line, convention)
    )


def _announces(line: Line, convention: Convention) -> bool:
    return ends_with_colon(line.content) and _has_cue(line.content, convention)


def _heads(line: Line, convention: Convention) -> bool:
    """Whether a short line without a colon ("Media contact") may head a block."""
    text = line.content
    most = _LABEL_WORDS if line.shape is ITEM else _MOST_CUE_WORDS
    if spaceless(text[-1]) and text.endswith(convention.cue_words):
        most = _MOST_WORDS
    return not ends_sentence(text) and words(text) <= most and _has_cue(text, convention)


def _has_cue(text: str, convention: Convention) -> bool:
    folded = text.casefold()
    return any(cue in folded for cue in _folded(convention.cue_words))


def _starts_with_cue(text: str, convention: Convention) -> bool:
    begun, colon, _ = text.replace("：", ":").partition(":")
    return bool(colon) and words(begun) <= _MOST_CUE_WORDS and _has_cue(begun, convention)


@lru_cache(maxsize=64)
def _folded(listed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.casefold() for word in listed)


def _block(
    lines: Sequence[Line],
    start: int,
    signs: Collection[int],
    valued: set[int],
    convention: Convention,
    *,
    sure: bool,
    cued: bool,
) -> list[int]:
    """The contact lines from ``start``; none when nothing there looks like a contact.

    The block ends with its last address or number, or the postal address after it.  With
    ``sure`` the cue itself is proof enough of a first paragraph of short lines.
    """
    last = first_gap = -1
    at, quiet, listed = start, 0, False
    while at < len(lines) and quiet < _LONGEST_GAP:
        line = lines[at]
        step = _is_numbered(line) and not cued
        if at in signs or step or line.shape in _APART or _is_prose(lines, at, valued):
            break
        listed = listed or line.shape is ITEM
        if line.shape is ITEM and at not in valued and (not sure or words(line.content) > _LABEL_WORDS):
            break
        if last < 0 and not cued and (quiet > _LATEST or rows.is_wide(line.content)):
            break
        if (last >= 0 or not sure) and _announces(line, convention):
            break
        if at in valued:
            last, quiet = at, 0
        elif line.shape is BLANK:
            first_gap = at if first_gap < 0 else first_gap
        elif last == at - 1 and is_postal(line):
            last = at
        else:
            quiet += 1
        at += 1
    if last < 0 and sure and not listed and (first_gap > start or at == len(lines)) and quiet < _LONGEST_GAP:
        last = first_gap - 1 if first_gap > start else at - 1
    return [index for index in range(start, last + 1) if lines[index].shape is not BLANK]


def _is_numbered(line: Line) -> bool:
    """Whether a line is a step, or a place among others, which keeps its number."""
    return line.shape is ITEM and any(map(str.isdecimal, line.marker))


def _is_prose(lines: Sequence[Line], at: int, valued: Collection[int]) -> bool:
    text = lines[at].content
    count = words(text)
    if holds_sentence(text):
        return True
    # An address below an address begins small and goes on with nothing.
    above_address = at + 1 in valued and (at in valued or is_postal(lines[at]))
    if count > 6 and _runs_on(lines, at) and not above_address:
        return True
    return at not in valued and (count > _MOST_WORDS or (count > 6 and ends_sentence(text)))


def holds_sentence(text: str) -> bool:
    """Whether a sentence of some words ends within a text, and another one begins."""
    sentence = _SENTENCES.match(text)
    return sentence is not None and text[sentence.end()].isupper()


def _runs_on(lines: Sequence[Line], at: int) -> bool:
    following = lines[at + 1] if at + 1 < len(lines) else None
    return (
        following is not None
        and following.shape is WORDS
        and goes_on(following.content)
        and not ends_sentence(lines[at].content)
    )


def is_postal(line: Line) -> bool:
    """Whether a line may be that of an address: some words and a number."""
    text = line.content
    if networks.names_file(text) or is_stamp(text):
        return False
    if words(text) < _LEAST_POSTAL or rights.is_notice(text) or networks.shares(text):
        return False
    return _ADDRESS_DIGITS.search(text) is not None


def _says_value(line: Line) -> bool:
    """Whether a line is one address or number and nothing else."""
    return " " not in line.content


def _stands_alone(line: Line, convention: Convention) -> bool:
    """Whether a line is a label and its value ("E-mail: a@b.org"), or says by itself whom to ask."""
    if line.shape is WORDS and _names(line, convention):
        return True
    runs = values(line.content, convention.phone_labels)
    if {"phone", "email"} <= {run.name for run in runs if run.role is VALUE}:
        return not ends_sentence(line.content)
    return line.shape is WORDS and _LABEL_AND_VALUE.fullmatch(_shape(runs)) is not None
