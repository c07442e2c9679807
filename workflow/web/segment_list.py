"""A release's list of segments: sifted by its address, many of them decided at once."""

from __future__ import annotations

import base64
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, HTTPException, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from l10n import disk, project
from l10n.errors import CatalogueError
from workflow.desk import SegmentRow, bulk, waits_for
from workflow.desk.bulk import BulkChange
from workflow.desk.filters import (
    NO_FILTER,
    PAGE,
    SHOWN,
    SegmentFilter,
    choices,
    filter_from_query,
    filter_rows,
    tab_includes,
)
from workflow.desk.taking_back import Step
from workflow.desk_records import Assignment, desk_records_of
from workflow.states import Refused
from workflow.web.base_path import safe_redirect_target
from workflow.web.context import DeskContext, DeskContextDep
from workflow.web.discussion import assignment, assigns
from workflow.web.taking_back import address_after, step_shown
from workflow.web.templating import error_page, page

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Many:
    """What the form around the list sends: segments, as "id" or, once looked at, "id:base".

    ``every`` means all that the list shows, and so does a replacement in no segment by name.  ``action`` is
    "entered" when it was sent from a field by Enter: a replacement where there is something to replace,
    else an approval.  ``asked`` is the list's own query, ``sure`` says
    that the person has seen what would become of them, ``kept`` is an uploaded file in base64.
    """

    action: Annotated[str, Form()] = ""
    ids: Annotated[list[str] | None, Form()] = None
    every: Annotated[str, Form()] = ""
    old: Annotated[str, Form()] = ""
    new: Annotated[str, Form()] = ""
    asked: Annotated[str, Form()] = ""
    sure: Annotated[str, Form()] = ""
    kept: Annotated[str, Form()] = ""


@router.get("/releases/{release_id}/{locale}")
def segments(context: DeskContextDep, request: Request, start: int = 0, ended: str = "") -> Response:
    """The list of a release's segments; ``ended`` when somebody comes here behind its last one."""
    filter_ = filter_from_query(request.query_params)
    step = step_shown(context, request.query_params, whole=True)
    return _shown(context, filter_, start=start, ended=bool(ended), step=step)


@router.post("/releases/{release_id}/{locale}/assign")
def assign(
    context: DeskContextDep,
    person: Annotated[str, Form()] = "",
    due: Annotated[str, Form()] = "",
    stood: Annotated[str | None, Form()] = None,
) -> Response:
    """Make a release in a language somebody's, until a day, unless it was given to another meanwhile."""
    if not assigns(context):
        raise Refused("assigning needs the role editor", remedy="Ask an administrator for it.")
    place = context.release.id, context.locale
    wanted = assignment(context.services, place, person, due)
    records = desk_records_of(context.services.desk.ledger.store)
    if stood is not None and _stood(records.assignments().get(place)) not in {stood, _stood(wanted)}:
        refused = Refused("somebody assigned this meanwhile", remedy="Look at it, then assign it.")
        return _shown(context, NO_FILTER, refused=refused, wanted=wanted, status=409)
    records.assign(wanted)
    return RedirectResponse(context.address(), status_code=303)


def _stood(given: Assignment | None) -> str:
    """Whose a release is and until when, as a form says it; never "", which reads as no field."""
    return f"{given.person} {given.due or ''}" if given else "-"


def _shown(
    context: DeskContext,
    filter_: SegmentFilter,
    *,
    start: int = 0,
    ended: bool = False,
    step: Step | None = None,
    refused: Refused | None = None,
    wanted: Assignment | None = None,
    status: int = 200,
) -> Response:
    desk = context.services.desk
    rows = desk.rows(context.release, context.locale)
    role = context.person.role(context.locale)
    matching = _matching(context, rows, filter_)
    start = min(max(start, 0), max(len(matching) - 1, 0) // PAGE * PAGE)
    actors = dict.fromkeys(row.entry.actor for row in rows if row.entry.actor)
    store = desk.ledger.store
    notes = desk_records_of(store)
    given = notes.assignments().get((context.release.id, context.locale))
    return page(
        "segments.html",
        status=status,
        refused=refused,
        person=context.person,
        at=context,
        title=desk.title(context.release),
        rows=matching[start : start + PAGE],
        ended=ended,
        start=start,
        size=PAGE,
        found=len(matching),
        asked=filter_,
        mine=sum(waits_for(row.entry, role) for row in rows) if role else 0,
        counts={name: sum(tab_includes(name, row.status) for row in rows) for name in SHOWN},
        choices=choices(),
        people={actor: context.services.name_of(actor) for actor in actors},
        actions=desk.actions(context.person, context.release, context.locale),
        step=step,
        name_of=context.services.name_of,
        onward_here=context.address() + filter_.address(),
        talk=notes.open_comments(context.release.id, context.locale),
        given=given,
        stood=_stood(given),
        giving=wanted or given,
        asking=wanted is not None,
        assigns=assigns(context),
        staff=[person for person in store.people() if person.role(context.locale)]
        if assigns(context)
        else [],
        away=notes.away(desk.ledger.clock().date()),
    )


@router.post("/releases/{release_id}/{locale}/bulk")
def decide_many(context: DeskContextDep, many: Annotated[Many, Depends()]) -> Response:
    """Show what would become of many segments, and with ``sure`` do it."""
    if many.action == "entered":
        many = replace(many, action="replace" if many.old else "approve")
    bases = dict(_named(text) for text in many.ids or ())
    try:
        changes = _planned(context, many, _chosen(context, many, bases))
    except CatalogueError as error:
        return _unreadable(context, error)
    if not many.sure:
        return _preview(context, many, changes)
    unchanged = [_unless_changed(change, bases) for change in changes]
    decisions = bulk.apply_changes(
        context.services.desk, context.person, context.release, context.locale, unchanged
    )
    asked = many.asked if many.asked.startswith("?") else ""
    back = (
        address_after(context.address() + asked, decisions[0].id) if decisions else context.address() + asked
    )
    return RedirectResponse(safe_redirect_target(back), status_code=303)


@router.get("/releases/{release_id}/{locale}/po")
def download(context: DeskContextDep) -> Response:
    """The catalogue as it stands, to work on elsewhere."""
    desk = context.services.desk
    if desk.ledger.written(context.release, context.locale) is None:
        raise HTTPException(404)
    path = project.catalogue_path(desk.ledger.project, context.release, context.locale)
    name = f"{context.release.id}.{context.locale}.po"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(disk.read(path), media_type="text/x-gettext-translation", headers=headers)


@router.post("/releases/{release_id}/{locale}/po")
def upload(
    context: DeskContextDep,
    file: Annotated[UploadFile | None, File()] = None,
    kept: Annotated[str, Form()] = "",
) -> Response:
    """Show what a PO file says that the desk does not; nothing is kept yet.

    ``kept`` is a file in base64 that was sent before somebody had to sign in.
    """
    if file is not None:
        kept = base64.b64encode(file.file.read()).decode()
    if not kept:
        return _refused(context, "there is no file", "Choose a PO file of this release.")
    many = Many(action="upload", kept=kept)
    try:
        return _preview(context, many, _planned(context, many, ()))
    except CatalogueError as error:
        return _unreadable(context, error)


def _matching(
    context: DeskContext, rows: Sequence[SegmentRow], filter_: SegmentFilter
) -> tuple[SegmentRow, ...]:
    desk = context.services.desk
    return filter_rows(rows, filter_, partial(desk.findings_of_row, context.release, context.locale))


def _named(text: str) -> tuple[str, str]:
    id_, _, base = text.partition(":")
    return id_, base


def _chosen(context: DeskContext, many: Many, shown_ids: Collection[str]) -> Collection[str]:
    every = many.every or (many.action == "replace" and not shown_ids)
    if not every or many.sure:
        return shown_ids
    fields = Request({"type": "http", "query_string": many.asked.removeprefix("?").encode(), "headers": []})
    rows = context.services.desk.rows(context.release, context.locale)
    return {row.id for row in _matching(context, rows, filter_from_query(fields.query_params))}


def _planned(context: DeskContext, many: Many, ids: Collection[str]) -> tuple[BulkChange, ...]:
    desk = context.services.desk
    if many.action == "approve":
        return bulk.plan_approvals(desk, context.person, context.release, context.locale, ids)
    if many.action == "replace":
        return bulk.plan_replacements(
            desk, context.person, context.release, context.locale, ids, many.old, many.new
        )
    if many.action == "upload":
        try:
            data = base64.b64decode(many.kept, validate=True)
        except ValueError:
            raise HTTPException(400) from None
        planned = bulk.plan_upload(desk, context.person, context.release, context.locale, data)
        return tuple(change for change in planned if not many.sure or change.row.id in ids)
    raise HTTPException(400)


def _unreadable(context: DeskContext, error: CatalogueError) -> Response:
    """What is wrong with a catalogue that somebody brought, and in which line."""
    return _refused(context, error.message, error.remedy, error.line or 0)


def _refused(context: DeskContext, text: str, remedy: str, line: int = 0) -> Response:
    back = context.address()
    return error_page(422, text, remedy, line=line, back=back, person=context.person, onward_here=back)


def _unless_changed(change: BulkChange, bases: dict[str, str]) -> BulkChange:
    """A change, hindered when the segment is not as it was when the person looked."""
    return (
        change
        if bases.get(change.row.id) == change.wish.base
        else replace(change, hindered="changed", seen=())
    )


def _preview(context: DeskContext, many: Many, changes: Sequence[BulkChange]) -> Response:
    return page(
        "bulk.html",
        person=context.person,
        at=context,
        title=context.services.desk.title(context.release),
        many=many,
        able=[change for change in changes if not change.hindered],
        hindered=[change for change in changes if change.hindered],
        onward_here=context.address() + (many.asked if many.asked.startswith("?") else ""),
    )
