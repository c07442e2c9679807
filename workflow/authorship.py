"""Who wrote a target and who approved it, carried from one decision to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from l10n.model import Entry
from l10n.review_rule import NOBODY
from workflow.states import UNKNOWN_AUTHORSHIP, Action, Authorship
from workflow.store import Decision

_CARRIES = frozenset({Action.IMPORT, Action.UPDATE})


def authorship_before(
    head: Decision | None, target: str, history: Callable[[], Sequence[Decision]]
) -> Authorship:
    """Whose eyes a target had before, none when it is not the one that stands.

    ``history`` is asked only for a decision made before this was kept.
    """
    if head is None or head.target != target:
        return UNKNOWN_AUTHORSHIP
    return Authorship(head.author, frozenset(head.passed)) if head.author else _of(history())


def authorship_after(before: Authorship, entry: Entry | Decision, action: Action) -> Authorship:
    """Whose eyes a target has had once a decision is taken; ``before`` is as ``authorship_before`` says.

    A decision that came in with a catalogue, or goes over to the next version of a source, brings
    along what the entry tells.
    """
    carried = action in _CARRIES
    author = before.author or (entry.author if carried else "") or entry.actor or NOBODY
    approvers = before.approvers
    if entry.fuzzy or not entry.target:
        approvers = frozenset()
    elif action is Action.APPROVE:
        approvers |= {entry.actor}
    elif action in {Action.SAVE, Action.TAKE_BACK}:
        approvers -= {entry.actor}
    elif carried:
        entry_approvers = entry.passed if isinstance(entry, Decision) else entry.approvers
        approvers |= {*entry_approvers, *([entry.actor] if entry.actor and entry.state.approved else ())}
    return Authorship(author, approvers)


def _of(history: Iterable[Decision]) -> Authorship:
    """What decisions add up to, the oldest first."""
    authorship, target = UNKNOWN_AUTHORSHIP, ""
    for decision in history:
        authorship = authorship_after(
            authorship if decision.target == target else UNKNOWN_AUTHORSHIP, decision, decision.action
        )
        target = decision.target
    return authorship
