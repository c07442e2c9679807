"""What machines do: how far each job is, stopped or started again, and pre-translation asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from l10n.project import Release
from workflow.jobs import UNDONE, Job, JobState
from workflow.jobs.work import PRETRANSLATE, PUBLISH, UPDATE, pretranslate_job
from workflow.web.base_path import desk_path
from workflow.web.listed_releases import newest_first
from workflow.web.publishing import AGAIN, Editor
from workflow.web.reasons import explained
from workflow.web.release_names import FEW, LONGEST, is_named, labels
from workflow.web.services import Services, ServicesDep
from workflow.web.templating import page

router = APIRouter(prefix="/jobs")
_ASKED_FOR = frozenset({UPDATE, PRETRANSLATE, PUBLISH})
_WENT_WRONG = frozenset({JobState.FAILED, JobState.DEAD})
_SHOWN = 50
_SEARCHED = 2000
# A job that begins later than so many seconds from now is nothing to watch.
_SOON = 60


@dataclass(frozen=True, slots=True)
class Work:
    """A job, and the release it is about; None where it is about all of them, or one that is gone."""

    job: Job
    release: Release | None
    title: str

    @property
    def locale(self) -> str:
        """The language it is about, "" where it is about all."""
        return str(self.job.payload.get("locale", ""))

    @property
    def stoppable(self) -> bool:
        """Whether it can still be stopped."""
        return self.job.state in {JobState.WAITING, JobState.RUNNING} and not self.job.cancel

    @property
    def startable(self) -> bool:
        """Whether it can be started afresh."""
        return self.job.state in UNDONE


@router.get("")
def jobs(services: ServicesDep, person: Editor, release: str = "") -> Response:
    """The jobs people ask for, and of others what failed; it asks again while one is under way.

    With ``release`` only those about releases of such a title or id.
    """
    asked = release.strip()[:LONGEST]
    releases = newest_first(services)
    named = labels([(one, services.desk.title(one)) for one in releases])
    found = [one for one in releases if is_named(one, named[one.id], asked)]
    works = _works(services, {one.id: one for one in releases}, named)
    if asked:
        about = {one.id for one in found}
        works = (work for work in works if work.release and work.release.id in about)
    shown = list(islice(works, _SHOWN))
    watched = any(_under_way(work.job, services.desk.ledger.clock()) for work in shown)
    return page(
        "jobs.html",
        headers={"Refresh": str(AGAIN)} if watched else {},
        person=person,
        works=shown,
        asked=asked,
        searched=len(releases) > FEW,
        explained=explained,
        releases=[(one, named[one.id]) for one in found if one.locales],
        onward_here=_address(asked),
    )


@router.post("")
def change(
    services: ServicesDep,
    _person: Editor,
    cancel: Annotated[str, Form()] = "",
    retry: Annotated[str, Form()] = "",
    release: Annotated[str, Form()] = "",
    asked: Annotated[str, Form()] = "",
) -> Response:
    """Stop a job, start one again, or have a release pre-translated into each of its languages."""
    if cancel:
        services.runner.cancel(cancel)
    if retry:
        services.runner.retry(retry)
    if release:
        chosen = services.desk.cache.release(release)
        services.runner.enqueue(
            [pretranslate_job(services.desk.ledger, chosen, locale) for locale in chosen.locales]
        )
    return RedirectResponse(_address(asked[:LONGEST]), status_code=303)


def _address(asked: str) -> str:
    return desk_path("/jobs") + (f"?{urlencode({'release': asked})}" if asked else "")


def _works(services: Services, releases: Mapping[str, Release], named: Mapping[str, str]) -> Iterable[Work]:
    """What is worth showing, the newest first."""
    for job in services.runner.newest(_SEARCHED, kinds=_ASKED_FOR, states=_WENT_WRONG):
        release = releases.get(str(job.payload.get("release", "")))
        yield Work(job, release, named[release.id] if release else "")


def _under_way(job: Job, now: dt.datetime) -> bool:
    if job.state is JobState.RUNNING:
        return True
    return job.state is JobState.WAITING and (job.ready is None or (job.ready - now).total_seconds() < _SOON)
