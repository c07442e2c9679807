"""Who is here: accounts, passwords, sign-in links and sessions.

Tokens are kept as digests only; whoever reads the database cannot sign in with what is there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from workflow.states import Refused, Role
from workflow.store import Person, Store, Token, TokenKind

SESSION_LIFETIME = dt.timedelta(hours=12)
LINK_LIFETIME = dt.timedelta(hours=24)
HALF_LIFETIME = dt.timedelta(minutes=10)
API_LIFETIME = dt.timedelta(days=365)
SCOPES = ("read", "decide")
LEAST_PASSWORD = 12
_LEAST_DIFFERENT, _LEAST_OWN = 5, 6  # characters
_WELL_KNOWN = re.compile(
    "password|passwort|mot ?de ?passe|contrase[nñ]a|azerty(uiop)?|qwert[yz](uiop)?"
    "|letmein|welcome|12345(6789)?|abcdef"
)
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


def is_address(email: str) -> bool:
    """Whether a letter could be sent there."""
    odd = not email.isprintable() or any(letter in email for letter in ' ,;<>"')
    return email.count("@") == 1 and not odd and len(email) <= 200


def hashed(password: str, login: str = "") -> str:
    """The argon2 hash of a password.  Raises Refused when it is too short, or what is tried first."""
    if len(password) < LEAST_PASSWORD:
        raise Refused("a password needs at least 12 characters", remedy="A few words will do.")
    if _guessable(password, login):
        raise Refused("this password is among the first that are tried", remedy="A few words will do.")
    return _hasher().hash(password)


def _guessable(password: str, login: str) -> bool:
    """Whether hardly anything of a password is left without what everybody begins with."""
    rest = _WELL_KNOWN.sub("", password.casefold())
    unguessable = rest.replace(login.casefold(), "") if login else rest
    return len(set(password)) < _LEAST_DIFFERENT or len(unguessable) < _LEAST_OWN


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
    return _issue(store, TokenKind.SIGN_IN, person.id, now, LINK_LIFETIME)


def by_link(store: Store, token: str, *, now: dt.datetime) -> Person | None:
    """The person a sign-in token is for; the token is used up."""
    person_id = store.take_token(TokenKind.SIGN_IN, _digest(token), now=now)
    return store.person(person_id) if person_id else None


def half_token(store: Store, person: Person, *, now: dt.datetime) -> str:
    """A token for somebody who still has to give the code of their second factor."""
    return _issue(store, TokenKind.HALF, person.id, now, HALF_LIFETIME)


def by_half(store: Store, token: str, *, now: dt.datetime) -> Person | None:
    """Who still has to give their code."""
    return _by(store, TokenKind.HALF, token, now)


def end_half(store: Store, token: str) -> None:
    """The code was given: the token is used up."""
    store.drop_token(TokenKind.HALF, _digest(token))


def start_session(store: Store, person: Person, *, now: dt.datetime, about: str = "") -> str:
    """A token for the cookie of a signed-in person; ``about`` tells them later which browser it is."""
    return _issue(store, TokenKind.SESSION, person.id, now, SESSION_LIFETIME, about=about)


def by_session(store: Store, token: str, *, now: dt.datetime) -> Person | None:
    """The person a session token is for."""
    return _by(store, TokenKind.SESSION, token, now)


def end_session(store: Store, token: str) -> None:
    """Sign out."""
    store.drop_token(TokenKind.SESSION, _digest(token))


def end_other_sessions(store: Store, person: str, token: str, *, now: dt.datetime) -> None:
    """Sign out everywhere but where the token is."""
    for session in store.tokens(person, TokenKind.SESSION, now=now):
        if session.digest != _digest(token):
            store.drop_token(TokenKind.SESSION, session.digest)


def api_token(store: Store, person: Person, *, now: dt.datetime, about: str, scopes: Iterable[str]) -> str:
    """A token for programs, good for a year; ``about`` is what its person calls it.

    Raises Refused for a scope that there is not, or none.
    """
    granted = [scope for scope in SCOPES if scope in set(scopes)]
    if not granted or not about.strip():
        raise Refused("a token needs a name and a scope", remedy=f"Scopes: {', '.join(SCOPES)}.")
    label = about.strip()[:100]
    return _issue(store, TokenKind.API, person.id, now, API_LIFETIME, about=label, scope=" ".join(granted))


def by_api_token(store: Store, token: str, scope: str, *, now: dt.datetime) -> Person | None:
    """The person a program acts for, None when the token does not reach so far."""
    stored = store.token(TokenKind.API, _digest(token), now=now)
    return store.person(stored.person) if stored and scope in stored.scope.split() else None


def is_token(token: Token, text: str) -> bool:
    """Whether a kept token is the one with this text."""
    return token.digest == _digest(text)


def _by(store: Store, kind: TokenKind, token: str, now: dt.datetime) -> Person | None:
    return store.holder(kind, _digest(token), now=now)


def _issue(
    store: Store,
    kind: TokenKind,
    person: str,
    now: dt.datetime,
    lifetime: dt.timedelta,
    *,
    about: str = "",
    scope: str = "",
) -> str:
    text = secrets.token_urlsafe(32)
    store.save_token(Token(kind, _digest(text), person, now + lifetime, now, about, scope))
    return text


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _decoy() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))
