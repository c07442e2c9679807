"""The runner for many machines: Procrastinate hands out the jobs of the board, over PostgreSQL.

The board stays the one truth about a job; what Procrastinate keeps is only who is to be told,
written in the transaction that makes a job ready.  Its tables can be emptied at any time: jobs
on the board that nobody was told of are found and handed out again.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from typing import TypeVar, TypeVarTuple

from procrastinate import App, JobContext, PsycopgConnector, SyncPsycopgConnector
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from workflow.jobs import DEFAULT_QUEUE, Job, JobHandler, JobRequest, JobState, Policy
from workflow.jobs.board import Board
from workflow.jobs.execution import LeaseKeeper, run_job, worker_name
from workflow.ledger import Clock
from workflow.store import Unavailable
from workflow.store.database import DatabaseStore

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
_LOG = logging.getLogger(__name__)
_TASK = "passerelle"
_UPKEEP = "passerelle-upkeep"
_MOST_THREADS = 64
# Of so many rounds of upkeep, one looks for jobs that nobody was told of.
_SELDOM = 10


class ProcrastinateRunner:
    """A Runner whose workers are told of jobs by Procrastinate, ``width`` at a time and queue.

    ``url`` is the address of the database in which ``store`` is.  A job whose turn comes later is
    noticed within ``poll`` seconds, any other at once.
    """

    def __init__(
        self,
        store: DatabaseStore,
        url: str,
        clock: Clock,
        *,
        policy: Policy | None = None,
        width: int = 1,
        poll: float = 2,
    ) -> None:
        self._url = url
        self._width = width
        self._poll = poll
        self._teller = App(connector=SyncPsycopgConnector(conninfo=url))
        self._board = Board(store, clock, policy or Policy(), self._tell)
        _make_tables(store, url)

    def enqueue(self, requests: Sequence[JobRequest], *, within: Connection | None = None) -> tuple[Job, ...]:
        """See Runner."""
        return self._board.enqueue(requests, within)

    def job(self, key: str) -> Job | None:
        """See Runner."""
        return self._board.job(key)

    def jobs(self) -> tuple[Job, ...]:
        """See Runner."""
        return self._board.jobs()

    def newest(
        self, most: int, *, kinds: Collection[str] = (), states: Collection[JobState] = ()
    ) -> tuple[Job, ...]:
        """See Runner."""
        return self._board.newest(most, kinds=kinds, states=states)

    def cancel(self, key: str) -> Job:
        """See Runner."""
        return self._board.cancel(key)

    def retry(self, key: str) -> Job:
        """See Runner."""
        return self._board.retry(key)

    def forget(self, before: dt.datetime) -> int:
        """See Runner."""
        return self._board.forget(before)

    def work(
        self,
        handlers: Mapping[str, JobHandler],
        *,
        stop: Event,
        until_empty: bool = False,
        queues: Collection[str] = (),
    ) -> None:
        """See Runner."""
        with LeaseKeeper(self._board, stop) as keeper, ThreadPoolExecutor(_MOST_THREADS) as threads:
            shift = _Shift(self._board, keeper, handlers, threads, tuple(queues))
            asyncio.run(shift.serve(self._url, self._width, self._poll, until_empty=until_empty))

    def close(self) -> None:
        """See Runner."""

    def _tell(self, connection: Connection, key: str, queue: str, when: dt.datetime) -> None:
        """Have a worker told of a job, if the transaction is committed."""
        task = self._teller.configure_task(
            _TASK,
            allow_unknown=True,
            queue=queue,
            schedule_at=when,
            connection=connection.connection.driver_connection,
        )
        task.defer(key=key)


class _Shift:
    """One process's time at work."""

    def __init__(
        self,
        board: Board,
        keeper: LeaseKeeper,
        handlers: Mapping[str, JobHandler],
        threads: ThreadPoolExecutor,
        queues: Sequence[str],
    ) -> None:
        self.board = board
        self.keeper = keeper
        self.steps = handlers
        self.threads = threads
        self.queues = queues
        self.name = worker_name()
        self.busy = 0

    async def serve(self, url: str, width: int, poll: float, *, until_empty: bool) -> None:
        """Keep a Procrastinate worker for every queue that has work, so that no queue waits for another."""
        app = App(connector=PsycopgConnector(conninfo=url, min_size=1, max_size=4))
        self._add_tasks(app)
        lanes: dict[str, asyncio.Task[None]] = {}
        always = {_UPKEEP, *(self.queues or (DEFAULT_QUEUE,))}
        async with app.open_async():
            await self._retry_stalled(app)
            await self._tell_again(app)
            try:
                while not self.keeper.stop.is_set():
                    busy, ready = self.busy, await self._in_thread(self._ready)
                    if until_empty and not busy and ready == {}:
                        break
                    for queue in always.union(ready or ()):
                        if queue not in lanes or _over(lanes[queue]):
                            lanes[queue] = asyncio.create_task(self._lane(app, queue, width, poll))
                    await self._in_thread(self.keeper.stop.wait, min(poll, 0.5))
            finally:
                self.keeper.stop.set()
                for lane in lanes.values():
                    lane.cancel()
                await asyncio.gather(*lanes.values(), return_exceptions=True)

    async def _lane(self, app: App, queue: str, width: int, poll: float) -> None:
        """A Procrastinate worker for one queue; cancelled, it waits for what runs."""
        lease = self.board.policy.lease
        await app.run_worker_async(
            queues=[queue],
            name=f"{self.name}:{queue}",
            concurrency=width,
            fetch_job_polling_interval=poll,
            update_heartbeat_interval=lease / 3,
            stalled_worker_timeout=lease,
            delete_jobs="always",
            install_signal_handlers=False,
        )

    def _add_tasks(self, app: App) -> None:
        async def run(key: str) -> None:
            self.busy += 1
            try:
                await self._in_thread(self._run, key)
            finally:
                self.busy -= 1

        app.task(name=_TASK)(run)

        period = max(1, min(30, round(self.board.policy.lease / 3)))

        async def upkeep(_context: JobContext, timestamp: int) -> None:
            await self._retry_stalled(app)
            if timestamp // period % _SELDOM == 0:
                await self._tell_again(app)

        task = app.task(name=_UPKEEP, queue=_UPKEEP, queueing_lock=_UPKEEP, pass_context=True)(upkeep)
        app.periodic(cron=f"* * * * * */{period}")(task)

    async def _retry_stalled(self, app: App) -> None:
        """Have somebody else told of what a vanished worker was told."""
        manager = app.job_manager
        for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=self.board.policy.lease):
            await manager.retry_job(stalled)

    async def _tell_again(self, app: App) -> None:
        """Tell of the jobs on the board that nobody was told of; reads all that wait."""
        overdue = await self._in_thread(self.board.overdue)
        if not overdue:
            return
        dispatched_keys = {
            job.task_kwargs.get("key")
            for status in ("todo", "doing")
            for job in await app.job_manager.list_jobs_async(task=_TASK, status=status)
        }
        await self._in_thread(self.board.tell, [job for job in overdue if job.key not in dispatched_keys])

    def _ready(self) -> Mapping[str, int] | None:
        with suppress(SQLAlchemyError, Unavailable):
            return self.board.ready(self.queues)
        return None

    def _run(self, key: str) -> None:
        job = self.board.take(worker_name(), key=key)
        if job is not None:
            run_job(self.keeper, job, self.steps)

    async def _in_thread(self, work: Callable[[*Ts], T], *arguments: *Ts) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.threads, work, *arguments)


def _over(lane: asyncio.Task[None]) -> bool:
    """Whether a queue's worker gave up, which it does when the database hangs up."""
    if lane.done() and not lane.cancelled() and (error := lane.exception()):
        _LOG.warning("a worker starts again: %s", error)
    return lane.done()


def _make_tables(store: DatabaseStore, url: str) -> None:
    """Procrastinate's tables, made by one process while others wait."""

    def make(_connection: Connection) -> None:
        app = App(connector=SyncPsycopgConnector(conninfo=url, min_size=1, max_size=1))
        with app.open():
            if not app.check_connection():
                app.schema_manager.apply_schema()

    store.writing(make)
