"""The title right beside somebody's name of which the target has nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from l10n.checks.mismatches import Place, missing_finding
from l10n.checks.naming import people, transliteration
from l10n.checks.naming.persons import family_names
from l10n.checks.pair import Pair
from l10n.checks.reading.scripts import CAPITAL, CASED, HAN
from l10n.model import Finding

_NAME = rf"[{CAPITAL}][^\W\d_]"
# A name of two words right behind a title, or behind its comma.
_NAME_BEHIND = re.compile(rf",?[ \u00a0]{_NAME}+[ \u00a0]{_NAME}")
# The same before a comma, articles and a title.
_NAME_BEFORE = re.compile(
    rf"{_NAME}[\w-]*[ \u00a0](?:[^\W\d_]{{2,3}}[ \u00a0-])?{_NAME}[\w-]*, (?:[^\W\d_]{{1,3}}[ '’]){{0,2}}\Z"
)
_FAR = 60
_NEAR = 30  # characters behind an Arabic title that a name of two words stands in
_FEWEST = 3  # consonants of a name that are not heard in any two words
_BREAK = re.compile(r"[,،.:؛;(«]")


def left_out(check: str, pair: Pair, titles: Sequence[Place]) -> Iterator[Finding]:
    """A warning for each of some titles of the source that stands right beside a full name."""
    for start, end in titles:
        if _has_name(pair, start, end):
            yield missing_finding(check, pair, start, end)


def _has_name(pair: Pair, start: int, end: int) -> bool:
    """Whether a full name stands behind a place of the source, or before it and a comma.

    Arabic has no capitals: what the target certainly names is heard in what follows.
    """
    script, other_script = pair.scripts
    text = pair.source_plain.text
    if script in CASED:
        before = text[max(0, start - _FAR) : start]
        return _NAME_BEHIND.match(text, end) is not None or _NAME_BEFORE.search(before) is not None
    if script in HAN:
        return any(begin == end for begin, _ in transliteration.transcribed(text))
    behind = _BREAK.split(text[end : end + _NEAR])[0]
    return any(
        people.stands(name, other_script, behind, script)
        for name, _, _ in family_names(pair.target_plain.text, other_script)
        if transliteration.least_heard(transliteration.consonants(name, other_script)) >= _FEWEST
    )
