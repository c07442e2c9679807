"""Who may work here: invitations, roles and the audit of sign-ins, for administrators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from l10n.errors import UsageError
from l10n.messages import INTERFACE_LANGUAGES, messages
from workflow import people
from workflow.desk_records import desk_records_of
from workflow.mail import Email, discard
from workflow.states import Refused, Role
from workflow.store import Person
from workflow.web.base_path import desk_path
from workflow.web.interface_language import current_language
from workflow.web.services import Services, ServicesDep, SignedIn
from workflow.web.templating import fields_of, page

router = APIRouter(prefix="/people")


def administrator(person: SignedIn) -> Person:
    """Who is asking, when they administer the whole project.  Raises Refused otherwise."""
    if person.roles.get("*") is not Role.ADMIN:
        raise Refused("this needs the role administrator", remedy="Ask an administrator for it.")
    return person


Administrator = Annotated[Person, Depends(administrator)]


@router.get("")
def everybody(services: ServicesDep, person: Administrator) -> Response:
    """Everybody with their roles."""
    return _shown(services, person)


@router.post("")
def invite(
    request: Request,
    services: ServicesDep,
    person: Administrator,
    login: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    email: Annotated[str, Form()] = "",
    language: Annotated[str, Form()] = "",
) -> Response:
    """Let somebody in: the page shows a link for them once, and a letter takes it to an address."""
    store, now, roles = services.desk.ledger.store, services.desk.ledger.clock(), _roles(request, services)
    try:
        _check_invitation(email.strip(), roles)
        invited = people.create(store, login=login, name=name, roles=roles)
    except Refused as error:
        typed = {"login": login, "name": name, "email": email, "roles": roles}
        return _shown(services, person, refused=error, typed=typed, status=422)
    notes = desk_records_of(store)
    notes.note(now, invited.id, "invited", person.login)
    link = _link(request, services, invited)
    if address := email.strip():
        their_language = language if language in INTERFACE_LANGUAGES else current_language()
        notes.save_account(replace(notes.account(invited.id), email=address, language=their_language))
        services.post(_invitation(services, person, address, their_language, link))
    return _shown(services, person, linked=invited, link=link, written=address)


@router.post("/{person_id}")
def change(
    request: Request,
    services: ServicesDep,
    person: Administrator,
    person_id: str,
    what: Annotated[str, Form()] = "",
    stood: Annotated[str | None, Form()] = None,
    sure: Annotated[str, Form()] = "",
) -> Response:
    """Change what somebody may do, make a new link, take away their second factor, or forget them."""
    store, now = services.desk.ledger.store, services.desk.ledger.clock()
    colleague = next((colleague for colleague in store.people() if colleague.id == person_id), None)
    if colleague is None:
        raise UsageError("there is no such person")
    notes = desk_records_of(store)
    try:
        if what == "link":
            notes.note(now, colleague.id, "link", person.login)
            return _shown(services, person, linked=colleague, link=_link(request, services, colleague))
        if what == "roles":
            changed = replace(colleague, roles=_roles(request, services))
            if stood not in {None, stood_as(colleague.roles)}:
                refused = Refused("somebody changed these roles meanwhile", remedy="Look at them, then save.")
                return _shown(services, person, refused=refused, chosen=changed, status=409)
            _keep_an_administrator(services, colleague, changed)
            store.save_person(changed)
        elif what == "factor-off":
            notes.save_account(replace(notes.account(colleague.id), totp="", step=0))
        elif what == "forget" and not sure:
            _keep_an_administrator(services, colleague, None)
            return _shown(services, person, leaving=colleague)
        elif what == "forget":
            _keep_an_administrator(services, colleague, None)
            services.desk.ledger.forget(colleague.id)
        else:
            return _shown(services, person, status=400)
    except Refused as error:
        return _shown(services, person, refused=error, status=422)
    if what != "forget":
        notes.note(now, colleague.id, what, person.login)
    return RedirectResponse(desk_path("/people"), status_code=303)


def _shown(
    services: Services,
    person: Person,
    *,
    linked: Person | None = None,
    link: str = "",
    written: str = "",
    refused: Refused | None = None,
    chosen: Person | None = None,
    leaving: Person | None = None,
    typed: Mapping[str, object] | None = None,
    status: int = 200,
) -> Response:
    store = services.desk.ledger.store
    notes = desk_records_of(store)
    everyone = store.people()
    return page(
        "people.html",
        status=status,
        person=person,
        people=[(colleague, notes.account(colleague.id)) for colleague in everyone],
        names={colleague.id: colleague.name for colleague in everyone},
        events=notes.events(most=50),
        locales=services.desk.ledger.project.settings.locales,
        roles=tuple(Role),
        linked=linked,
        link=link,
        written=written if services.post is not discard else "",
        spoken_here=current_language(),
        refused=refused,
        chosen=chosen,
        leaving=leaving,
        given=sum(1 for given in notes.assignments().values() if leaving and given.person == leaving.id),
        stood_as=stood_as,
        typed=typed or {},
        onward_here=desk_path("/people"),
    )


def stood_as(roles: Mapping[str, Role]) -> str:
    """Which roles it is that a form shows, never "": an empty field is read as one that is not there."""
    return " ".join(sorted(f"{locale}={role}" for locale, role in roles.items())) or "-"


def _roles(request: Request, services: Services) -> Mapping[str, Role]:
    """The roles that the fields ``role-LOCALE`` of a form give; ``role-*`` is for every language."""
    fields = fields_of(request.state.body)
    locales = ("*", *services.desk.ledger.project.settings.locales)
    chosen = {locale: fields.get(f"role-{locale}", "") for locale in locales}
    return {locale: Role(role) for locale, role in chosen.items() if role in set(Role)}


def _link(request: Request, services: Services, person: Person) -> str:
    ledger = services.desk.ledger
    token = people.sign_in_token(ledger.store, person, now=ledger.clock())
    return services.public(request, desk_path(f"/sign-in/{token}"))


def _check_invitation(address: str, roles: Mapping[str, Role]) -> None:
    """Raises Refused for an address no letter can be sent to, and when no role is given in any language."""
    if address and not people.is_address(address):
        raise Refused("this is no e-mail address", remedy="Leave it empty, or correct it.")
    if not roles:
        raise Refused("without a role a person can do nothing", remedy="Choose one, in a language or in all.")


def _invitation(services: Services, person: Person, address: str, language: str, link: str) -> Email:
    translations = messages(language)
    name = " ".join(services.desk.ledger.project.settings.name.split())
    values = {"who": " ".join(person.name.split()), "name": name}
    subject = translations.gettext("%(who)s invites you to %(name)s") % values
    lines = (
        translations.gettext("%(who)s invites you to work on the translations of %(name)s.") % values,
        "",
        translations.gettext("This link lets you in once, within a day:"),
        link,
        "",
    )
    return Email(address, subject, "\n".join(lines))


def _keep_an_administrator(services: Services, before: Person, after: Person | None) -> None:
    """Raises Refused when nobody could let people in afterwards."""
    admins = {
        person.id for person in services.desk.ledger.store.people() if person.roles.get("*") is Role.ADMIN
    }
    if admins == {before.id} and (after is None or after.roles.get("*") is not Role.ADMIN):
        raise Refused("this is the only administrator", remedy="Make somebody else one first.")
