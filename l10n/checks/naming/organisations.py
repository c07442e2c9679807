"""An organisation of the source, by any of its names, is that of the target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from l10n.checks.mismatches import Place, mismatch_findings
from l10n.checks.pair import Pair
from l10n.checks.reading.arabic import LEANING
from l10n.checks.reading.data_files import table
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import HEAD, heads, word_list
from l10n.model import Finding
from l10n.patterns import UNSPACED

_MAYBE = "__maybe"
_ANYWHERE = ""
_SHORT = 6  # letters of a short form
_ARABIC_FRONT = f"[{LEANING}]{{0,2}}"


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """An error for each organisation that became another; one that is only missing may be meant by a noun."""
    if not pair.is_between(_languages()):
        return
    source_language, target_language = pair.languages
    source, target = pair.source_plain.text, pair.target_plain.text
    source_names = _named(source, source_language)
    if not source_names:
        return
    target_names = _named(target, target_language)
    lost = [place for name, place in _sure(source_names) if not target_names.keys() & {name, name + _MAYBE}]
    new = [place for name, place in _sure(target_names) if not source_names.keys() & {name, name + _MAYBE}]
    if lost and new:
        yield from mismatch_findings(check, pair, lost, new)


def _sure(places: dict[str, Place]) -> list[tuple[str, Place]]:
    return [(name, place) for name, place in places.items() if not name.endswith(_MAYBE)]


@per_text
def _named(text: str, language: str) -> dict[str, Place]:
    """The organisations that a text names, each with its first place."""
    first_places: dict[str, Place] = {}
    sure, unsure = _names_by_head(language)
    begun = [name for head in sure.keys() & {_ANYWHERE, *heads(text)} for name in sure[head]]
    small = text.lower().replace("’", "'") if begun else ""
    groups = {group for name, group in begun if name in small}
    if not groups:
        return first_places
    groups.update(group for name, group in unsure if name in small)
    for match in _pattern(language, frozenset(groups)).finditer(text):
        first_places.setdefault(match.lastgroup or "", match.span())
    return first_places


@lru_cache(maxsize=512)
def _pattern(language: str, groups: frozenset[str]) -> re.Pattern[str]:
    """Any name of some organisations; each is a group.  One of all of them is slow to compile."""
    kinds = []
    for name, names in table("organisations").items():
        short = "|".join(names["all"].split())
        if name in groups:
            alternatives = "".join(
                _alternative(word.replace("_", " "), language) for word in names.get(language, "").split()
            )
            kinds.append(rf"(?P<{name}>(?<![A-Za-z0-9@/._-])(?:{short})(?![A-Za-z0-9@/_]){alternatives})")
        if name + _MAYBE in groups:
            unsure = [
                _alternative(word.replace("_", " "), language) for word in names[f"{language}?"].split()
            ]
            kinds.append(f"(?P<{name}{_MAYBE}>{''.join(unsure)[1:]})")
    return re.compile("|".join(kinds))


def _alternative(name: str, language: str) -> str:
    """A name, or the beginning of a longer one, as an alternative; a short form is a whole word."""
    written = re.escape(name).replace("’", "['’]")
    if language in UNSPACED:
        return f"|{written}"
    front = _ARABIC_FRONT if language == "ar" else ""
    return rf"|(?<!\w){front}(?i:{written})" + (r"(?!\w)" if len(name) <= _SHORT else "")


Names = tuple[tuple[str, str], ...]


@cache
def _names_by_head(language: str) -> tuple[dict[str, list[tuple[str, str]]], Names]:
    """All names in small letters with their groups: the sure ones by what they begin with, and the others."""
    sure: dict[str, list[tuple[str, str]]] = {}
    unsure = []
    for name, names in table("organisations").items():
        for written in (*_plainly(names.get("all", "")), *_plainly(names.get(language, ""))):
            sure.setdefault(_head(written, language), []).append((written, name))
        unsure += [(written, name + _MAYBE) for written in _plainly(names.get(f"{language}?", ""))]
    return sure, tuple(unsure)


def _head(name: str, language: str) -> str:
    """The first letters of a name, where a text that has it has a word that begins with them."""
    head = word_list(name)[0][:HEAD]
    inside = language in UNSPACED or language == "ar" or len(head) < HEAD
    return _ANYWHERE if inside else head


def _plainly(names: str) -> list[str]:
    return [name.replace("_", " ") for name in names.lower().replace("’", "'").split()]


@cache
def _languages() -> frozenset[str]:
    return frozenset(language.rstrip("?") for row in table("organisations").values() for language in row)
