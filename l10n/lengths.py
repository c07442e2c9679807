"""Usual ratios of target to source length, the defaults of a language pair or learned from approved pairs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from l10n.patterns import lazy_pattern

# Characters for a hundred in English with the same meaning; measured on translations of public manuals.
_LENGTHS = {
    "en": 100, "fr": 112, "es": 113, "pt": 109, "it": 111, "de": 117, "nl": 118, "sv": 105, "da": 104,
    "fi": 105, "ru": 103, "uk": 107, "pl": 107, "cs": 98, "hu": 108, "ro": 113, "el": 117, "tr": 105,
    "ar": 86, "fa": 95, "he": 80, "hi": 100, "zh": 33, "ja": 48, "ko": 52, "th": 95, "vi": 105, "id": 108,
}  # fmt: skip
_SPREADS = {"zh": 0.25, "ja": 0.22, "ko": 0.22, "ru": 0.18, "cs": 0.22, "ar": 0.2, "th": 0.25}
_SPREAD = 0.15
_LOOSER = 0.6
MIN_CHARACTERS = 40  # of a text, as English: shorter ones vary too much
MIN_PAIRS = 60  # approved pairs needed to learn a ratio
_NARROWEST, _WIDEST = 0.06, 0.4
_DEVIATIONS = 2.0  # exceeded by one pair in twenty
# Written alike in every language: addresses and numbers.
_ADDRESS = re.compile(r"[!-~]{1,40}@[!-~]{1,60}|https?://[!-~]+")
_DENSE = lazy_pattern("[\u2e80-\u9fff\uac00-\ud7af]")
_REMEMBERED = 1 << 11  # texts: a source stands beside its targets in many catalogues
_NAME = re.compile(r"[A-Za-z][!-~]+")
_NUMBER = re.compile(r"\d[\d .,]*")


@dataclass(frozen=True, slots=True)
class LengthRatio:
    """The usual ratio of target to source length between two languages.

    ``ratio`` is the number of target characters per source character, ``spread`` the standard
    deviation of its logarithm in long texts, ``scale`` the number of source characters per English one.
    """

    ratio: float
    spread: float
    scale: float = 1.0


@lru_cache(maxsize=256)
def default_ratio(source_language: str, target_language: str) -> LengthRatio | None:
    """The ratio of two languages that ships with the program; None for an unknown language."""
    source_length, target_length = _LENGTHS.get(source_language), _LENGTHS.get(target_language)
    if source_length is None or target_length is None:
        return None
    spread = max(_SPREADS.get(language, _SPREAD) for language in (source_language, target_language))
    return LengthRatio(target_length / source_length, spread, source_length / 100)


def ratio_of_pairs(pairs: Iterable[tuple[str, str]], source_language: str) -> LengthRatio | None:
    """The ratio learned from approved pairs: their median, with the 95th percentile as two deviations.

    None where too few of them are long enough.
    """
    scale = _LENGTHS.get(source_language, 100) / 100
    rows = [
        (math.log(target_length / source_length), source_length / scale)
        for source_length, target_length in (_lengths(source, target) for source, target in pairs)
        if target_length and source_length >= MIN_CHARACTERS * scale
    ]
    if len(rows) < MIN_PAIRS:
        return None
    from statistics import median  # noqa: PLC0415  slow, rarely needed

    middle = median(ratio for ratio, _ in rows)
    spreads = sorted(
        abs(ratio - middle) / _DEVIATIONS - _LOOSER / math.sqrt(length) for ratio, length in rows
    )
    spread = spreads[len(spreads) * 19 // 20]
    return LengthRatio(math.exp(middle), min(max(spread, _NARROWEST), _WIDEST), scale)


def deviation(usual: LengthRatio, source: str, target: str) -> float | None:
    """By how many standard deviations a target is longer than usual; None for texts too short to tell."""
    source_length, target_length = _lengths(source, target)
    source_length, target_length = source_length / usual.scale, target_length / (usual.scale * usual.ratio)
    longer = max(source_length, target_length)
    if longer < MIN_CHARACTERS or not source_length or not target_length:
        return None
    return math.log(target_length / source_length) / (usual.spread + _LOOSER / math.sqrt(longer))


@lru_cache(maxsize=_REMEMBERED)
def _is_dense(text: str) -> bool:
    """Whether a text contains ideographs, kana or Hangul."""
    return not text.isascii() and _DENSE().search(text) is not None


def _lengths(source: str, target: str) -> tuple[float, float]:
    """The lengths of two texts.

    Where one of the two scripts is dense, Latin names that stand in both are left out: they take as many
    characters in either.
    """
    dense = [_is_dense(text) for text in (source, target)]
    copied = 0
    if dense[0] != dense[1]:
        dense_text, other_text = (source, target) if dense[0] else (target, source)
        copied = sum(len(name) for name in _NAME.findall(dense_text) if name in other_text)
    return max(letters(source) - copied, 0), max(letters(target) - copied, 0)


@lru_cache(maxsize=_REMEMBERED)
def letters(text: str) -> int:
    """The length of a text without its addresses and numbers."""
    if "@" in text or "://" in text:
        text = _ADDRESS.sub("", text)
    return len(_NUMBER.sub("", text))
