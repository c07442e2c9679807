"""What people tell each other: comments on a segment, questions about the source, what is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from l10n.errors import L10nError, UsageError
from l10n.messages import messages
from l10n.project import Release
from workflow.desk import clean_typed_text
from workflow.desk_records import Assignment, Comment, Draft, desk_records_of
from workflow.mail import Email
from workflow.notifications import Notification, mentions, notifications_for, sent_back_to
from workflow.people import new_id
from workflow.states import Refused
from workflow.store import Person
from workflow.web.base_path import desk_path
from workflow.web.context import DeskContext, DeskContextDep
from workflow.web.services import Services, ServicesDep, SignedIn
from workflow.web.templating import page

router = APIRouter()
LONGEST = 2_000


@router.post("/releases/{release_id}/{locale}/{segment}/comments")
def comment(
    request: Request,
    context: DeskContextDep,
    segment: str,
    text: Annotated[str, Form()] = "",
    asks: Annotated[str, Form()] = "",
) -> Response:
    """Say something about a segment, or ask whoever wrote the source."""
    desk = context.services.desk
    desk.row_of(context.release, context.locale, segment)
    cleaned = clean_typed_text(text)
    if not cleaned or len(cleaned) > LONGEST:
        raise Refused("a comment has between 1 and 2000 characters", remedy="Write it shorter.")
    desk_records_of(desk.ledger.store).say(
        Comment(
            id=new_id() + new_id(),
            release=context.release.id,
            locale=context.locale,
            segment=segment,
            person=context.person.id,
            at=desk.ledger.clock(),
            text=cleaned,
            asks=bool(asks),
        )
    )
    _write_to(request, context, segment, mentions(cleaned))
    return RedirectResponse(f"{context.address(segment)}#comments", status_code=303)


@router.post("/releases/{release_id}/{locale}/{segment}/comments/{comment_id}")
def resolve(
    context: DeskContextDep, segment: str, comment_id: str, again: Annotated[str, Form()] = ""
) -> Response:
    """Close a comment, or open it again."""
    notes = desk_records_of(context.services.desk.ledger.store)
    existing = notes.comment(comment_id)
    if existing is None or (existing.release, existing.segment) != (context.release.id, segment):
        raise UsageError("there is no such comment")
    if not existing.asks and existing.locale != context.locale:
        raise UsageError("there is no such comment")
    notes.resolve(comment_id, "" if again else context.person.id)
    return RedirectResponse(f"{context.address(segment)}#comments", status_code=303)


@router.get("/releases/{release_id}/{locale}/people")
def colleagues(context: DeskContextDep) -> Response:
    """Who else works on a language, to be named in a comment."""
    staff = (person for person in context.services.desk.ledger.store.people() if person.role(context.locale))
    return JSONResponse(
        [{"login": person.login, "name": person.name} for person in staff if person.id != context.person.id]
    )


@router.post("/releases/{release_id}/{locale}/{segment}/draft")
def keep_draft(
    context: DeskContextDep,
    segment: str,
    target: Annotated[str, Form()] = "",
    base: Annotated[str, Form()] = "",
) -> Response:
    """Keep what is being typed, so that it is there on another machine too."""
    desk = context.services.desk
    desk.row_of(context.release, context.locale, segment)
    notes, cleaned = desk_records_of(desk.ledger.store), clean_typed_text(target)
    place = context.person.id, context.release.id, context.locale, segment
    if cleaned:
        notes.keep_draft(Draft(*place, cleaned[:20_000], base[:64], desk.ledger.clock()))
    else:
        notes.drop_draft(*place)
    return Response(status_code=204)


def assignment(services: Services, place: tuple[str, str], person: str, due: str) -> Assignment:
    """A release in a language given to a person ("" is whoever comes), as a form says it.

    Raises Refused when the person may do nothing in that language, or when ``due`` is no day.
    """
    ledger = services.desk.ledger
    assignee = ledger.store.person(person) if person else None
    if person and (assignee is None or assignee.role(place[1]) is None):
        raise Refused("this person has no role in this language", remedy="Give them one first.")
    try:
        day = dt.date.fromisoformat(due) if due else None
    except ValueError:
        raise Refused("this is no day", remedy="Write it as 2026-12-31.") from None
    return Assignment(*place, person, day, ledger.clock())


@router.get("/news")
def news(services: ServicesDep, person: SignedIn) -> Response:
    """What happened for a person, the newest first; looking at it makes it old."""
    ledger = services.desk.ledger
    notes = desk_records_of(ledger.store)
    account = notes.account(person.id)
    notifications = sorted(_news(services, person), key=lambda item: item.at, reverse=True)[:100]
    response = page(
        "notifications.html",
        person=person,
        news=notifications,
        seen=account.seen,
        titles={
            notification.release: _title(services, notification.release) for notification in notifications
        },
        name_of=services.name_of,
        drafts=[(draft, _title(services, draft.release)) for draft in notes.drafts(person.id)[:20]],
        onward_here=desk_path("/news"),
    )
    notes.save_account(replace(account, seen=ledger.clock()))
    return response


def unread(services: Services, person: Person) -> int:
    """How much a person has not looked at, without what was sent back (that is in the queue)."""
    notes = desk_records_of(services.desk.ledger.store)
    seen = notes.account(person.id).seen
    return sum(
        1
        for notification in notifications_for(notes, partial(_release_or_none, services), person, seen)
        if seen is None or notification.at > seen
    )


def _write_to(request: Request, context: DeskContext, segment: str, logins: Iterable[str]) -> None:
    """Tell those who are named and gave an address, without a word of what was said."""
    store = context.services.desk.ledger.store
    where = context.services.public(request, f"{context.address(segment)}#comments")
    for login in logins:
        colleague = store.person_by_login(login)
        if colleague is None or colleague.id == context.person.id or colleague.role(context.locale) is None:
            continue
        account = desk_records_of(store).account(colleague.id)
        if account.email:
            translations = messages(account.language or "en")
            name = " ".join(context.services.desk.ledger.project.settings.name.split())
            values = {"who": " ".join(context.person.name.split()), "name": name}
            subject = translations.gettext("%(who)s named you (%(name)s)") % values
            text = translations.gettext("%(who)s named you in a comment:") % values
            context.services.post(Email(account.email, subject, f"{text}\n\n{where}\n"))


def _news(services: Services, person: Person) -> Iterator[Notification]:
    notes = desk_records_of(services.desk.ledger.store)
    yield from notifications_for(notes, partial(_release_or_none, services), person, None)
    yield from sent_back_to(notes, services.desk.releases(), person)


def _release_or_none(services: Services, release_id: str) -> Release | None:
    try:
        return services.desk.cache.release(release_id)
    except L10nError:
        return None


def assigns(context: DeskContext) -> bool:
    """Whether whoever is there may say whose a release is."""
    return context.person.edits(context.locale)


def _title(services: Services, release_id: str) -> str:
    try:
        return services.desk.title(services.desk.cache.release(release_id))
    except L10nError:
        return release_id
