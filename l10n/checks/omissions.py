"""Nothing of the source was left out: items of a list, sentences, half of a text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

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
    "en": 100, "fr": 117, "es": 112, "pt": 110, "it": 113, "de": 114, "nl": 110, "sv": 101, "da": 103,
    "fi": 105, "ru": 109, "uk": 107, "pl": 107, "cs": 98, "hu": 108, "ro": 113, "el": 117, "tr": 105,
    "ar": 86, "fa": 95, "he": 80, "hi": 100, "zh": 33, "ja": 48, "ko": 52, "th": 95, "vi": 105, "id": 108,
}  # fmt: skip
_SHORTEST = 40  # characters, as English: below that lengths say nothing
_SPREAD = 0.21  # of the logarithm of the ratio, at long texts
_LOOSER = 2.0  # how much more at short ones: over the square root of the length
_DEVIATIONS = 2.7
_ITEMS = re.compile(r"(?:(?<=[\s(（،,;；、])|(?<=^))([a-h]|[1-9])[)）]")
# What every language writes alike: addresses and numbers.
_ALIKE = re.compile(r"[!-~]*@[!-~]*|https?://[!-~]*|[+\d][\d .,]*")
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[^\W\d_a-z]|[¿¡«“„\"(])|[。！？]+[”’」』）]*(?=.)|[.؟!]+\s+(?=[\u0600-\u06ff])")
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
        before, after = len(_END.findall(source.rstrip())) + 1, len(_END.findall(target.rstrip())) + 1
        if before >= 2 * after and before > 2 or (before == 2 and after == 1 and _length_below(pair, source, target)):
            values = (("source", str(before)), ("target", str(after)))
            yield Finding(ID, SEVERITY, _SENTENCES, values=values)


def _items(source: str, target: str) -> Iterator[Finding]:
    """Letters and numbers of an enumeration, when the target has some of them."""
    wanted = [found[1] for found in _ITEMS.finditer(source)]
    if len(wanted) < 2:
        return
    given = {found[1] for found in _ITEMS.finditer(target)}
    if given:
        for item in wanted:
            if item not in given:
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
    return math.log(found / expected) / (_SPREAD + _LOOSER / math.sqrt(longer) * 0.3)


def _letters(text: str) -> int:
    return len(_ALIKE.sub("", text))
