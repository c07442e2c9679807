"""A release's list of segments: sifted by its address, many of them decided at once."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, File, Form, HTTPException, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from l10n import disk, project
from l10n.errors import CatalogueError
from workflow.desk import Row, bulk, waits_for
from workflow.desk.bulk import Change
from workflow.desk.filters import PAGE, SHOWN, Sieve, choices, shows, sieve, sifted
from workflow.notes import desk_records_of
from workflow.web.base_path import safe_redirect_target
from workflow.web.discussion import assigns
from workflow.web.spots import DeskContext, DeskContextDep
from workflow.web.templating import error_page, page

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Many:
    """What the form around the list sends: segments, as "id" or, once looked at, "id:base".

    ``every`` means all that the list shows.  ``asked`` is the list's own query, ``sure`` says
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
def segments(
    at: DeskContextDep, request: Request, start: int = 0, done: str = "", ended: str = ""
) -> Response:
    """The list of a release's segments; ``ended`` when somebody comes here behind its last one."""
    desk = at.here.desk
    asked = sieve(request.query_params)
    rows = desk.rows(at.release, at.locale)
    role = at.person.role(at.locale)
    kept = _kept(at, rows, asked)
    start = min(max(start, 0), max(len(kept) - 1, 0) // PAGE * PAGE)
    actors = dict.fromkeys(row.entry.actor for row in rows if row.entry.actor)
    moment = _moment(done)
    store = desk.ledger.store
    notes = desk_records_of(store)
    return page(
        "segments.html",
        person=at.person,
        at=at,
        title=desk.title(at.release),
        rows=kept[start : start + PAGE],
        ended=bool(ended),
        start=start,
        size=PAGE,
        found=len(kept),
        asked=asked,
        mine=sum(waits_for(row.entry, role) for row in rows) if role else 0,
        counts={name: sum(shows(name, row.standing) for row in rows) for name in SHOWN},
        choices=choices(),
        people={actor: at.here.name_of(actor) for actor in actors},
        actions=desk.actions(at.person, at.release, at.locale),
        undo=moment.isoformat() if moment else "",
        undoable=len(bulk.undoable(desk, at.person, at.release, at.locale, moment)) if moment else 0,
        name_of=at.here.name_of,
        onward_here=at.address() + asked.address(),
        talk=notes.open_comments(at.release.id, at.locale),
        given=notes.assignments().get((at.release.id, at.locale)),
        assigns=assigns(at),
        staff=[one for one in store.people() if one.role(at.locale)] if assigns(at) else [],
        away=notes.away(desk.ledger.clock().date()),
    )


@router.post("/releases/{release_id}/{locale}/bulk")
def decide_many(at: DeskContextDep, many: Annotated[Many, Depends()]) -> Response:
    """Show what would become of many segments, and with ``sure`` do it."""
    seen = dict(_named(one) for one in many.ids or ())
    try:
        changes = _planned(at, many, _chosen(at, many, seen))
    except CatalogueError as error:
        return _unreadable(at, error)
    if not many.sure:
        return _preview(at, many, changes)
    kept = [_unless_changed(one, seen) for one in changes]
    taken = bulk.taken(at.here.desk, at.person, at.release, at.locale, kept)
    done = urlencode({"done": taken[0].at.isoformat()}) if taken else ""
    back = many.asked if many.asked.startswith("?") else "?"
    return RedirectResponse(safe_redirect_target(f"{at.address()}{back}&{done}"), status_code=303)


@router.get("/releases/{release_id}/{locale}/po")
def download(at: DeskContextDep) -> Response:
    """The catalogue as it stands, to work on elsewhere."""
    desk = at.here.desk
    if desk.ledger.written(at.release, at.locale) is None:
        raise HTTPException(404)
    path = project.catalogue_path(desk.ledger.project, at.release, at.locale)
    name = f"{at.release.id}.{at.locale}.po"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(disk.read(path), media_type="text/x-gettext-translation", headers=headers)


@router.post("/releases/{release_id}/{locale}/po")
def upload(at: DeskContextDep, file: Annotated[UploadFile | None, File()] = None) -> Response:
    """Show what a PO file says that the desk does not; nothing is kept yet."""
    data = file.file.read() if file is not None else b""
    if not data:
        return error_page(422, "there is no file", "Choose a PO file of this release.", back=at.address())
    many = Many(action="upload", kept=base64.b64encode(data).decode())
    try:
        return _preview(at, many, _planned(at, many, ()))
    except CatalogueError as error:
        return _unreadable(at, error)


@router.post("/releases/{release_id}/{locale}/undo")
def undo(
    at: DeskContextDep, moment: Annotated[str, Form()] = "", onward: Annotated[str, Form()] = ""
) -> Response:
    """Take back what the person decided at a moment."""
    when = _moment(moment)
    if when is None:
        raise HTTPException(400)
    bulk.undone(at.here.desk, at.person, at.release, at.locale, when)
    return RedirectResponse(safe_redirect_target(onward) if onward else at.address(), status_code=303)


def _kept(at: DeskContext, rows: Sequence[Row], asked: Sieve) -> tuple[Row, ...]:
    desk = at.here.desk
    return sifted(rows, asked, partial(desk.seen, at.release, at.locale))


def _named(text: str) -> tuple[str, str]:
    id_, _, base = text.partition(":")
    return id_, base


def _chosen(at: DeskContext, many: Many, seen: Collection[str]) -> Collection[str]:
    if not many.every or many.sure:
        return seen
    fields = Request({"type": "http", "query_string": many.asked.removeprefix("?").encode(), "headers": []})
    rows = at.here.desk.rows(at.release, at.locale)
    return {row.id for row in _kept(at, rows, sieve(fields.query_params))}


def _planned(at: DeskContext, many: Many, ids: Collection[str]) -> tuple[Change, ...]:
    desk = at.here.desk
    if many.action == "approve":
        return bulk.approving(desk, at.person, at.release, at.locale, ids)
    if many.action == "replace":
        return bulk.replacing(desk, at.person, at.release, at.locale, ids, many.old, many.new)
    if many.action == "upload":
        try:
            data = base64.b64decode(many.kept, validate=True)
        except ValueError:
            raise HTTPException(400) from None
        found = bulk.uploaded(desk, at.person, at.release, at.locale, data)
        return tuple(one for one in found if not many.sure or one.row.id in ids)
    raise HTTPException(400)


def _unreadable(at: DeskContext, error: CatalogueError) -> Response:
    """What is wrong with a catalogue that somebody brought, and in which line."""
    return error_page(422, error.message, error.remedy, line=error.line or 0, back=at.address())


def _unless_changed(change: Change, seen: dict[str, str]) -> Change:
    """A change, hindered when the segment is not as it was when the person looked."""
    return (
        change
        if seen.get(change.row.id) == change.wish.base
        else replace(change, hindered="changed", seen=())
    )


def _preview(at: DeskContext, many: Many, changes: Sequence[Change]) -> Response:
    return page(
        "many.html",
        person=at.person,
        at=at,
        title=at.here.desk.title(at.release),
        many=many,
        able=[one for one in changes if not one.hindered],
        hindered=[one for one in changes if one.hindered],
    )


def _moment(text: str) -> dt.datetime | None:
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
