"""The table of transitions: who may take which action, and the state of a segment afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from l10n.errors import L10nError
from l10n.model import State
from l10n.review_rule import DEFAULT_RULE, ReviewRule


class Role(StrEnum):
    """What a person may do in a language; each role may do what the ones before it may."""

    TRANSLATOR = "translator"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMIN = "admin"

    def covers(self, other: Role) -> bool:
        """Whether this role may do what ``other`` may."""
        order = tuple(Role)
        return order.index(self) >= order.index(other)


class Action(StrEnum):
    """What a decision does."""

    SAVE = "save"
    APPROVE = "approve"
    SEND_BACK = "send-back"
    TAKE_BACK = "take-back"
    PRETRANSLATE = "pretranslate"
    UPDATE = "update"
    IMPORT = "import"
    OUTSIDE = "outside"


class TemplateMessage(Protocol):
    """What was seen in a target: a text in English with names in braces that stand for ``values``."""

    @property
    def template(self) -> str:
        """The text."""

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """The names, each with what it stands for."""


class Refused(L10nError):
    """The decision may not be taken; the message says why, the remedy what would help.

    ``seen`` is what stands in the way in the target itself, where that is why; the message has it in English.
    """

    def __init__(self, message: str, *, remedy: str = "", seen: Sequence[TemplateMessage] = ()) -> None:
        super().__init__(message, remedy=remedy)
        self.seen = tuple(seen)


@dataclass(frozen=True, slots=True)
class TransitionRule:
    """What one action needs and leads to.

    ``role`` is the least a person needs, None for what only machines and files do.  ``becomes``
    is the state of a segment with a target afterwards, None where the decision itself says.
    ``fuzzy`` likewise.  ``needs_target`` is whether an empty target is refused.
    """

    role: Role | None
    becomes: State | None
    fuzzy: bool | None
    needs_target: bool = False


RULES: Mapping[Action, TransitionRule] = {
    Action.SAVE: TransitionRule(Role.TRANSLATOR, State.TRANSLATED, fuzzy=False),
    Action.APPROVE: TransitionRule(Role.REVIEWER, State.REVIEWED, fuzzy=False, needs_target=True),
    Action.SEND_BACK: TransitionRule(Role.REVIEWER, State.TRANSLATED, fuzzy=True, needs_target=True),
    Action.TAKE_BACK: TransitionRule(Role.TRANSLATOR, State.TRANSLATED, fuzzy=None),
    Action.PRETRANSLATE: TransitionRule(None, State.TRANSLATED, fuzzy=None),
    Action.UPDATE: TransitionRule(None, None, fuzzy=None),
    Action.IMPORT: TransitionRule(None, None, fuzzy=None),
    Action.OUTSIDE: TransitionRule(None, None, fuzzy=None),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a segment is after a decision."""

    state: State
    fuzzy: bool


@dataclass(frozen=True, slots=True)
class Authorship:
    """Whose eyes a target had so far.

    ``author`` wrote it: a person's id, NOBODY for a machine, "" when that is not known.
    ``approvers`` are those who approved it since, and did not take that back.
    """

    author: str = ""
    approvers: frozenset[str] = frozenset()


UNKNOWN_AUTHORSHIP = Authorship()


def may(action: Action, role: Role | None, review: str = "one") -> bool:
    """Whether a person with a role may take such a decision under a review rule."""
    needed = _needed(action, review)
    return role is not None and needed is not None and role.covers(needed)


def decide_state(
    action: Action,
    target: str,
    *,
    role: Role | None = None,
    actor: str = "",
    review: str = "one",
    rule: ReviewRule = DEFAULT_RULE,
    authorship: Authorship = UNKNOWN_AUTHORSHIP,
    fuzzy: bool = False,
) -> Outcome:
    """What a person's decision makes of a segment, whose target has had these eyes before.

    The first of two passes leaves it translated.  ``fuzzy`` counts where the action leaves that open.
    Raises Refused when the role does not reach, a target is missing, or more eyes are needed than the
    person has.
    """
    transition = RULES[action]
    if not may(action, role, review):
        needed = _needed(action, review) or "no person"
        raise Refused(f"{action} needs the role {needed}", remedy="Ask an administrator for it.")
    if transition.needs_target and not target.strip():
        raise Refused(f"there is nothing to {action}", remedy="Write a translation first.")
    if action is Action.APPROVE:
        return _approved(actor, rule, authorship)
    if not target:
        return Outcome(State.INITIAL, fuzzy=False)
    return Outcome(
        transition.becomes or State.TRANSLATED, fuzzy if transition.fuzzy is None else transition.fuzzy
    )


def accepted_state(state: State, rule: ReviewRule, authorship: Authorship) -> State:
    """What the state that a catalogue tells of a decision taken elsewhere amounts to here.

    It is approved as far as the people who approved it would have sufficed here, and no further.
    """
    met = rule.satisfied_by(authorship.author, authorship.approvers)
    if state.approved:
        return state if met else State.TRANSLATED
    return State.REVIEWED if met and rule.approvals_needed > 1 and state is State.TRANSLATED else state


def _approved(actor: str, rule: ReviewRule, authorship: Authorship) -> Outcome:
    if rule.satisfied_by(authorship.author, authorship.approvers):
        return Outcome(State.REVIEWED, fuzzy=False)
    author = authorship.author or actor  # a text that nobody knows yet is being written now
    if authorship.author and rule.satisfied_by(author, authorship.approvers):
        return Outcome(State.REVIEWED, fuzzy=False)
    if rule.four_eyes and author == actor:
        raise Refused("you wrote this yourself", remedy="Save it; another person has to approve it.")
    if rule.approvals_needed > 1 and authorship.approvers == {actor}:
        raise Refused("you approved this already", remedy="A second person has to approve it, too.")
    met = rule.satisfied_by(author, authorship.approvers | {actor})
    return Outcome(State.REVIEWED if met else State.TRANSLATED, fuzzy=False)


def _needed(action: Action, review: str) -> Role | None:
    return Role.TRANSLATOR if action is Action.APPROVE and review == "none" else RULES[action].role
