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


def after(action: Action, target: str, *, role: Role | None = None, own: bool = False) -> Outcome:
    """What a person's decision makes of a segment.

    ``own`` says that the person wrote this very target, where four eyes are asked for.  Raises
    Refused when the role does not reach, a target is missing, or the eyes are two.
    """
    rule = RULES[action]
    if rule.role is None or role is None or not role.covers(rule.role):
        needed = rule.role or "no person"
        raise Refused(f"{action} needs the role {needed}", remedy="Ask an administrator for it.")
    if rule.needs_target and not target.strip():
        raise Refused(f"there is nothing to {action}", remedy="Write a translation first.")
    if own and rule.becomes is State.REVIEWED:
        raise Refused("you wrote this yourself", remedy="Save it; another person has to approve it.")
    if not target:
        return Outcome(State.INITIAL, fuzzy=False)
    return Outcome(rule.becomes or State.TRANSLATED, bool(rule.fuzzy))
