"""Publishing at the desk: what the gate says, what would change, and letting it out."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from l10n import disk
from l10n.errors import ConfigError, InputError, L10nError, UsageError
from l10n.project import PRIORITIES, Override, Release, moments, plans, source_digest
from l10n.site import versions
from l10n.site.gates import gates, on_line, path_of, to_be_planned
from workflow import preview_links
from workflow.desk_records import desk_records_of
from workflow.jobs import JobState
from workflow.jobs.work import PUBLISH, due_check_job, publish_job
from workflow.states import Refused
from workflow.store import Person
from workflow.web import datetimes, shared_preview
from workflow.web.base_path import desk_path
from workflow.web.error_files import place_of
from workflow.web.foresight import (
    EDITS,
    PreviewedChanges,
    preview_changes,
)
from workflow.web.listed_releases import by_month, listed_releases
from workflow.web.reasons import explained
from workflow.web.release_names import FEW, LONGEST, alike, is_named
from workflow.web.services import Services, ServicesDep, SignedIn
from workflow.web.templating import page

_LOG = logging.getLogger(__name__)

router = APIRouter(prefix="/publishing")
# Seconds after which a page looks again how far a publication is.
AGAIN = 2


def require_editor(person: SignedIn) -> Person:
    """Who is asking, when they may publish.  Raises Refused otherwise."""
    if not person.edits():
        raise Refused("publishing needs the role editor", remedy="Ask an administrator for it.")
    return person


Editor = Annotated[Person, Depends(require_editor)]


@router.get("")
def changes(services: ServicesDep, person: Editor, release: str = "") -> Response:
    """The releases, and what a publication would change on the live site: pages and words.

    With ``release`` only those of such a title or id are listed.
    What cannot be read is named beside the releases that can.
    """
    state = state_of(services)
    previewed = PreviewedChanges((), 0, 0)
    problems = []
    try:
        previewed = previewed if state.under_way else services.foresight.everything()
    except (ConfigError, InputError) as error:
        _LOG.warning("no publication is possible: %s:%s", error.path, error.line)
        problems.append((error, place_of(error, services.desk.ledger.project.root)))
    listed = listed_releases(services)
    asked = release.strip()[:LONGEST]
    shown = [one for one in listed if is_named(one.release, one.title, asked)]
    return reloading(state)(
        "publish.html",
        person=person,
        state=state,
        months=by_month(shown),
        count=len(shown),
        asked=asked,
        searched=len(listed) > FEW,
        alike=alike([(one.release, one.title) for one in listed]),
        versions=bool(versions.kept_versions(services.desk.ledger.project)),
        will=previewed,
        most=EDITS,
        problems=problems,
        onward_here=desk_path("/publishing") + (f"?{urlencode({'release': asked})}" if asked else ""),
    )


@router.post("")
def all_of_it(services: ServicesDep, person: Editor) -> Response:
    """Have what is approved published, everywhere."""
    enqueue_publication(services, person, "everything")
    return RedirectResponse(desk_path("/publishing"), status_code=303)


@router.get("/{release_id}")
def release_page(services: ServicesDep, person: Editor, release_id: str, look: str = "") -> Response:
    """What the gate says about a release in each language.

    With ``look``, which is a language or else means all of them, also what readers would see change if
    it were published now, and the button that lets it happen.
    """
    release = services.desk.cache.release(release_id)
    form = PublishForm(look if look in release.languages else "")
    will = _foreseen(services, person, release, "publish", form) if look else None
    return _release_page(services, person, release, will=will, typed={"publish": form})


def _foreseen(
    services: Services, person: Person, release: Release, what: str, form: PublishForm
) -> PreviewedChanges:
    """What readers would see change by a publication, once an embargo is over."""
    now = services.desk.ledger.clock().replace(microsecond=0)
    locales = [form.locale] if form.locale else []
    if what == "override":
        planned = plans.overridden(release, form.chosen_locale, Override(person.name, _reason(form.why)))
    else:
        to_plan = to_be_planned(services.desk.ledger.project, release, locales, now)
        planned = plans.published(release, to_plan, at=now) if to_plan or not locales else release
    return preview_changes(services.desk, planned, locales, as_of=max(now, release.embargo or now))


@dataclass(frozen=True, slots=True)
class PublishForm:
    """What a form on the page of a release was filled in with; "" where it has no such field."""

    locale: str = ""
    at: str = ""
    zone: str = ""
    why: str = ""
    priority: str = ""

    @property
    def chosen_locale(self) -> str:
        """The language of a form that needs one.  Raises UsageError without it."""
        if not self.locale:
            raise UsageError("choose a language")
        return self.locale


@router.post("/{release_id}")
def decide(
    request: Request,
    services: ServicesDep,
    person: Editor,
    release_id: str,
    what: Annotated[str, Form()],
    locale: Annotated[str, Form()] = "",
    at: Annotated[str, Form()] = "",
    why: Annotated[str, Form()] = "",
    priority: Annotated[str, Form()] = "",
    zone: Annotated[str, Form()] = "",
    plan: Annotated[str, Form()] = "",
    look: Annotated[str, Form()] = "",
) -> Response:
    """Publish a release or one language of it, now or later, past its gate with a reason.

    Or make a link to it, or say what priority it has and until when it is under embargo.
    With ``look`` an override is only shown: what readers would see change by it.
    """
    release = services.desk.cache.release(release_id)
    if locale and locale not in release.languages:
        raise UsageError("this release is not translated into this language")
    form = PublishForm(locale, at, zone, why, priority)
    try:
        if what == "link":
            return _release_page(
                services, person, release, link=_preview_link(request, services, person, release)
            )
        if what not in _ACTIONS:
            raise UsageError("there is no such button")
        demand_plan(release, plan)
        if look and what == "override":
            will = _foreseen(services, person, release, what, form)
            return _release_page(services, person, release, will=will, typed={what: form})
        _ACTIONS[what](services, person, release, form)
    except PlanChanged as error:
        if not _asked_before(services, person, _about(what, release, form)):
            return _release_page(services, person, release, refused=error, typed={what: form}, status=409)
    except L10nError as error:
        return _release_page(services, person, release, refused=error, typed={what: form}, status=422)
    return RedirectResponse(desk_path(f"/publishing/{quote(release.id)}"), status_code=303)


class PlanChanged(UsageError):
    """The plan of a release is another one by now than the page showed that a form stands on."""


def plan_digest(release: Release) -> str:
    """Which plan of a release it is that a page shows."""
    return source_digest(disk.read(release.folder / "release.toml"))


def demand_plan(release: Release, seen: str) -> None:
    """Raises PlanChanged when the plan is not the one a page showed ("" where it does not say)."""
    if seen not in {"", plan_digest(release)}:
        raise PlanChanged("somebody changed the plan meanwhile", remedy="Look at it, then decide again.")


def _preview_link(request: Request, services: Services, person: Person, release: Release) -> str:
    ledger = services.desk.ledger
    now = ledger.clock()
    token = preview_links.token(ledger.project, release.id, now=now)
    desk_records_of(ledger.store).note(now, person.id, "shared", release.id)
    return services.public(request, shared_preview.address(release, token))


def _set_priority(_services: Services, _person: Person, release: Release, form: PublishForm) -> None:
    if form.priority not in PRIORITIES:
        raise UsageError("there is no such priority")
    plans.prioritise(release, form.priority)


def _set_embargo(services: Services, _person: Person, release: Release, form: PublishForm) -> None:
    until = moments.by_clocks(form.at, form.zone) if form.at else None
    if until and live_locales(services, release):
        raise UsageError("readers have this release already", remedy="Withdraw it, under its history.")
    plans.embargo(release, until)
    services.runner.enqueue([due_check_job(until, once=True)] if until else [])


def _schedule(services: Services, _person: Person, release: Release, form: PublishForm) -> None:
    at = future_moment(form.at, form.zone, services.desk.ledger.clock())
    plans.publish(release, [form.chosen_locale], at=at)
    services.runner.enqueue([due_check_job(at, once=True)])


def _override(services: Services, person: Person, release: Release, form: PublishForm) -> None:
    plans.override(release, form.chosen_locale, Override(person.name, _reason(form.why)))
    enqueue_publication(services, person, _about("override", release, form), release, [form.locale])


def _publish(services: Services, person: Person, release: Release, form: PublishForm) -> None:
    locales = [form.locale] if form.locale else []
    ledger = services.desk.ledger
    now = ledger.clock().replace(microsecond=0)
    planned = to_be_planned(ledger.project, release, locales, now)
    if planned or not locales:
        plans.publish(release, planned, at=now)
    enqueue_publication(services, person, _about("publish", release, form), release, locales)


def _about(what: str, release: Release, form: PublishForm) -> str:
    return f"{what} {release.id} {form.locale}".strip()


def _asked_before(services: Services, person: Person, about: str) -> bool:
    """Whether the publication under way is what the same person asks for: their form was sent twice."""
    newest = services.runner.newest(1, kinds=(PUBLISH,)) if state_of(services).under_way else ()
    return any((job.payload.get("person"), job.payload.get("about")) == (person.id, about) for job in newest)


_ACTIONS: Mapping[str, Callable[[Services, Person, Release, PublishForm], None]] = {
    "priority": _set_priority,
    "embargo": _set_embargo,
    "schedule": _schedule,
    "override": _override,
    "publish": _publish,
}


def enqueue_publication(
    services: Services,
    person: Person,
    about: str,
    release: Release | None = None,
    locales: Sequence[str] = (),
) -> None:
    """Have a release published in some languages (none: in all of them), or else everything."""
    ledger = services.desk.ledger
    only = None if release is None else {release.id: locales}
    job = publish_job(ledger, at=ledger.clock(), person=person.id, about=about, only=only)
    services.runner.enqueue([job])


@dataclass(frozen=True, slots=True)
class PublicationState:
    """How far the publication is that was asked for last: so many releases of so many, or why it failed."""

    under_way: bool = False
    done: int = 0
    total: int = 0
    failed: str = ""


def state_of(services: Services) -> PublicationState:
    """How far the publication is that was asked for last."""
    job = next(iter(services.runner.newest(1, kinds=(PUBLISH,))), None)
    if job is None:
        return PublicationState()
    failed = explained(job.reason) if job.state in {JobState.FAILED, JobState.DEAD} else ""
    under_way = job.state in {JobState.WAITING, JobState.RUNNING, JobState.FAILED}
    return PublicationState(under_way, *job.progress, failed)


def reloading(state: PublicationState, *, answered: bool = False) -> Callable[..., Response]:
    """A page that asks for itself again while a publication is under way, also without a script.

    One that has ``answered`` a person's question stays: its answer would be gone.
    """
    again = state.under_way and not answered
    return partial(page, headers={"Refresh": str(AGAIN)} if again else {})


def _reason(why: str) -> str:
    reason = " ".join(why.split())[:500]
    if not reason:
        raise UsageError("an override needs a reason", remedy="Readers do not see it; colleagues do.")
    return reason


def future_moment(text: str, zone: str, now: dt.datetime) -> dt.datetime:
    """A moment that is still to come, by the clocks of a place.  Raises UsageError for another."""
    at = moments.by_clocks(text, zone)
    if at <= now:
        raise UsageError("this moment has passed", remedy="Publish it now, or choose a later one.")
    return at


def live_locales(services: Services, release: Release) -> tuple[str, ...]:
    """The languages in which readers have a release."""
    live = on_line(services.desk.ledger.project)
    return tuple(locale for locale in release.languages if path_of(release, locale) in live)


def _in_utc(at: dt.datetime | None) -> str:
    """A moment as a field of a form has it."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M") if at else ""


def _release_page(
    services: Services,
    person: Person,
    release: Release,
    *,
    link: str = "",
    will: PreviewedChanges | None = None,
    refused: L10nError | None = None,
    typed: Mapping[str, PublishForm] | None = None,
    status: int = 200,
) -> Response:
    ledger = services.desk.ledger
    release, now = services.desk.cache.release(release.id), ledger.clock()
    state = state_of(services)
    return reloading(state, answered=bool(refused or link or will))(
        "publish_release.html",
        status=status,
        person=person,
        state=state,
        release=release,
        plan=plan_digest(release),
        title=services.desk.title(release),
        gates=gates(ledger.project, release, now),
        source_waits=not release.opens(release.locale, max(now, release.embargo or now)),
        link=link,
        will=will,
        most=EDITS,
        days=preview_links.DAYS,
        typed={
            "schedule": PublishForm(),
            "embargo": PublishForm(at=_in_utc(release.embargo)),
            "override": PublishForm(),
            **(typed or {}),
        },
        zones=datetimes.zones(),
        refused=refused,
        onward_here=desk_path(f"/publishing/{quote(release.id)}"),
    )
