"""Bulk changes: planned and shown first, then applied in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from l10n import catalogue as po
from l10n import inline
from l10n.errors import CatalogueError
from l10n.locale_tags import language_of
from l10n.model import Entry
from l10n.project import Release
from workflow.decision_rules import DecisionRequest
from workflow.desk.main import Desk, base_of
from workflow.desk.typed_text import check_typed_text, clean_typed_text
from workflow.desk.views import SegmentRow
from workflow.states import Action, Refused, TemplateMessage
from workflow.store import Decision, Person

MOST = 500


@dataclass(frozen=True, slots=True)
class BulkChange:
    """What would become of a segment; ``hindered`` says what stands in the way, "" when nothing.

    ``seen`` is that where it is in the target itself.
    """

    row: SegmentRow
    target: str
    wish: DecisionRequest
    hindered: str = ""
    seen: Sequence[TemplateMessage] = ()


def plan_approvals(
    desk: Desk, person: Person, release: Release, locale: str, ids: Collection[str]
) -> tuple[BulkChange, ...]:
    """The approval of segments as they stand; those without words or with errors are hindered."""
    return tuple(_approving(desk, person, release, locale, ids))


def _approving(
    desk: Desk, person: Person, release: Release, locale: str, ids: Collection[str]
) -> Iterator[BulkChange]:
    may_approve = Action.APPROVE in desk.actions(person, release, locale)
    for row in _rows(desk, release, locale, ids):
        entry = row.entry
        if entry.approved:
            continue
        errors = list(desk.errors(release, locale, entry, entry.target))[:1]
        why = "".join(finding.message for finding in errors)
        if not entry.target:
            why, errors = "there is nothing to approve", []
        elif not may_approve:
            why, errors = "approve needs the role reviewer", []
        elif row.claimed_by not in {"", person.id}:
            why, errors = "somebody else has it open", []
        wish = _wish(desk, release, locale, row, Action.APPROVE, entry.target)
        yield BulkChange(row, entry.target, wish, why, errors)


def plan_replacements(
    desk: Desk, person: Person, release: Release, locale: str, ids: Collection[str], old: str, new: str
) -> tuple[BulkChange, ...]:
    """Words replaced in targets, outside codes; what was approved stays so for whoever may approve."""
    old, new = clean_typed_text(old), clean_typed_text(new)
    return tuple(_replacing(desk, person, release, locale, ids, old, new)) if old else ()


def _replacing(
    desk: Desk, person: Person, release: Release, locale: str, ids: Collection[str], old: str, new: str
) -> Iterator[BulkChange]:
    may_approve = Action.APPROVE in desk.actions(person, release, locale)
    for row in _rows(desk, release, locale, ids):
        entry = row.entry
        target = inline.words_only(entry.target, lambda words: words.replace(old, new))
        if target == entry.target:
            continue
        action = Action.APPROVE if entry.approved and may_approve else Action.SAVE
        why, problems = _refusal(target, entry, action)
        if row.claimed_by not in {"", person.id}:
            why, problems = "somebody else has it open", ()
        yield BulkChange(row, target, _wish(desk, release, locale, row, action, target), why, problems)


def _refusal(target: str, entry: Entry, action: Action) -> tuple[str, Sequence[TemplateMessage]]:
    """Why a target is refused, and what was seen in it; "" when it is not."""
    try:
        check_typed_text(target, "", entry, action)
    except Refused as error:
        return error.message, error.seen
    return "", ()


def plan_upload(
    desk: Desk, person: Person, release: Release, locale: str, data: bytes
) -> tuple[BulkChange, ...]:
    """What a PO file says that the desk does not: its targets, saved as this person's.

    An entry is hindered that is fuzzy there, whose codes do not fit, or that somebody decided
    since the file was taken away.  Raises CatalogueError, with the line, for what is no PO file, and for
    one of another language or without a segment of this release.
    """
    catalogue = po.parse(data, f"{release.id}.{locale}.po")
    if catalogue.locale and language_of(catalogue.locale) != language_of(locale):
        raise CatalogueError(
            "the file says that it is in another language",
            remedy="Choose the PO file of this language, or correct its Language header.",
        )
    rows = {row.entry.key: row for row in desk.rows(release, locale)}
    if rows.keys().isdisjoint(entry.key for entry in catalogue.live):
        raise CatalogueError("it has no segment of this release", remedy="Choose a PO file of this release.")
    return tuple(
        _uploaded(desk, person, release, locale, rows[entry.key], entry)
        for entry in catalogue.live
        if entry.key in rows
        and entry.target
        and clean_typed_text(entry.target) != rows[entry.key].entry.target
    )


def _uploaded(
    desk: Desk, person: Person, release: Release, locale: str, row: SegmentRow, entry: Entry
) -> BulkChange:
    target = clean_typed_text(entry.target)
    why, problems = _refusal(target, row.entry, Action.SAVE)
    if entry.fuzzy and not why:
        why = "it is marked as fuzzy in the file"
    if entry.base and row.entry.target and entry.base != po.digest(row.entry):
        why, problems = "somebody decided it since the file was taken away", ()
    if row.claimed_by not in {"", person.id}:
        why, problems = "somebody else has it open", ()
    return BulkChange(row, target, _wish(desk, release, locale, row, Action.SAVE, target), why, problems)


def apply_changes(
    desk: Desk, person: Person, release: Release, locale: str, changes: Sequence[BulkChange]
) -> tuple[Decision, ...]:
    """Take what is not hindered, all of it or none.  Raises StaleDecision when one changed since."""
    requests = [change.wish for change in changes if not change.hindered]
    return decide_checked(desk, person, release, locale, requests)


def decide_checked(
    desk: Desk, person: Person, release: Release, locale: str, requests: Sequence[DecisionRequest]
) -> tuple[Decision, ...]:
    """Take decisions together, each with what the checks still find; raises what the ledger raises."""
    entries = {row.entry.key: row.entry for row in desk.rows(release, locale)}
    checked = [
        replace(request, outstanding=tuple(finding.check for finding in findings))
        for request in requests
        for findings in [desk.findings(release, locale, entries.get(request.key, Entry("")), request.target)]
    ]
    return desk.ledger.decide_all(release, locale, checked, actor=person.id, role=person.role(locale))


def _rows(desk: Desk, release: Release, locale: str, ids: Collection[str]) -> list[SegmentRow]:
    if len(ids) > MOST:
        raise Refused("this is more than the desk takes at once", remedy="Choose fewer segments.")
    return [row for row in desk.rows(release, locale) if row.id in ids]


def _wish(
    desk: Desk, release: Release, locale: str, row: SegmentRow, action: Action, target: str
) -> DecisionRequest:
    history = desk.ledger.store.history(release.id, locale, row.entry.key)
    return DecisionRequest(row.entry.key, action, target, base_of(row.entry, history))
