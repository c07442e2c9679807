"""Which decision may follow which: one table, and the only door to a segment's state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from l10n.errors import L10nError
from l10n.model import State


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
    PRETRANSLATE = "pretranslate"
    UPDATE = "update"
    IMPORT = "import"
    OUTSIDE = "outside"


class Refused(L10nError):
    """The decision may not be taken; the message says why, the remedy what would help."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table.

    ``role`` is the least a person needs, None for what only machines and files do.  ``becomes``
    is the state of a segment with a target afterwards, None where the decision itself says.
    ``fuzzy`` likewise.  ``needs_target`` is whether an empty target is refused.
    """

    role: Role | None
    becomes: State | None
    fuzzy: bool | None
    needs_target: bool = False


RULES: Mapping[Action, Rule] = {
    Action.SAVE: Rule(Role.TRANSLATOR, State.TRANSLATED, fuzzy=False),
    Action.APPROVE: Rule(Role.REVIEWER, State.REVIEWED, fuzzy=False, needs_target=True),
    Action.SEND_BACK: Rule(Role.REVIEWER, State.TRANSLATED, fuzzy=True, needs_target=True),
    Action.PRETRANSLATE: Rule(None, State.TRANSLATED, fuzzy=None),
    Action.UPDATE: Rule(None, None, fuzzy=None),
    Action.IMPORT: Rule(None, None, fuzzy=None),
    Action.OUTSIDE: Rule(None, None, fuzzy=None),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a segment is after a decision."""

    state: State
    fuzzy: bool


@dataclass(frozen=True, slots=True)
class Eyes:
    """What a release asks of an approval in a language, and how far it is for this very target.

    ``review`` is the rule: "none" lets whoever may translate approve, "four-eyes" nobody what they
    wrote, "one" asks for a reviewer.  ``own`` says that the person wrote the target.  ``passed``
    are those who approved it before, None where one pass is enough.
    """

    review: str = "one"
    own: bool = False
    passed: frozenset[str] | None = None


def may(action: Action, role: Role | None, review: str = "one") -> bool:
    """Whether a person with a role may take such a decision under a review rule."""
    needed = _needed(action, review)
    return role is not None and needed is not None and role.covers(needed)


def after(
    action: Action, target: str, *, role: Role | None = None, actor: str = "", eyes: Eyes | None = None
) -> Outcome:
    """What a person's decision makes of a segment.

    The first of two passes leaves it translated.  Raises Refused when the role does not reach, a
    target is missing, or more eyes are needed than the person has.
    """
    eyes = eyes or Eyes()
    rule = RULES[action]
    if not may(action, role, eyes.review):
        needed = _needed(action, eyes.review) or "no person"
        raise Refused(f"{action} needs the role {needed}", remedy="Ask an administrator for it.")
    if rule.needs_target and not target.strip():
        raise Refused(f"there is nothing to {action}", remedy="Write a translation first.")
    if action is Action.APPROVE:
        if eyes.own and eyes.review == "four-eyes":
            raise Refused("you wrote this yourself", remedy="Save it; another person has to approve it.")
        if eyes.passed is not None:
            return _passed(eyes.passed, actor)
    if not target:
        return Outcome(State.INITIAL, fuzzy=False)
    return Outcome(rule.becomes or State.TRANSLATED, bool(rule.fuzzy))


def _needed(action: Action, review: str) -> Role | None:
    return Role.TRANSLATOR if action is Action.APPROVE and review == "none" else RULES[action].role


def _passed(before: frozenset[str], actor: str) -> Outcome:
    """What an approval is where two people have to give theirs."""
    if before == {actor}:
        raise Refused("you approved this already", remedy="A second person has to approve it, too.")
    return Outcome(State.REVIEWED if before else State.TRANSLATED, fuzzy=False)
