"""What happens to a release after it was published, decided at the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from l10n.errors import L10nError, UsageError
from l10n.project import Event, Release, events, notices, plans
from l10n.site.lifecycle import may_be_restored
from workflow.desk_records import desk_records_of
from workflow.jobs.work import PRETRANSLATE, due_check_job, update_job
from workflow.store import Person
from workflow.web import datetimes
from workflow.web.base_path import desk_path
from workflow.web.foresight import EDITS, PreviewedChanges, preview_changes
from workflow.web.publishing import (
    Editor,
    PlanChanged,
    demand_plan,
    enqueue_publication,
    future_moment,
    live_locales,
    plan_digest,
    reloading,
    state_of,
)
from workflow.web.services import Services, ServicesDep

router = APIRouter(prefix="/publishing")
LONGEST = 1000
# What is remembered of who did it.
HAPPENED, PUBLISHED_BY, REPLACED = "happened", "published", "source"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form says: what happens, why, in which languages (none: in all), and when ("" for now).

    The hour is one by the clocks of ``zone``, ``plan`` tells which plan the person saw.
    """

    event: Annotated[str, Form()] = ""
    note: Annotated[str, Form()] = ""
    locales: Annotated[list[str] | None, Form()] = None
    at: Annotated[str, Form()] = ""
    zone: Annotated[str, Form()] = "UTC"
    sure: Annotated[str, Form()] = ""
    plan: Annotated[str, Form()] = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a release's history: an event of its plan or a publication, and who did it, "" if unknown."""

    what: str
    at: dt.datetime
    locales: tuple[str, ...] = ()
    note: str = ""
    person: str = ""


@router.get("/{release_id}/history")
def history(services: ServicesDep, person: Editor, release_id: str) -> Response:
    """What happened to a release, and the form for what happens to it next."""
    return _shown(services, person, services.desk.cache.release(release_id), Wanted())


@router.post("/{release_id}/history")
def happen(
    services: ServicesDep, person: Editor, release_id: str, wanted: Annotated[Wanted, Depends()]
) -> Response:
    """Show what would change for readers, and with ``sure`` let it happen."""
    release = services.desk.cache.release(release_id)
    now = services.desk.ledger.clock()
    try:
        event = _event(services, release, wanted, now)
        if wanted.sure:
            demand_plan(release, wanted.plan)
            return _happened(services, person, release, event, now)
        planned = plans.with_event(release, event)
        will = preview_changes(services.desk, planned, event.locales, as_of=max(now, event.at))
        return _shown(services, person, release, wanted, will=will)
    except PlanChanged as error:
        if _happened_before(services, person, release, event):
            return RedirectResponse(desk_path(f"/publishing/{quote(release.id)}/history"), status_code=303)
        return _shown(services, person, release, wanted, refused=error, status=409)
    except L10nError as error:
        return _shown(services, person, release, wanted, refused=error, status=422)


def _event(services: Services, release: Release, wanted: Wanted, now: dt.datetime) -> Event:
    """What the form asks for.  Raises UsageError for what readers could not make sense of."""
    if wanted.event not in events.WHAT:
        raise UsageError("choose what happens")
    note = " ".join(wanted.note.split())[:LONGEST]
    if wanted.event in events.EXPLAINED and not note:
        raise UsageError("readers are to know why", remedy="Write a sentence or two.")
    locales = tuple(wanted.locales or ())
    if unknown := [locale for locale in locales if locale not in release.languages]:
        raise UsageError(f"this release is not translated into {unknown[0]}")
    languages_on_line = live_locales(services, release)
    if not languages_on_line:
        raise UsageError("readers do not have this release yet", remedy="Change its source or its plan.")
    at = future_moment(wanted.at, wanted.zone, now) if wanted.at else now.replace(microsecond=0)
    if wanted.event == "restored" and not may_be_restored(release, locales or release.languages, at):
        raise UsageError("there is nothing to take back")
    if set(locales) >= set(release.languages):
        locales = ()
    return Event(wanted.event, at, at.date(), locales, {release.locale: note} if note else {})


def _happened(
    services: Services, person: Person, release: Release, event: Event, now: dt.datetime
) -> Response:
    plans.add_event(release, event)
    ledger = services.desk.ledger
    name = f"{release.id} {notices.name(event)}"
    desk_records_of(ledger.store).note(now, person.id, HAPPENED, name)
    fresh = services.desk.cache.release(release.id)
    if event.texts:
        services.runner.enqueue([update_job(fresh, then=[PRETRANSLATE])])
    if event.at <= now:
        enqueue_publication(
            services,
            person,
            f"{event.what} {release.id} {' '.join(event.locales)}".strip(),
            fresh,
            event.locales,
        )
    else:
        services.runner.enqueue([due_check_job(event.at, once=True)])
    return RedirectResponse(desk_path(f"/publishing/{quote(release.id)}/history"), status_code=303)


def _happened_before(services: Services, person: Person, release: Release, wanted: Event) -> bool:
    """Whether the newest event is what the same person asked for: their form was sent twice."""
    newest = release.history[-1] if release.history else None
    if newest is None or replace(newest, at=wanted.at, day=wanted.day) != wanted:
        return False
    name = f"{release.id} {notices.name(newest)}"[:200]
    records = desk_records_of(services.desk.ledger.store).about((HAPPENED,), release.id)
    return any((record.about, record.person) == (name, person.id) for record in records)


def _lines(services: Services, release: Release) -> Iterator[Line]:
    """What happened to a release and what is to, the oldest first."""
    records = desk_records_of(services.desk.ledger.store).about(
        (HAPPENED, PUBLISHED_BY, REPLACED), release.id
    )
    who = {record.about: record.person for record in records if record.what == HAPPENED}
    lines = [
        Line(
            event.what,
            event.at,
            event.locales,
            event.text(release.locale),
            who.get(f"{release.id} {notices.name(event)}"[:200], ""),
        )
        for event in release.history
    ]
    for record in records:
        what, _, about = record.about.partition(" ")
        if record.what == PUBLISHED_BY and what in {"publish", "override"}:
            lines.append(Line(what, record.at, tuple(about.split()[1:]), "", record.person))
        elif record.what == REPLACED:
            lines.append(Line(REPLACED, record.at, (release.locale,), "", record.person))
    yield from sorted(lines, key=lambda line: line.at)


def _shown(
    services: Services,
    person: Person,
    release: Release,
    wanted: Wanted,
    *,
    will: PreviewedChanges | None = None,
    refused: L10nError | None = None,
    status: int = 200,
) -> Response:
    now = services.desk.ledger.clock()
    state = state_of(services)
    return reloading(state, answered=bool(refused or will or wanted.event))(
        "history.html",
        status=status,
        person=person,
        state=state,
        release=release,
        title=services.desk.title(release),
        plan=plan_digest(release),
        lines=list(_lines(services, release)),
        there=live_locales(services, release),
        restorable=may_be_restored(release, release.languages, now),
        wanted=wanted,
        chosen=wanted.locales or (),
        longest=LONGEST,
        will=will,
        most=EDITS,
        now=now,
        zones=datetimes.zones(),
        refused=refused,
        name_of=services.name_of,
        onward_here=desk_path(f"/publishing/{quote(release.id)}/history"),
    )
