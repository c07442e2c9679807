"""One segment: its page, and the decision a person takes there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from l10n import origins
from l10n.model import Finding
from workflow.desk import (
    LONGEST_TARGET,
    EditConflict,
    SegmentView,
    clean_typed_text,
    dismissals,
    glossary_editing,
    repeating,
    restoring,
    segmentation,
)
from workflow.desk.filters import NO_FILTER, SegmentFilter, filter_from_query, filter_from_query_string
from workflow.desk.hints import special_characters
from workflow.desk.main import UNSILENCEABLE
from workflow.desk.taking_back import Step
from workflow.desk_records import Draft as KeptDraft
from workflow.desk_records import desk_records_of
from workflow.states import Refused
from workflow.store import Decision, StaleDecision, segment_id
from workflow.web.context import DeskContext, DeskContextDep, address_of, single_thread_route
from workflow.web.editor_api import ACTIONS, LEAVE, PlainDecision
from workflow.web.taking_back import address_after, step_shown
from workflow.web.templating import page, pairs_of

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed and saw: the digest it started from, the target, the note.

    ``fix`` names a check whose certain correction is taken over, or which of the texts to go on
    from after a decision that came too late; any other word only checks.  ``mine`` is then what
    was typed, ``started`` the digest it started from.  ``silence`` and ``unsilence`` name a check that is
    not to speak here, or is to again; ``whys`` are the reasons typed beside the findings of the checks
    ``checks``, ``left`` why the segment is not to be translated.  ``asked`` is the
    query that says which segments the person goes through.
    """

    action: str = ""
    target: str = ""
    base: str = ""
    note: str = ""
    fix: str = ""
    mine: str = ""
    started: str = ""
    silence: str = ""
    heed: str = ""
    checks: tuple[str, ...] = ()
    whys: tuple[str, ...] = ()
    left: str = ""
    asked: str = ""

    @property
    def reasons(self) -> Mapping[str, str]:
        """Why what checks find is no fault, by their names, as far as it was said."""
        pairs = zip(reversed(self.checks), reversed(self.whys), strict=False)
        return {check: why for check, why in pairs if why.strip()}


_LISTS = ("checks", "whys")
_TEXTS = frozenset(one.name for one in fields(Typed)) - {*_LISTS}


@dataclass(frozen=True, slots=True)
class Draft:
    """A target that is not decided, its note, and why a decision on it was refused.

    ``clash`` has what somebody else decided meanwhile, ``started`` what both started from, ``asked``
    which segments the person goes through.  ``typed`` is false where the target is only what stands, since
    something else was refused; ``cut`` then has the words to cut behind, when it was that.  ``reasons`` and
    ``left`` are as in ``Typed``, ``recut`` is how the source was cut differently a moment ago, ``step`` what
    the person decided a moment ago.
    """

    target: str
    note: str = ""
    refused: Refused | None = None
    clash: EditConflict | None = None
    started: str = ""
    status: int = 200
    asked: SegmentFilter = NO_FILTER
    typed: bool = True
    cut: str | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    left: str = ""
    recut: str = ""
    step: Step | None = None


def _with_typed(draft: Draft, typed: Typed) -> Draft:
    """A draft with everything that was typed beside its target."""
    asked = filter_from_query_string(typed.asked)
    return replace(draft, note=typed.note, asked=asked, reasons=typed.reasons, left=typed.left)


@single_thread_route("GET", "/releases/{release_id}/{locale}/{segment}")
def segment_page(context: DeskContext, request: Request) -> Response:
    """One segment; ``use`` puts a suggestion, an earlier target or the source into the field."""
    use = request.query_params.get("use", "")
    view = context.services.desk.view(
        context.person, context.release, context.locale, request.path_params["segment"]
    )
    offered = {str(number): match.target for number, match in enumerate(view.suggestions, 1)}
    offered |= {f"d{decision.id}": decision.target for decision in view.history}
    offered |= {f"o{number}": other.target for number, other in enumerate(view.others, 1)}
    offered["source"] = view.row.entry.source
    if use == "draft" and (kept := _kept(context, view)):
        offered["draft"] = kept.target
    filter_ = filter_from_query(request.query_params)
    way = request.query_params.get("cut", "")
    draft = Draft(offered.get(use, view.row.entry.target), asked=filter_)
    took_place = way in segmentation.WAYS and not (way == "undo" and view.own_cut)
    step = step_shown(context, request.query_params, whole=False)
    return shown(context, view, replace(draft, recut=way if took_place else "", step=step))


@single_thread_route("POST", "/releases/{release_id}/{locale}/{segment}")
def decide(context: DeskContext, request: Request) -> Response:
    """Take a decision and go on; what was typed is kept when it cannot be taken."""
    desk, typed = context.services.desk, _typed(request.state.body)
    segment: str = request.path_params["segment"]
    filter_ = filter_from_query_string(typed.asked)
    onward = _onward(context.address(), segment, filter_)
    if typed.action == "skip":
        context.services.presence.mark_closed(
            (context.release.id, context.locale, segment), context.person.id
        )
        desk.ledger.store.unclaim(context.release.id, context.locale, segment, context.person.id)
        return RedirectResponse(onward, status_code=303)
    if typed.fix:
        return _checked(context, segment, typed)
    stays = bool(typed.silence or typed.heed)
    if typed.action not in {*ACTIONS, LEAVE} and not stays:
        raise HTTPException(400)
    try:
        taken = _take(context, segment, typed)
    except StaleDecision:
        if again := _taken_before(context, segment, typed):
            return RedirectResponse(address_after(onward, again.id), status_code=303)
        clash = desk.edit_conflict(
            context.release, context.locale, segment, base=typed.base, target=typed.target
        )
        view = desk.view(context.person, context.release, context.locale, segment)
        draft = Draft(clash.proposed, clash=clash, started=typed.base, status=409)
        return shown(context, view, _with_typed(draft, typed))
    except Refused as error:
        view = desk.view(context.person, context.release, context.locale, segment)
        status = 422 if stays or typed.action == LEAVE or ACTIONS[typed.action] in view.actions else 403
        draft = Draft(clean_typed_text(typed.target), refused=error, status=status)
        return shown(context, view, _with_typed(draft, typed))
    context.services.presence.mark_closed((context.release.id, context.locale, segment), context.person.id)
    ahead = context.address(segment) + filter_.onward if stays else address_after(onward, taken.id)
    return RedirectResponse(ahead, status_code=303)


def plain(body: bytes) -> PlainDecision | None:
    """The decision that a form asks for, None when it asks for something else."""
    typed = _typed(body)
    action = ACTIONS.get(typed.action)
    if action is None or typed.fix or typed.silence or typed.heed:
        return None

    def answer(decision: Decision) -> Response:
        address = address_of(decision.release, decision.locale)
        onward = _onward(address, segment_id(decision.key), filter_from_query_string(typed.asked))
        return RedirectResponse(address_after(onward, decision.id), status_code=303)

    return PlainDecision(action, typed.target, typed.base, typed.note, answer)


def _onward(address: str, segment: str, filter_: SegmentFilter) -> str:
    """Where to go on behind a segment among what is asked for."""
    return f"{address}/next?{'&'.join(filter(None, (f'after={quote(segment)}', filter_.onward[1:])))}"


def _typed(body: bytes) -> Typed:
    """What was typed, from the form as it was sent; fields that it does not know are passed over."""
    pairs = pairs_of(body)
    checks, whys = (tuple(text for other, text in pairs if other == name) for name in _LISTS)
    texts: dict[str, Any] = {name: text for name, text in pairs if name in _TEXTS}
    return replace(Typed(checks=checks, whys=whys), **texts)


def _take(context: DeskContext, segment: str, typed: Typed) -> Decision:
    """Take the decision that was asked for."""
    desk = context.services.desk
    place = desk, context.person, context.release, context.locale, segment
    if typed.silence:
        return dismissals.silence(
            *place,
            typed.silence,
            reason=typed.reasons.get(typed.silence, ""),
            target=typed.target,
            base=typed.base,
        )
    if typed.heed:
        return dismissals.unsilence(*place, typed.heed, target=typed.target, base=typed.base)
    if typed.action == LEAVE:
        return dismissals.keep_untranslated(*place, reason=typed.left, base=typed.base)
    action = ACTIONS[typed.action]
    batch = desk.typed_batch(*place[1:], action, target=typed.target, base=typed.base, note=typed.note)
    (taken,) = desk.ledger.decide_batch(batch)
    return taken


def _taken_before(context: DeskContext, segment: str, typed: Typed) -> Decision | None:
    """The decision that a form sent twice asks for, where it was taken the first time."""
    if typed.silence or typed.heed or typed.action not in ACTIONS:
        return None
    place = context.services.desk, context.person, context.release, context.locale, segment
    action = ACTIONS[typed.action]
    return repeating.decision_taken_before(
        *place, action, target=typed.target, base=typed.base, note=typed.note
    )


@router.post("/releases/{release_id}/{locale}/{segment}/put-back")
def put_back(
    context: DeskContextDep,
    segment: str,
    decision: Annotated[int, Form(ge=0, le=2**31 - 1)],
    base: Annotated[str, Form()] = "",
) -> Response:
    """Let the text of an earlier decision stand again, and stay on the page."""
    desk = context.services.desk
    place = desk, context.person, context.release, context.locale, segment
    try:
        restoring.restore_decision(*place, decision, base=base)
    except StaleDecision:
        view = desk.view(*place[1:])
        refused = Refused("somebody decided it in between", remedy="Look at the history again.")
        return shown(context, view, Draft(view.row.entry.target, refused=refused, status=409, typed=False))
    return RedirectResponse(context.address(segment), status_code=303)


@router.post("/releases/{release_id}/{locale}/{segment}/cut")
def cut(
    context: DeskContextDep,
    segment: str,
    way: Annotated[str, Form()] = "",
    after: Annotated[str, Form()] = "",
    typed: Annotated[str, Form()] = "",
) -> Response:
    """Cut the source differently for this language, and go on in the same place with what was typed."""
    desk = context.services.desk
    if way not in segmentation.WAYS:
        raise HTTPException(400)
    view = desk.view(context.person, context.release, context.locale, segment)
    if view.held_by:
        refused = Refused("somebody else has it open", remedy="Wait until they are done.")
        return shown(context, view, _uncut(view, refused, after, 409))
    try:
        onward = segmentation.change_segmentation(
            desk, context.release, context.locale, segment, way, after=clean_typed_text(after)
        )
    except Refused as error:
        return shown(context, view, _uncut(view, error, after, 422))
    _carry_draft(context, view, onward, clean_typed_text(typed))
    return RedirectResponse(f"{context.address(onward)}?cut={way}", status_code=303)


def _carry_draft(context: DeskContext, before: SegmentView, onward: str, typed: str) -> None:
    """Let what a person typed and did not decide stand where the segment stands that was cut differently."""
    desk, place = context.services.desk, (context.person.id, context.release.id, context.locale)
    records, kept = desk_records_of(desk.ledger.store), _kept(context, before)
    target = typed or (kept.target if kept else "")
    if not target or onward == before.row.id:
        return
    base = desk.view(context.person, context.release, context.locale, onward).base
    records.keep_draft(KeptDraft(*place, onward, target[:LONGEST_TARGET], base, desk.ledger.clock()))
    records.drop_draft(*place, before.row.id)


def _uncut(view: SegmentView, refused: Refused, after: str, status: int) -> Draft:
    """The page as it was, with the words that it could not be cut behind."""
    return Draft(
        view.row.entry.target, refused=refused, status=status, typed=False, cut=clean_typed_text(after)
    )


def _checked(context: DeskContext, segment: str, typed: Typed) -> Response:
    """The page again with what the checks say about the text, and a certain correction made."""
    desk = context.services.desk
    view = desk.view(context.person, context.release, context.locale, segment)
    target = clean_typed_text(typed.target)
    if typed.mine or typed.started:
        clash = desk.edit_conflict(
            context.release, context.locale, segment, base=typed.started, target=typed.mine
        )
        texts = {"use-mine": clash.mine, "use-theirs": clash.theirs, "use-both": clash.proposed}
        if typed.fix in texts:
            draft = Draft(texts[typed.fix], clash=clash, started=typed.started)
            return shown(context, view, _with_typed(draft, typed))
    findings = desk.findings(context.release, context.locale, view.row.entry, target)
    target = next(
        (finding.fix for finding in findings if finding.check == typed.fix and finding.fix is not None),
        target,
    )
    return shown(context, view, _with_typed(Draft(target), typed))


def shown(context: DeskContext, view: SegmentView, draft: Draft) -> Response:
    """The page of a segment with a target in its field."""
    place = (context.release.id, context.locale, view.row.id)
    context.services.presence.mark_open(place, context.person.id)
    response = page("segment.html", status=draft.status, **_values(context, view, draft))
    # Not "no-store": the browser's "back" may then show again what was typed.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _kept(context: DeskContext, view: SegmentView) -> KeptDraft | None:
    """What the person typed in a segment and did not decide."""
    notes = desk_records_of(context.services.desk.ledger.store)
    return notes.draft(context.person.id, context.release.id, context.locale, view.row.id)


def _values(context: DeskContext, view: SegmentView, draft: Draft) -> dict[str, Any]:
    """What the template of the page is told."""
    services, desk = context.services, context.services.desk
    place = (context.release.id, context.locale, view.row.id)
    findings: Sequence[Finding] = view.findings
    if draft.target != view.row.entry.target:
        findings = desk.findings(context.release, context.locale, view.row.entry, draft.target)
    records = desk_records_of(desk.ledger.store)
    return {
        "person": context.person,
        "at": context,
        "view": view,
        "title": desk.title(context.release),
        "target": draft.target,
        "note": draft.note,
        "reasons": draft.reasons,
        "left": draft.left,
        "findings": findings,
        "silenced": view.row.silenced,
        "firm": UNSILENCEABLE,
        "refused": draft.refused,
        "typed": draft.typed,
        "cut": draft.cut,
        "recut": draft.recut,
        "step": draft.step,
        "clash": draft.clash,
        "started": draft.started,
        "letters": special_characters(context.locale),
        "whole": partial(origins.whole, names=desk.cache.release_ids),
        "name_of": services.name_of,
        "may_term": glossary_editing.may_change(context.person, context.locale),
        "comments": records.comments(context.release.id, view.row.id, context.locale),
        "kept": _kept(context, view),
        "others": [services.name_of(person) for person in services.presence.others(place, context.person.id)],
        "newest": desk.ledger.store.newest(context.release.id, context.locale),
        "asked": draft.asked.onward,
        "onward_here": context.address(view.row.id) + draft.asked.onward,
    }
