"""Who is here: accounts, passwords, sign-in links and sessions.

Tokens are kept as digests only; whoever reads the database cannot sign in with what is there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from workflow.states import Refused, Role
from workflow.store import Person, Store, TokenKind

SESSION_LIFETIME = dt.timedelta(hours=12)
LINK_LIFETIME = dt.timedelta(hours=24)
LEAST_PASSWORD = 12
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


def new_id() -> str:
    """A short random id, which says nothing about the person."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(8))


def create(
    store: Store, *, login: str, name: str, roles: Mapping[str, Role], password: str | None = None
) -> Person:
    """Add a person; without a password they sign in by link.

    Raises Refused for a login that is taken or empty, or a password that is too short.
    """
    login = login.strip().lower()
    if not login or len(login) > 200 or not name.strip() or len(name) > 200:
        raise Refused("a person needs a login and a name of at most 200 characters")
    person = Person(new_id(), login, name.strip(), dict(roles), hashed(password) if password else "")
    store.save_person(person)
    return person


def hashed(password: str) -> str:
    """The argon2 hash of a password.  Raises Refused when it is too short."""
    if len(password) < LEAST_PASSWORD:
        raise Refused(f"a password needs at least {LEAST_PASSWORD} characters", remedy="A few words will do.")
    return _hasher().hash(password)


def by_password(store: Store, login: str, password: str) -> Person | None:
    """The person a login and password belong to.

    An unknown login takes as long as a wrong password, so that nobody learns which it was.
    """
    person = store.person_by_login(login.strip().lower())
    try:
        _hasher().verify(person.password if person and person.password else _decoy(), password)
    except (VerificationError, InvalidHashError):
        return None
    return person if person and person.password else None


def sign_in_token(store: Store, person: Person, *, now: dt.datetime) -> str:
    """A token that signs a person in once, within a day."""
    return _issue(store, TokenKind.SIGN_IN, person.id, now + LINK_LIFETIME)


def by_link(store: Store, token: str, *, now: dt.datetime) -> Person | None:
    """The person a sign-in token is for; the token is used up."""
    found = store.take_token(TokenKind.SIGN_IN, _digest(token), now=now)
    return store.person(found) if found else None


def start_session(store: Store, person: Person, *, now: dt.datetime) -> str:
    """A token for the cookie of a signed-in person."""
    return _issue(store, TokenKind.SESSION, person.id, now + SESSION_LIFETIME)


def by_session(store: Store, token: str, *, now: dt.datetime) -> Person | None:
    """The person a session token is for."""
    found = store.token(TokenKind.SESSION, _digest(token), now=now)
    return store.person(found) if found else None


def end_session(store: Store, token: str) -> None:
    """Sign out."""
    store.drop_token(TokenKind.SESSION, _digest(token))


def _issue(store: Store, kind: TokenKind, person: str, expires: dt.datetime) -> str:
    token = secrets.token_urlsafe(32)
    store.save_token(kind, _digest(token), person, expires)
    return token


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _decoy() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))
