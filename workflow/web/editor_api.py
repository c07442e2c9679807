"""JSON routes for the scripts of the desk: findings, helps, decisions, what others did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from l10n import catalogue as po
from l10n.model import Finding
from workflow.desk import EditConflict, SegmentRow, clean_typed_text, dismissals, repeating
from workflow.desk.cache import segment_status
from workflow.desk.hints import word_diff
from workflow.desk.main import UNSILENCEABLE
from workflow.desk_records import desk_records_of
from workflow.states import Action, Refused
from workflow.store import Decision, StaleDecision, segment_id
from workflow.web.context import DeskContext, DeskContextDep, single_thread_route
from workflow.web.markup import label, lacks_codes, said
from workflow.web.reasons import hindrance, sentence
from workflow.web.templating import fields_of

router = APIRouter()
LEAVE = "leave"
SILENCE, HEED = "silence", "heed"
ACTIONS: Mapping[str, Action] = {
    "save": Action.SAVE,
    "approve": Action.APPROVE,
    "send-back": Action.SEND_BACK,
}


@dataclass(frozen=True, slots=True)
class PlainDecision:
    """A decision that a person typed; ``answer`` is what they get once it is taken."""

    action: Action
    target: str
    base: str
    note: str
    answer: Callable[[Decision], Response]


@single_thread_route("POST", "/releases/{release_id}/{locale}/{segment}/findings")
def findings(context: DeskContext, request: Request) -> Response:
    """What the checks see in a target that is being typed, as offsets into it.

    They are for the target as it will be saved: ``target`` says how that reads.
    """
    desk = context.services.desk
    target = clean_typed_text(fields_of(request.state.body).get("target", ""))
    row = desk.row_of(context.release, context.locale, request.path_params["segment"])
    findings = desk.findings(context.release, context.locale, row.entry, target)
    return JSONResponse({"target": target, "findings": _findings_json(findings)})


@router.get("/releases/{release_id}/{locale}/{segment}/help")
def helps(context: DeskContextDep, segment: str) -> Response:
    """A segment with what helps to decide it, for an editor in place; leased to whoever asks."""
    desk = context.services.desk
    view = desk.view(context.person, context.release, context.locale, segment)
    context.services.presence.mark_open((context.release.id, context.locale, segment), context.person.id)
    draft = desk_records_of(desk.ledger.store).draft(
        context.person.id, context.release.id, context.locale, segment
    )
    return JSONResponse(
        {
            "draft": {"target": draft.target, "base": draft.base} if draft else None,
            "source": view.row.entry.source,
            "target": view.row.entry.target,
            "base": view.base,
            "standing": view.row.status,
            "held_by": view.held_by,
            "codes": [
                {"number": code.number, "paired": code.paired, "label": f"{label(code)} {code.value}".strip()}
                for code in view.row.codes
            ],
            "findings": _findings_json(view.findings),
            "silenced": view.row.silenced,
            "looked_up": view.looked_up,
            "suggestions": [
                {
                    "target": match.target,
                    "score": match.score,
                    "origin": match.origin,
                    "lacks_codes": lacks_codes(match.target, view.row.codes),
                }
                for match in view.suggestions
            ],
            "terms": [
                {
                    "source": hit.source,
                    "use": list(hit.allowed or ([hit.source] if hit.kept else ())),
                    "not": list(hit.forbidden),
                    "note": hit.note,
                }
                for hit in view.terms
            ],
            "note": view.history[0].note if view.history else "",
        }
    )


@single_thread_route("POST", "/releases/{release_id}/{locale}/{segment}/decision")
def decision(context: DeskContext, request: Request) -> Response:
    """Take a decision from an editor in place; says how the segment stands then, or why not.

    ``check`` is the one to silence or to heed again; ``note`` is the reason where one is needed.
    """
    segment: str = request.path_params["segment"]
    typed = fields_of(request.state.body)
    fields = (typed.get(name, "") for name in ("action", "target", "base", "note", "check"))
    action, target, base, note, check = fields
    desk = context.services.desk
    place = desk, context.person, context.release, context.locale, segment
    try:
        if action == SILENCE:
            taken = dismissals.silence(*place, check, reason=note, target=target, base=base)
        elif action == HEED:
            taken = dismissals.unsilence(*place, check, target=target, base=base)
        elif action == LEAVE:
            taken = dismissals.keep_untranslated(*place, reason=note, base=base)
        elif action in ACTIONS:
            batch = desk.typed_batch(*place[1:], ACTIONS[action], target=target, base=base, note=note)
            (taken,) = desk.ledger.decide_batch(batch)
        else:
            return JSONResponse({"message": "There is no such action.", "remedy": ""}, status_code=400)
    except StaleDecision:
        if action in ACTIONS and (
            again := repeating.decision_taken_before(
                *place, ACTIONS[action], target=target, base=base, note=note
            )
        ):
            return _stands(again)
        clash = desk.edit_conflict(context.release, context.locale, segment, base=base, target=target)
        return JSONResponse(_clashing(context, segment, clash), status_code=409)
    except Refused as error:
        problem = {"message": hindrance(error.message, error.seen), "remedy": sentence(error.remedy)}
        return JSONResponse(problem, status_code=422)
    context.services.presence.mark_closed((context.release.id, context.locale, segment), context.person.id)
    return _stands(taken)


def plain(body: bytes) -> PlainDecision | None:
    """The decision that an editor in place asks for, None when it asks for something else."""
    typed = fields_of(body)
    action = ACTIONS.get(typed.get("action", ""))
    if action is None:
        return None
    target, base, note = (typed.get(name, "") for name in ("target", "base", "note"))
    return PlainDecision(action, target, base, note, _stands)


def _stands(decision: Decision) -> Response:
    fields = {"id": segment_id(decision.key), "target": decision.target, "standing": segment_status(decision)}
    then = {"decision": decision.id, "base": decision.digest, "silenced": po.silenced(decision.comment)}
    return JSONResponse(fields | then)


@router.post("/releases/{release_id}/{locale}/{segment}/release")
def let_go(context: DeskContextDep, segment: str) -> Response:
    """Give a segment back without a decision."""
    context.services.presence.mark_closed((context.release.id, context.locale, segment), context.person.id)
    context.services.desk.ledger.store.unclaim(context.release.id, context.locale, segment, context.person.id)
    return Response(status_code=204)


@single_thread_route("GET", "/releases/{release_id}/{locale}/changes")
def changes(context: DeskContext, request: Request) -> Response:
    """How the segments stand when something was decided after ``since``, and who has which open.

    A page says with ``open`` which one it has open itself; its lease is renewed now and then, and when
    somebody else has that, ``leased`` names them.
    """
    desk = context.services.desk
    segment = request.query_params.get("open", "")
    since = request.query_params.get("since", "")
    if segment:
        desk.row_of(context.release, context.locale, segment)
        if context.services.presence.mark_open(
            (context.release.id, context.locale, segment), context.person.id
        ):
            desk.renew(context.person, context.release, context.locale, segment)
    rows = desk.rows(context.release, context.locale)  # takes in what was edited outside
    newest = desk.ledger.store.newest(context.release.id, context.locale)
    held = {row.id: {row.claimed_by} for row in rows if row.claimed_by}
    for id_, people in context.services.presence.everywhere(context.release.id, context.locale).items():
        held.setdefault(id_, set()).update(people)
    names = {
        id_: ", ".join(sorted(context.services.name_of(person) for person in people - {context.person.id}))
        for id_, people in held.items()
        if people - {context.person.id}
    }
    # Read again: nothing may be told as newest that is not in the rows.
    changed_rows = (
        [_standing(row) for row in desk.rows(context.release, context.locale)] if str(newest) != since else []
    )
    leased = next((row.claimed_by for row in rows if row.id == segment), "")
    taker = context.services.name_of(leased) if leased not in {"", context.person.id} else ""
    return JSONResponse({"newest": newest, "held": names, "leased": taker, "rows": changed_rows})


def _standing(row: SegmentRow) -> dict[str, str]:
    return {"id": row.id, "target": row.entry.target, "standing": row.status}


def _findings_json(findings: Iterable[Finding]) -> list[dict[str, object]]:
    return [
        {
            **asdict(finding),
            "message": sentence(said(finding)),
            "firm": finding.check in UNSILENCEABLE,
        }
        for finding in findings
    ]


def _clashing(context: DeskContext, segment: str, clash: EditConflict) -> dict[str, object]:
    """A decision that came too late, with its differences as stretches of words."""
    by = clash.decision
    view = context.services.desk.view(context.person, context.release, context.locale, segment)
    return {
        "base": view.base,
        "mine": clash.mine,
        "theirs": clash.theirs,
        "merged": clash.merged,
        "mine_changed": word_diff(clash.was, clash.mine),
        "theirs_changed": word_diff(clash.was, clash.theirs),
        "by": context.services.name_of(by.actor) if by and by.actor else "",
        "at": by.at.isoformat(timespec="seconds") if by else "",
    }
