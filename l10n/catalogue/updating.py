"""Updates a catalogue to a changed document: approvals are kept where they may be, no target is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from l10n import inline, origins
from l10n.catalogue.alignment import Link, links, moved, returning
from l10n.catalogue.grading import Grade, grade, letters_and_digits, without_cosmetics
from l10n.catalogue.reading import Headers
from l10n.catalogue.silence import without_silences
from l10n.catalogue.templates import DATES, SEGMENTATION, header, template
from l10n.conventions import load
from l10n.model import Catalogue, Document, Entry, Key, State
from l10n.segment import VERSION, split
from l10n.substitution import substituted

_NEEDED = frozenset({"Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms"})
_UNFILLED = re.compile(r"\bcharset=CHARSET\b|\bnplurals=INTEGER\b")  # what xgettext leaves to be filled in
_PAIR = re.compile(r"<(\d+)>([^<]+)</\1>")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one entry; ``before`` are the entries it comes from."""

    grade: Grade
    entry: Entry
    before: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """An updated catalogue, and what changed in it."""

    catalogue: Catalogue
    changes: tuple[Change, ...] = ()


def update(catalogue: Catalogue, document: Document) -> Catalogue:
    """The catalogue updated to its document; see ``revise``."""
    return revise(catalogue, document).catalogue


def revise(catalogue: Catalogue, document: Document) -> Revision:
    """Update the catalogue to its document; the new catalogue and its changes.

    A sentence that only moved keeps everything, and so does one of which white space, quotation
    marks or markup changed.  After a slip of the pen, or where a name or a number was newly set in
    bold, the target stays on the page and is marked fuzzy; a changed number is put into the target;
    otherwise the target is kept as fuzzy.  Each
    time ``previous`` is the last source the target was approved for.  A source that is gone
    stays as obsolete when it had a target, and comes back when the sentence does; so does its target
    where the sentence comes back changed.  An occurrence
    that got a context of its own starts from what the shared entry says.  Where anything changed, the
    header says by which version of the rules the sentences were cut.
    """
    fresh = template(document, locale=catalogue.locale)
    by_key = {entry.key: entry for entry in (*reversed(catalogue.entries), *reversed(catalogue.live))}
    locales = document.locale, catalogue.locale or document.locale
    added = [entry for entry in fresh.entries if not _returns(by_key.get(entry.key))]
    linked = list(links(catalogue.live, added))
    linked += returning(*_left(catalogue, fresh, linked))
    revised = {change.entry.key: change for link in linked for change in _changes_of(link, locales)}
    moved_keys = moved([entry.key for entry in catalogue.live], [entry.key for entry in fresh.entries])
    changes = [
        revised.get(entry.key)
        or _unchanged(entry, by_key.get(entry.key), moved_keys, shared=by_key.get(("", entry.source)))
        for entry in fresh.entries
    ]
    live = {change.entry.key for change in changes}
    removed = [entry for entry in catalogue.entries if entry.key not in live and by_key[entry.key] is entry]
    obsolete = [
        entry if entry.obsolete else replace(entry, obsolete=True, notes=())
        for entry in removed
        if entry.target
    ]
    updated = replace(
        catalogue,
        entries=(*(change.entry for change in changes), *obsolete),
        headers=catalogue.headers or fresh.headers,
    )
    complete = replace(updated, headers=_completed(updated.headers, fresh.headers))
    continued = {entry.key for change in changes for entry in change.before}
    lost = [
        Change(Grade.OBSOLETE, entry)
        for entry in removed
        if not entry.obsolete and entry.key not in continued
    ]
    reported = (*(change for change in changes if change.grade is not Grade.SAME), *lost)
    return Revision(header(complete, SEGMENTATION, VERSION) if reported else updated, reported)


def _completed(headers: Headers, fresh: Headers) -> Headers:
    """A header with the fields that gettext needs; those that nobody filled in count as missing.

    A date that is empty goes: it keeps Babel from reading the file.
    """
    said = {name for name, value in headers if value.strip() and not _UNFILLED.search(value)}
    needed = {name: value for name, value in fresh if name in _NEEDED and name not in said}
    kept = ((name, needed.pop(name, value)) for name, value in headers if value or name not in DATES)
    return (*kept, *needed.items())


def _left(catalogue: Catalogue, fresh: Catalogue, linked: Iterable[Link]) -> tuple[list[Entry], list[Entry]]:
    """The entries that are gone for good so far, and the new ones that come from nowhere."""
    known = {entry.key for entry in catalogue.entries} | {entry.key for link in linked for entry in link.new}
    wanted = {entry.key for entry in fresh.entries}
    gone = [entry for entry in catalogue.entries if entry.key not in wanted and _returns(entry)]
    apart = {entry.key for entry in fresh.entries if ("", entry.source) in known}
    return gone, [entry for entry in fresh.entries if entry.key not in known | apart]


def _returns(before: Entry | None) -> bool:
    """Whether a sentence comes back to a target of its own, better than anything made from another's."""
    return before is not None and before.obsolete and bool(before.target) and not before.fuzzy


def _unchanged(
    entry: Entry, before: Entry | None, moved_keys: frozenset[Key], *, shared: Entry | None = None
) -> Change:
    """An entry that comes from no other source; ``shared`` is the one its source has without a context."""
    if before is None:
        started = (
            entry if shared is None else replace(shared, context=entry.context, notes=entry.notes, base="")
        )
        return Change(Grade.NEW, replace(started, obsolete=False))
    updated = replace(before, notes=entry.notes, obsolete=False)
    if before.obsolete:
        return Change(Grade.RETURNED, updated, (before,))
    return Change(Grade.MOVED if entry.key in moved_keys else Grade.SAME, updated, (before,))


def _changes_of(link: Link, locales: tuple[str, str]) -> Iterator[Change]:
    """The new entries of a link with what they take over."""
    if not any(entry.target for entry in link.old):
        for entry in link.new:
            yield Change(grade(link.old[0].source, entry.source, locales[0]), entry, link.old)
    elif len(link.old) > 1:
        yield _merged(link, locales)
    elif len(link.new) > 1:
        yield from _split(link, locales)
    else:
        yield _revised(link.old[0], link.new[0], locales)


def _revised(before: Entry, entry: Entry, locales: tuple[str, str]) -> Change:
    graded = grade(before.source, entry.source, locales[0])
    comment = without_silences(before.comment)
    updated = replace(before, source=entry.source, notes=entry.notes, comment=comment, obsolete=False)
    if graded is Grade.COSMETIC:
        target = _with_codes(before.target, entry.source)
        if target is not None:
            return Change(graded, replace(updated, target=target), (before,))
        marked = _marked(before.target, entry.source)
        graded = Grade.MEANING if marked is None else Grade.SMALL
        updated = updated if marked is None else replace(updated, target=marked)
    if graded is Grade.NUMBER:
        target = substituted(entry.source, before.source, before.target, locales)
        if target is not None:
            return Change(graded, _doubted(replace(updated, target=target), before), (before,))
        graded = Grade.MEANING
    if graded is Grade.SMALL:
        doubted = replace(_doubted(updated, before), state=before.state)
        return Change(graded, doubted, (before,))
    return Change(graded, _doubted(updated, before), (before,))


def _doubted(entry: Entry, before: Entry) -> Entry:
    """An entry whose target was made for another source: the last one it was approved for."""
    doubted = replace(entry, fuzzy=True, state=State.TRANSLATED, previous=before.source)
    if before.fuzzy and before.previous:
        return replace(doubted, origin=origins.unscored(entry.origin), previous=before.previous)
    return doubted


def _with_codes(target: str, source: str) -> str | None:
    """A target for a source with other codes: as it is, without those that are gone, or not at all."""
    codes = inline.codes_of(source)
    if not inline.code_problems(target, codes):
        return target
    pairs_only = all(code.paired for code in inline.codes_of(target))
    return inline.escape_literal(inline.plain(target)) if not codes and pairs_only else None


def _marked(target: str, source: str) -> str | None:
    """A target without codes with those of its source put around the same words, None where that is a guess.

    A name or a number newly set in bold says the same in both languages; it must stand once in each.
    """
    plain_source = inline.plain(source)
    if "<" in target or any(not code.paired for code in inline.codes_of(source)):
        return None
    for pair in _PAIR.finditer(source):
        words = pair[2]
        pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
        places = [match.span() for match in pattern.finditer(target)]
        if len(places) != 1 or len(pattern.findall(plain_source)) != 1:
            return None
        start, end = places[0]
        target = target[:start] + pair[0] + target[end:]
    return None if inline.code_problems(target, inline.codes_of(source)) else target


def _merged(link: Link, locales: tuple[str, str]) -> Change:
    """Neighbours that became one sentence: their targets joined, approved when all of them were."""
    (entry,) = link.new
    pieces: list[str] = []
    shift = 0
    for before in link.old:
        pieces.append(inline.renumbered(before.target, shift))
        shift += len(inline.codes_of(before.source))
    gap = "" if load(locales[1]).script.startswith(("Han", "Jpan")) else " "
    target = gap.join(piece for piece in pieces if piece)
    first = link.old[0]
    joined = replace(entry, target=target, origin=first.origin, actor=first.actor, state=State.TRANSLATED)
    source = " ".join(before.source for before in link.old)
    unchanged = without_cosmetics(source) == without_cosmetics(entry.source) and all(
        before.approved for before in link.old
    )
    if unchanged and not inline.code_problems(target, inline.codes_of(entry.source)):
        return Change(Grade.MERGED, replace(joined, state=State.REVIEWED), link.old)
    said = letters_and_digits(source) == letters_and_digits(entry.source)
    graded = Grade.MERGED if said else Grade.MEANING
    return Change(graded, replace(joined, fuzzy=True, previous=source), link.old)


def _split(link: Link, locales: tuple[str, str]) -> Iterator[Change]:
    """One sentence that became several: each gets its part when the target has as many."""
    (before,) = link.old
    parts = [part.strip() for part in split(before.target, locales[1])]
    if len(parts) != len(link.new):
        parts = [before.target, *("" for _ in link.new[1:])]
    shift = 0
    for entry, part in zip(link.new, parts, strict=True):
        part_entry = replace(
            entry,
            target=inline.renumbered(part, -shift),
            fuzzy=bool(part),
            state=State.TRANSLATED if part else State.INITIAL,
            origin=before.origin if part else "",
            actor=before.actor if part else "",
            previous=(before.previous if before.fuzzy and before.previous else before.source) if part else "",
        )
        shift += len(inline.codes_of(entry.source))
        yield Change(Grade.SPLIT, part_entry, (before,))
