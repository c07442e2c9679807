"""Words looked up in every release, a release as a page, on to its next segment."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from workflow.desk import SegmentRow, concordance
from workflow.desk.filters import SHOWN, choices, filter_from_query
from workflow.desk.hints import special_characters
from workflow.web.base_path import desk_path
from workflow.web.context import DeskContext, DeskContextDep, single_thread_route
from workflow.web.release_names import labels
from workflow.web.services import ServicesDep, SignedIn
from workflow.web.taking_back import address_after, number_in
from workflow.web.templating import page

router = APIRouter()


@router.get("/search")
def look_up(
    request: Request, services: ServicesDep, person: SignedIn, release: str = "", into: str = ""
) -> Response:
    """Words in every release: how they were translated, and what else is as it is asked for."""
    desk, filter_ = services.desk, filter_from_query(request.query_params)
    all_releases = sorted(desk.releases(), key=lambda item: (-item.date.toordinal(), item.id))
    visible = [item for item in all_releases if any(map(person.role, item.locales))]
    people = desk.ledger.store.people()
    return page(
        "search.html",
        person=person,
        asked=filter_,
        release=release,
        into=into,
        releases=labels([(item, desk.title(item)) for item in visible]),
        locales=sorted({locale for item in visible for locale in item.locales if person.role(locale)}),
        choices=choices(),
        people={somebody.id: somebody.name for somebody in people},
        found=concordance.search(desk, person, filter_, release=release, into=into),
        most=concordance.MOST,
        onward_here=desk_path(f"/search{filter_.address()}"),
    )


@router.get("/releases/{release_id}/{locale}/document")
def document(context: DeskContextDep) -> Response:
    """The whole release as it will be read, every sentence to be decided in its place."""
    desk = context.services.desk
    newest = desk.ledger.store.newest(context.release.id, context.locale)
    lines = desk.document(context.release, context.locale)
    rows = {
        part.id: part
        for line in lines
        for piece in line
        for part in piece.parts
        if isinstance(part, SegmentRow)
    }
    response = page(
        "document.html",
        person=context.person,
        at=context,
        title=desk.title(context.release),
        lines=lines,
        newest=newest,
        total=len(rows),
        counts={name: sum(row.status == name for row in rows.values()) for name in SHOWN[2:]},
        actions=desk.actions(context.person, context.release, context.locale),
        letters=special_characters(context.locale),
        name_of=context.services.name_of,
        onward_here=f"{context.address()}/document",
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@single_thread_route("GET", "/releases/{release_id}/{locale}/next")
def following(context: DeskContext, request: Request) -> Response:
    """On to the next segment that waits and is asked for, or to the list when none does.

    That page tells of the decision that led there.
    """
    filter_, after = filter_from_query(request.query_params), request.query_params.get("after", "")
    segment = context.services.desk.next(
        context.person, context.release, context.locale, after=after, filter_=filter_
    )
    query = filter_.onward or ("" if segment else "?show=all")
    if not segment and after:
        query += "&ended=1"
    address = context.address(segment or "") + query
    done = number_in(request.query_params.get("done", ""))
    return RedirectResponse(address_after(address, done) if done else address, status_code=303)
