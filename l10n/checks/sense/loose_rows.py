"""The longest row of items that a text may have, of languages that write their words apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from l10n.checks.reading.data_files import table
from l10n.checks.sense import row_words
from l10n.patterns import any_of

_FEWEST = 3
_PAIR = 2
_NEAR = 3  # words that go on with a sentence behind a name
_CLAUSE = 2  # words, besides articles and prepositions: more of them before ", and" are a clause
_LOOSE = 4  # words of what may be an item, without articles and prepositions
_LONG_OPENING = 4
_TWO_WORDS = re.compile(r"(?:[^\s]+\s)?[^\s]+\Z")
_WORD = re.compile(r"[^\W_]+['’]?")


def longest(text: str, language: str) -> tuple[int, int, int]:
    """What may be a row of a text and has the most items: how many, and its place."""
    links = list(_loose(language).finditer(text))
    chunks = [text[link.end() : end] for link, end in zip(links, _ends(links, text), strict=bool(links))]
    oxford = bool(table("rows")[language].get("oxford"))
    best, start, count, joined = (1, 0, 0), 0, 1, None
    for index, (link, item) in enumerate(zip(links, chunks, strict=bool(links))):
        plain = link["and"] is not None and not link["comma"]
        previous = text[links[index - 1].end() if index else 0 : link.start()]
        if (
            link["and"]
            and link["comma"]
            and not oxford
            and len(row_words.said(row_words.words(previous), language)) > _CLAUSE
        ):
            start, count, joined = link.end(), 1, None  # a clause of its own
            continue
        if joined is not None and plain and _begins_clause(item, language):
            start, count, joined = link.end(), 1, None  # what comes behind the last item
            continue
        if joined is not None and not link["also"] and (not plain or joined["comma"]):
            start, count, joined = links[index - 1].end(), 1, None  # the row has had its last item
        joined = link if link["and"] else joined
        count += 1
        best = max(best, (count, start, link.end()), key=lambda row: row[0])
        following = chunks[index + 1] if index + 1 < len(links) else ""
        if following and count == _PAIR and _is_apposition(item, following):
            start, count, joined = links[index + 1].end(), 0, None
        elif not _may_be_item(item, following, count, language) or (
            count == _PAIR and start == 0 and _is_setting(text[start : link.start()], item, language)
        ):
            start, count, joined = link.end(), 1, None
    return (best[0], _last_words(text, best[1], language), _past_item(text, best[2], language))


def _begins_clause(chunk: str, language: str) -> bool:
    words = row_words.words(chunk)
    return bool(words) and row_words.begins_clause(words, language)


def _last_words(text: str, start: int, language: str) -> int:
    """Where the last two words before the first link of a row begin."""
    link = _loose(language).search(text, start)
    match = _TWO_WORDS.search(text, start, link.start()) if link else None
    return match.start() if match else start


def _past_item(text: str, end: int, language: str) -> int:
    """Where the first word of an item ends, with what goes before it."""
    front = row_words.listed(language, "articles") | row_words.listed(language, "before")
    for match in _WORD.finditer(text, end):
        end = match.end()
        if match.group().lower() not in front:
            break
    return end


def _ends(links: Sequence[re.Match[str]], text: str) -> list[int]:
    return [*(match.start() for match in links[1:]), len(text)] if links else []


def _may_be_item(chunk: str, following: str, count: int, language: str) -> bool:
    """Whether what stands between two links may be an item of a row that goes on with what follows."""
    words = row_words.words(chunk)
    if not words or not following:
        return True
    if row_words.begins_clause(words, language):
        return False
    if count > _PAIR:
        return count > _FEWEST or len(row_words.said(words, language)) <= _LOOSE
    before = row_words.listed(language, "before")
    after = [
        word for word in row_words.words(following) if word not in row_words.listed(language, "articles")
    ]
    if len(words) >= _LONG_OPENING and words[0] in before and after and after[0] not in before:
        return False
    return len(row_words.said(words, language)) <= _LOOSE


def _is_apposition(chunk: str, following: str) -> bool:
    """Whether a person's name stands by itself, and the sentence goes on: Anna Bar, bought bread and milk."""
    return (
        row_words.is_name(chunk)
        and len(row_words.words(following)) >= _NEAR
        and following.lstrip()[0].islower()
    )


def _is_setting(opening: str, chunk: str, language: str) -> bool:
    """Whether a text opens with a time or a place, behind which it goes on with something else."""
    words, after, before = (
        row_words.words(opening),
        row_words.words(chunk),
        row_words.listed(language, "before"),
    )
    if not words or not after or after[0] in before:
        return False
    if len(words) <= _PAIR and row_words.tells_time(words, language):
        return True
    return words[0] in before and len(after) >= _LONG_OPENING


@cache
def _loose(language: str) -> re.Pattern[str]:
    row = table("rows")[language]
    either, also = any_of(row["and"].split()), any_of(row.get("also", "").split())
    return re.compile(
        rf"(?P<comma>,)?\s(?:(?P<and>{either})|(?P<also>{also}))\s|,(?=\s)|[،、，/&–—|]", re.IGNORECASE
    )
