"""A new release made at the desk: a file or pasted text, looked at before anything is kept."""

from __future__ import annotations

import base64
import datetime as dt
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, UploadFile
from fastapi.responses import RedirectResponse, Response

from l10n import formats, project
from l10n.errors import L10nError, UsageError
from l10n.model import Document
from l10n.project import moments
from workflow import steps
from workflow.desk_records import Assignment, desk_records_of
from workflow.jobs.work import due_check_job, pretranslate_jobs
from workflow.states import Refused
from workflow.store import Person
from workflow.web import datetimes
from workflow.web.base_path import desk_path
from workflow.web.discussion import assignment
from workflow.web.services import Services, ServicesDep, SignedIn
from workflow.web.templating import page
from workflow.web.uploads import LargeFormRoute, source

router = APIRouter(prefix="/new", route_class=LargeFormRoute)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form says.

    ``embargo`` is a moment by the clocks of ``zone``.  ``people`` and ``dues`` say whose each language of
    the project is, and by when, in the project's order.  ``kept`` is the source that was looked at, as
    base64, ``suffix`` its ending.
    """

    name: Annotated[str, Form()] = ""
    locale: Annotated[str, Form()] = ""
    locales: Annotated[list[str] | None, Form()] = None
    date: Annotated[str, Form()] = ""
    embargo: Annotated[str, Form()] = ""
    zone: Annotated[str, Form()] = ""
    people: Annotated[list[str] | None, Form()] = None
    dues: Annotated[list[str] | None, Form()] = None
    text: Annotated[str, Form()] = ""
    kept: Annotated[str, Form()] = ""
    suffix: Annotated[str, Form()] = ""
    sure: Annotated[str, Form()] = ""


@dataclass(frozen=True, slots=True)
class Into:
    """A language that a release may be translated into: by whom, until when, and who could do it."""

    locale: str
    chosen: bool
    person: str
    due: str
    staff: Sequence[tuple[Person, bool]]


def require_editor(person: SignedIn) -> Person:
    """Who is asking, when they may make releases.  Raises Refused otherwise."""
    if not person.edits():
        raise Refused("making a release needs the role editor", remedy="Ask an administrator for it.")
    return person


Editor = Annotated[Person, Depends(require_editor)]


@router.get("")
def form(services: ServicesDep, person: Editor) -> Response:
    """The form for a new release."""
    settings = services.desk.ledger.project.settings
    source = settings.source_locales[0] if settings.source_locales else ""
    return _shown(services, person, Wanted(locale=source, locales=list(settings.locales), zone="UTC"))


@router.post("")
def make(
    services: ServicesDep,
    person: Editor,
    wanted: Annotated[Wanted, Depends()],
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Show what would be translated, and with ``sure`` make the release and its catalogues."""
    try:
        data, suffix = source(file, wanted.text, wanted.kept, wanted.suffix)
    except L10nError as error:
        return _shown(services, person, wanted, refused=error, status=422)
    try:
        if not wanted.sure:
            return _shown(services, person, wanted, data=data, suffix=suffix)
        return _made(services, wanted, data, suffix)
    except L10nError as error:
        if not wanted.text.strip():
            wanted = replace(wanted, kept=base64.b64encode(data).decode(), suffix=suffix)
        return _shown(services, person, wanted, refused=error, status=422)


def _made(services: Services, wanted: Wanted, data: bytes, suffix: str) -> Response:
    ledger = services.desk.ledger
    locale, locales = _locales(services, wanted)
    assignments = _assignments(services, wanted, locales)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"source{suffix}"
        path.write_bytes(data)
        release = project.add(
            ledger.project,
            path,
            release_id=project.suggested_id(wanted.name),
            locale=locale,
            locales=locales,
            date=_date(services, wanted),
            embargo=_embargo(services, wanted),
        )
    for assigned in assignments:
        desk_records_of(ledger.store).assign(assigned)
    terms = project.read_glossary(ledger.project)
    for target, _ in steps.update_catalogues(ledger, release):
        steps.pretranslate_catalogue(ledger, release, target, route=(), terms=terms)
    # Engines take their time: the page does not wait for them.
    services.runner.enqueue(pretranslate_jobs(ledger, release))
    if release.embargo:
        services.runner.enqueue([due_check_job(release.embargo, once=True)])
    return RedirectResponse(desk_path(f"/progress#{release.id}"), status_code=303)


def _locales(services: Services, wanted: Wanted) -> tuple[str, tuple[str, ...]]:
    locales = services.desk.ledger.project.settings.locales
    if wanted.locale not in locales:
        raise UsageError("choose the language of the source")
    chosen = tuple(
        locale for locale in locales if locale in (wanted.locales or ()) and locale != wanted.locale
    )
    if not chosen:
        raise UsageError("choose a language to translate into")
    return wanted.locale, chosen


def _nameable(services: Services, wanted: Wanted) -> None:
    """Refuse a name that no release can have.  Raises UsageError."""
    if not wanted.name.strip():
        raise UsageError("the release needs a name")
    if not project.suggested_id(wanted.name):
        raise UsageError(
            "the name has no Latin letter and no digit",
            remedy="It stands in addresses: write it in Latin letters.",
        )
    if project.suggested_id(wanted.name) in services.desk.cache.release_ids():
        raise UsageError("there is a release of this name", remedy="Choose another.")


def _date(services: Services, wanted: Wanted, document: Document | None = None) -> dt.date:
    """The day that the form says; where it is left empty, the one a source states, else today."""
    if not wanted.date:
        today = services.desk.ledger.clock().date()
        return (document and project.stated_date(document, latest=today)) or today
    try:
        return dt.date.fromisoformat(wanted.date)
    except ValueError:
        raise UsageError("this is no day", remedy="Write it as 2026-12-31.") from None


def _embargo(services: Services, wanted: Wanted) -> dt.datetime | None:
    if not wanted.embargo:
        return None
    at = moments.by_clocks(wanted.embargo, wanted.zone)
    if at <= services.desk.ledger.clock():
        raise UsageError("this moment has passed", remedy="Leave the embargo empty, or choose a later one.")
    return at


def _assignments(services: Services, wanted: Wanted, locales: Collection[str]) -> list[Assignment]:
    """Whose each language is to be, for those that are somebody's or have a day."""
    return [
        assignment(services, (project.suggested_id(wanted.name), locale), person, due)
        for locale, person, due in _assignees(services, wanted)
        if locale in locales and (person or due)
    ]


def _rows(services: Services, wanted: Wanted) -> list[Into]:
    """Each language of the project as the form says it, with who could do it."""
    store = services.desk.ledger.store
    people, away = store.people(), desk_records_of(store).away(services.desk.ledger.clock().date())
    return [
        Into(
            locale,
            locale in (wanted.locales or ()),
            person,
            due,
            tuple((colleague, colleague.id in away) for colleague in people if colleague.role(locale)),
        )
        for locale, person, due in _assignees(services, wanted)
    ]


def _assignees(services: Services, wanted: Wanted) -> list[tuple[str, str, str]]:
    """Whose each language of the project is to be, and until when, as the form says it."""
    locales = services.desk.ledger.project.settings.locales
    rows = zip_longest(locales, wanted.people or (), wanted.dues or (), fillvalue="")
    return [row for row in rows if row[0]]


def _shown(
    services: Services,
    person: Person,
    wanted: Wanted,
    *,
    data: bytes = b"",
    suffix: str = "",
    refused: L10nError | None = None,
    status: int = 200,
) -> Response:
    document: Document | None = None
    if data:
        _locales(services, wanted)
        _embargo(services, wanted)
        _nameable(services, wanted)
        _assignments(services, wanted, wanted.locales or ())
        document = formats.extract(data, path=f"source{suffix}", locale=wanted.locale)
        wanted = replace(wanted, date=_date(services, wanted, document).isoformat())
    pairs = list(document.segments()) if document else []
    return page(
        "new_release.html",
        status=status,
        person=person,
        wanted=wanted,
        into=_rows(services, wanted),
        zones=datetimes.zones(),
        locales=services.desk.ledger.project.settings.locales,
        misread=bool(document and project.reads_as(document, wanted.locale)),
        pairs=pairs[:300],
        total=len(pairs),
        words=sum(len(segment.source.split()) for _, segment in pairs),
        kept=base64.b64encode(data).decode() if data else wanted.kept,
        suffix=suffix or wanted.suffix,
        release_id=project.suggested_id(wanted.name),
        endings=formats.suffixes(),
        refused=refused,
        onward_here=desk_path("/new"),
    )
