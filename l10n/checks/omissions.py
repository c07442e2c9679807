"""Nothing of the source was left out: items of a list, sentences, half of a text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache

from l10n.checks.pair import Example, Pair
from l10n.model import Finding, Kind, Severity

ID = "omissions"
SEVERITY = Severity.WARNING
EXPLANATION = (
    "A target that is far shorter or longer than is usual between the two languages, has fewer sentences or "
    "lacks an item of an enumeration such as (a) (b) (c), probably leaves something out or says more than "
    "its source."
)
BAD = Example(
    "en",
    "The road was closed in May, when the river rose, and has been open again since the end of summer.",
    "fr",
    "La route a été fermée en mai.",
)
GOOD = Example(
    "en",
    "The road was closed in May, when the river rose, and has been open again since the end of summer.",
    "fr",
    "La route, fermée en mai lors de la crue, est rouverte depuis la fin de l’été.",
)

_SHORT = "the target is much shorter than is usual: something may be missing"
_LONG = "the target is much longer than is usual: it may say more than the source"
_ITEM = "item {item} is missing"
_SENTENCES = "the source has {source} sentences, the target {target}"
# Characters that say what a hundred say in English; measured on the translations of public manuals.
_LENGTHS = {
    "en": 100, "fr": 112, "es": 113, "pt": 109, "it": 111, "de": 117, "nl": 118, "sv": 105, "da": 104,
    "fi": 105, "ru": 103, "uk": 107, "pl": 107, "cs": 98, "hu": 108, "ro": 113, "el": 117, "tr": 105,
    "ar": 86, "fa": 95, "he": 80, "hi": 100, "zh": 33, "ja": 48, "ko": 52, "th": 95, "vi": 105, "id": 108,
}  # fmt: skip
_SHORTEST = 40  # characters, as English: below that lengths say nothing
# Standard deviation of the logarithm of the ratio at long texts, and how much more at short ones, over the
# square root of the length.
_SPREADS = {"zh": 0.25, "ja": 0.22, "ko": 0.22, "ru": 0.18, "cs": 0.22, "ar": 0.2, "th": 0.25}
_SPREAD = 0.15
_LOOSER = 0.6
_DEVIATIONS = 2.7
_ITEMS = re.compile(r"(?:(?<=[\s(（،,;；、:：和و])|(?<=^))([a-hа-зأبجدهوزح]|[1-9])[)）]")
# The letters that count in each alphabet; a Latin and a Cyrillic a are both the first.
_ORDER = {
    letter: place
    for row in ("abcdefgh", "абвгдежз", "أبجدهوزح", "12345678")
    for place, letter in enumerate(row)
}
# What every language writes alike: addresses and numbers.
_ADDRESS = re.compile(r"[!-~]{1,40}@[!-~]{1,60}|https?://[!-~]+")
_NUMBER = re.compile(r"\d[\d .,]*")
_END = re.compile(
    r"[.!?…]+[\"'”’»)\]]*\s+(?=[^\W\d_a-z]|[¿¡«“„\"(])|[。！？]+[”’」』）]*(?=.)|[.؟!]+\s+(?=[\u0600-\u06ff])"
)
_UNSPACED = frozenset({"th", "km", "lo", "my"})


def run(pair: Pair) -> Iterator[Finding]:
    """At most one finding for each of the three."""
    source, target = pair.source_plain.text, pair.target_plain.text
    yield from _items(source, target)
    if pair.kind in {Kind.CONTACT, Kind.METADATA}:
        return
    if found := _length(pair, source, target):
        yield found
    elif pair.target_convention.language not in _UNSPACED:
        before = _sentences(source)
        after = _sentences(target) if before > 1 else before
        if (before >= 2 * after and before > 2) or (
            before == 2 and after == 1 and _length_below(pair, source, target)
        ):
            values = (("source", str(before)), ("target", str(after)))
            yield Finding(ID, SEVERITY, _SENTENCES, values=values)


@lru_cache(maxsize=512)
def _sentences(text: str) -> int:
    return len(_END.findall(text.rstrip())) + 1


def _items(source: str, target: str) -> Iterator[Finding]:
    """Letters and numbers of an enumeration, when the target has some of them."""
    if ")" not in source and "）" not in source:
        return
    wanted = [found[1] for found in _ITEMS.finditer(source)]
    if len(wanted) < 2:
        return
    given = {_ORDER.get(found[1], 9) for found in _ITEMS.finditer(target)}
    if given:
        for item in wanted:
            if _ORDER.get(item, 9) not in given:
                yield Finding(ID, SEVERITY, _ITEM, values=(("item", item),))


def _length(pair: Pair, source: str, target: str) -> Finding | None:
    deviation = _deviation(pair, source, target)
    if deviation is None or abs(deviation) < _DEVIATIONS:
        return None
    return Finding(ID, SEVERITY, _SHORT if deviation < 0 else _LONG)


def _length_below(pair: Pair, source: str, target: str) -> bool:
    deviation = _deviation(pair, source, target)
    return deviation is not None and deviation < -1.3


def _deviation(pair: Pair, source: str, target: str) -> float | None:
    """By how many standard deviations the target is longer than is usual; None where nobody knows."""
    one = _LENGTHS.get(pair.source_convention.language)
    other = _LENGTHS.get(pair.target_convention.language)
    if one is None or other is None:
        return None
    expected, found = _letters(source) * 100 / one, _letters(target) * 100 / other
    longer = max(expected, found)
    if longer < _SHORTEST or not found or not expected:
        return None
    spread = max(
        _SPREADS.get(language, _SPREAD)
        for language in (pair.source_convention.language, pair.target_convention.language)
    )
    return math.log(found / expected) / (spread + _LOOSER / math.sqrt(longer))


@lru_cache(maxsize=512)
def _letters(text: str) -> int:
    if "@" in text or "://" in text:
        text = _ADDRESS.sub("", text)
    return len(_NUMBER.sub("", text))
