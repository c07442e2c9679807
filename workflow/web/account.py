"""One's own account: name, password, second factor, sessions, tokens for programs."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from workflow import people, qr, totp
from workflow.desk_records import DAILY, NEVER, Account, DeskRecords, desk_records_of
from workflow.states import Refused
from workflow.store import Person, TokenKind
from workflow.throughput import own_work
from workflow.web.base_path import desk_path
from workflow.web.services import Services, ServicesDep, SignedIn
from workflow.web.templating import page

router = APIRouter()
_LONGEST_PASSWORD = 1000
_PROFILE = ("name", "email", "letters", "away")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a form of the account page asks for; ``what`` says which form it was.

    ``stood`` is what the profile said on the page.
    """

    what: Annotated[str, Form()] = ""
    name: Annotated[str, Form()] = ""
    email: Annotated[str, Form()] = ""
    away: Annotated[str, Form()] = ""
    letters: Annotated[str, Form()] = ""
    current: Annotated[str, Form()] = ""
    password: Annotated[str, Form()] = ""
    secret: Annotated[str, Form()] = ""
    code: Annotated[str, Form()] = ""
    about: Annotated[str, Form()] = ""
    scopes: Annotated[list[str] | None, Form()] = None
    digest: Annotated[str, Form()] = ""
    stood: Annotated[str | None, Form()] = None


@router.get("/me")
def account(request: Request, services: ServicesDep, person: SignedIn, done: str = "") -> Response:
    """The account page."""
    return _shown(request, services, person, done=done if done in _DONE else "")


@router.post("/me")
def change(
    request: Request, services: ServicesDep, person: SignedIn, wanted: Annotated[Wanted, Depends()]
) -> Response:
    """Change one thing; what is refused is said on the page."""
    try:
        if wanted.what == "token":
            token = _new_token(services, person, wanted)
            return _shown(request, services, person, token=token)
        if wanted.what == "factor":
            return _shown(request, services, person, secret=totp.new_secret())
        _CHANGES[wanted.what](request, services, person, wanted)
    except KeyError:
        return _shown(request, services, person, status=400)
    except ProfileChanged as error:
        return _shown(request, services, person, refused=error, typed=wanted, status=409)
    except Refused as error:
        secret = wanted.secret if wanted.what == "factor-on" else ""
        typed = wanted if wanted.what == "profile" else None
        return _shown(request, services, person, refused=error, secret=secret, typed=typed, status=422)
    return RedirectResponse(desk_path(f"/me?done={wanted.what}"), status_code=303)


def _shown(
    request: Request,
    services: Services,
    person: Person,
    *,
    done: str = "",
    token: str = "",
    secret: str = "",
    refused: Refused | None = None,
    typed: Wanted | None = None,
    status: int = 200,
) -> Response:
    store, now = services.desk.ledger.store, services.desk.ledger.clock()
    own_token = services.sessions.token(request)
    otp = totp.address(secret, person.login, services.desk.ledger.project.settings.name) if secret else ""
    notes = desk_records_of(store)
    account = notes.account(person.id)
    standing = _profile_of(person, account)
    return page(
        "account.html",
        status=status,
        person=person,
        account=account,
        profile=typed or standing,
        stood=_stood(standing),
        stands=_differing(standing, typed) if typed else {},
        sessions=sorted(
            (
                (session, people.is_token(session, own_token))
                for session in store.tokens(person.id, TokenKind.SESSION, now=now)
            ),
            key=lambda pair: not pair[1],
        ),
        tokens=store.tokens(person.id, TokenKind.API, now=now),
        events=notes.events(person.id),
        work=own_work(notes.store, person.id, now.date()),
        scopes=people.SCOPES,
        done=done,
        token=token,
        secret=secret,
        otp=otp,
        picture=qr.picture(otp) if otp else (0, ""),
        refused=refused,
        onward_here=desk_path("/me"),
    )


class ProfileChanged(Refused):
    """A profile says something else by now than on the page that a form stands on."""


def _profile_of(person: Person, account: Account) -> Wanted:
    """What somebody's profile says, as its form has it."""
    away, letters = str(account.away or ""), account.letters or DAILY
    return Wanted(name=person.name, email=account.email, away=away, letters=letters)


def _stood(profile: Wanted) -> str:
    """Which profile it is that a form shows."""
    said = "\n".join(getattr(profile, name) for name in _PROFILE)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _differing(standing: Wanted, typed: Wanted) -> dict[str, str]:
    """What of a profile is not as somebody typed it."""
    said = {name: getattr(standing, name) for name in _PROFILE}
    return {name: text for name, text in said.items() if text != getattr(typed, name).strip()}


def _profile(_request: Request, services: Services, person: Person, wanted: Wanted) -> None:
    name, email = wanted.name.strip(), wanted.email.strip()
    if not name or len(name) > 200:
        raise Refused("a person needs a name of at most 200 characters")
    if email and not people.is_address(email):
        raise Refused("this is no e-mail address")
    try:
        away = dt.date.fromisoformat(wanted.away) if wanted.away else None
    except ValueError:
        raise Refused("this is no day", remedy="Write it as 2026-12-31.") from None
    store = services.desk.ledger.store
    notes = desk_records_of(store)
    account = notes.account(person.id)
    if wanted.stood not in {None, _stood(_profile_of(person, account))}:
        raise ProfileChanged("your profile was changed meanwhile", remedy="Look at it, then save.")
    store.save_person(replace(person, name=name))
    letters = wanted.letters if wanted.letters in {DAILY, NEVER} else account.letters
    notes.save_account(replace(account, email=email, away=away, letters=letters))


def _password(request: Request, services: Services, person: Person, wanted: Wanted) -> None:
    _require_password(services, person, wanted.current)
    if len(wanted.password) > _LONGEST_PASSWORD:
        raise Refused("a password has at most 1000 characters")
    store, now = services.desk.ledger.store, services.desk.ledger.clock()
    with services.throttle.turns:
        store.save_person(replace(person, password=people.hashed(wanted.password, person.login)))
    people.end_other_sessions(store, person.id, services.sessions.token(request), now=now)
    _audit(services, person, "password")


def _factor_on(_request: Request, services: Services, person: Person, wanted: Wanted) -> None:
    now = services.desk.ledger.clock()
    _require_password(services, person, wanted.current)
    step = totp.matching(wanted.secret, wanted.code, now.timestamp())
    if step is None:
        raise Refused("this is not the code of now", remedy="Look at the clock of your phone and try again.")
    notes = desk_records_of(services.desk.ledger.store)
    notes.save_account(replace(notes.account(person.id), totp=wanted.secret, step=step))
    _audit(services, person, "factor-on")


def _factor_off(_request: Request, services: Services, person: Person, wanted: Wanted) -> None:
    notes = desk_records_of(services.desk.ledger.store)
    account = notes.account(person.id)
    if not second_factor(services, notes, person, wanted.code):
        raise Refused("this is not the code of now", remedy="Look at the clock of your phone and try again.")
    notes.save_account(replace(account, totp="", step=0))
    _audit(services, person, "factor-off")


def _end_session(_request: Request, services: Services, person: Person, wanted: Wanted) -> None:
    _drop(services, person, TokenKind.SESSION, wanted.digest)


def _end_token(_request: Request, services: Services, person: Person, wanted: Wanted) -> None:
    _drop(services, person, TokenKind.API, wanted.digest)
    _audit(services, person, "token-off")


def _new_token(services: Services, person: Person, wanted: Wanted) -> str:
    ledger = services.desk.ledger
    token = people.api_token(
        ledger.store, person, now=ledger.clock(), about=wanted.about, scopes=wanted.scopes or ()
    )
    _audit(services, person, "token-on")
    return token


def second_factor(services: Services, notes: DeskRecords, person: Person, typed: str) -> bool:
    """Whether a code is right; each is good once."""
    account = notes.account(person.id)
    step = totp.matching(account.totp, typed, services.desk.ledger.clock().timestamp())
    return step is not None and notes.use_step(person.id, step)


def _require_password(services: Services, person: Person, password: str) -> None:
    """Raises Refused for a wrong password: somebody else may sit in front of the browser."""
    if not person.password:
        return
    if not services.throttle.admit(f"login {person.login}"):
        raise Refused("there were too many tries", remedy="Wait a quarter of an hour.")
    with services.throttle.turns:
        owner = people.by_password(services.desk.ledger.store, person.login, password)
    if owner is None:
        raise Refused("this is not your password")
    services.throttle.forgive(f"login {person.login}")


def _drop(services: Services, person: Person, kind: TokenKind, digest: str) -> None:
    store = services.desk.ledger.store
    if digest in {token.digest for token in store.tokens(person.id, kind, now=services.desk.ledger.clock())}:
        store.drop_token(kind, digest)


def _audit(services: Services, person: Person, what: str) -> None:
    desk_records_of(services.desk.ledger.store).note(services.desk.ledger.clock(), person.id, what)


_CHANGES = {
    "profile": _profile,
    "password": _password,
    "factor-on": _factor_on,
    "factor-off": _factor_off,
    "session-off": _end_session,
    "token-off": _end_token,
}
_DONE = frozenset(_CHANGES)
