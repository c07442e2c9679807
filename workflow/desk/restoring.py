"""An earlier decision put back: its text stands again, as far as whoever does it may decide that."""

from __future__ import annotations

from l10n.project import Release
from workflow.decision_rules import DecisionRequest
from workflow.desk.dismissals import approve_or_save
from workflow.desk.main import Desk
from workflow.states import Action, Authorship, Refused
from workflow.store import Decision, Person


def restore_decision(
    desk: Desk, person: Person, release: Release, locale: str, segment: str, decision: int, *, base: str
) -> Decision:
    """Let the text of an earlier decision stand again, by its author and with the origin it had.

    What was approved is approved again where the person may, and saved where they may not; who
    approved it then does not count.  Raises Refused when there is no such decision, StaleDecision
    when the segment changed since ``base``.
    """
    row = desk.row_of(release, locale, segment)
    history = desk.ledger.store.history(release.id, locale, row.entry.key)
    before = next((past for past in history if past.id == decision), None)
    if before is None or not before.target:
        raise Refused("there is no such decision", remedy="Look at the history again.")
    action = Action.TAKE_BACK if before.fuzzy else Action.SAVE
    request = DecisionRequest(
        row.entry.key,
        Action.APPROVE if before.state.approved else action,
        before.target,
        base,
        origin=before.origin or "human",
        authorship=Authorship(before.author) if before.author else None,
        fuzzy=before.fuzzy,
    )
    return approve_or_save(desk, person, release, locale, row, request)
