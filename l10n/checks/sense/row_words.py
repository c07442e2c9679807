"""The words of what may be an item of a row, and what they tell of it; `rows.toml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from l10n.checks.reading.data_files import table

_ELISION = re.compile(r"['’](?=\w)")
_LEAST_PARTICIPLE = 5  # letters: a shorter word that ends like a participle is another


def words(chunk: str) -> list[str]:
    """The words of a chunk in small letters, an elided article by itself: l' eau."""
    return _ELISION.sub("' ", chunk).lower().split()


@cache
def listed(language: str, kind: str) -> frozenset[str]:
    """The words that a language has of a kind: `articles`, `before`, `times` or `clause`."""
    return frozenset(table("rows")[language].get(kind, "").split())


def said(words: Sequence[str], language: str) -> list[str]:
    """Words but articles and prepositions."""
    front = listed(language, "articles") | listed(language, "before")
    return [word for word in words if word not in front]


def begins_clause(words: Sequence[str], language: str) -> bool:
    """Whether words begin with one that begins a clause, or with a participle: containing all names."""
    if words[0] in listed(language, "clause") and words[0] not in listed(language, "articles"):
        return True
    ending = table("rows")[language].get("participle")
    return bool(ending) and len(words) > 1 and words[0].endswith(ending) and len(words[0]) > _LEAST_PARTICIPLE


def is_name(chunk: str) -> bool:
    """Whether every word has a capital, as those of a person's name."""
    words = chunk.split()
    return len(words) > 1 and all(word[0].isupper() for word in words)


def tells_time(words: Sequence[str], language: str) -> bool:
    """Whether one of some words tells a time or a place by itself."""
    return not listed(language, "times").isdisjoint(words)
