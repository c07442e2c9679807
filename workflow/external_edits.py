"""Edits made in catalogue files outside the desk: which decision each of them becomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from l10n import catalogue as po
from l10n.model import Entry, State
from l10n.review_rule import ReviewRule
from workflow import authorship, states
from workflow.conflicts import conflicting_texts
from workflow.states import Action, Authorship
from workflow.store import Decision

OUTSIDE = "catalogue"
CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class ExternalEdit:
    """An entry to record as a decision, with its action and a note for the history."""

    entry: Entry
    action: Action
    note: str = ""


def classify_edit(
    entry: Entry,
    head: Decision | None,
    history: Callable[[], Sequence[Decision]],
    *,
    upto: int,
    came: bool,
    strict: bool = False,
) -> ExternalEdit | None:
    """What to make of an entry whose newest decision is ``head``; None when it is known.

    ``upto`` is the last decision that the file was given.  ``came`` says that the file came by
    commits that went on from what it was given: then what it says is newer, also where it says
    again what was decided before.  Otherwise that is an old copy put back, and undoes nothing.
    ``strict`` says that the release asks for more than one pair of eyes, so that an entry tells whose.
    """
    if head is None:
        return ExternalEdit(entry, Action.IMPORT, _note(entry)) if entry.target else None
    own = is_own(entry)
    conflicts = conflicting_texts(entry.comment) - conflicting_texts(head.comment)
    unchanged = po.digest(entry) == head.digest
    if unchanged and not conflicts and not (own and _goes_on(entry, head, came=came, strict=strict)):
        return None
    past = history()
    conflicts -= (
        frozenset[object]()
        if came
        else {conflict for old in past for conflict in conflicting_texts(old.comment)}
    )
    if own and not came and not conflicts and (not entry.target or _known(entry, past, strict=strict)):
        return None
    given_digest = next((decision.digest for decision in reversed(past) if decision.id <= upto), "")
    base = given_digest if own or entry.base not in {decision.digest for decision in past} else entry.base
    return _edit_of(entry, head, own=own, parted=base != head.digest and not (unchanged and own))


def _edit_of(entry: Entry, head: Decision, *, own: bool, parted: bool) -> ExternalEdit:
    """News of a segment; ``parted`` when both sides went on from the same decision."""
    if parted:
        return ExternalEdit(_outsider(entry, fuzzy=True), Action.OUTSIDE, _note(entry, head.target))
    if own:
        return ExternalEdit(entry, Action.IMPORT, _note(entry))
    return ExternalEdit(_outsider(entry, fuzzy=entry.fuzzy), Action.OUTSIDE)


def apply_review_rule(
    news: ExternalEdit, before: Authorship, rule: ReviewRule, may_approve: Callable[[str], bool]
) -> Entry:
    """The entry of an edit, approved only as far as the people it names may approve here.

    ``before`` is who wrote and approved its target here.  An approver unknown here counts: another copy
    of the project gave them the right.
    """
    entry = news.entry
    if news.action is not Action.IMPORT or not (entry.target and is_own(entry)):
        return entry
    if rule.trusts_gettext and not entry.actor:
        return entry
    claimed = authorship.authorship_after(before, entry, Action.IMPORT)
    approvers = frozenset(filter(may_approve, claimed.approvers))
    # Where nothing tells who wrote it, that is not taken to be whoever approved it, nor another.
    credited = Authorship(before.author or entry.author, approvers)
    return replace(
        entry, state=states.accepted_state(entry.state, rule, credited), approvers=tuple(sorted(approvers))
    )


def is_own(entry: Entry) -> bool:
    """Whether an entry's provenance line was written for this very text, or it is empty and has none."""
    return entry.base == po.digest(entry) or not (entry.target or entry.base)


def _goes_on(entry: Entry, head: Decision, *, came: bool, strict: bool) -> bool:
    """Whether an entry says more about the text of the newest decision than that one."""
    if strict and _more_eyes(entry, head):
        return True
    if came:
        return provenance_fields(entry) != provenance_fields(head) or entry.comment != head.comment
    return provenance_fields(entry) != provenance_fields(head) and _rank(entry.state) >= _rank(head.state)


def _more_eyes(entry: Entry, decision: Decision) -> bool:
    """Whether an entry tells of an approval that a decision does not have."""
    return not set(entry.approvers) <= set(decision.passed)


def _known(entry: Entry, past: Sequence[Decision], *, strict: bool) -> bool:
    """Whether what an entry says was decided here before."""
    fields = provenance_fields(entry)
    return any(
        provenance_fields(decision) == fields and not (strict and _more_eyes(entry, decision))
        for decision in past
    )


def provenance_fields(decided: Entry | Decision) -> tuple[str, ...]:
    """A decision as its line tells it; an empty target has no line, and *final* is not told."""
    digest = decided.digest if isinstance(decided, Decision) else po.digest(decided)
    state = State.REVIEWED if decided.state is State.FINAL else decided.state
    return (digest, state, decided.origin, decided.actor) if decided.target else (digest,)


def _rank(state: State) -> int:
    return min(tuple(State).index(state), tuple(State).index(State.REVIEWED))


def _note(entry: Entry, *others: str) -> str:
    """What else was decided, for people to see in the history."""
    texts = (*others, *(conflict.target for conflict in sorted(conflicting_texts(entry.comment))))
    return "; ".join(f"{CONFLICT}: {text}" for text in texts)


def _outsider(entry: Entry, *, fuzzy: bool) -> Entry:
    state = State.TRANSLATED if fuzzy and entry.target else entry.state
    return replace(entry, fuzzy=fuzzy, state=state, origin=OUTSIDE, actor="")
