"""The desk for programs: JSON, with a token of somebody's in the header ``Authorization: Bearer …``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from l10n import catalogue as po
from workflow import people
from workflow.desk import dismissals
from workflow.desk.cache import segment_status
from workflow.desk.filters import filter_from_query, filter_rows
from workflow.states import Refused
from workflow.store import Person, StaleDecision, segment_id
from workflow.web.context import DeskContext, desk_context
from workflow.web.editor_api import ACTIONS
from workflow.web.services import ServicesDep

Show = Literal["all", "waiting", "missing", "fuzzy", "translated", "approved"]
router = APIRouter(prefix="/api", tags=["desk"])
_BEARER = HTTPBearer(auto_error=False, description="A token from the page of your account.")


class TokenNeeded(Exception):
    """No token that is good for this came along."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a release has come in a language."""

    locale: str
    approved: int
    translated: int
    fuzzy: int
    missing: int


@dataclass(frozen=True, slots=True)
class ReleaseOut:
    """A release with the languages its reader works in."""

    id: str
    title: str
    locale: str
    date: dt.date
    languages: list[Standing]


@dataclass(frozen=True, slots=True)
class SegmentOut:
    """A segment as it stands; ``base`` is what a decision on it has to name.

    ``silenced`` has the reason for each check that is not to speak here.
    """

    id: str
    source: str
    target: str
    standing: str
    origin: str
    base: str
    silenced: dict[str, str]


@dataclass(frozen=True, slots=True)
class DecisionIn:
    """What to decide; ``note`` says why, also why a translation with errors is right."""

    action: Literal["save", "approve", "send-back"]
    target: str = ""
    base: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SilenceIn:
    """Which check finds what is no fault, and why it is none; ``target`` is what is saved with it."""

    check: str
    reason: str
    target: str = ""
    base: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something was not done, and what would help."""

    message: str
    remedy: str = ""


def holder(scope: str) -> Callable[..., Person]:
    """Who a program acts for, when its token reaches so far."""

    def person_of_token(
        services: ServicesDep, given: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]
    ) -> Person:
        ledger = services.desk.ledger
        token = given.credentials if given else ""
        person = people.by_api_token(ledger.store, token, scope, now=ledger.clock())
        if person is None:
            raise TokenNeeded
        return person

    return person_of_token


Reader = Annotated[Person, Depends(holder("read"))]
Decider = Annotated[Person, Depends(holder("decide"))]


def _decider_at(services: ServicesDep, person: Decider, release_id: str, locale: str) -> DeskContext:
    return desk_context(services, person, release_id, locale)


DeciderAt = Annotated[DeskContext, Depends(_decider_at)]
_PROBLEMS: dict[int | str, dict[str, Any]] = {status: {"model": Problem} for status in (400, 401, 403, 404)}
_DECIDING: Mapping[str, Any] = {
    "response_model": SegmentOut,
    "responses": _PROBLEMS | {409: {"model": SegmentOut}, 422: {"model": Problem}},
}


@router.get("/releases", responses=_PROBLEMS)
def releases(services: ServicesDep, person: Reader) -> list[ReleaseOut]:
    """Every release and language the token's person works in."""
    by_id: dict[str, ReleaseOut] = {}
    for task in services.desk.queue(person).tasks:
        release, counts = task.release, task.counts
        release_out = by_id.setdefault(
            release.id, ReleaseOut(release.id, task.title, release.locale, release.date, [])
        )
        release_out.languages.append(
            Standing(
                task.locale,
                counts.approved,
                counts.translated - counts.approved,
                counts.fuzzy,
                counts.missing,
            )
        )
    return list(by_id.values())


@router.get("/releases/{release_id}/{locale}/segments", responses=_PROBLEMS)
def segments(
    services: ServicesDep,
    person: Reader,
    release_id: str,
    locale: str,
    show: Show = "all",
    text: Annotated[str, Query(max_length=200)] = "",
) -> list[SegmentOut]:
    """The segments of a release in a language, in the order of the document."""
    context = desk_context(services, person, release_id, locale)
    rows = services.desk.rows(context.release, context.locale)
    heads = services.desk.ledger.store.current(context.release.id, context.locale)
    matching = filter_rows(rows, filter_from_query({"show": show, "text": text}), lambda _row: ())
    return [
        SegmentOut(
            row.id,
            row.entry.source,
            row.entry.target,
            row.status,
            row.entry.origin,
            heads[row.entry.key].digest if row.entry.key in heads else "",
            dict(row.silenced),
        )
        for row in matching
    ]


@router.post("/releases/{release_id}/{locale}/segments/{segment}", **_DECIDING)
async def decide(at: DeciderAt, segment: str, wanted: DecisionIn) -> Response | SegmentOut:
    """Take a decision; 409 tells how the segment stands when it changed since ``base``."""
    action, typed = ACTIONS[wanted.action], at.services.desk.typed_batch
    ask = partial(typed, at.person, at.release, at.locale, segment, action)
    try:
        (decision,) = await at.services.batching.take(
            partial(ask, target=wanted.target, base=wanted.base, note=wanted.note)
        )
    except StaleDecision:
        return await run_in_threadpool(_stale, at, segment)
    except Refused as error:
        return _refused(error)
    return SegmentOut(
        segment_id(decision.key),
        decision.source,
        decision.target,
        segment_status(decision),
        decision.origin,
        decision.digest,
        dict(po.silenced(decision.comment)),
    )


@router.post("/releases/{release_id}/{locale}/segments/{segment}/silences", **_DECIDING)
def silence(
    services: ServicesDep, person: Decider, release_id: str, locale: str, segment: str, wanted: SilenceIn
) -> Response | SegmentOut:
    """Save a target in which what a check finds is no fault, for a reason; 409 as for a decision."""
    context = desk_context(services, person, release_id, locale)
    silence_check = partial(
        dismissals.silence, services.desk, person, context.release, context.locale, segment, wanted.check
    )
    return _taken(
        context, segment, partial(silence_check, reason=wanted.reason, target=wanted.target, base=wanted.base)
    )


@router.delete("/releases/{release_id}/{locale}/segments/{segment}/silences/{check}", **_DECIDING)
def heed(
    services: ServicesDep,
    person: Decider,
    release_id: str,
    locale: str,
    segment: str,
    check: str,
    base: Annotated[str, Query(max_length=64)] = "",
) -> Response | SegmentOut:
    """Count again what a check finds in the target that stands; 409 as for a decision."""
    context = desk_context(services, person, release_id, locale)
    target = services.desk.row_of(context.release, context.locale, segment).entry.target
    unsilence_check = partial(
        dismissals.unsilence, services.desk, person, context.release, context.locale, segment, check
    )
    return _taken(context, segment, partial(unsilence_check, target=target, base=base))


def _taken(context: DeskContext, segment: str, take: Callable[[], object]) -> Response | SegmentOut:
    """How a segment stands once a decision is taken, or why it is not."""
    try:
        take()
    except StaleDecision:
        return _stale(context, segment)
    except Refused as error:
        return _refused(error)
    return _standing(context, segment)


def _stale(context: DeskContext, segment: str) -> Response:
    standing = _standing(context, segment)
    return JSONResponse({name: getattr(standing, name) for name in standing.__slots__}, status_code=409)


def _refused(error: Refused) -> Response:
    return JSONResponse({"message": error.message, "remedy": error.remedy}, status_code=422)


def _standing(context: DeskContext, segment: str) -> SegmentOut:
    desk = context.services.desk
    row = desk.row_of(context.release, context.locale, segment)
    key = row.entry.key
    head = desk.ledger.store.current(context.release.id, context.locale, [key]).get(key)
    entry = row.entry
    return SegmentOut(
        row.id,
        entry.source,
        entry.target,
        row.status,
        entry.origin,
        head.digest if head else "",
        dict(row.silenced),
    )
