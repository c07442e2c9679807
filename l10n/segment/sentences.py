"""Where a sentence ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from l10n import conventions
from l10n.conventions import Convention
from l10n.segment.enclosures import Enclosures, brackets, quotations
from l10n.segment.words import (
    Before,
    is_label,
    is_number,
    is_small,
    is_starter,
    is_whole,
    kind_before,
    next_word,
)

# Unicode Sentence_Terminal, in two: marks that need white space after them, and marks that do not.
_SOFT = ".!?…؟۔։‼⁇⁈⁉"
_HARD = "。！？．｡।॥።፧፨။᠃᠉។៕܀܁܂߹"
_EMOJI = r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]"
_SPACE = r"[ \u00a0\u202f]"
_LINE = r"(?>\r\n|[\r\n])"
_BLANK = re.compile(rf"{_LINE}[^\S\r\n]*+{_LINE}")
_WORD = re.compile(r"[^\W_]")
_SOLID = re.compile(r"\S")
_GOES_ON = re.compile(r"[-–—]*\s?(?:[,;:)،؛]|\.(?!\w))")
_SPACED_DASH = re.compile(r"[-–—―]\s")
_DATELINE = 40


@lru_cache(maxsize=16)
def _candidates(more: str) -> re.Pattern[str]:
    """Terminators with what closes behind them and the white space that follows; blank lines.

    Every quantifier is possessive and every match begins at a mark, so time is linear.
    ``quote`` is a straight quotation mark which may close or open.
    """
    soft = re.escape(_SOFT + more)
    east = rf"(?:[{_HARD}][{_HARD}{soft}]*+[”’」』）】》〉〕）\])»]*+)++"
    west = rf"[{soft}]++(?:{_SPACE}[{soft}]++(?!\w))*+"
    closers = r"[\"'’”“»«›‹`´)\]}」』]*+"
    guillemet = rf"(?:{_SPACE}[»›](?![^\s,;:.!?…)]))?+"
    references = r"(?:\s?(?:\[[\w,–-]{1,12}\]|[\[(](?:\.\.\.|…)[\])]))*+"
    return re.compile(
        rf"(?:(?P<east>{east})|(?P<west>{west})(?P<shut>{closers}{guillemet}{references}(?:{_EMOJI}++)?+))"
        rf"(?P<quote>\s?\"(?=\s))?+(?P<space>\s*+)"
        rf"|(?P<blank>{_LINE}[^\S\r\n]*+{_LINE}\s*+)"
    )


@dataclass(frozen=True, slots=True)
class _Stop:
    """A terminator in its text.

    ``at`` is where it begins, ``end`` where the next sentence would; ``mark`` the terminator
    itself, ``shut`` what closes behind it.  ``word`` is where the sentence's first word begins.
    """

    text: str
    at: int
    end: int
    word: int
    mark: str
    shut: str


def split(text: str, locale: str) -> list[str]:
    """Text cut into sentences; joined, they give the text back.

    White space after a sentence stays with it.  A line break is plain white space, a blank line
    always ends a sentence.  Raises ConfigError when the locale is not well formed.
    """
    pieces: list[str] = []
    start = 0
    for end in _ends(text, conventions.load(locale)):
        pieces.append(text[start:end])
        start = end
    if start < len(text):
        pieces.append(text[start:])
    return pieces


def _ends(text: str, convention: Convention) -> Iterator[int]:
    quoted, bracketed = quotations(text), brackets(text)
    start, word = 0, -1
    for found in _candidates(convention.segmentation.marks).finditer(text):
        end = _end(found, quoted)
        if end == len(text):
            return
        if word < start:
            word = first.start() if (first := _WORD.search(text, start)) else len(text)
        if _BLANK.search(found[0]):
            ends = bool(_SOLID.search(text, start, end))
        elif word >= end or convention.segmentation.whole:
            ends = False
        elif found["east"]:
            ends = _east_ends(text, found.start(), end, bracketed)
        else:
            stop = _Stop(text, found.start(), end, word, found["west"], found["shut"])
            ends = _west_ends(stop, quoted, convention)
        if ends:
            yield end
            start = end


def _end(found: re.Match[str], quoted: Enclosures) -> int:
    """Where the next sentence would begin: before a straight quotation mark that opens."""
    if not found["quote"] or quoted.closes(found.end("quote") - 1):
        return found.end()
    return found.end("quote") - 1


def _east_ends(text: str, at: int, end: int, bracketed: Enclosures) -> bool:
    """Whether a mark that needs no white space ends: not inside brackets, nor before a particle."""
    if bracketed.holds(at):
        closed = end - 1
        return text[closed] in "」』" and bracketed.closes(closed) and not "\u3041" <= text[end] <= "\u309f"
    if text[at] == "．" and text[at - 1 : at].isdecimal() and text[end].isdecimal():
        return False
    return _GOES_ON.match(text, end) is None


def _west_ends(stop: _Stop, quoted: Enclosures, convention: Convention) -> bool:
    """Whether a mark that needs white space after it ends."""
    text, end, mark = stop.text, stop.end, stop.mark
    if not text[end - 1].isspace():
        return mark[-1] in "!?" and _is_ideograph(text[end])
    if _GOES_ON.match(text, end) or _is_dateline(stop):
        return False
    after, _ = next_word(text, end)
    if mark == ".":
        return _full_stop_ends(stop, convention)
    if set(mark) <= {".", "…", " "}:
        return after[:1].isupper() or not after
    if is_small(after):
        return mark == "?" and not stop.shut and text[end].isalpha() and not quoted.holds(stop.at)
    return True


def _full_stop_ends(stop: _Stop, convention: Convention) -> bool:
    text, at = stop.text, stop.at
    if is_label(text, stop.word, at):
        return False
    after, end = next_word(text, stop.end)
    kind = kind_before(text, at, convention)
    if is_small(after):
        return kind is Before.PLAIN and not stop.shut and is_whole(text, at, convention)
    if kind is Before.NUMBERED:
        return not is_number(after)
    if kind is Before.TRAILING:
        return after[:1].isalpha() and not _brackets_shut(stop)
    if kind is Before.INNER:
        initial = len(after) == 1 and text[end : end + 1] == "."
        return is_starter(after, convention) and not initial and not _brackets_shut(stop)
    return kind is Before.PLAIN


def _brackets_shut(stop: _Stop) -> bool:
    return ")" in stop.shut or "]" in stop.shut


def _is_dateline(stop: _Stop) -> bool:
    """Whether a place or date leads in: "Geneva, 3 May. – The …"."""
    if stop.mark != "." or stop.at - stop.word > _DATELINE or not _SPACED_DASH.match(stop.text, stop.end):
        return False
    return any(map(str.isdecimal, stop.text[stop.word : stop.at]))


def _is_ideograph(char: str) -> bool:
    return "\u3041" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af"
