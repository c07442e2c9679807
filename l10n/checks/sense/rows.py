"""Rows of items: coffee, cocoa, cotton and timber.

What is compared is the fewest items that a row of the source has for certain with the most that any row of
the target may have: which words are the first item is often open ("downstream, fields and gardens"), and so
is where a looser row ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from l10n.checks.reading.data_files import table
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.scripts import EVERY_NOUN
from l10n.checks.sense import joined_rows, loose_rows, row_words
from l10n.patterns import WORD_MARKS, any_of

_FEWEST = 3
_LONGEST = 2  # words of an item that is certainly one, besides articles and prepositions
_QUOTES = "'’"
_CLOSING = '»”)]}"'
_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_NEAR = 3  # words before a comma among which an article is that of an item
_LONG_OPENING = 4  # words that a sentence has before its first comma when it has said something
_NOT_PLAIN = re.compile(rf"[^\w\s'’‑{WORD_MARKS}-]|\d|_")
_BOUND = re.compile(r":(?=\s)|[;(\[{«»“”„\"。–—?!…)\]}]|\.(?=\s)")
_LAST = re.compile(r"[^\s,;:.]+(?:[ \u00a0][^\s,;:.]+)?")
_TO_DO = re.compile(r"\bzu \w+n\b|\w{2}zu\w+en\b")


class Row(NamedTuple):
    """How many items a row has, and the place of the row."""

    items: int
    start: int
    end: int


class _Link(NamedTuple):
    """What stands between two items: its place, whether it has a comma, and whether a word that joins."""

    start: int
    end: int
    comma: bool
    joins: bool


def known(language: str) -> bool:
    """Whether anything is known of how a language enumerates."""
    return language in table("rows")


@per_text
def surest(text: str, language: str) -> Row | None:
    """The longest row that a text has for certain, with the fewest items that it may have."""
    if language in joined_rows.LANGUAGES:
        found = [Row(*row) for row in joined_rows.rows(text, language)]
    else:
        found = [row for level in _levels(text) for row in _rows(level, language)]
    return max((row for row in found if row.items >= _FEWEST), default=None)


@per_text
def most(text: str, language: str) -> Row:
    """What may be a row of a text and has the most items: nothing in it need be one."""
    longest = joined_rows.longest if language in joined_rows.LANGUAGES else loose_rows.longest
    return max((Row(*longest(level, language)) for level in _levels(text)), key=lambda row: row.items)


def _levels(text: str) -> Iterator[str]:
    """A text without what it says in brackets, blank in its place, and what it says there."""
    if "(" in text or "（" in text:
        for match in _BRACKETS.finditer(text):
            yield " " * (match.start() + 1) + match.group(1)
        text = _BRACKETS.sub(lambda match: " " * len(match.group()), text)
    yield text


def _rows(text: str, language: str) -> list[Row]:
    links = [
        _Link(*match.span(), match["and"] is None or match["comma"] is not None, match["and"] is not None)
        for match in _links(language).finditer(text)
    ]
    oxford = bool(table("rows")[language].get("oxford"))
    return [
        _row(text, links, index, language)
        for index, link in enumerate(links)
        if index and link.joins and (oxford or not link.comma)
    ]


def _row(text: str, links: Sequence[_Link], last: int, language: str) -> Row:
    """The row whose last item stands behind a link, as far as it goes for certain."""
    match = _LAST.match(text, links[last].end)
    end = match.end() if match else links[last].end
    none = Row(1, links[last].start, end)
    final = text[links[last].end : end]
    first = last
    while first and links[first - 1].comma and not links[first - 1].joins:
        chunk = text[links[first - 1].end : links[first].start]
        if not _is_item(chunk, language) or (row_words.is_name(chunk) and not row_words.is_name(final)):
            break
        first -= 1
    start = links[first - 1].end if first else 0
    if first and row_words.is_name(text[start : links[first].start]) and first < last:
        start, first = links[first].end, first + 1  # a name in between: Anna Bar, bought bread, milk and salt
    if (
        first == last
        or not final
        or final[0] in _QUOTES
        or row_words.begins_clause(row_words.words(final), language)
    ):
        return none
    items = [text[link.end : links[first + at + 1].start] for at, link in enumerate(links[first:last])]
    if not _alike([*items, final], language):
        return none
    start, sure = _first_item(text, start, links[first].start, items, language)
    return Row(1 + len(items) + sure, start, end)


def _first_item(text: str, start: int, end: int, items: Sequence[str], language: str) -> tuple[int, bool]:
    """Where what stands before the first comma of a row begins, and whether it certainly ends in an item."""
    after_comma = start > 0
    bounds = list(_BOUND.finditer(text, start, end))
    closed = bool(bounds) and bounds[-1].group() in _CLOSING
    if bounds:
        start, after_comma = bounds[-1].end(), False
        if bounds[-1].group() in ":([":
            return start, 0 < len(text[start:end].split()) <= _LONGEST
    words = row_words.words(text[start:end])
    if not words or words[-1] in row_words.listed(language, "clause") or words[-1][-1].isdigit():
        return end, False
    told = words[-1:] if len(words) > _NEAR else words
    opens = not closed and words[0] in row_words.listed(language, "before")
    if opens or row_words.tells_time(told, language):
        return start, False
    unsure = _may_be_bidden(text, end, language, after_comma=after_comma)
    return start, _is_first(words, items, language, after_comma=after_comma, unsure=unsure)


def _is_first(
    words: Sequence[str], items: Sequence[str], language: str, *, after_comma: bool, unsure: bool
) -> bool:
    """Whether the words before the first comma end in an item such as those behind it."""
    articles = row_words.listed(language, "articles")
    if _kind(items[0], language) == "article":
        relative = after_comma and words[0] in articles & row_words.listed(language, "clause")
        return not relative and not articles.isdisjoint(words[-_NEAR:])
    bare = len(words) == 1 or words[-2] not in articles
    if unsure or not bare:
        return False  # “a complete, correct and short account” has three words for one noun
    if after_comma or len(words) < _LONG_OPENING:
        short = len(row_words.words(items[0])) == 1
        return short and (after_comma or len(words) > 1 or _all_short(items))
    return True


def _may_be_bidden(text: str, end: int, language: str, *, after_comma: bool) -> bool:
    """Whether the comma may part what is to be done, as it does in German: bat sie, Decken zu bringen."""
    return language in EVERY_NOUN and (after_comma or _TO_DO.search(text, end) is not None)


def _all_short(items: Sequence[str]) -> bool:
    return all(len(item.split()) == 1 for item in items[:-1])


def _alike(items: Sequence[str], language: str) -> bool:
    """Whether the items behind the first are certainly of one kind: nouns, or all with one preposition."""
    kinds = {_kind(item, language) for item in items}
    return "before" not in kinds or len({item.split()[0][:1].lower() for item in items}) == 1


def _kind(item: str, language: str) -> str:
    """What goes before the noun of an item: an article, a preposition or nothing."""
    words = row_words.words(item)
    for kind in ("articles", "before"):
        if words and words[0] in row_words.listed(language, kind):
            return kind.removesuffix("s")
    return ""


def _is_item(chunk: str, language: str) -> bool:
    """Whether what stands between two links is certainly an item: a few words that begin no clause."""
    words = row_words.words(chunk)
    quoted = chunk.strip()[:1] in _QUOTES or chunk.rstrip()[-1:] in _QUOTES
    if not words or quoted or _NOT_PLAIN.search(chunk) or row_words.begins_clause(words, language):
        return False
    if language in EVERY_NOUN and chunk == chunk.lower():
        return False
    return 0 < len(row_words.said(words, language)) <= _LONGEST


@cache
def _links(language: str) -> re.Pattern[str]:
    either = any_of(table("rows")[language]["and"].split())
    return re.compile(rf"(?P<comma>,)?\s(?P<and>{either})\s|,(?=\s)", re.IGNORECASE)
