"""Rows become nouns, and moments become text that sorts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Row

from l10n.model import State
from workflow.states import Action, Role
from workflow.store import Claim, Decision, Person, Token, TokenKind
from workflow.store.chain import Linked

DECISION = tuple(field.name for field in fields(Decision))
"""The columns of a decision, in the order ``decided`` takes them."""

_PLACES = {name: place for place, name in enumerate(DECISION)}


def stamp(moment: dt.datetime) -> str:
    """A moment as it is kept: UTC, to the microsecond."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def moment(text: str) -> dt.datetime:
    """A moment as it was kept."""
    return dt.datetime.fromisoformat(text)


def decision(row: Row[Any]) -> Decision:
    """A row of decisions."""
    columns = row._mapping  # noqa: SLF001 - its public face
    return decided([columns[name] for name in DECISION])


def decided(values: Sequence[Any]) -> Decision:
    """A decision from its columns."""
    columns = list(values)
    for name, read in _READ:
        columns[_PLACES[name]] = read(columns[_PLACES[name]])
    return Decision(*columns)


def of_decision(decision: Decision) -> dict[str, object]:
    """A decision as a row, without its number and its place in the chain."""
    row: dict[str, object] = {name: getattr(decision, name) for name in DECISION if name != "id"}
    return row | {
        "state": str(decision.state),
        "action": str(decision.action),
        "at": stamp(decision.at),
        "passed": " ".join(decision.passed),
    }


def linked(row: Row[Any]) -> Linked:
    """A row of decisions with its place in the chain."""
    return Linked(decision(row), row.place, row.salt, row.link, json.loads(row.seals))


def claim(values: Sequence[Any]) -> Claim:
    """A claim from its columns: release, locale, segment, person, and when it expires."""
    release, locale, segment, person_, expires = values
    return Claim(release, locale, segment, person_, moment(expires))


def token(row: Row[Any]) -> Token:
    """A row of tokens."""
    since = moment(row.since) if row.since else None
    return Token(
        TokenKind(row.kind), row.digest, row.person, moment(row.expires), since, row.about, row.scope
    )


def person(values: Sequence[Any]) -> Person:
    """A person from their columns: id, login, name, roles, and the digest of a password."""
    id_, login, name, roles_json, password = values
    roles = {locale: Role(role) for locale, role in json.loads(roles_json).items()}
    return Person(id_, login, name, roles, password)


_READ: tuple[tuple[str, Callable[[Any], object]], ...] = (
    ("state", State),
    ("action", Action),
    ("at", moment),
    ("fuzzy", bool),
    ("passed", lambda ids: tuple(ids.split())),
)
