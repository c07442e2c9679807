"""What is said by and large is as large in the target: dozens, tens of thousands, hundreds of millions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from l10n.checks.mismatches import exchanged
from l10n.checks.pair import Pair
from l10n.checks.reading.data_files import table
from l10n.checks.reading.listed import may_say
from l10n.checks.reading.numerals import load
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import lowered
from l10n.model import Finding
from l10n.patterns import UNSPACED, any_of

_SIGNS = frozenset("数几數幾上")  # one of which every Chinese word has
_BEFORE = re.compile(r"(?:([^\W\d_]+)|\d[.,\d]*)[\s\u00a0\u202f-]+\Z")
_REACH = 24  # characters in which the word before stands


class Magnitude(NamedTuple):
    """So many by and large: the powers of ten that it may mean, and its place."""

    values: frozenset[int]
    start: int
    end: int
    sure: bool = True


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """An error for a magnitude that the target lacks, where it has one that the source lacks."""
    in_source = read(pair.source_plain.text, pair.source_convention.language)
    if not in_source or not pair.is_between(table("magnitudes")):
        return
    in_target = read(pair.target_plain.text, pair.target_convention.language)
    yield from exchanged(check, pair, in_source, in_target)


def without(text: str, language: str) -> str:
    """The same text, as long as it was, with spaces in the place of its magnitudes."""
    for said in read(text, language):
        text = text[: said.start] + " " * (said.end - said.start) + text[said.end :]
    return text


@per_text
def read(text: str, language: str) -> tuple[Magnitude, ...]:
    """The magnitudes that a text says, in order."""
    if language not in table("magnitudes") or not may_say(text, language, _fronts(language)):
        return ()
    small = lowered(text)
    found: dict[tuple[int, int], set[int]] = {}
    if language in UNSPACED:
        for power, pattern in _by_power(language):
            for match in pattern.finditer(small):
                found.setdefault(match.span(), set()).add(power)
    else:
        for match in _pattern(language).finditer(small):
            if not _is_counted(small, match.start(), language):
                found[match.span()] = {_power(match, language)}
    return tuple(Magnitude(frozenset(powers), *place) for place, powers in sorted(found.items()))


def _power(match: re.Match[str], language: str) -> int:
    row = table("magnitudes")[language]
    if match["counted"]:
        return _powers(row["counted"])[match["counted"]] + load(language).scales.get(match["more"] or "", 0)
    return _powers(row["words"])[_one_space(match["word"])] + _powers(row["scaled"]).get(
        _one_space(match["scaled"] or ""), 0
    )


def _one_space(text: str) -> str:
    return " ".join(text.split())


def _is_counted(small: str, start: int, language: str) -> bool:
    """Whether a number stands before a word: 3 millions, zwei Millionen."""
    before = _BEFORE.search(small, max(0, start - _REACH), start)
    if before is None:
        return False
    word, numerals = before[1], load(language)
    if not word:
        return True
    tables = (numerals.words, numerals.scales, numerals.halves, numerals.and_half)
    return word not in numerals.joins and any(word in names for names in tables)


@cache
def _fronts(language: str) -> frozenset[str]:
    """What the words for a magnitude begin with."""
    if language in UNSPACED:
        return _SIGNS
    row = table("magnitudes")[language]
    words = {word.partition("_")[0] for listed in row["words"].values() for word in listed.split()}
    return frozenset(words | _powers(row.get("counted", {})).keys())


def _powers(row: dict[str, str]) -> dict[str, int]:
    return {
        word.replace("_", " "): int(power)
        for power, listed in row.items()
        if power.isdecimal()
        for word in listed.split()
    }


@cache
def _pattern(language: str) -> re.Pattern[str]:
    row = table("magnitudes")[language]
    of = rf"\s+{row['of']}\s+" if row["of"] else r"\s+"
    several = row.get("counted", {})
    counted = _either(_powers(several))
    front = any_of(several.get("front", "").split())
    scaled, scales = _either(_powers(row["scaled"])), _either(load(language).scales)
    return re.compile(
        rf"(?<!\w)(?:{front}\s(?P<counted>{counted})(?:\s(?P<more>{scales}))?"
        rf"|(?P<word>{_either(_powers(row['words']))})(?:{of}(?P<scaled>{scaled}))?)(?!\w)"
    )


def _either(words: dict[str, int]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return any_of([word.replace(" ", "_") for word in longest_first], space=r"\s+")


@cache
def _by_power(language: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    row = table("magnitudes")[language]["words"]
    return tuple((int(power), re.compile(any_of(listed.split()))) for power, listed in row.items())
