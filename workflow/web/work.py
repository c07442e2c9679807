"""The queue, a release's list of segments, one segment, publishing."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from l10n import site
from workflow.desk import Row, Task, waits_for
from workflow.desk.helps import letters
from workflow.states import Refused, Role
from workflow.store import Person
from workflow.web.keys import KEYS
from workflow.web.pages import page
from workflow.web.rooms import InRooms, SignedIn
from workflow.web.spots import AtSpot

router = APIRouter()
SHOWN = ("all", "waiting", "missing", "fuzzy", "translated", "approved")


@router.get("/")
def queue(here: InRooms, person: SignedIn, published: str = "") -> Response:
    """What waits for a person."""
    found = here.desk.queue(person)
    return page(
        "queue.html",
        person=person,
        waiting=[task for task in found.tasks if task.waiting],
        done=_by_release(task for task in found.tasks if not task.waiting),
        problems=found.problems,
        may_publish=_may_publish(person),
        published=published if published.isdecimal() and len(published) < 7 else "",
        site=here.desk.ledger.project.settings.site.url,
    )


@router.post("/publish")
def publish(here: InRooms, person: SignedIn) -> Response:
    """Build the site and put it live."""
    if not _may_publish(person):
        raise Refused("publishing needs the role editor", remedy="Ask an administrator for it.")
    ledger = here.desk.ledger
    ledger.settle()
    built = site.build(ledger.project, as_of=ledger.clock(), kept=site.kept(ledger.project))
    site.publish(ledger.project, built)
    pages = sum(name.endswith(".html") for name in built.files)
    return RedirectResponse(f"/?published={pages}", status_code=303)


@router.get("/releases/{release_id}/{locale}")
def segments(at: AtSpot, show: str = "all") -> Response:
    """The list of a release's segments."""
    desk = at.here.desk
    rows = desk.rows(at.release, at.locale)
    role = at.person.role(at.locale)
    show = show if show in SHOWN else "all"
    return page(
        "segments.html",
        person=at.person,
        at=at,
        title=desk.title(at.release),
        rows=[row for row in rows if _shows(show, row.standing)],
        show=show,
        mine=sum(waits_for(row.entry, role) for row in rows) if role else 0,
        counts={name: sum(_shows(name, row.standing) for row in rows) for name in SHOWN},
        name_of=desk.name_of,
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
        actions=desk.actions(at.person, at.locale),
        letters=letters(at.locale),
        keys=KEYS,
        name_of=desk.name_of,
    )
    made.headers["Cache-Control"] = "private, no-cache"
    return made


@router.get("/releases/{release_id}/{locale}/next")
def following(at: AtSpot, after: str = "") -> Response:
    """On to the next segment that waits, or to the list when none does."""
    found = at.here.desk.next(at.person, at.release, at.locale, after=after)
    return RedirectResponse(at.address(found) if found else f"{at.address()}?show=all", status_code=303)


def _by_release(tasks: Iterable[Task]) -> list[tuple[Task, list[Task]]]:
    """Tasks gathered by release: the first of each, and all of them."""
    return [(group[0], group) for _, found in groupby(tasks, _release_id) if (group := list(found))]


def _release_id(task: Task) -> str:
    return task.release.id


def _may_publish(person: Person) -> bool:
    return any(role.covers(Role.EDITOR) for role in person.roles.values())


def _shows(show: str, standing: str) -> bool:
    if show == "waiting":
        return standing != "approved"
    return show in {"all", standing}
