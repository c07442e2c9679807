"""The queue: what waits for a person, the most urgent first, and on to the next of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from workflow.desk import Task
from workflow.desk.filters import NO_FILTER, SegmentFilter, choices, filter_from_query
from workflow.desk.urgency import urgency
from workflow.desk_records import Assignment, desk_records_of
from workflow.store import Person
from workflow.web.base_path import desk_path
from workflow.web.context import DeskContext
from workflow.web.discussion import unread
from workflow.web.error_files import place_of
from workflow.web.release_names import FEW, LONGEST, alike, is_named
from workflow.web.services import ServicesDep, SignedIn
from workflow.web.templating import page

router = APIRouter()
Given = Mapping[tuple[str, str], Assignment]
SHOWN = ("all", "missing", "fuzzy", "translated")
ME, NOBODY = "me", "nobody"

ORDERS: Mapping[str, Callable[[Task], tuple[object, ...]]] = {
    "waiting": lambda task: (-task.waiting, task.title, task.release.id, task.locale),
    "title": lambda task: (task.title.casefold(), task.release.id, task.locale),
}


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What of the queue somebody wants to see; "" in a field asks for nothing.

    ``release`` stands in a title or an id, ``into`` is a language, ``whose`` the person it is given to,
    or "me" or "nobody".  ``segments`` says which of the segments that wait.
    """

    release: str = ""
    into: str = ""
    whose: str = ""
    order: str = "deadline"
    segments: SegmentFilter = NO_FILTER

    @property
    def narrow(self) -> bool:
        """Whether it asks for less than everything."""
        return bool(self.release or self.into or self.whose or self.segments != NO_FILTER)

    @property
    def closer(self) -> bool:
        """Whether it asks for more than the fields that are always in sight."""
        return bool(self.whose or self.segments != NO_FILTER)

    def address(self) -> str:
        """The query that asks for this, whatever the order."""
        fields = {"release": self.release, "into": self.into, "whose": self.whose}
        own_query = urlencode({name: value for name, value in fields.items() if value})
        return "?" + "&".join(filter(None, (self.segments.address().removeprefix("?"), own_query)))


def filter_of_request(request: Request) -> QueueFilter:
    """What the address of a queue asks for."""
    fields = request.query_params
    order = fields.get("order", "")
    segments = replace(filter_from_query(fields), order="document")
    return QueueFilter(
        release=fields.get("release", "").strip()[:LONGEST],
        into=fields.get("into", "")[:LONGEST],
        whose=fields.get("whose", "")[:LONGEST],
        order=order if order in ORDERS else "deadline",
        segments=replace(segments, show=segments.show if segments.show in SHOWN else "all"),
    )


@router.get("/")
def queue(request: Request, services: ServicesDep, person: SignedIn) -> Response:
    """What waits for a person."""
    filter_ = filter_of_request(request)
    store = services.desk.ledger.store
    whole_queue = services.desk.queue(person, filter_.segments)
    assignments = desk_records_of(store).assignments()
    last = services.presence.last(person.id)
    shown = _filtered(whole_queue.tasks, person, filter_, assignments, last)
    actors = {actor for task in whole_queue.tasks for actor in task.actors}
    return page(
        "queue.html",
        person=person,
        waiting=_side_by_side(task for task in shown if task.waiting),
        done=() if filter_.segments != NO_FILTER else _by_release(task for task in shown if not task.waiting),
        alike=alike([(task.release, task.title) for task in whole_queue.tasks]),
        filters=len(whole_queue.tasks) > FEW or filter_.narrow,
        unread=unread(services, person),
        given={
            place: assignment
            for place, assignment in assignments.items()
            if assignment.person or assignment.due
        },
        asked=filter_,
        choices=choices(SHOWN),
        people={actor: services.name_of(actor) for actor in sorted(actors)},
        staff={
            person_id: services.name_of(person_id)
            for person_id in sorted({assignment.person for assignment in assignments.values()} - {""})
        },
        name_of=services.name_of,
        locales=sorted({task.locale for task in whole_queue.tasks}),
        problems=[
            (error, place_of(error, services.desk.ledger.project.root)) for error in whole_queue.problems
        ],
        may_publish=person.edits(),
        locked_out=not person.password and services.openid is None,
        onward_here=desk_path("/") + (f"?{request.url.query}" if request.url.query else ""),
    )


@router.get("/next")
def onward(request: Request, services: ServicesDep, person: SignedIn) -> Response:
    """The first segment of the queue that waits and nobody has open, leased; the queue without one.

    What was given to somebody else is theirs while they are not away and have a role in its language.
    """
    filter_ = filter_of_request(request)
    ledger = services.desk.ledger
    notes = desk_records_of(ledger.store)
    assignments, away = notes.assignments(), notes.away(ledger.clock().date())
    last = services.presence.last(person.id)
    staff = {one.id: one for one in ledger.store.people() if one.id not in away}
    for task in _filtered(
        services.desk.queue(person, filter_.segments).tasks, person, filter_, assignments, last
    ):
        assignee = _whose(task, assignments)
        theirs = assignee in staff and staff[assignee].role(task.locale) is not None
        if not task.waiting or (theirs and assignee != person.id):
            continue
        segment = services.desk.next(person, task.release, task.locale, filter_=filter_.segments)
        if segment:
            address = DeskContext(services, person, task.release, task.locale).address(segment)
            return RedirectResponse(address + filter_.segments.onward, status_code=303)
    return RedirectResponse(desk_path("/"), status_code=303)


def _filtered(
    tasks: Iterable[Task],
    person: Person,
    filter_: QueueFilter,
    assignments: Given,
    last: tuple[str, str] | None,
) -> Sequence[Task]:
    """The tasks that are asked for, in the order that is; ``last`` is what the person was at before."""
    assignee = {ME: person.id, NOBODY: ""}.get(filter_.whose, filter_.whose)
    selected = (
        task
        for task in tasks
        if filter_.into in {"", task.locale}
        and is_named(task.release, task.title, filter_.release)
        and (not filter_.whose or assignee == _whose(task, assignments))
    )

    def by_urgency(task: Task) -> tuple[object, ...]:
        return urgency(task, _due(task, assignments), begun=last == (task.release.id, task.locale))

    return sorted(selected, key=ORDERS.get(filter_.order, by_urgency))


def _whose(task: Task, assignments: Given) -> str:
    assignment = assignments.get((task.release.id, task.locale))
    return assignment.person if assignment else ""


def _due(task: Task, assignments: Given) -> dt.date | None:
    assignment = assignments.get((task.release.id, task.locale))
    return assignment.due if assignment else None


def _by_release(tasks: Iterable[Task]) -> list[tuple[Task, list[Task]]]:
    """Tasks gathered by release: the first of each, and all of them."""
    return _side_by_side(sorted(tasks, key=lambda task: (-task.release.date.toordinal(), task.release.id)))


def _side_by_side(tasks: Iterable[Task]) -> list[tuple[Task, list[Task]]]:
    """Tasks in their order, with those of one release that follow each other gathered."""
    return [(group[0], group) for _, same in groupby(tasks, _release_id) if (group := list(same))]


def _release_id(task: Task) -> str:
    return task.release.id
