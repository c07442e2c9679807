"""An organisation of the source, by any of its names, is that of the target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from l10n.checks.data_files import table
from l10n.checks.mismatches import Place, mismatch_findings
from l10n.checks.pair import Pair
from l10n.checks.remembered import per_text
from l10n.model import Finding

_UNSPACED = frozenset({"zh", "ja"})
_MAYBE = "__maybe"
_SHORT = 6  # letters of a short form
_ARABIC_FRONT = "[وفبكل]{0,2}"


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """An error for each organisation that became another; one that is only missing may be meant by a noun."""
    ours, theirs = pair.source_convention.language, pair.target_convention.language
    source, target = pair.source_plain.text, pair.target_plain.text
    if ours == theirs or ours not in _languages() or theirs not in _languages():
        return
    wanted = _named(source, ours)
    if not wanted:
        return
    there = _named(target, theirs)
    lost = [place for name, place in _sure(wanted) if not there.keys() & {name, name + _MAYBE}]
    new = [place for name, place in _sure(there) if not wanted.keys() & {name, name + _MAYBE}]
    if lost and new:
        yield from mismatch_findings(check, pair, lost, new)


def _sure(named: dict[str, Place]) -> list[tuple[str, Place]]:
    return [(name, place) for name, place in named.items() if not name.endswith(_MAYBE)]


@per_text
def _named(text: str, language: str) -> dict[str, Place]:
    """The organisations that a text names, each with its first place."""
    found: dict[str, Place] = {}
    said = text.lower().replace("’", "'")
    sure, unsure = _every(language)
    groups = {group for name, group in sure if name in said}
    if not groups:
        return found
    groups.update(group for name, group in unsure if name in said)
    for match in _pattern(language, frozenset(groups)).finditer(text):
        found.setdefault(match.lastgroup or "", match.span())
    return found


@lru_cache(maxsize=512)
def _pattern(language: str, groups: frozenset[str]) -> re.Pattern[str]:
    """Any name of some organisations; each is a group.  One of all of them is slow to compile."""
    kinds = []
    for name, names in _table().items():
        short = "|".join(names["all"].split())
        if name in groups:
            said = "".join(
                _said(word.replace("_", " "), language) for word in names.get(language, "").split()
            )
            kinds.append(rf"(?P<{name}>(?<![A-Za-z0-9@/._-])(?:{short})(?![A-Za-z0-9@/_]){said})")
        if name + _MAYBE in groups:
            unsure = [_said(word.replace("_", " "), language) for word in names[f"{language}?"].split()]
            kinds.append(f"(?P<{name}{_MAYBE}>{''.join(unsure)[1:]})")
    return re.compile("|".join(kinds))


def _said(name: str, language: str) -> str:
    """A name, or the beginning of a longer one, as an alternative; a short form is a whole word."""
    written = re.escape(name).replace("’", "['’]")
    if language in _UNSPACED:
        return f"|{written}"
    front = _ARABIC_FRONT if language == "ar" else ""
    return rf"|(?<!\w){front}(?i:{written})" + (r"(?!\w)" if len(name) <= _SHORT else "")


Names = tuple[tuple[str, str], ...]


@cache
def _every(language: str) -> tuple[Names, Names]:
    """All names in small letters with their groups: those that are sure, and the others."""
    sure, unsure = [], []
    for name, names in _table().items():
        sure += [(one, name) for key in ("all", language) for one in _plainly(names.get(key, ""))]
        unsure += [(one, name + _MAYBE) for one in _plainly(names.get(f"{language}?", ""))]
    return tuple(sure), tuple(unsure)


def _plainly(names: str) -> list[str]:
    return [name.replace("_", " ") for name in names.lower().replace("’", "'").split()]


@cache
def _languages() -> frozenset[str]:
    return frozenset(language.rstrip("?") for row in _table().values() for language in row)


@cache
def _table() -> dict[str, dict[str, str]]:
    return table("organisations")
