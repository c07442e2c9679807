"""What the page of a segment asks while somebody types."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import JSONResponse, Response

from workflow.desk import tidy
from workflow.web.pages import sentence
from workflow.web.spots import AtSpot

router = APIRouter()


@router.post("/releases/{release_id}/{locale}/{segment}/findings")
def findings(at: AtSpot, segment: str, target: Annotated[str, Form()] = "") -> Response:
    """What the checks see in a target that is being typed, as offsets into it.

    They are for the target as it will be saved: ``target`` says how that reads.
    """
    desk = at.here.desk
    kept = tidy(target)
    found = desk.findings(at.release, at.locale, desk.key_of(at.release, at.locale, segment), kept)
    told = [asdict(one) | {"message": sentence(one.message)} for one in found]
    return JSONResponse({"target": kept, "findings": told})
