"""Rows become nouns, and moments become text that sorts."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields
from typing import Any

from sqlalchemy import Row

from l10n.model import State
from workflow.states import Action, Role
from workflow.store import Claim, Decision, Person, Token, TokenKind
from workflow.store.chain import Linked

_DECISION = tuple(field.name for field in fields(Decision))


def stamp(moment: dt.datetime) -> str:
    """A moment as it is kept: UTC, to the microsecond."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def moment(text: str) -> dt.datetime:
    """A moment as it was kept."""
    return dt.datetime.fromisoformat(text)


def decision(row: Row[Any]) -> Decision:
    """A row of decisions."""
    kept = row._mapping  # noqa: SLF001 - its public face
    values = {name: kept[name] for name in _DECISION}
    values |= {
        "state": State(values["state"]),
        "action": Action(values["action"]),
        "at": moment(values["at"]),
        "fuzzy": bool(values["fuzzy"]),
        "passed": tuple(values["passed"].split()),
    }
    return Decision(**values)


def of_decision(decision: Decision) -> dict[str, object]:
    """A decision as a row, without its number and its place in the chain."""
    row: dict[str, object] = {name: getattr(decision, name) for name in _DECISION if name != "id"}
    return row | {
        "state": str(decision.state),
        "action": str(decision.action),
        "at": stamp(decision.at),
        "passed": " ".join(decision.passed),
    }


def linked(row: Row[Any]) -> Linked:
    """A row of decisions with its place in the chain."""
    return Linked(decision(row), row.place, row.salt, row.link, json.loads(row.seals))


def claim(row: Row[Any]) -> Claim:
    """A row of claims."""
    return Claim(row.release, row.locale, row.segment, row.person, moment(row.expires))


def token(row: Row[Any]) -> Token:
    """A row of tokens."""
    since = moment(row.since) if row.since else None
    return Token(
        TokenKind(row.kind), row.digest, row.person, moment(row.expires), since, row.about, row.scope
    )


def person(row: Row[Any]) -> Person:
    """A row of people."""
    roles = {locale: Role(role) for locale, role in json.loads(row.roles).items()}
    return Person(row.id, row.login, row.name, roles, row.password)
