"""What a person decided taken back, one decision or a whole step, as far as nobody decided it since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from l10n import catalogue as po
from l10n.model import Key
from l10n.project import Release
from workflow.decision_rules import DecisionRequest
from workflow.desk.bulk import decide_checked
from workflow.desk.main import Desk
from workflow.desk_records import desk_records_of
from workflow.states import Action, Authorship, Refused
from workflow.store import Decision, Person, segment_id
from workflow.store.together import decided_together


@dataclass(frozen=True, slots=True)
class Step:
    """What a person decided together, and what became of it.

    ``last`` are the decisions that nobody followed by another, ``returned`` those whose segments stand as
    before since the person took them back.  ``heads`` has the newest decision on each segment.  ``reopened``
    says that one of what returned was approved before, which the person may not do.
    """

    decisions: tuple[Decision, ...] = ()
    last: tuple[Decision, ...] = ()
    returned: tuple[Decision, ...] = ()
    heads: Mapping[Key, Decision] = field(default_factory=dict)
    reopened: bool = False

    @property
    def segment(self) -> str:
        """The segment of its first decision."""
        return segment_id(self.decisions[0].key)

    @property
    def overtaken(self) -> tuple[Decision, ...]:
        """The newest decisions on segments that were decided anew since."""
        done = {*self.last, *self.returned}
        return tuple(self.heads[one.key] for one in self.decisions if one not in done)


def step_of(
    desk: Desk, person: Person, release: Release, locale: str, first: int, *, whole: bool = True
) -> Step:
    """The step of a person that began with the decision of a number; without ``whole`` that one alone.

    An empty step when the person took no such decision there.
    """
    store = desk_records_of(desk.ledger.store).store
    with store.reading() as connection:
        together = decided_together(connection, release.id, locale, person.id, first)
    if not together:
        return Step()
    decided = together if whole else together[:1]
    heads = store.current(release.id, locale, [decision.key for decision in decided])
    last = tuple(decision for decision in decided if heads[decision.key].id == decision.id)
    may_approve = Action.APPROVE in desk.actions(person, release, locale)
    befores = {one: _before(desk, release, locale, one) for one in decided if one not in last}
    returned = tuple(
        one
        for one, before in befores.items()
        if _stands_as_before(one, before, heads[one.key], may_approve=may_approve)
    )
    reopened = not may_approve and any(
        before is not None and before.state.approved for one, before in befores.items() if one in returned
    )
    return Step(decided, last, returned, heads, reopened)


def take_back(
    desk: Desk, person: Person, release: Release, locale: str, first: int, *, whole: bool = True
) -> tuple[Decision, ...]:
    """Take back what of a step nobody decided since; nothing where somebody decided all of it.

    Raises Refused when the person took no such decision, StaleDecision when somebody decides one of them
    at this moment.
    """
    step = step_of(desk, person, release, locale, first, whole=whole)
    if not step.decisions:
        raise Refused(
            "there is nothing to take back", remedy="Somebody may have decided it since; see its history."
        )
    may_approve = Action.APPROVE in desk.actions(person, release, locale)
    requests = [
        _request_before(decision, _before(desk, release, locale, decision), may_approve=may_approve)
        for decision in step.last
    ]
    return decide_checked(desk, person, release, locale, requests) if requests else ()


def _stands_as_before(
    decision: Decision, before: Decision | None, head: Decision, *, may_approve: bool
) -> bool:
    """Whether the newest decision on a segment did no more than to take a decision back."""
    if (head.base, head.actor) != (decision.digest, decision.actor):
        return False
    asked = _request_before(decision, before, may_approve=may_approve)
    stood = asked.action is Action.APPROVE, asked.fuzzy, asked.target
    return (head.state.approved, head.fuzzy, head.target) == stood


def _request_before(decision: Decision, before: Decision | None, *, may_approve: bool) -> DecisionRequest:
    """What makes a segment stand as it did before a decision, as far as the person may decide that."""
    if before is None:
        comment = po.without_silences(decision.comment)
        return DecisionRequest(decision.key, Action.TAKE_BACK, "", decision.digest, comment=comment)
    approved = before.state.approved and may_approve
    origin = before.origin or "human"
    return DecisionRequest(
        decision.key,
        Action.APPROVE if approved else Action.TAKE_BACK,
        before.target,
        decision.digest,
        origin=origin,
        comment=before.comment,
        authorship=Authorship(before.author, frozenset(before.passed)) if before.author else None,
        fuzzy=before.fuzzy,
    )


def _before(desk: Desk, release: Release, locale: str, decision: Decision) -> Decision | None:
    """The decision that another started from, None where it was the first."""
    history = desk.ledger.store.history(release.id, locale, decision.key)
    earlier = [past for past in history if past.digest == decision.base and past.id < decision.id]
    return earlier[-1] if earlier else None
