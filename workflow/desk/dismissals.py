"""Findings that a person silences with a reason, and segments that stay untranslated."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from l10n import catalogue as po
from l10n import checks
from l10n.project import Release
from workflow.decision_rules import DecisionRequest
from workflow.desk.main import UNSILENCEABLE, Desk
from workflow.desk.typed_text import clean_typed_text
from workflow.desk.views import SegmentRow
from workflow.states import Action, Refused
from workflow.store import Decision, Person

COPIED = "copy"
_UNTRANSLATED = "untranslated"


def silence(
    desk: Desk,
    person: Person,
    release: Release,
    locale: str,
    segment: str,
    check: str,
    *,
    reason: str,
    target: str,
    base: str,
) -> Decision:
    """Save a target in which what a check finds is no fault; it is silent until the source changes.

    What was approved and is not altered stays so for whoever may approve it.  Raises Refused without
    a reason, and what ``Desk.take`` raises.
    """
    if check in UNSILENCEABLE or check not in checks.names():
        raise Refused("this cannot be silenced", remedy="Correct the translation.")
    row, why = desk.row_of(release, locale, segment), _reason(reason)
    request = DecisionRequest(
        row.entry.key, Action.SAVE, clean_typed_text(target), base, why, overriding=(check,)
    )
    return _kept(desk, person, release, locale, row, request, {check})


def unsilence(
    desk: Desk,
    person: Person,
    release: Release,
    locale: str,
    segment: str,
    check: str,
    *,
    target: str,
    base: str,
) -> Decision:
    """Save a target in which what a check finds counts again."""
    row = desk.row_of(release, locale, segment)
    if check not in row.silenced:
        raise Refused("this is not silenced", remedy="Somebody may have done it since; see its history.")
    comment = po.without_silences(row.entry.comment, {check})
    request = DecisionRequest(row.entry.key, Action.SAVE, clean_typed_text(target), base, comment=comment)
    return _kept(desk, person, release, locale, row, request, ())


def keep_untranslated(
    desk: Desk,
    person: Person,
    release: Release,
    locale: str,
    segment: str,
    *,
    reason: str,
    base: str,
) -> Decision:
    """Decide that a segment is not to be translated: its target is its source, for a reason.

    It is approved where the person may approve it.  Raises what ``silence`` raises.
    """
    row, why = desk.row_of(release, locale, segment), _reason(reason)
    source = row.entry.source
    checks_found = {
        finding.check for finding in desk.findings(release, locale, row.entry, source)
    } - UNSILENCEABLE
    silent = tuple(sorted({_UNTRANSLATED, *checks_found}))
    request = DecisionRequest(
        row.entry.key, Action.APPROVE, source, base, why, origin=COPIED, overriding=silent
    )
    return approve_or_save(desk, person, release, locale, row, request)


def _kept(
    desk: Desk,
    person: Person,
    release: Release,
    locale: str,
    row: SegmentRow,
    request: DecisionRequest,
    silent: Collection[str],
) -> Decision:
    """Save a target; one that was approved and is not altered is approved again where it may be."""
    entry = row.entry
    stands = entry.approved and request.target == entry.target
    errors = desk.errors(release, locale, entry, request.target)
    if stands and all(finding.check in silent for finding in errors):
        request = replace(request, action=Action.APPROVE)
    return approve_or_save(desk, person, release, locale, row, request)


def approve_or_save(
    desk: Desk, person: Person, release: Release, locale: str, row: SegmentRow, request: DecisionRequest
) -> Decision:
    """Do what is asked for, where it is an approval that the person may not give save instead."""
    try:
        return desk.take(person, release, locale, row, request)
    except Refused:
        if request.action is not Action.APPROVE:
            raise
    return desk.take(person, release, locale, row, replace(request, action=Action.SAVE))


def _reason(reason: str) -> str:
    words = " ".join(clean_typed_text(reason).split())
    if not words:
        raise Refused("there is no reason", remedy="Say in a few words why it is right as it is.")
    return words
