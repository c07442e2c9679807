"""The runner that needs nothing but the project's database: threads, and leases on the board."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection, Mapping, Sequence
from threading import Event, Thread

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from workflow.jobs import Job, JobHandler, JobRequest, JobState, Policy
from workflow.jobs.board import Board
from workflow.jobs.execution import LeaseKeeper, run_job, worker_name
from workflow.ledger import Clock
from workflow.store import Unavailable
from workflow.store.database import DatabaseStore

_LOG = logging.getLogger(__name__)


class LocalRunner:
    """A Runner with up to ``width`` threads for each queue that has work.

    It looks every ``poll`` seconds for jobs that other processes asked for; its own it sees at once.
    """

    def __init__(
        self,
        store: DatabaseStore,
        clock: Clock,
        *,
        policy: Policy | None = None,
        width: int = 1,
        poll: float = 0.5,
    ) -> None:
        self._board = Board(store, clock, policy or Policy(), self._hear)
        self._width = width
        self._poll = poll
        self._news = Event()

    def enqueue(self, requests: Sequence[JobRequest], *, within: Connection | None = None) -> tuple[Job, ...]:
        """See Runner."""
        enqueued = self._board.enqueue(requests, within)
        now = self._board.clock()
        if any(request.after is None or request.after <= now for request in requests):
            self._news.set()
        return enqueued

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
        lanes: dict[str, list[Thread]] = {}
        with LeaseKeeper(self._board, stop) as keeper:
            try:
                while not stop.is_set():
                    self._news.clear()
                    busy = any(thread.is_alive() for threads in lanes.values() for thread in threads)
                    ready = self._ready(queues)
                    if until_empty and not busy and ready == {}:
                        break
                    for queue, number in (ready or {}).items():
                        lanes[queue] = self._widen(lanes.get(queue, []), keeper, handlers, queue, number)
                    self._news.wait(self._poll)
            except BaseException:
                stop.set()
                raise
            finally:
                for thread in (thread for threads in lanes.values() for thread in threads):
                    thread.join()

    def close(self) -> None:
        """See Runner."""

    def _hear(self, _connection: Connection, _key: str, _queue: str, _when: dt.datetime) -> None:
        self._news.set()

    def _ready(self, queues: Collection[str]) -> Mapping[str, int] | None:
        """How many jobs wait in each queue, None while the database does not answer."""
        try:
            return self._board.ready(queues)
        except (SQLAlchemyError, Unavailable):
            _LOG.exception("the jobs have to wait for the database")
            return None

    def _widen(
        self,
        threads: Sequence[Thread],
        keeper: LeaseKeeper,
        handlers: Mapping[str, JobHandler],
        queue: str,
        number: int,
    ) -> list[Thread]:
        """The threads of a queue that run, and as many more as have work and fit."""
        alive = [thread for thread in threads if thread.is_alive()]
        for _ in range(min(number, self._width - len(alive))):
            thread = Thread(
                target=self._serve, args=(keeper, handlers, queue), name=f"jobs-{queue}", daemon=True
            )
            thread.start()
            alive.append(thread)
        return alive

    def _serve(self, keeper: LeaseKeeper, handlers: Mapping[str, JobHandler], queue: str) -> None:
        """Do the jobs of a queue until there is none to be had."""
        worker, worked = worker_name(), False
        try:
            while not keeper.stop.is_set() and (job := self._board.take(worker, queue=queue)) is not None:
                worked = True
                run_job(keeper, job, handlers)
        except (SQLAlchemyError, Unavailable):
            _LOG.exception("the queue %s has to wait for the database", queue)
        if worked:
            self._news.set()
