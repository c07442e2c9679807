"""A release's source replaced at the desk; what that asks of translators is seen before anything changes."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, UploadFile
from fastapi.responses import RedirectResponse, Response

from l10n import catalogue as po
from l10n import disk, project
from l10n.catalogue import Change, Grade, Revision
from l10n.errors import L10nError, UsageError
from l10n.model import Catalogue
from l10n.project import Release
from workflow.desk_records import desk_records_of
from workflow.jobs.work import PRETRANSLATE, update_job
from workflow.store import Person
from workflow.web.base_path import desk_path
from workflow.web.publishing import Editor
from workflow.web.release_events import REPLACED
from workflow.web.services import Services, ServicesDep
from workflow.web.templating import page
from workflow.web.uploads import LargeFormRoute, source

router = APIRouter(prefix="/publishing", route_class=LargeFormRoute)
MOST = 200
_TYPED = frozenset({".md", ".txt"})
_WORK = frozenset({Grade.NEW, Grade.MEANING, Grade.SPLIT})
_LOOK = frozenset({Grade.SMALL, Grade.NUMBER})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form says: the new source, as text or as what was looked at, and which one it replaces."""

    text: Annotated[str, Form()] = ""
    kept: Annotated[str, Form()] = ""
    base: Annotated[str, Form()] = ""
    sure: Annotated[str, Form()] = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence before and after, with its codes; "" where it is new or gone."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Asks:
    """What a new source asks of a language: segments that stay, need one look, are to be worked on."""

    locale: str
    stay: int
    look: int
    work: int


@router.get("/{release_id}/source")
def form(services: ServicesDep, person: Editor, release_id: str) -> Response:
    """The source as it is, to be changed or replaced."""
    return _shown(services, person, services.desk.cache.release(release_id), Wanted())


@router.get("/{release_id}/source/file")
def download(services: ServicesDep, _person: Editor, release_id: str) -> Response:
    """The source as it is, to work on in the program it was written with."""
    release = services.desk.cache.release(release_id)
    name = quote(f"{release.id}{release.source.suffix}")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(disk.read(release.source), media_type="application/octet-stream", headers=headers)


@router.post("/{release_id}/source")
def replace_it(
    services: ServicesDep,
    person: Editor,
    release_id: str,
    wanted: Annotated[Wanted, Depends()],
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Show what a new source changes, and with ``sure`` put it in place."""
    release = services.desk.cache.release(release_id)
    data = b""
    try:
        ending = release.source.suffix.lower()
        data, suffix = source(file, wanted.text, wanted.kept, ending)
        if file is not None and file.filename and suffix != ending:
            raise UsageError(
                "the source is a file of another kind",
                remedy="Send one with the ending of the one that is there.",
            )
        data = _as_before(data, disk.read(release.source))
        if wanted.sure:
            return _replaced(services, person, release, data, wanted.base)
        if _is_stale(wanted, disk.read(release.source)):
            project.document_of(services.desk.ledger.project, release, data)
            project.demand_unchanged_source(disk.read(release.source), wanted.base)
        return _shown(services, person, release, wanted, data=data)
    except L10nError as error:
        status = 409 if isinstance(error, project.SourceChanged) else 422
        return _shown(services, person, release, wanted, kept=data, refused=error, status=status)


def _replaced(services: Services, person: Person, release: Release, data: bytes, base: str) -> Response:
    ledger = services.desk.ledger
    project.replace_source(ledger.project, release, data, base=base)
    desk_records_of(ledger.store).note(ledger.clock(), person.id, REPLACED, release.id)
    services.runner.enqueue([update_job(services.desk.cache.release(release.id), then=[PRETRANSLATE])])
    return RedirectResponse(desk_path(f"/publishing/{quote(release.id)}"), status_code=303)


def _is_stale(wanted: Wanted, current: bytes) -> bool:
    """Whether the form was filled in over another source than the one that is there."""
    return wanted.base not in {"", project.source_digest(current)}


def _as_before(data: bytes, before: bytes) -> bytes:
    """A text with the line ends of the one it replaces: browsers send their own."""
    if b"\r\n" in before and b"\r\n" not in data and b"\0" not in data:
        return data.replace(b"\n", b"\r\n")
    return data


def _shown(
    services: Services,
    person: Person,
    release: Release,
    wanted: Wanted,
    *,
    data: bytes = b"",
    kept: bytes = b"",
    refused: L10nError | None = None,
    status: int = 200,
) -> Response:
    current = disk.read(release.source)
    # Who was told that it is another one by now, and sees it, may replace that one.
    stale = refused is not None and _is_stale(wanted, current)
    revisions = dict(_revisions(services, release, data)) if data else {}
    changes = next(iter(revisions.values())).changes if revisions else ()
    sentences = list(_sentences(changes))
    typed = _typed(release, kept or current)
    return page(
        "source.html",
        status=status,
        person=person,
        release=release,
        title=services.desk.title(release),
        ending=release.source.suffix.lower(),
        typed=typed,
        looked_at=bool(data),
        kept=base64.b64encode(data or kept).decode() if data or (stale and typed is None) else "",
        stands=_typed(release, current) if stale else None,
        base=project.source_digest(current) if stale or not wanted.base else wanted.base,
        asks=[_asks(locale, revision.catalogue, revision.changes) for locale, revision in revisions.items()],
        sentences=sentences[:MOST],
        total=len(sentences),
        refused=refused,
        onward_here=desk_path(f"/publishing/{quote(release.id)}/source"),
    )


def _typed(release: Release, data: bytes) -> str | None:
    """The source as a text to type in; None for one that is not typed."""
    if release.source.suffix.lower() not in _TYPED:
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if text.startswith("\ufeff") else text


def _revisions(services: Services, release: Release, data: bytes) -> Iterator[tuple[str, Revision]]:
    """What becomes of the catalogue of each language.  Raises what reading the source raises."""
    document = project.document_of(services.desk.ledger.project, release, data)
    for locale in release.locales:
        before = services.desk.cache.catalogue(release, locale) or Catalogue(locale, ())
        yield locale, po.revise(before, project.segmented_for(document, release, locale))


def _sentences(changes: tuple[Change, ...]) -> Iterator[Sentence]:
    for change in changes:
        before = " ".join(entry.source for entry in change.before)
        after = change.entry.source
        if change.grade is Grade.OBSOLETE:
            yield Sentence(after, "")
        elif before != after:
            yield Sentence(before, after)


def _asks(locale: str, revised: Catalogue, changes: tuple[Change, ...]) -> Asks:
    grades = [change.grade for change in changes]
    to_look_at, to_work_on = sum(grade in _LOOK for grade in grades), sum(grade in _WORK for grade in grades)
    return Asks(locale, len(revised.live) - to_look_at - to_work_on, to_look_at, to_work_on)
