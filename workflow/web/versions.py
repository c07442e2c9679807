"""The versions of the published site, and the way back to the one before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from l10n import site
from l10n.errors import UsageError
from l10n.site import changes as foreseeing
from l10n.site import versions
from workflow.desk_records import desk_records_of
from workflow.store import Person
from workflow.web.base_path import desk_path
from workflow.web.foresight import EDITS, previewed_changes
from workflow.web.publishing import Editor, reloading, state_of
from workflow.web.services import Services, ServicesDep

router = APIRouter(prefix="/versions")
ROLLED_BACK = "rolled-back"


@router.get("")
def shown(services: ServicesDep, person: Editor) -> Response:
    """The versions that are kept, and what readers would see change if the one before came back."""
    return _page(services, person)


@router.post("")
def go_back(
    services: ServicesDep,
    person: Editor,
    live: Annotated[int, Form(ge=1, le=2**31 - 1)],
    before: Annotated[int, Form(ge=1, le=2**31 - 1)],
) -> Response:
    """Put the version before on line again, unless the site is another by now than the person looked at."""
    ledger = services.desk.ledger
    if state_of(services).under_way:
        return _page(
            services, person, UsageError("a publication is under way", remedy="Wait until it is done.")
        )
    try:
        site.rollback(ledger.project, only=(live, before))
    except UsageError as error:
        return _page(services, person, error)
    desk_records_of(ledger.store).note(ledger.clock(), person.id, ROLLED_BACK, f"{live} → {before}")
    return RedirectResponse(desk_path("/versions"), status_code=303)


def _page(services: Services, person: Person, refused: UsageError | None = None) -> Response:
    project = services.desk.ledger.project
    live, kept = versions.live(project), versions.kept_versions(project)
    before = versions.before_live(project.state / "site", live) if kept else None
    state = state_of(services)
    return reloading(state, answered=refused is not None)(
        "versions.html",
        status=409 if refused else 200,
        person=person,
        state=state,
        live=live,
        before=before,
        kept=kept,
        will=previewed_changes(foreseeing.changes_back(project, before)) if before else None,
        most=EDITS,
        refused=refused,
        who=_who(services),
        name_of=services.name_of,
        onward_here=desk_path("/versions"),
    )


def _who(services: Services) -> Mapping[int, str]:
    """Who went back from which version."""
    events = desk_records_of(services.desk.ledger.store).events(what=ROLLED_BACK)
    return {int(event.about.split()[0]): event.person for event in reversed(events)}
