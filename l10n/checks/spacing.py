"""Stray spaces: doubled, at the ends, or before a comma."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from l10n.checks.glued import glued
from l10n.checks.pair import Example, Pair
from l10n.conventions import Convention
from l10n.model import Finding, Severity
from l10n.patterns import lazy_pattern

ID = "spacing"
SEVERITY = Severity.WARNING
EXPLANATION = (
    "A doubled space, a space at either end or a space before a comma or full stop is a typing mistake, "
    "unless the source has it too; where a whole catalogue has spaces before its commas the gate says so "
    "once. The spaces of French punctuation are set when the page is made and are never reported; carried "
    "over into a language without them, they are. A missing space "
    "gets a warning behind a comma, between two sentences, and between words whose letters tell where one "
    "ends (“dritteErhöhung”)."
)
BAD = Example("en", "Yes, today.", "fr", "Oui , aujourd’hui.")
GOOD = Example("en", "What time?", "fr", "Quelle heure ?")

# A run of spaces is only looked at from its first one, which keeps the search linear.
_SLIP = lazy_pattern(
    r"(?P<lead>\A[ \t]+)|(?P<trail>(?<![ \t])[ \t]+\Z)"
    r"|(?P<comma>(?<=[\w)»”]) {1,8}(?=[,،](?:\s|\Z)))"
    r"|(?P<stop>(?<=[\w)»”]) {1,8}(?=\.(?:\s|\Z)))"
    r"|(?P<double>(?<![ \t])[ \t]{2,}(?![ \t]|\Z))"
)
_QUICK = ("  ", "\t", " ,", " ،", " .")
_QUOTES = (("«", "»"), ("“", "”"))  # that stand close to their words outside French
BEFORE_COMMA = "a space before a comma"
_FRENCH = r"[ \u00a0\u202f]{1,8}"
_SAID = {
    "lead": (Severity.INFO, "a space at the start"),
    "trail": (Severity.INFO, "a space at the end"),
    "double": (Severity.INFO, "a doubled space"),
    "comma": (Severity.WARNING, BEFORE_COMMA),
    "stop": (Severity.WARNING, "a space before a full stop"),
    "mark": (Severity.WARNING, "a space before a mark that stands right behind its word"),
    "quoted": (Severity.WARNING, "a space inside quotation marks"),
}


def run(pair: Pair) -> Iterator[Finding]:
    """One finding for each slip; every ``fix`` mends them all that are of its kind."""
    yield from _stray(pair)
    yield from glued(ID, pair)


def _stray(pair: Pair) -> Iterator[Finding]:
    target = pair.target
    if target == target.strip(" \t") and not any(map(target.__contains__, _QUICK)):
        slips = []
    else:
        slips = list(_SLIP().finditer(target))
    if slips:
        allowed = {slip.lastgroup for slip in _SLIP().finditer(pair.source)}
        slips = [slip for slip in slips if slip.lastgroup not in allowed]
    slips += _french(pair)
    if not slips:
        return
    slips.sort(key=lambda slip: slip.start())
    fix = _mended(target, slips)
    for slip in slips:
        severity, message = _SAID[slip.lastgroup or "double"]
        yield Finding(ID, severity, message, slip.start(), slip.end(), fix)


def _french(pair: Pair) -> list[re.Match[str]]:
    """The spaces of French punctuation in a language that is known to set none."""
    target = pair.target_convention
    if not target.tight or not any(map(pair.target.__contains__, _spaced(target.tight))):
        return []
    spaces = list(_tight(target).finditer(pair.target))
    if not spaces:
        return []
    source = pair.source_convention
    allowed = {space.lastgroup for space in _tight(source).finditer(pair.source)} if source.tight else set()
    if _turned(pair.target):
        allowed.add("quoted")
    if "„" in pair.target:  # which “ may close
        spaces = [space for space in spaces if not _beside_high_mark(space)]
    return [space for space in spaces if space.lastgroup not in allowed]


def _turned(target: str) -> bool:
    """Whether a text opens its quotations with ”, as Arabic and others do by the look of the mark."""
    marks = [mark for mark in target if mark in "”“"]
    return bool(marks) and len(marks) % 2 == 0 and marks == ["”", "“"] * (len(marks) // 2)


def _beside_high_mark(space: re.Match[str]) -> bool:
    """Whether a space stands inside a mark “ or before ”."""
    return space.string[space.start() - 1] == "“" or space.string[space.end() : space.end() + 1] in {"“", "”"}


@lru_cache(maxsize=64)
def _spaced(tight: str) -> tuple[str, ...]:
    """What a text has somewhere that has a space of French punctuation: a quick look."""
    return ("\u00a0", "\u202f", *(f" {mark}" for mark in f"{tight}»”"), "« ", "“ ")


@lru_cache(maxsize=64)
def _tight(convention: Convention) -> re.Pattern[str]:
    """What finds a space before a mark of a language that stands right behind its word."""
    pattern = rf"(?P<mark>(?<=[^\W\d_]|[)»”.>])(?<!\s){_FRENCH}(?=[{convention.tight}]+(?:[\s»”<]|\Z)))"
    openers = {opening for opening, _ in convention.quotes}  # ” both opens and closes in Swedish
    quoted = "|".join(
        rf"(?<={opening}){_FRENCH}(?=[^\s{closing}])|(?<=[^\s{opening}]){_FRENCH}(?={closing})"
        for opening, closing in convention.quotes
        if (opening, closing) in _QUOTES and closing not in openers
    )
    if quoted:
        pattern += rf"|(?P<quoted>{quoted})"
    return re.compile(pattern)


def _mended(target: str, slips: list[re.Match[str]]) -> str:
    out: list[str] = []
    at = 0
    for slip in slips:
        out += [target[at : slip.start()], " " if slip.lastgroup == "double" else ""]
        at = slip.end()
    return "".join([*out, target[at:]])
