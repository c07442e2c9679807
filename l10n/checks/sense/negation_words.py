"""The words by which a language denies, and those that say something of the kind; `negation.toml`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from l10n.checks.reading.data_files import table
from l10n.checks.reading.words import heads
from l10n.patterns import UNSPACED, WORD_MARKS, lazy_pattern

_DEVANAGARI = frozenset(map(chr, range(0x900, 0x980)))
_FIRST_GROUP = re.compile(r"\((\w[\w|]*)\)")  # the words that an expression around them is about


class Words(NamedTuple):
    """The words of one language.

    ``apart`` are words in the way of "but" and "too", which account for a negation that is new and
    have no counterpart of the kind where one is lost.  ``aside`` finds what only looks like a negation,
    ``around`` one that is more than a word, ``phrases`` expressions that say enough of the kind.  ``firm``
    are verbs such as "deny", asked for where a text has no strong word.  ``lacking`` are words for
    "without"; ``half`` ones deny only beside one of the ``whole``, as ни does beside не.
    """

    language: str
    strong: frozenset[str]
    weak: frozenset[str]
    stems: tuple[str, ...]
    apart: frozenset[str] = frozenset()
    inside: bool = False
    aside: Callable[[], re.Pattern[str]] | None = None
    around: Callable[[], re.Pattern[str]] | None = None
    around_words: frozenset[str] = frozenset()
    phrases: Callable[[], re.Pattern[str]] | None = None
    firm: frozenset[str] = frozenset()
    firm_words: Callable[[], re.Pattern[str]] | None = None
    firm_heads: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()
    half: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    whole_stems: tuple[str, ...] = ()


@cache
def load(language: str) -> Words | None:
    """The words of a language; None where nobody has listed them."""
    row = table("negation").get(language)
    if row is None:
        return None
    firm = row.get("firm", "").split()
    weak = [*row["weak"].split(), *firm]
    apart = frozenset(row.get("apart", "").split())
    return Words(
        language,
        frozenset(row["strong"].split()),
        frozenset(word for word in weak if "*" not in word) | apart,
        tuple(word.rstrip("*") for word in weak if word.endswith("*")),
        apart,
        language in UNSPACED,
        _either(row.get("aside", "")),
        _either(row.get("around", "")),
        frozenset(word for group in _FIRST_GROUP.findall(row.get("around", "")) for word in group.split("|")),
        _either(row.get("phrases", "")),
        frozenset(word for word in firm if word[-1] != "*"),
        _firm_words(firm),
        frozenset(head for word in firm for head in heads(word.replace("*", ""))),
        frozenset(row.get("lacking", "").split()),
        frozenset(row.get("half", "").split()),
        frozenset(word for word in row.get("whole", "").split() if word[-1] != "*"),
        tuple(word[:-1] for word in row.get("whole", "").split() if word[-1] == "*"),
    )


def _firm_words(firm: list[str]) -> Callable[[], re.Pattern[str]] | None:
    """Any of the firm words as a whole."""
    alternatives = "|".join(word.replace("*", r"\w*") for word in firm)
    return lazy_pattern(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE) if firm else None


def _either(listed: str) -> Callable[[], re.Pattern[str]] | None:
    """Any of the expressions of a list, as whole words, in which _ is a space."""
    alternatives = "|".join(listed.split()).replace("_", " ")
    if not alternatives:
        return None
    if alternatives[0] >= "\u2e80":
        return lazy_pattern(alternatives)
    edged = rf"\b(?:{alternatives})\b"
    if alternatives[0] in _DEVANAGARI:  # a word may end in a vowel sign, where `re` sees no edge
        edged = rf"(?<![\w{WORD_MARKS}])(?:{alternatives})(?![\w{WORD_MARKS}])"
    return lazy_pattern(edged, re.IGNORECASE)
