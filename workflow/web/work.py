"""The queue, a release's list of segments, one segment, publishing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, HTTPException
from fastapi.responses import RedirectResponse, Response

from l10n import site
from l10n.errors import UsageError
from l10n.project import Release
from workflow.desk import Task, View, tidy, waits_for
from workflow.states import Action, Refused, Role
from workflow.store import Person, Stale
from workflow.web.pages import page
from workflow.web.rooms import InRooms, Rooms, SignedIn

router = APIRouter()
SHOWN = ("all", "waiting", "missing", "fuzzy", "translated", "approved")
_ACTIONS = {"save": Action.SAVE, "approve": Action.APPROVE, "send-back": Action.SEND_BACK}


@dataclass(frozen=True, slots=True)
class Spot:
    """A release in a language, and the person at work on it."""

    here: Rooms
    person: Person
    release: Release
    locale: str

    def address(self, segment: str = "") -> str:
        """The address of the list, or of a segment."""
        found = f"/releases/{quote(self.release.id)}/{quote(self.locale)}"
        return f"{found}/{quote(segment)}" if segment else found


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed and saw: the digest it started from, the target, the note."""

    action: Annotated[str, Form()]
    target: Annotated[str, Form()] = ""
    base: Annotated[str, Form()] = ""
    note: Annotated[str, Form()] = ""


def spot(here: InRooms, person: SignedIn, release_id: str, locale: str) -> Spot:
    """Where the address leads.  Raises UsageError for nowhere, Refused without a role there."""
    release = here.desk.shelf.release(release_id)
    if locale not in release.locales:
        raise UsageError("this release is not translated into this language")
    if person.role(locale) is None:
        raise Refused(f"you have no role in {locale}", remedy="Ask an administrator for one.")
    return Spot(here, person, release, locale)


AtSpot = Annotated[Spot, Depends(spot)]


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
    built = site.build(ledger.project, as_of=ledger.clock())
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


@router.get("/releases/{release_id}/{locale}/next")
def following(at: AtSpot, after: str = "") -> Response:
    """On to the next segment that waits, or to the list when none does."""
    found = at.here.desk.next(at.person, at.release, at.locale, after=after)
    return RedirectResponse(at.address(found) if found else f"{at.address()}?show=all", status_code=303)


@router.get("/releases/{release_id}/{locale}/{segment}")
def segment_page(at: AtSpot, segment: str, use: str = "") -> Response:
    """One segment; ``use`` puts a suggestion, by its number, or the source into the field."""
    view = at.here.desk.view(at.person, at.release, at.locale, segment)
    offered = {str(number): match.target for number, match in enumerate(view.suggestions, 1)}
    offered["source"] = view.row.entry.source
    return _segment(at, view, target=offered.get(use, view.row.entry.target))


@router.post("/releases/{release_id}/{locale}/{segment}")
def decide(at: AtSpot, segment: str, typed: Annotated[Typed, Depends()]) -> Response:
    """Take a decision and go on; what was typed is kept when it cannot be taken."""
    desk = at.here.desk
    onward = f"{at.address()}/next?after={quote(segment)}"
    if typed.action == "skip":
        desk.ledger.store.unclaim(at.release.id, at.locale, segment, at.person.id)
        return RedirectResponse(onward, status_code=303)
    action = _ACTIONS.get(typed.action)
    if action is None:
        raise HTTPException(400)
    refused: Stale | Refused
    try:
        desk.decide(
            at.person,
            at.release,
            at.locale,
            segment,
            action,
            target=typed.target,
            base=typed.base,
            note=typed.note,
        )
    except (Stale, Refused) as error:
        refused = error
    else:
        return RedirectResponse(onward, status_code=303)
    view = desk.view(at.person, at.release, at.locale, segment)
    status = 409 if isinstance(refused, Stale) else 422 if action in view.actions else 403
    return _segment(at, view, target=tidy(typed.target), note=typed.note, refused=refused, status=status)


def _segment(
    at: Spot,
    view: View,
    *,
    target: str,
    note: str = "",
    refused: Stale | Refused | None = None,
    status: int = 200,
) -> Response:
    desk = at.here.desk
    findings = view.findings
    if target != view.row.entry.target:
        findings = desk.findings(at.release, at.locale, view.row.entry.key, target)
    made = page(
        "segment.html",
        status=status,
        person=at.person,
        at=at,
        view=view,
        title=desk.title(at.release),
        target=target,
        note=note,
        findings=findings,
        refused=refused,
        stale=isinstance(refused, Stale),
        name_of=desk.name_of,
    )
    # Not "no-store": the browser's "back" may then show again what was typed.
    made.headers["Cache-Control"] = "private, no-cache"
    return made


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
