"""A sentence that begins with a capital does so in the target, and nothing shouts that did not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.pair import Example, Pair
from l10n.model import Finding, Severity

ID = "capitals"
SEVERITY = Severity.WARNING
EXPLANATION = (
    "A target all in capitals gets a warning when its source is not. One that begins with a small letter "
    "where the source begins with a capital is mentioned, with a fix."
)
BAD = Example("en", "The office opens in May.", "fr", "LE BUREAU OUVRE EN MAI.")
GOOD = Example("en", "The office opens in May.", "fr", "Le bureau ouvre en mai.")

_SHOUTS = "the target is all in capitals, the source is not"
_SMALL = "the source begins with a capital, the target with {letter}"
_LETTER = re.compile(r"[^\W\d_]")
_TELLING = 16  # characters of a source without capitals: shorter ones may be names
_FEWEST = 8  # letters: short ones may be names and acronyms


def run(pair: Pair) -> Iterator[Finding]:
    """At most one finding."""
    source, target = pair.source_plain.text, pair.target_plain.text
    if target.isupper() and _mostly_cased(target) and not _shouts(source):
        yield Finding(ID, SEVERITY, _SHOUTS)
        return
    if target[:1].isalpha() and not target[:1].islower():
        return
    source_letter, target_letter = _LETTER.search(source), _LETTER.search(target)
    if (
        source_letter is None
        or target_letter is None
        or not (source_letter.group().isupper() and target_letter.group().islower())
    ):
        return
    if source[: source_letter.start()].strip(" “«\"'„¿¡(") or target[: target_letter.start()].strip(
        " “«\"'„¿¡(\u00a0\u202f"
    ):
        return
    word = re.match(r"\w+", target[target_letter.start() :])
    if word and any(map(str.isupper, word.group())):  # iPhone, eBay
        return
    start, end = pair.target_plain.span(target_letter.start(), target_letter.end())
    upper = target_letter.group().upper()
    if upper == target_letter.group():  # ª
        return
    stored = pair.target[start:end] == target_letter.group()  # not as an entity
    fix = pair.target[:start] + upper + pair.target[end:] if stored and len(upper) == 1 else None
    yield Finding(ID, Severity.INFO, _SMALL, start, end, fix, (("letter", target_letter.group()),))


def _shouts(source: str) -> bool:
    """Whether the source is in capitals, or too short in a script without them to tell."""
    return source.isupper() if _mostly_cased(source) else len(source) < _TELLING


def _mostly_cased(text: str) -> bool:
    """Whether most letters have a capital and a small form, and there are enough of them to tell."""
    cased = sum(letter.lower() != letter.upper() for letter in text)
    return cased >= _FEWEST and 2 * cased > sum(map(str.isalpha, text))
