"""The queue, a release as a page, publishing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from l10n.project import Release
from workflow.desk import Row, Task, concordance
from workflow.desk.helps import letters
from workflow.desk.sieve import SHOWN
from workflow.notes import Assignment, notes_of
from workflow.states import Role
from workflow.store import Person
from workflow.web.keys import KEYS
from workflow.web.pages import page
from workflow.web.rooms import InRooms, SignedIn
from workflow.web.spots import AtSpot, Spot, at_once
from workflow.web.talking import unread

router = APIRouter()
Given = Mapping[tuple[str, str], Assignment]


ORDERS: Mapping[str, Callable[[Task], tuple[object, ...]]] = {
    "deadline": lambda task: (*_deadline(task.release), task.title),
    "waiting": lambda task: (-task.waiting, task.title),
    "title": lambda task: (task.title.casefold(), task.locale),
}


@router.get("/")
def queue(
    here: InRooms,
    person: SignedIn,
    text: str = "",
    into: str = "",
    order: str = "deadline",
    mine: str = "",
) -> Response:
    """What waits for a person."""
    found = here.desk.queue(person)
    order = order if order in ORDERS else "deadline"
    given = notes_of(here.desk.ledger.store).assignments()
    shown = [task for task in found.tasks if _asked(task, text, into)]
    if mine:
        shown = [task for task in shown if _whose(task, given) == person.id]
    due = partial(_due, given=given if order == "deadline" else {})
    return page(
        "queue.html",
        person=person,
        waiting=sorted(
            (task for task in shown if task.waiting),
            key=lambda task: (due(task), *ORDERS[order](task)),
        ),
        done=_by_release(task for task in shown if not task.waiting),
        total=len(found.tasks),
        unread=unread(here, person),
        given={place: one for place, one in given.items() if one.person or one.due},
        mine=mine,
        name_of=here.desk.name_of,
        text=text,
        into=into,
        order=order,
        locales=sorted({task.locale for task in found.tasks}),
        problems=found.problems,
        may_publish=_may_publish(person),
    )


@router.get("/search")
def look_up(here: InRooms, person: SignedIn, text: str = "", into: str = "") -> Response:
    """Words in every release: how they were translated."""
    return page(
        "search.html",
        person=person,
        text=text,
        found=concordance.search(here.desk, person, text[:200], into=into),
        most=concordance.MOST,
    )


@router.get("/releases/{release_id}/{locale}/document")
def document(at: AtSpot) -> Response:
    """The whole release as it will be read, every sentence to be decided in its place."""
    desk = at.here.desk
    newest = desk.ledger.store.newest(at.release.id, at.locale)
    lines = desk.paper(at.release, at.locale)
    shown = {
        part.id: part for line in lines for piece in line for part in piece.parts if isinstance(part, Row)
    }
    made = page(
        "document.html",
        person=at.person,
        at=at,
        title=desk.title(at.release),
        lines=lines,
        newest=newest,
        total=len(shown),
        counts={name: sum(row.standing == name for row in shown.values()) for name in SHOWN[2:]},
        actions=desk.actions(at.person, at.release, at.locale),
        letters=letters(at.locale),
        keys=KEYS,
        name_of=desk.name_of,
    )
    made.headers["Cache-Control"] = "private, no-cache"
    return made


@router.get("/releases/{release_id}/{locale}/next")
@at_once
def following(at: Spot, request: Request) -> Response:
    """On to the next segment that waits, or to the list when none does."""
    after = request.query_params.get("after", "")
    found = at.here.desk.next(at.person, at.release, at.locale, after=after)
    return RedirectResponse(at.address(found) if found else f"{at.address()}?show=all", status_code=303)


def _deadline(release: Release) -> tuple[object, ...]:
    """Sorts by the end of an embargo, the nearest first; without one the newest release is first."""
    if release.embargo is None:
        return 1, -release.date.toordinal()
    return 0, release.embargo.timestamp()


def _whose(task: Task, given: Given) -> str:
    found = given.get((task.release.id, task.locale))
    return found.person if found else ""


def _due(task: Task, given: Given) -> str:
    """The day something is due, as text that sorts after every day when there is none."""
    found = given.get((task.release.id, task.locale))
    return found.due.isoformat() if found and found.due else "~"


def _asked(task: Task, text: str, into: str) -> bool:
    return (
        into in {"", task.locale} and text.strip().casefold() in f"{task.title} {task.release.id}".casefold()
    )


def _by_release(tasks: Iterable[Task]) -> list[tuple[Task, list[Task]]]:
    """Tasks gathered by release: the first of each, and all of them."""
    return [(group[0], group) for _, found in groupby(tasks, _release_id) if (group := list(found))]


def _release_id(task: Task) -> str:
    return task.release.id


def _may_publish(person: Person) -> bool:
    return any(role.covers(Role.EDITOR) for role in person.roles.values())
