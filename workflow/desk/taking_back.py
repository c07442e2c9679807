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
    returned = tuple(
        decision
        for decision in decided
        if heads[decision.key].id != decision.id
        and _stands_as_before(desk, person, release, locale, decision, heads[decision.key])
    )
    may_approve = Action.APPROVE in desk.actions(person, release, locale)
    befores = [] if may_approve else [_before(desk, release, locale, decision) for decision in returned]
    return Step(
        decided, last, returned, heads, any(one is not None and one.state.approved for one in befores)
    )


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
    requests = [_request_before(desk, person, release, locale, decision) for decision in step.last]
    return decide_checked(desk, person, release, locale, requests) if requests else ()


def _stands_as_before(
    desk: Desk, person: Person, release: Release, locale: str, decision: Decision, head: Decision
) -> bool:
    """Whether the newest decision on a segment did no more than to take a decision back."""
    if (head.base, head.actor) != (decision.digest, decision.actor):
        return False
    asked = _request_before(desk, person, release, locale, decision)
    stood = asked.action is Action.APPROVE, asked.fuzzy, asked.target
    return (head.state.approved, head.fuzzy, head.target) == stood


def _request_before(
    desk: Desk, person: Person, release: Release, locale: str, decision: Decision
) -> DecisionRequest:
    """What makes a segment stand as it did before a decision, as far as the person may decide that."""
    before = _before(desk, release, locale, decision)
    if before is None:
        comment = po.without_silences(decision.comment)
        return DecisionRequest(decision.key, Action.TAKE_BACK, "", decision.digest, comment=comment)
    approved = before.state.approved and Action.APPROVE in desk.actions(person, release, locale)
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
