"""Two branches of a catalogue become one again, entry by entry, and no decision of either is lost."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from l10n import catalogue as po
from l10n import disk
from l10n.model import Catalogue, Entry, Key, State
from workflow.conflicts import ConflictingText, conflicting_text_of, join_comment, split_comment

T = TypeVar("T", bound=tuple[Any, ...] | str | bool)
Headers = tuple[tuple[str, str], ...]

_PEOPLES = frozenset({"", "human", "catalogue"})
_DATES = ("PO-Revision-Date", "POT-Creation-Date")
_NOTHING = Entry("")
_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Merged:
    """A catalogue made of two branches, and the entries that both decided, each its own way."""

    catalogue: Catalogue
    questions: tuple[Entry, ...] = ()


def merge_files(base: Path, ours: Path, theirs: Path) -> Merged:
    """Merge into the file ``ours`` what became of ``base`` in the file ``theirs``.

    What ``ours`` says already stays as it stands, byte for byte.  Plural forms of one entry are decided
    together.  Raises CatalogueError, and changes nothing, when one of them cannot be read.
    """
    old, own, new = (disk.read(path) for path in (base, ours, theirs))
    read = [
        po.parse_folded(data, path) for data, path in zip((old, own, new), (base, ours, theirs), strict=True)
    ]
    catalogues = [catalogue for catalogue, _ in read]
    if own == old:
        disk.write(ours, new)
        return Merged(catalogues[2])
    if new == old:
        return Merged(catalogues[1])
    merged = merge(*catalogues)
    disk.write(ours, po.encoded_folded(merged.catalogue, own, ours, read[2][1]))
    return merged


def merge(base: Catalogue, ours: Catalogue, theirs: Catalogue) -> Merged:
    """What became of a catalogue on two branches, in one.

    An entry that one branch changed is as this branch says.  Where both decided the same text the
    higher standing counts, and whoever approved it on one of them has.  Where they decided different
    texts one becomes the target, fuzzy, and the other stands in the entry's comment, see
    ``workflow.conflicts``; which is which does not depend on the side.  A machine's draft gives way
    to what a person decided.  An entry that one branch took away and the other decided stays as
    obsolete.
    """
    base_entries, our_entries, their_entries = (_by_key(catalogue) for catalogue in (base, ours, theirs))
    keyed_entries = [
        (key, entry)
        for key in _order(*(tuple(side) for side in (base_entries, our_entries, their_entries)))
        if (entry := _entry(base_entries.get(key), our_entries.get(key), their_entries.get(key)))
    ]
    questions = tuple(
        entry
        for key, entry in keyed_entries
        if _conflicts(entry) - _conflicts(our_entries.get(key)) - _conflicts(their_entries.get(key))
    )
    entries = [entry for _, entry in keyed_entries]
    live = (entry for entry in entries if not entry.obsolete)
    obsolete = (entry for entry in entries if entry.obsolete)
    merged = replace(
        ours,
        locale=ours.locale or theirs.locale,
        entries=(*live, *obsolete),
        headers=_headers(base.headers, ours.headers, theirs.headers),
        comment=_comment(base.comment, ours.comment, theirs.comment),
    )
    return Merged(merged, questions)


def _by_key(catalogue: Catalogue) -> Mapping[Key, Entry]:
    """The entries by key in their order; where a live and an obsolete one have the same it is the live."""
    live = {entry.key for entry in catalogue.live}
    entries: dict[Key, Entry] = {}
    for entry in catalogue.entries:
        if not (entry.obsolete and entry.key in live):
            entries.setdefault(entry.key, entry)
    return entries


def _entry(base: Entry | None, ours: Entry | None, theirs: Entry | None) -> Entry | None:
    if _same(ours, theirs) or _same(base, theirs):
        return ours
    if _same(base, ours):
        return theirs
    if ours is None or theirs is None:
        remaining = ours or theirs
        return replace(remaining, obsolete=True, notes=()) if remaining and remaining.target else None
    return _both(base, ours, theirs)


def _same(first: Entry | None, second: Entry | None) -> bool:
    if first is None or second is None:
        return first is second
    return replace(first, line=0, base="") == replace(second, line=0, base="")


def _both(base: Entry | None, ours: Entry, theirs: Entry) -> Entry:
    """An entry that both branches changed."""
    before = base or _NOTHING
    decided, lost = _decided(before, ours, theirs)
    base_conflicts, our_conflicts, their_conflicts = _conflicts(before), _conflicts(ours), _conflicts(theirs)
    questions = (
        (our_conflicts & their_conflicts)
        | (our_conflicts - base_conflicts)
        | (their_conflicts - base_conflicts)
        | lost
    )
    comment = _comment(*(split_comment(entry.comment)[0] for entry in (before, ours, theirs)))
    if questions:
        decided = replace(decided, fuzzy=bool(decided.target), state=_unsure(decided.state))
    return replace(
        decided,
        approvers=() if decided.fuzzy else _approvers(decided, ours, theirs),
        comment=join_comment(comment, questions),
        notes=_pick(before.notes, ours.notes, theirs.notes),
        flags=_pick(before.flags, ours.flags, theirs.flags),
        obsolete=_pick(before.obsolete if base else True, ours.obsolete, theirs.obsolete),
    )


def _decided(base: Entry, ours: Entry, theirs: Entry) -> tuple[Entry, frozenset[ConflictingText]]:
    """(the entry whose decision counts, the text that lost and has to be asked about)."""
    if (
        _decision_fields(ours) == _decision_fields(theirs)
        or _decision_fields(theirs) == _decision_fields(base)
        or _holds(ours, theirs)
    ):
        return ours, frozenset()
    if _decision_fields(ours) == _decision_fields(base) or _holds(theirs, ours):
        return theirs, frozenset()
    first, second = sorted((ours, theirs), key=_standing, reverse=True)
    if _is_draft(second) or (first.target == second.target and not _objects(second, base)):
        return first, frozenset()
    return first, frozenset({conflicting_text_of(second)})


def _approvers(decided: Entry, *sides: Entry) -> tuple[str, ...]:
    """Who approved the text that counts, on one side or the other."""
    return tuple(sorted({approver for side in sides if _alike(side, decided) for approver in side.approvers}))


def _alike(first: Entry, second: Entry) -> bool:
    return (first.target, first.fuzzy) == (second.target, second.fuzzy)


def _decision_fields(entry: Entry) -> tuple[object, ...]:
    """What was decided about a segment."""
    return entry.target, entry.fuzzy, entry.state, entry.origin, entry.actor, entry.previous


def _holds(question: Entry, entry: Entry) -> bool:
    """Whether a question has an entry's text already, because it came of an earlier merge."""
    conflicts = _conflicts(question)
    return bool(conflicts) and entry.target in {question.target, *(conflict.target for conflict in conflicts)}


def _standing(entry: Entry) -> tuple[object, ...]:
    """Sorts decisions; of two that are alike the order is settled by what they say, not by the side."""
    decided = bool(entry.target), not _is_draft(entry), _rank(entry.state), not entry.fuzzy
    return (*decided, entry.target, bool(entry.actor), entry.actor, entry.origin, entry.previous)


def _unsure(state: State) -> State:
    return min(state, State.TRANSLATED, key=_rank)


def _rank(state: State) -> int:
    return tuple(State).index(state)


def _is_draft(entry: Entry) -> bool:
    """Whether a machine wrote it and nobody decided it."""
    return not entry.actor and entry.origin not in _PEOPLES and not entry.state.approved


def _objects(entry: Entry, base: Entry) -> bool:
    """Whether a person sent back the text that was there."""
    return entry.fuzzy and bool(entry.actor) and entry.target == base.target


def _conflicts(entry: Entry | None) -> frozenset[ConflictingText]:
    return split_comment(entry.comment)[1] if entry else frozenset()


def _pick(base: T, ours: T, theirs: T) -> T:
    """What one side changed; where both did, the same whichever side is which."""
    if theirs in (base, ours):
        return ours
    return theirs if ours == base else max(ours, theirs)


def _comment(base: str, ours: str, theirs: str) -> str:
    """A comment that one side changed, or the lines of both."""
    if base in (ours, theirs) or ours == theirs:
        return _pick(base, ours, theirs)
    first, second = (text.split("\n") if text else [] for text in sorted((ours, theirs)))
    first_lines = set(first)
    return "\n".join([*first, *(line for line in second if line not in first_lines)])


def _order(base: Sequence[Key], ours: Sequence[Key], theirs: Sequence[Key]) -> list[Key]:
    """The keys of both sides in the order of the side that moved some, ours when both did."""
    if _kept(base, theirs) == _kept(theirs, base):
        return _filled(ours, theirs)
    if _kept(base, ours) == _kept(ours, base):
        return _filled(theirs, ours)
    return _filled(ours, theirs)


def _kept(keys: Iterable[Key], listed: Iterable[Key]) -> list[Key]:
    listed_keys = set(listed)
    return [key for key in keys if key in listed_keys]


def _filled(order: Sequence[Key], others: Iterable[Key]) -> list[Key]:
    """An order with the keys it lacks, each behind the one it follows on the other side."""
    ordered_keys = set(order)
    behind: defaultdict[Key | None, list[Key]] = defaultdict(list)
    last: Key | None = None
    for key in others:
        if key in ordered_keys:
            last = key
        else:
            behind[last].append(key)
    return [*behind[None], *(placed for key in order for placed in (key, *behind[key]))]


def _headers(base: Headers, ours: Headers, theirs: Headers) -> Headers:
    """The fields of both sides; of two that both changed the one from the newer header."""
    base_fields, our_fields, their_fields = dict(base), dict(ours), dict(theirs)
    ours_newer = (_moment(our_fields), sorted(ours)) >= (_moment(their_fields), sorted(theirs))
    merged = []
    for name in dict.fromkeys((*our_fields, *their_fields)):
        values = base_fields.get(name), our_fields.get(name), their_fields.get(name)
        value = _field(name, *values, ours_newer=ours_newer)
        if value is not None:
            merged.append((name, value))
    return tuple(merged)


def _field(
    name: str, base: str | None, ours: str | None, theirs: str | None, *, ours_newer: bool
) -> str | None:
    if theirs in {ours, base}:
        return ours
    if ours == base:
        return theirs
    if ours is None or theirs is None:
        return ours or theirs
    if name in _DATES:
        return max(ours, theirs, key=lambda value: (header_date(value) or _NEVER, value))
    return ours if ours_newer else theirs


def _moment(headers: Mapping[str, str]) -> dt.datetime:
    return header_date(headers.get(_DATES[0], "")) or _NEVER


def header_date(text: str) -> dt.datetime | None:
    """The moment a header names, None when it names none."""
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d %H:%M%z")
    except ValueError:
        return None
