"""What somebody has just decided, with a way to take it back on the page they come to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from workflow.desk import taking_back
from workflow.desk.taking_back import Step
from workflow.desk.typed_text import LONGEST_TARGET, clean_typed_text
from workflow.desk_records import Draft, desk_records_of
from workflow.web.base_path import safe_redirect_target
from workflow.web.context import DeskContext, DeskContextDep

router = APIRouter()
_MOST = 2**31 - 1
Number = Annotated[int, Form(ge=1, le=_MOST)]


@router.post("/releases/{release_id}/{locale}/undo")
def undo(
    context: DeskContextDep,
    request: Request,
    decision: Number,
    onward: Annotated[str, Form()] = "",
    whole: Annotated[str, Form()] = "",
    typed_in: Annotated[str, Form()] = "",
    target: Annotated[str, Form()] = "",
    base: Annotated[str, Form()] = "",
) -> Response:
    """Take back what the person decided, with ``whole`` all of the step that began with it.

    The page that it leads to says what became of it; a script is told so.  What was being typed in another
    segment is kept as a draft of it.
    """
    if typed_in:
        _keep_typed(context, typed_in, target, base)
    place = context.services.desk, context.person, context.release, context.locale
    taking_back.take_back(*place, decision, whole=bool(whole))
    if request.headers.get("accept") == "application/json":
        step = taking_back.step_of(*place, decision, whole=bool(whole))
        by = context.services.name_of(step.overtaken[0].actor) if step.overtaken else ""
        return JSONResponse({"by": by, "reopened": step.reopened})
    address = address_after(onward or context.address(), decision, undone=True)
    return RedirectResponse(safe_redirect_target(address), status_code=303)


def _keep_typed(context: DeskContext, segment: str, text: str, base: str) -> None:
    desk, target = context.services.desk, clean_typed_text(text)
    if len(target) > LONGEST_TARGET or target in {
        "",
        desk.row_of(context.release, context.locale, segment).entry.target,
    }:
        return
    draft = Draft(
        context.person.id, context.release.id, context.locale, segment, target, base, desk.ledger.clock()
    )
    desk_records_of(desk.ledger.store).keep_draft(draft)


def address_after(address: str, decision: int, *, undone: bool = False) -> str:
    """The address of a page that tells of a decision, or with ``undone`` of its being taken back."""
    query = urlencode({"done": decision} | ({"undone": 1} if undone else {}))
    return f"{address.rstrip('?&')}{'&' if '?' in address.rstrip('?&') else '?'}{query}"


def step_shown(context: DeskContext, query: Mapping[str, str], *, whole: bool) -> Step | None:
    """The step that an address tells of, None when it tells of none that the person took here.

    Before it was taken back it is one that they can take back.
    """
    number = number_in(query.get("done", ""))
    if not number:
        return None
    place = context.services.desk, context.person, context.release, context.locale
    step = taking_back.step_of(*place, number, whole=whole)
    shown = step.decisions if query.get("undone") else step.last
    return step if shown else None


def number_in(text: str) -> int:
    """The number of a decision in an address, 0 for what is none."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(_MOST)) else 0
    return number if number <= _MOST else 0
