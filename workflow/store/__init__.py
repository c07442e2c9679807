"""The Store protocol (decisions, claims, people, tokens) and the types it deals in."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from l10n.errors import L10nError
from l10n.model import Key, State
from workflow.states import Action, Role

if TYPE_CHECKING:
    from sqlalchemy import Connection


@lru_cache(maxsize=20_000)
def segment_id(key: Key) -> str:
    """16 hexadecimal digits that stand for a (context, source) in addresses and tables."""
    context, source = key
    packed = f"{len(context)}:{context}{source}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(packed).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was done to a segment, by whom, and from where it started.

    ``base`` is the digest of the decision it started from, "" for the first; ``digest`` its
    own.  ``note`` is what the person said about it, ``comment`` the translator's comment in the
    catalogue.  ``outstanding`` has the ids of the checks that still found something when it was
    taken, in order and with spaces between.  ``author`` is the id of who wrote the target, "-" when
    no person did, and ``passed`` of who approved it and did not take that back; "" and none in
    decisions made before that was kept.  ``id`` is given by the store, in order.
    """

    release: str
    locale: str
    context: str
    source: str
    target: str
    state: State
    fuzzy: bool
    action: Action
    actor: str
    at: dt.datetime
    digest: str
    base: str = ""
    origin: str = ""
    comment: str = ""
    previous: str = ""
    note: str = ""
    outstanding: str = ""
    author: str = ""
    passed: tuple[str, ...] = ()
    id: int = 0

    @property
    def key(self) -> Key:
        """What identifies the segment: (context, source)."""
        return self.context, self.source


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account; ``roles`` maps a locale or "*" to a role."""

    id: str
    login: str
    name: str
    roles: Mapping[str, Role]
    password: str = ""

    def role(self, locale: str) -> Role | None:
        """The role in a locale: the one for it, or the one for all."""
        return self.roles.get(locale) or self.roles.get("*")

    def edits(self, locale: str = "*") -> bool:
        """Whether they are an editor in a locale, or in every one."""
        role = self.role(locale)
        return role is not None and role.covers(Role.EDITOR)

    @property
    def edits_somewhere(self) -> bool:
        """Whether they are an editor in any locale."""
        return any(map(self.edits, self.roles))


@dataclass(frozen=True, slots=True)
class Claim:
    """A lease on a segment until ``expires``."""

    release: str
    locale: str
    segment: str
    person: str
    expires: dt.datetime


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """Where the hash chain of a release is broken, and why."""

    release: str
    place: int
    why: str


class TokenKind(StrEnum):
    """What a token opens: the desk while a person works, the door once, half of it, or the API."""

    SESSION = "session"
    SIGN_IN = "sign-in"
    HALF = "half"
    API = "api"


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token: its digest, and what tells its owner which one it is."""

    kind: TokenKind
    digest: str
    person: str
    expires: dt.datetime
    since: dt.datetime | None = None
    about: str = ""
    scope: str = ""


class StaleDecision(L10nError):
    """Somebody decided the segment in between; ``current`` is what it says now."""

    def __init__(self, current: Decision | None) -> None:
        super().__init__(
            "the segment was changed in the meantime", remedy="Compare both texts and decide again."
        )
        self.current = current


class Unavailable(L10nError):
    """The database does not answer, or its disk does not take what is written."""


@dataclass(frozen=True, slots=True)
class AppendRequest:
    """Decisions to append, all of them or none; ``also`` writes what they make necessary."""

    decisions: tuple[Decision, ...]
    also: Callable[[Connection], object] | None = None


LONGEST_LEASE = dt.timedelta(minutes=20)
"""Twice what the desk leases a segment for."""


@dataclass(frozen=True, slots=True)
class CatalogueStatus:
    """What the store knows of a catalogue without reading it.

    ``digest`` is that of the file as last written, with the decisions ``upto`` one in it, ""
    and 0 if never; ``newest`` is the newest decision there is.
    """

    digest: str = ""
    upto: int = 0
    newest: int = 0


class Store(Protocol):
    """Where decisions, claims and people are kept.

    Contract, held by ``tests/contracts/test_store_contract.py``:

    * ``append`` returns after its decisions are durable, all of them or none; it raises
      StaleDecision, and appends nothing, when the newest decision on one of the segments is not
      the ``base`` of the one to append; what ``also`` does in the same transaction is done if
      and only if they are there, and an append whose ``also`` raises appends nothing;
    * of what ``append_each`` is given one may be refused and the next kept;
    * decisions are never changed or removed, and each is chained to the one before it in its
      release, so that ``breaks`` names the first one that was tampered with;
    * ``claim`` gives a segment to one person at a time;
    * every method may be called from any thread, and from several processes at once;
    * a method raises Unavailable when the database cannot do its part, and works again once it
      can.  A change that raised it is not acknowledged: it may be there or not, as a whole.

    Moments are aware and in UTC.
    """

    def append(
        self, decisions: Sequence[Decision], *, also: Callable[[Connection], object] | None = None
    ) -> tuple[Decision, ...]:
        """Add decisions; returned with their ids.  ``also`` writes what they make necessary."""

    def append_each(self, additions: Sequence[AppendRequest]) -> tuple[tuple[Decision, ...] | Exception, ...]:
        """As ``append`` for each, committed together; what it would have returned, or raised."""

    def current(
        self, release: str, locale: str, keys: Collection[Key] | None = None, *, since: int = 0
    ) -> Mapping[Key, Decision]:
        """The newest decision on every segment of a release in a language, or on some of them.

        ``since`` leaves out those up to the decision of that number.
        """

    def history(self, release: str, locale: str, key: Key) -> tuple[Decision, ...]:
        """Every decision on a segment, oldest first."""

    def newest(self, release: str, locale: str) -> int:
        """The id of the newest decision, 0 without any."""

    def projection(self, release: str, locale: str) -> tuple[str, int]:
        """(digest of the catalogue as last written, newest decision in it), ("", 0) if never."""

    def catalogue_status(self, release: str, locale: str) -> CatalogueStatus:
        """What is known of one catalogue: ``newest`` and ``projection`` at one moment."""

    def catalogue_statuses(self) -> Mapping[tuple[str, str], CatalogueStatus]:
        """What is known of every catalogue, by release and locale."""

    def faults(self, release: str, locale: str) -> Mapping[str, tuple[str, ...]]:
        """The checks that still found something when a segment was decided last, by segment."""

    def projected(self, release: str, locale: str, digest: str, upto: int) -> None:
        """Remember what was last written."""

    def breaks(self) -> tuple[ChainBreak, ...]:
        """Where the chain of a release does not hold; empty when nobody tampered with it."""

    def claim(
        self, release: str, locale: str, segment: str, person: str, *, now: dt.datetime, until: dt.datetime
    ) -> Claim:
        """Lease a segment, or renew the lease; the claim returned may be another person's.

        One that was renewed a moment ago may be left as it is.

        A lease that ends later than LONGEST_LEASE from now was taken by a clock that was wrong, and
        does not hold.
        """

    def unclaim(self, release: str, locale: str, segment: str, person: str) -> None:
        """Give a lease back; nothing happens when it is not the person's."""

    def claims(self, release: str, locale: str, *, now: dt.datetime) -> Mapping[str, Claim]:
        """The leases that hold now, by segment."""

    def save_person(self, person: Person) -> None:
        """Add a person, or change the one with this id.  Raises Refused for a login in use."""

    def person(self, person_id: str) -> Person | None:
        """The person with an id."""

    def person_by_login(self, login: str) -> Person | None:
        """The person with a login."""

    def people(self) -> tuple[Person, ...]:
        """Everybody who was not forgotten, by name."""

    def forget(self, person_id: str) -> None:
        """Erase a person's name, login, roles, notes, comments and settings; their decisions stay.

        A comment is whose decision first said it, however long others carried it on: it goes from
        theirs too, and what others wrote stays in the person's own.  The chain still verifies.
        """

    def empty(self) -> None:
        """Forget every decision; people stay."""

    def save_token(self, token: Token) -> None:
        """Remember the digest of a token that opens something for a person."""

    def tokens(self, person: str, kind: TokenKind, *, now: dt.datetime) -> tuple[Token, ...]:
        """The tokens of a person that have not expired, the newest first."""

    def token(self, kind: TokenKind, digest: str, *, now: dt.datetime) -> Token | None:
        """A token, None when there is no such one or it has expired."""

    def holder(self, kind: TokenKind, digest: str, *, now: dt.datetime) -> Person | None:
        """Whose a token is, None when there is no such one or it has expired."""

    def take_token(self, kind: TokenKind, digest: str, *, now: dt.datetime) -> str | None:
        """Like ``token``, and the token is used up: of two takers one gets it."""

    def drop_token(self, kind: TokenKind, digest: str) -> None:
        """Forget a token."""

    def close(self) -> None:
        """Let go of the database."""
