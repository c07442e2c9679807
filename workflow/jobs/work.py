"""The kinds of jobs: how each is requested, what its handler does, and which runner runs it."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, delete

from l10n import project, site
from l10n.errors import ConfigError, EngineFailed, UsageError
from l10n.progress import ProgressCallback
from l10n.project import Release
from workflow import digest, steps
from workflow.desk_records import desk_records_of
from workflow.engine_pool import engine_pool
from workflow.jobs import DEFAULT_QUEUE, Job, JobHandler, JobRequest, Runner
from workflow.jobs.local_runner import LocalRunner
from workflow.ledger import Ledger
from workflow.mail import smtp_from_env
from workflow.publishing import SitePublisher
from workflow.store import Person
from workflow.store.database import DatabaseStore
from workflow.store.rows import stamp
from workflow.store.schema import claims, tokens

UPDATE, PRETRANSLATE, SETTLE, PUBLISH, RETAIN = "update", "pretranslate", "settle", "publish", "retain"
DIGEST, LETTER = "digest", "letter"
LOOK_DUE = "due"
RUNNERS = ("local", "procrastinate")
KEPT = dt.timedelta(days=30)
LOOK = dt.timedelta(minutes=10)
# No release can be called so, and no two jobs may put pages live at once.
_SITE = "*site"
_LOG = logging.getLogger(__name__)


def update_job(
    release: Release,
    *,
    then: Sequence[str] = (),
    only: Sequence[str] = (),
    engines: Sequence[str] = (),
    alone: bool = False,
) -> JobRequest:
    """Bring a release's catalogues in step, ``then`` pre-translate and publish them if it says so.

    It is published ``alone``, or with everything that is approved.
    """
    payload: dict[str, object] = {"release": release.id, "then": list(then), "only": list(only)}
    payload |= {"engines": list(engines), "alone": alone}
    choices = (project.segmentation_path(release, locale) for locale in release.locales)
    inputs = _digest(payload, release.source, release.folder / "release.toml", *choices)
    return JobRequest(UPDATE, release.id, inputs=inputs, payload=payload, lock=release.id)


def pretranslate_job(
    ledger: Ledger,
    release: Release,
    locale: str,
    *,
    then: Sequence[str] = (),
    engines: Sequence[str] = (),
    alone: bool = False,
) -> JobRequest:
    """Fill what is empty in a catalogue; in the queue of the engine that is asked first."""
    route = engines or project.route(ledger.project, release, locale, ledger.clock())
    payload: dict[str, object] = {"release": release.id, "locale": locale, "then": list(then)}
    payload |= {"engines": list(engines), "alone": alone}
    inputs = _digest([payload, list(route)], project.catalogue_path(ledger.project, release, locale))
    return JobRequest(
        PRETRANSLATE,
        release.id,
        locale,
        inputs,
        payload,
        queue=queue_of(route[0]) if route else DEFAULT_QUEUE,
        lock=f"{release.id}/{locale}",
    )


def pretranslate_jobs(ledger: Ledger, release: Release) -> list[JobRequest]:
    """Pre-translate a release into each language for which its route names an engine."""
    now = ledger.clock()
    return [
        pretranslate_job(ledger, release, locale)
        for locale in release.locales
        if project.route(ledger.project, release, locale, now)
    ]


def settle_job(now: dt.datetime, release: Release, locale: str) -> JobRequest:
    """Have a catalogue settled at the next full minute; one job for all that is decided until then."""
    soon = now.replace(second=0, microsecond=0) + dt.timedelta(minutes=1)
    payload = {"release": release.id, "locale": locale}
    return JobRequest(
        SETTLE, release.id, locale, stamp(soon), payload, lock=f"{release.id}/{locale}", after=soon
    )


def with_settle_jobs(ledger: Ledger, runner: Runner) -> Ledger:
    """A ledger that enqueues a settle job with every decision, for a process that dies before it writes."""

    def hand_on(connection: Connection, release: Release, locale: str) -> None:
        runner.enqueue([settle_job(ledger.clock(), release, locale)], within=connection)

    return replace(ledger, on_append=hand_on)


def publish_job(
    ledger: Ledger,
    *,
    at: dt.datetime | None = None,
    person: str = "",
    about: str = "",
    only: Mapping[str, Sequence[str]] | None = None,
) -> JobRequest:
    """Build the site and put it live; ``at`` tells it from another of the same files, at another time.

    ``person`` is the id of who asked for it, and ``about`` what it was that they let out.  ``only`` has the
    releases that are put on line as they are now, with their languages (none for every one); everything
    that is approved without it, what is due in any case.
    """
    payload: dict[str, object] = (
        {} if only is None else {"only": {release_id: list(only[release_id]) for release_id in sorted(only)}}
    )
    if at is not None:
        payload |= {"person": person, "about": about} if person else {}
        return JobRequest(PUBLISH, inputs=_digest([at, person, about, payload]), payload=payload, lock=_SITE)
    folders = (ledger.project.root / name for name in ("releases", "locales"))
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return JobRequest(PUBLISH, inputs=_digest(payload or None, *files), payload=payload, lock=_SITE)


def due_check_job(after: dt.datetime, *, once: bool = False) -> JobRequest:
    """Publish what has become due (an embargo has ended, a schedule has come); enqueue the next check."""
    payload = {"once": True} if once else {}
    return JobRequest(
        LOOK_DUE, inputs=f"{stamp(after)}{'-once' if once else ''}", payload=payload, after=after
    )


def cleanup_job(day: dt.date, *, after: dt.datetime | None = None) -> JobRequest:
    """Delete expired sessions, links, claims, old jobs and cached answers, once a day."""
    return JobRequest(RETAIN, inputs=day.isoformat(), after=after)


def digest_job(after: dt.datetime) -> JobRequest:
    """Request the daily digests: one letter for each person with news."""
    return JobRequest(
        DIGEST, inputs=after.date().isoformat(), payload={"day": after.date().isoformat()}, after=after
    )


def letter_job(person: Person, day: dt.date) -> JobRequest:
    """Send somebody the letter of a day; in a queue of its own, since mail servers may be slow."""
    payload = {"person": person.id, "day": day.isoformat()}
    return JobRequest(LETTER, inputs=f"{person.id}-{day.isoformat()}", payload=payload, queue="mail")


def queue_of(engine: str) -> str:
    """The queue of an engine; each has its own, so that a slow engine does not hold up the others."""
    return "engine-" + re.sub(r"[^a-z0-9]+", "-", engine.lower())[:24]


def job_handlers(ledger: Ledger, runner: Runner, *, desk: str = "") -> Mapping[str, JobHandler]:
    """The handler of every kind of job; ``desk`` is the address that letters link to."""
    return {
        UPDATE: partial(_update, ledger),
        PRETRANSLATE: partial(_pretranslate, ledger),
        SETTLE: partial(_settle, ledger),
        PUBLISH: partial(_publish, SitePublisher(ledger)),
        RETAIN: partial(_retain, ledger, runner),
        LOOK_DUE: partial(_look, ledger),
        DIGEST: partial(_digests, ledger),
        LETTER: partial(_letter, ledger, desk or os.environ.get("L10N_DESK_URL", "")),
    }


def drop_expired(store: DatabaseStore, now: dt.datetime) -> int:
    """Drop sessions, sign-in links and claims that have expired; how many."""

    def drop(connection: Connection) -> int:
        return sum(
            connection.execute(delete(table).where(table.c.expires <= stamp(now))).rowcount
            for table in (tokens, claims)
        )

    return store.writing(drop)


def open_runner(ledger: Ledger, kind: str = "", *, width: int = 1) -> Runner:
    """Who does the jobs of a project: ``local`` or ``procrastinate``.

    By itself Procrastinate, when the ledger is on PostgreSQL and it is installed.  Both work on
    the same board, so that one may take over from the other.  Raises ConfigError when the named one
    cannot run.
    """
    chosen = kind or os.environ.get("L10N_RUNNER", "")
    if chosen not in {"", *RUNNERS}:
        raise UsageError(f"there is no runner {chosen!r}", remedy=f"Runners: {', '.join(RUNNERS)}.")
    url = os.environ.get("L10N_DATABASE_URL") or ledger.project.settings.database
    if chosen == "local" or not (url or chosen):
        return LocalRunner(database_of(ledger), ledger.clock, width=width)
    if not url:
        raise ConfigError("procrastinate needs a PostgreSQL database", remedy="Set L10N_DATABASE_URL.")
    try:
        from workflow.jobs.procrastinate_runner import ProcrastinateRunner  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        if not chosen:
            return LocalRunner(database_of(ledger), ledger.clock, width=width)
        raise ConfigError(
            "procrastinate is not installed", remedy="pip install 'passerelle[workers]'"
        ) from None
    return ProcrastinateRunner(database_of(ledger), url, ledger.clock, width=width)


def database_of(ledger: Ledger) -> DatabaseStore:
    """The database of a ledger.  Raises UsageError when it is none."""
    if not isinstance(ledger.store, DatabaseStore):
        raise UsageError("jobs need a ledger in a database")
    return ledger.store


def _update(ledger: Ledger, job: Job, progress: ProgressCallback) -> Iterable[JobRequest]:
    release = _release(ledger, job)
    for number, _ in enumerate(steps.update_catalogues(ledger, release), start=1):
        progress(number, len(release.locales))
    then, only, engines = (_texts(job, name) for name in ("then", "only", "engines"))
    alone = bool(job.payload.get("alone"))
    if PRETRANSLATE in then:
        for locale in release.locales:
            if not only or locale in only:
                yield pretranslate_job(ledger, release, locale, then=then, engines=engines, alone=alone)
    elif PUBLISH in then:
        yield publish_job(ledger, only=_only(job))


def _pretranslate(ledger: Ledger, job: Job, progress: ProgressCallback) -> Iterable[JobRequest]:
    _fill(ledger, job, progress)
    return [publish_job(ledger, only=_only(job))] if PUBLISH in _texts(job, "then") else []


def _settle(ledger: Ledger, job: Job, _progress: ProgressCallback) -> Iterable[JobRequest]:
    ledger.catalogue(_release(ledger, job), str(job.payload["locale"]))
    return ()


def _publish(press: SitePublisher, job: Job, progress: ProgressCallback) -> Iterable[JobRequest]:
    press.ledger.settle()
    built = press.build(progress=progress, scope=_scope(job))
    press.put_live(built)
    for unreadable in built.unreadable:
        _LOG.warning("%s: %s", unreadable.release, unreadable.why)
    if person := str(job.payload.get("person", "")):
        about = str(job.payload.get("about", ""))
        desk_records_of(press.ledger.store).note(press.ledger.clock(), person, "published", about)
    return ()


def _scope(job: Job) -> site.Scope | None:
    """What a publication is about, None when that is everything."""
    only = job.payload.get("only")
    if not isinstance(only, dict):
        return None
    return site.Scope({str(release): tuple(map(str, locales)) for release, locales in only.items()})


def _look(ledger: Ledger, job: Job, _progress: ProgressCallback) -> Iterable[JobRequest]:
    """Publish what is due when an embargo has ended or another moment has come, and look again.

    A plan that cannot be read keeps no other release waiting; its own moments come true once it can.
    """
    plans, now = project.readable_releases(ledger.project), ledger.clock()
    for error in plans.errors:
        _LOG.warning("nothing happens by itself to a release that cannot be read: %s", error)
    releases = plans.releases
    if site.due(ledger.project, releases, now):
        yield publish_job(ledger, at=now, only=None if site.published_at(ledger.project) is None else {})
    if job.payload.get("once"):
        return
    coming = site.next_moment(releases, now)
    later = _next_look(now)
    yield due_check_job(later if coming is None else min(coming, later))


def _next_look(now: dt.datetime) -> dt.datetime:
    """The next moment for a regular look: the same for every desk, so that one job waits for all of them."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + ((now - midnight) // LOOK + 1) * LOOK


def _digests(ledger: Ledger, job: Job, _progress: ProgressCallback) -> Iterable[JobRequest]:
    """Ask for the letters of a day, and for the next day's."""
    day = dt.date.fromisoformat(str(job.payload["day"]))
    if smtp_from_env() is not None:
        yield from (letter_job(person, day) for person in digest.readers(ledger, day))
    yield digest_job(digest.next_hour(ledger.clock()))


def _letter(ledger: Ledger, desk: str, job: Job, _progress: ProgressCallback) -> Iterable[JobRequest]:
    """Send a letter unless it has gone out; a server that does not take it is asked again later."""
    day = dt.date.fromisoformat(str(job.payload["day"]))
    server = smtp_from_env()
    person = next(
        (reader for reader in digest.readers(ledger, day) if reader.id == job.payload["person"]), None
    )
    if server is None or person is None:
        return ()
    if letter := digest.letter(ledger, person, day, desk.rstrip("/")):
        server.send(letter)
        desk_records_of(ledger.store).tell(person.id, ledger.clock())
    return ()


def _retain(ledger: Ledger, runner: Runner, _job: Job, _progress: ProgressCallback) -> Iterable[JobRequest]:
    now = ledger.clock()
    drop_expired(database_of(ledger), now)
    runner.forget(now - KEPT)
    steps.drop_expired_answers(ledger)
    tomorrow = (now + dt.timedelta(days=1)).replace(hour=3, minute=0, second=0, microsecond=0)
    return [cleanup_job(tomorrow.date(), after=tomorrow)]


def _fill(ledger: Ledger, job: Job, progress: ProgressCallback) -> None:
    """Pre-translate; raises EngineFailed when an engine could not be asked and something is left."""
    release, locale = _release(ledger, job), str(job.payload["locale"])
    if ledger.catalogue(release, locale) is None:
        steps.update_catalogue(ledger, release, locale, project.document(ledger.project, release, locale))
    names = _texts(job, "engines") or project.route(ledger.project, release, locale, ledger.clock())
    with engine_pool(ledger, _LOG.info) as pool:
        route = pool.route(names, release)
        terms = project.read_glossary(ledger.project)
        report = steps.pretranslate_catalogue(
            ledger, release, locale, route=route, terms=terms, progress=progress
        )
    reasons = dict.fromkeys(
        f"{failure.engine}: {failure.reason}"
        for failure in report.failures
        if failure.later or not failure.source
    )
    if report.left and reasons:
        remaining = "1 segment is left" if report.left == 1 else f"{report.left} segments are left"
        raise EngineFailed(f"{remaining}: {'; '.join(reasons)}")


def _release(ledger: Ledger, job: Job) -> Release:
    return project.release(ledger.project, str(job.payload["release"]))


def _only(job: Job) -> Mapping[str, Sequence[str]] | None:
    """What is published after a step: the release by itself, or everything that is approved."""
    return {str(job.payload["release"]): ()} if job.payload.get("alone") else None


def _texts(job: Job, name: str) -> tuple[str, ...]:
    values = job.payload.get(name, [])
    return tuple(str(value) for value in values) if isinstance(values, list) else ()


def _digest(value: object, *paths: Path) -> str:
    """16 hexadecimal digits for a value and what stands in files; a missing one counts as such."""
    digest = hashlib.sha256(repr(value).encode("utf-8", "replace"))
    for path in paths:
        data = path.read_bytes() if path.is_file() else b"-"
        digest.update(f"\0{path.name}\0{len(data)}\0".encode("utf-8", "replace") + data)
    return digest.hexdigest()[:16]
