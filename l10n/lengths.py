"""How long a target is beside its source: what is shipped for two languages, and what a project teaches."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

# Characters that say what a hundred say in English; measured on the translations of public manuals.
_LENGTHS = {
    "en": 100, "fr": 112, "es": 113, "pt": 109, "it": 111, "de": 117, "nl": 118, "sv": 105, "da": 104,
    "fi": 105, "ru": 103, "uk": 107, "pl": 107, "cs": 98, "hu": 108, "ro": 113, "el": 117, "tr": 105,
    "ar": 86, "fa": 95, "he": 80, "hi": 100, "zh": 33, "ja": 48, "ko": 52, "th": 95, "vi": 105, "id": 108,
}  # fmt: skip
_SPREADS = {"zh": 0.25, "ja": 0.22, "ko": 0.22, "ru": 0.18, "cs": 0.22, "ar": 0.2, "th": 0.25}
_SPREAD = 0.15
_LOOSER = 0.6
SHORTEST = 40  # characters, as English: below that lengths say nothing
FEWEST = 60  # approved pairs that teach something
_NARROWEST, _WIDEST = 0.06, 0.4
_DEVIATIONS = 2.0  # that one pair in twenty exceeds
# What every language writes alike: addresses and numbers.
_ADDRESS = re.compile(r"[!-~]{1,40}@[!-~]{1,60}|https?://[!-~]+")
_NAME = re.compile(r"[A-Za-z][!-~]+")
_NUMBER = re.compile(r"\d[\d .,]*")


@dataclass(frozen=True, slots=True)
class Band:
    """What is usual between two languages.

    ``ratio`` is how many characters of the target stand for one of the source; ``spread`` the standard
    deviation of its logarithm in long texts. ``scale`` is how many characters of the source say what one
    does in English.
    """

    ratio: float
    spread: float
    scale: float = 1.0


@lru_cache(maxsize=256)
def shipped(source_language: str, target_language: str) -> Band | None:
    """The band of two languages that comes with the program; None where nobody knows."""
    one, other = _LENGTHS.get(source_language), _LENGTHS.get(target_language)
    if one is None or other is None:
        return None
    spread = max(_SPREADS.get(language, _SPREAD) for language in (source_language, target_language))
    return Band(other / one, spread, one / 100)


def learned(pairs: Iterable[tuple[str, str]], source_language: str) -> Band | None:
    """The band that approved pairs show, by the middle of them and the twentieth that is furthest from it.

    None where there are too few that are long enough.
    """
    scale = _LENGTHS.get(source_language, 100) / 100
    rows = [
        (math.log(found / wanted), wanted / scale)
        for wanted, found in (_lengths(source, target) for source, target in pairs)
        if found and wanted >= SHORTEST * scale
    ]
    if len(rows) < FEWEST:
        return None
    from statistics import median  # noqa: PLC0415  slow, rarely needed

    middle = median(ratio for ratio, _ in rows)
    needed = sorted(abs(ratio - middle) / _DEVIATIONS - _LOOSER / math.sqrt(length) for ratio, length in rows)
    spread = needed[len(needed) * 19 // 20]
    return Band(math.exp(middle), min(max(spread, _NARROWEST), _WIDEST), scale)


def deviation(band: Band, source: str, target: str) -> float | None:
    """By how many standard deviations a target is longer than is usual; None where lengths say nothing."""
    wanted, found = _lengths(source, target)
    wanted, found = wanted / band.scale, found / (band.scale * band.ratio)
    longer = max(wanted, found)
    if longer < SHORTEST or not wanted or not found:
        return None
    return math.log(found / wanted) / (band.spread + _LOOSER / math.sqrt(longer))


def _is_dense(text: str) -> bool:
    """Whether a text has ideographs, kana or Hangul in it."""
    return max(text, default="") >= "\u2e80" and any(
        "\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" for char in text
    )


def _lengths(source: str, target: str) -> tuple[float, float]:
    """The lengths of two texts.

    Where one is in a script that says a word in a character or two, without the names in Latin letters
    that both have: they are as long in either.
    """
    dense = [_is_dense(text) for text in (source, target)]
    copied = 0
    if dense[0] != dense[1]:
        one, other = (source, target) if dense[0] else (target, source)
        copied = sum(len(name) for name in _NAME.findall(one) if name in other)
    return max(letters(source) - copied, 0), max(letters(target) - copied, 0)


@lru_cache(maxsize=512)
def letters(text: str) -> int:
    """The length of a text without its addresses and numbers."""
    if "@" in text or "://" in text:
        text = _ADDRESS.sub("", text)
    return len(_NUMBER.sub("", text))
