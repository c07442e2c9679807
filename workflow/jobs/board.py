"""The board where jobs are kept: each change of a job is one small transaction, and conditional."""

from __future__ import annotations

import datetime as dt
import json
from collections import namedtuple
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, literal_column, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from l10n.errors import UsageError
from workflow.jobs import UNDONE, Job, JobRequest, JobState, Policy
from workflow.ledger import Clock
from workflow.store.database import DatabaseStore
from workflow.store.rows import moment, stamp
from workflow.store.schema import jobs
from workflow.store.statements import Statement

Dispatch = Callable[[Connection, str, str, dt.datetime], None]
# Spelt out, since an index on some rows is of no use to a condition whose value comes later.
_RUNNING = jobs.c.state == literal_column("'running'")
_COLUMNS = ", ".join(column.name for column in jobs.columns)
_BY_KEY = Statement(f"SELECT {_COLUMNS} FROM jobs WHERE key = :key")  # noqa: S608 - names of ours
_Kept = namedtuple("_Kept", _COLUMNS)  # type: ignore[misc]  # noqa: PYI024 - its fields are the table's
_AGAIN = dt.timedelta(seconds=1)
_LONGEST_REASON = 500


class LeaseLost(Exception):
    """The job is no longer this worker's."""


def _nobody(_connection: Connection, _key: str, _queue: str, _when: dt.datetime) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Board:
    """The jobs in a store's database.

    ``dispatch`` is called inside the transaction for every job that may be taken from a moment on, with
    (connection, key, queue, moment).
    """

    store: DatabaseStore
    clock: Clock
    policy: Policy = field(default_factory=Policy)
    dispatch: Dispatch = _nobody

    def enqueue(self, requests: Sequence[JobRequest], within: Connection | None = None) -> tuple[Job, ...]:
        """See Runner."""
        payloads = [_json(request) for request in requests]

        def add(connection: Connection) -> tuple[Job, ...]:
            return tuple(self._add(connection, *pair) for pair in zip(requests, payloads, strict=True))

        return self.store.writing(add) if within is None else add(within)

    def job(self, key: str) -> Job | None:
        """See Runner."""
        with self.store.reading() as connection:
            row = _row(connection, key)
        return _job(row) if row else None

    def jobs(self) -> tuple[Job, ...]:
        """See Runner."""
        with self.store.reading() as connection:
            return tuple(map(_job, connection.execute(select(jobs).order_by(jobs.c.id))))

    def newest(
        self, most: int, *, kinds: Collection[str] = (), states: Collection[JobState] = ()
    ) -> tuple[Job, ...]:
        """See Runner."""
        query = select(jobs).where(or_(jobs.c.kind.in_(kinds), jobs.c.state.in_(states)))
        with self.store.reading() as connection:
            return tuple(map(_job, connection.execute(query.order_by(jobs.c.id.desc()).limit(most))))

    def ready(self, queues: Collection[str] = ()) -> Mapping[str, int]:
        """How many jobs could be taken now, by queue; with ``queues``, only of these."""
        query = select(jobs.c.queue, func.count()).where(jobs.c.ready <= stamp(self.clock()))
        if queues:
            query = query.where(jobs.c.queue.in_(queues))
        with self.store.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query.group_by(jobs.c.queue))}

    def overdue(self) -> tuple[Job, ...]:
        """The jobs nobody took for as long as a lease lasts, though somebody might have."""
        late = stamp(self.clock() - self._lease())
        with self.store.reading() as connection:
            return tuple(map(_job, connection.execute(select(jobs).where(jobs.c.ready <= late))))

    def take(self, worker: str, *, queue: str | None = None, key: str | None = None) -> Job | None:
        """Lease the oldest job of a queue, or the one with a key, if somebody may take it now."""

        def lease(connection: Connection) -> Job | None:
            while (row := self._candidate(connection, queue, key)) is not None:
                if verdict := self._hopeless(row):
                    self._end(connection, row.key, *verdict)
                    continue
                values = {
                    "state": JobState.RUNNING,
                    "attempts": row.attempts + 1,
                    "worker": worker,
                    "ready": stamp(self.clock() + self._lease()),
                    "changed": stamp(self.clock()),
                }
                statement = update(jobs).where(jobs.c.id == row.id).values(values).returning(jobs)
                return _job(connection.execute(statement).one())
            if key is not None:
                self._dispatch_again(connection, key)
            return None

        return self.store.writing(lease)

    def renew(self, job: Job, progress: tuple[int, int]) -> bool:
        """Make the lease of a running job last again; whether it is to go on.

        Raises LeaseLost when it is no longer this worker's.
        """
        done, total = progress
        now = self.clock()
        values = {"done": done, "total": total, "ready": stamp(now + self._lease()), "changed": stamp(now)}
        statement = update(jobs).where(*_held(job)).values(values).returning(jobs.c.cancel)
        row = self.store.writing(lambda connection: connection.execute(statement).first())
        if row is None:
            raise LeaseLost
        return not row.cancel

    def finish(self, job: Job, progress: tuple[int, int], more: Sequence[JobRequest] = ()) -> None:
        """A job is done and makes others necessary; nothing happens when it is somebody else's by now."""
        payloads = [_json(request) for request in more]
        done, total = progress

        def end(connection: Connection) -> None:
            if self._end(connection, job.key, JobState.DONE, "", *_held(job), done=done, total=total):
                for request, payload in zip(more, payloads, strict=True):
                    self._add(connection, request, payload)

        self.store.writing(end)

    def fail(self, job: Job, reason: str) -> None:
        """A handler raised: try again later, or give up after the policy's attempts."""

        def note(connection: Connection) -> None:
            row = connection.execute(select(jobs).where(*_held(job))).first()
            if row is None:
                return
            if row.cancel:
                self._end(connection, job.key, JobState.CANCELLED, reason)
            elif row.attempts >= self.policy.attempts:
                self._end(connection, job.key, JobState.DEAD, reason)
            else:
                when = self.clock() + self.policy.pause(row.attempts)
                self._open(connection, row, when, state=JobState.FAILED, reason=_storable(reason))

        self.store.writing(note)

    def give_back(self, job: Job) -> None:
        """A worker stops before the job is done; that was no attempt."""

        def note(connection: Connection) -> None:
            row = connection.execute(select(jobs).where(*_held(job))).first()
            if row is None:
                return
            if row.cancel:
                self._end(connection, job.key, JobState.CANCELLED, "")
            else:
                self._open(
                    connection,
                    row,
                    self.clock(),
                    state=JobState.WAITING,
                    attempts=row.attempts - 1,
                    worker="",
                )

        self.store.writing(note)

    def stopped(self, job: Job) -> None:
        """A running job noticed that it was cancelled."""
        self.store.writing(
            lambda connection: self._end(connection, job.key, JobState.CANCELLED, "", *_held(job))
        )

    def cancel(self, key: str) -> Job:
        """See Runner."""

        def note(connection: Connection) -> Job:
            row = _existing(connection, key)
            if row.state == JobState.RUNNING and row.ready > stamp(self.clock()):
                connection.execute(update(jobs).where(jobs.c.id == row.id).values(cancel=True))
            elif row.ready is not None:
                self._end(connection, key, JobState.CANCELLED, row.reason)
            return _job(_existing(connection, key))

        return self.store.writing(note)

    def retry(self, key: str) -> Job:
        """See Runner."""

        def note(connection: Connection) -> Job:
            row = _existing(connection, key)
            if row.state in UNDONE:
                self._open(connection, row, self.clock(), state=JobState.WAITING, attempts=0, done=0, total=0)
            return _job(_existing(connection, key))

        return self.store.writing(note)

    def forget(self, before: dt.datetime) -> int:
        """See Runner."""
        statement = delete(jobs).where(jobs.c.ready.is_(None), jobs.c.changed < stamp(before))
        return self.store.writing(lambda connection: connection.execute(statement).rowcount)

    def tell(self, overdue: Sequence[Job]) -> None:
        """Dispatch jobs again that nobody took."""

        def again(connection: Connection) -> None:
            for job in overdue:
                self.dispatch(connection, job.key, job.queue, self.clock())

        self.store.writing(again)

    def _add(self, connection: Connection, request: JobRequest, payload: str) -> Job:
        row = _row(connection, request.key)
        if row and row.ready is not None:
            return _job(row)
        connection.execute(delete(jobs).where(jobs.c.key == request.key))
        now = self.clock()
        when = request.after or now
        values = {
            "key": request.key,
            "kind": request.kind,
            "payload": payload,
            "queue": request.queue,
            "lock": request.lock,
            "state": JobState.WAITING,
            "attempts": 0,
            "done": 0,
            "total": 0,
            "reason": "",
            "ready": stamp(when),
            "worker": "",
            "cancel": False,
            "changed": stamp(now),
        }
        inserted = connection.execute(insert(jobs).values(values).returning(jobs)).one()
        self.dispatch(connection, request.key, request.queue, when)
        return _job(inserted)

    def _candidate(self, connection: Connection, queue: str | None, key: str | None) -> Row[Any] | None:
        now = stamp(self.clock())
        running = select(jobs.c.lock).where(_RUNNING, jobs.c.ready > now, jobs.c.lock != "")
        query: Select[Any] = select(jobs).where(jobs.c.ready <= now)
        query = query.where(*map(_clear_of, connection.execute(running).scalars()))
        if queue is not None:
            query = query.where(jobs.c.queue == queue)
        if key is not None:
            query = query.where(jobs.c.key == key)
        return connection.execute(query.order_by(jobs.c.id).limit(1)).first()

    def _hopeless(self, row: Row[Any]) -> tuple[JobState, str] | None:
        """How a job that could be taken has to end instead of running, and why; None when it may run."""
        if row.cancel:
            return JobState.CANCELLED, ""
        if row.attempts >= self.policy.attempts:
            return JobState.DEAD, f"its worker vanished, the last of {row.attempts} times"
        if _loaded(row.payload) is None:
            return JobState.DEAD, "its payload is not JSON"
        return None

    def _dispatch_again(self, connection: Connection, key: str) -> None:
        """Dispatch a job again that could not be taken yet, or no worker would learn of it."""
        row = _row(connection, key)
        if row and row.ready:
            self.dispatch(connection, key, row.queue, max(moment(row.ready), self.clock() + _AGAIN))

    def _open(self, connection: Connection, row: Row[Any], when: dt.datetime, **values: object) -> None:
        changes = {"ready": stamp(when), "changed": stamp(self.clock()), "cancel": False, **values}
        connection.execute(update(jobs).where(jobs.c.id == row.id).values(changes))
        self.dispatch(connection, row.key, row.queue, when)

    def _end(
        self,
        connection: Connection,
        key: str,
        state: JobState,
        reason: str,
        *conditions: ColumnElement[bool],
        **values: object,
    ) -> bool:
        changes = {"state": state, "reason": _storable(reason), "ready": None, "cancel": False, **values}
        changes["changed"] = stamp(self.clock())
        return bool(
            connection.execute(update(jobs).where(jobs.c.key == key, *conditions).values(changes)).rowcount
        )

    def _lease(self) -> dt.timedelta:
        return dt.timedelta(seconds=self.policy.lease)


def _held(job: Job) -> tuple[ColumnElement[bool], ...]:
    """What is true as long as a job that was taken is still the taker's."""
    return (
        jobs.c.key == job.key,
        jobs.c.state == JobState.RUNNING,
        jobs.c.worker == job.worker,
        jobs.c.attempts == job.attempts,
    )


def _clear_of(lock: str) -> ColumnElement[bool]:
    parts = lock.split("/")
    above = ["/".join(parts[:number]) for number in range(1, len(parts) + 1)]
    return ~jobs.c.lock.in_(above) & ~jobs.c.lock.startswith(f"{lock}/", autoescape=True)


def _row(connection: Connection, key: str) -> Any:  # noqa: ANN401 - a row, None when there is none
    row = _BY_KEY.run(connection, {"key": key}).fetchone()
    return _Kept(*row) if row else None


def _existing(connection: Connection, key: str) -> Any:  # noqa: ANN401 - a row
    row = _row(connection, key)
    if row is None:
        raise UsageError(f"there is no job {key!r}", remedy="l10n jobs shows them.")
    return row


def _job(row: Row[Any]) -> Job:
    return Job(
        key=row.key,
        kind=row.kind,
        payload=_loaded(row.payload) or {},
        queue=row.queue,
        lock=row.lock,
        state=JobState(row.state),
        attempts=row.attempts,
        progress=(row.done, row.total),
        reason=row.reason,
        ready=moment(row.ready) if row.ready else None,
        worker=row.worker,
        changed=moment(row.changed),
        cancel=bool(row.cancel),
    )


def _storable(reason: str) -> str:
    """A reason as every database takes it."""
    return (
        reason[:_LONGEST_REASON]
        .encode("utf-8", "replace")
        .decode()
        .replace("\0", "\N{REPLACEMENT CHARACTER}")
    )


def _json(request: JobRequest) -> str:
    try:
        text = json.dumps(dict(request.payload), sort_keys=True, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise UsageError(
            f"the payload of {request.key} is not JSON: {error}",
            remedy="Give text, numbers, lists and objects.",
        ) from None
    return text


def _loaded(text: str) -> dict[str, object] | None:
    try:
        payload = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return payload if isinstance(payload, dict) else None
