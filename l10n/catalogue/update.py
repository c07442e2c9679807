"""A changed source meets its catalogue: what may keep its approval does, nothing is thrown away."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from l10n import inline
from l10n.catalogue.template import template
from l10n.model import Catalogue, Document, Entry, State

SIMILAR = 0.6
_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟‘’‚‹›'", '"'))
_SPACE = re.compile(r"\s+")


class Grade(StrEnum):
    """What became of an entry when its source changed."""

    SAME = "same"
    COSMETIC = "cosmetic"
    MEANING = "meaning"
    NEW = "new"
    RETURNED = "returned"
    OBSOLETE = "obsolete"


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that differs between two states of a catalogue."""

    grade: Grade
    entry: Entry
    before: Entry | None = None


def update(catalogue: Catalogue, document: Document) -> Catalogue:
    """The catalogue brought in step with its document.

    A sentence that only moved keeps everything.  One whose white space, quotation marks or
    markup changed keeps its approval (cosmetic).  One whose meaning may have changed keeps its
    target as fuzzy, with the source it was made for.  A source that is gone stays as obsolete when
    it had a target, and comes back when the sentence does.
    """
    fresh = template(document, locale=catalogue.locale)
    old = {entry.key: entry for entry in reversed(catalogue.entries)}
    old |= {entry.key: entry for entry in catalogue.live}
    revised = _revisions(fresh.entries, catalogue.live, old)
    entries = [_carried(entry, old.get(entry.key) or revised.get(entry.key)) for entry in fresh.entries]
    live = {entry.key for entry in entries}
    left = [
        entry if entry.obsolete else replace(entry, obsolete=True, notes=())
        for entry in catalogue.entries
        if entry.target and entry.key not in live and old[entry.key] is entry
    ]
    return replace(catalogue, entries=(*entries, *left), headers=catalogue.headers or fresh.headers)


def changes(before: Catalogue, after: Catalogue) -> tuple[Change, ...]:
    """What an update did, graded, in the order of the new catalogue."""
    old = {entry.key: entry for entry in before.entries}
    live = {entry.key for entry in before.live}
    by_target = {entry.target: entry for entry in before.live if entry.target}
    return tuple(_changes(after, old, live, by_target))


def cosmetic(old: str, new: str) -> bool:
    """Whether two sources say the same: only white space, quotation marks or codes differ."""
    return _folded(old) == _folded(new)


def _changes(
    after: Catalogue,
    old: dict[tuple[str, str], Entry],
    live: set[tuple[str, str]],
    by_target: dict[str, Entry],
) -> Iterator[Change]:
    for entry in after.entries:
        before = old.get(entry.key)
        if entry.obsolete:
            if entry.key in live:
                yield Change(Grade.OBSOLETE, entry, before)
        elif before is None:
            revised = by_target.get(entry.target) if entry.target else None
            grade = Grade.NEW if revised is None else Grade.MEANING if entry.fuzzy else Grade.COSMETIC
            yield Change(grade, entry, revised)
        elif before.obsolete:
            yield Change(Grade.RETURNED, entry, before)


def _carried(entry: Entry, before: Entry | None) -> Entry:
    """The fresh entry with what is known of it."""
    if before is None:
        return entry
    kept = replace(before, source=entry.source, notes=entry.notes, obsolete=False)
    if before.source == entry.source:
        return kept
    if not before.target:
        return entry
    same_codes = not inline.problems(before.target, inline.codes_of(entry.source))
    if same_codes and cosmetic(before.source, entry.source):
        return kept
    return replace(
        kept,
        fuzzy=True,
        state=State.TRANSLATED,
        previous=before.previous if before.fuzzy and before.previous else before.source,
    )


def _revisions(
    fresh: Sequence[Entry], live: Sequence[Entry], old: dict[tuple[str, str], Entry]
) -> dict[tuple[str, str], Entry]:
    """For each new entry the old one it is a revision of: aligned in sequence, then most alike."""
    wanted = {entry.key for entry in fresh}
    matcher = SequenceMatcher(None, [e.key for e in live], [e.key for e in fresh], autojunk=False)
    out: dict[tuple[str, str], Entry] = {}
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag != "replace":
            continue
        gone = [entry for entry in live[old_from:old_to] if entry.target and entry.key not in wanted]
        came = [entry for entry in fresh[new_from:new_to] if entry.key not in old]
        _pair(gone, came, out)
    return out


def _pair(gone: list[Entry], came: list[Entry], out: dict[tuple[str, str], Entry]) -> None:
    scored = sorted(
        (
            (-_similarity(one.source, two.source), abs(i - j), i, j)
            for i, one in enumerate(gone)
            for j, two in enumerate(came)
            if one.context == two.context
        ),
    )
    taken: set[int] = set()
    given: set[int] = set()
    for score, _, i, j in scored:
        if -score >= SIMILAR and i not in taken and j not in given:
            taken.add(i)
            given.add(j)
            out[came[j].key] = gone[i]


def _similarity(one: str, two: str) -> float:
    if cosmetic(one, two):
        return 1.0
    matcher = SequenceMatcher(None, one.split(), two.split(), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= SIMILAR else 0.0


def _folded(source: str) -> str:
    words = unicodedata.normalize("NFC", inline.plain(source)).translate(_QUOTES)
    return _SPACE.sub("", words)
