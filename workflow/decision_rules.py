"""Builds a decision from an entry and a person's request.

Which action may follow which is in `workflow.states`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from l10n import catalogue as po
from l10n.model import Entry, Key
from l10n.project import Release
from workflow import authorship
from workflow.conflicts import without_conflicts
from workflow.states import Action, Authorship, Outcome, Role
from workflow.store import Decision


@dataclass(frozen=True, slots=True)
class DecisionRequest:
    """A decision that a person wants to take; ``base`` is the digest of the text they saw.

    ``overriding`` are the checks whose errors the note answers: they are silenced with it.
    ``outstanding`` are all that still find something in the target.  ``comment`` is the entry's
    comment afterwards, None to leave the one it has.  ``authorship`` is whose eyes the target had when it
    stood before, for one that is put back, and ``fuzzy`` whether it was fuzzy then.
    """

    key: Key
    action: Action
    target: str
    base: str
    note: str = ""
    origin: str = "human"
    overriding: tuple[str, ...] = ()
    outstanding: tuple[str, ...] = ()
    comment: str | None = None
    authorship: Authorship | None = None
    fuzzy: bool = False


@dataclass(frozen=True, slots=True)
class DecisionBatch:
    """Decisions that a person asks for on segments of one catalogue: all of them are taken, or none.

    ``also`` is done in their transaction.
    """

    release: Release
    locale: str
    requests: tuple[DecisionRequest, ...]
    actor: str
    role: Role | None
    also: Callable[[Connection], object] | None = None


def entry_after_request(entry: Entry, request: DecisionRequest, outcome: Outcome, actor: str) -> Entry:
    """An entry as a person's decision leaves it."""
    comment = entry.comment if request.comment is None else request.comment
    comment = comment if outcome.fuzzy else without_conflicts(comment)
    return replace(
        entry,
        target=request.target,
        state=outcome.state,
        fuzzy=outcome.fuzzy,
        origin=entry.origin if request.target == entry.target and entry.origin else request.origin,
        actor=actor,
        previous="" if not outcome.fuzzy else entry.previous,
        comment=po.with_silences(comment, request.overriding, request.note) if request.note else comment,
    )


def decision(
    release: str,
    locale: str,
    entry: Entry,
    action: Action,
    head: Decision | None,
    before: Authorship,
    *,
    at: dt.datetime,
) -> Decision:
    """The decision that makes an entry what it is.

    ``head`` is the one before on its segment, ``before`` who wrote and approved its target until then.
    """
    after = authorship.authorship_after(before, entry, action)
    return Decision(
        release=release,
        locale=locale,
        context=entry.context,
        source=entry.source,
        target=entry.target,
        state=entry.state,
        fuzzy=entry.fuzzy,
        action=action,
        actor=entry.actor,
        at=at,
        digest=po.digest(entry),
        base=digest_of(head),
        origin=entry.origin,
        comment=entry.comment,
        previous=entry.previous,
        author=after.author if entry.target else "",
        passed=tuple(sorted(after.approvers)),
    )


def digest_of(head: Decision | None) -> str:
    """The digest of a decision, "" without one."""
    return head.digest if head else ""


def differs_from_head(entry: Entry, head: Decision | None) -> bool:
    """Whether an entry says something else than the newest decision on its segment."""
    if head is None:
        return bool(entry.target)
    return head.digest != po.digest(entry)


def may_record(entry: Entry, heads: Mapping[Key, Decision], given: Mapping[Key, str], action: Action) -> bool:
    """Whether a machine step may decide a segment: not when somebody did since it was given it."""
    head = heads.get(entry.key)
    if head is None:
        return True
    if action is Action.PRETRANSLATE and head.target:
        return False
    return given.get(entry.key, head.digest) == head.digest
