"""Runs one job: renews its lease, passes on its progress, and records how it ended."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import Self

from sqlalchemy.exc import SQLAlchemyError

from l10n.errors import L10nError
from l10n.progress import ProgressCallback
from workflow.jobs import Job, JobHandler, JobRequest
from workflow.jobs.board import Board, LeaseLost
from workflow.store import Unavailable

_LOG = logging.getLogger(__name__)


class Interrupted(Exception):
    """The handler has to stop here."""


class Cancelled(Interrupted):
    """Somebody cancelled the job."""


class Stopping(Interrupted):
    """The worker stops; somebody else will go on."""


class TakenOver(Interrupted):
    """The lease lapsed, and the job is somebody else's."""


class RunningJob:
    """A running job, shared by its handler (progress) and the thread that renews its lease."""

    def __init__(self, board: Board, job: Job, stop: Event) -> None:
        self._board = board
        self._job = job
        self._stop = stop
        self._lock = Lock()
        self._looked = time.monotonic()
        self._verdict: type[Interrupted] | None = None
        self.progress = (0, 0)

    def report(self, done: int, total: int) -> None:
        """Take note of progress; raises Interrupted when the handler has to stop."""
        with self._lock:
            self.progress = (done, total)
            if self._stop.is_set():
                raise Stopping
            if self._verdict is None and time.monotonic() - self._looked >= self._board.policy.report:
                self._look()
            if self._verdict is not None:
                raise self._verdict

    def renew(self) -> None:
        """Make the lease last again."""
        with self._lock:
            if self._verdict is None:
                self._look()

    def _look(self) -> None:
        try:
            goes_on = self._board.renew(self._job, self.progress)
        except LeaseLost:
            self._verdict = TakenOver
        else:
            self._verdict = None if goes_on else Cancelled
        self._looked = time.monotonic()


class LeaseKeeper:
    """Keeps the leases of all jobs that run in this process, from a thread of its own."""

    def __init__(self, board: Board, stop: Event) -> None:
        self.board = board
        self.stop = stop
        self._holds: set[RunningJob] = set()
        self._lock = Lock()
        self._over = Event()
        self._thread = Thread(target=self._keep, name="lease-keeper", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    @contextmanager
    def holding(self, job: Job) -> Iterator[RunningJob]:
        """Keep the lease of a job meanwhile."""
        hold = RunningJob(self.board, job, self.stop)
        with self._lock:
            self._holds.add(hold)
        try:
            yield hold
        finally:
            with self._lock:
                self._holds.discard(hold)

    def _keep(self) -> None:
        while not self._over.wait(self.board.policy.lease / 3):
            with self._lock:
                holds = tuple(self._holds)
            for hold in holds:
                try:
                    hold.renew()
                except (SQLAlchemyError, Unavailable):
                    _LOG.exception("a lease could not be renewed")


def run_job(keeper: LeaseKeeper, job: Job, handlers: Mapping[str, JobHandler]) -> None:
    """Run a job that was taken, and note how it ended."""
    board = keeper.board
    with keeper.holding(job) as hold:
        try:
            more = tuple(handlers.get(job.kind, _unknown)(job, hold.report))
        except Cancelled:
            board.stopped(job)
        except Stopping:
            board.give_back(job)
        except TakenOver:
            _LOG.warning("%s was taken over by another worker", job.key)
        except Exception as error:  # noqa: BLE001 - whatever a step raises is the job's reason
            _LOG.info("%s failed", job.key, exc_info=True)
            board.fail(job, _reason(error))
        else:
            board.finish(job, hold.progress, more)


def worker_name() -> str:
    """A name no other worker has: machine, process, and a few random digits."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"


def _unknown(job: Job, _progress: ProgressCallback) -> Iterable[JobRequest]:
    raise LookupError(f"no step is called {job.kind!r}")


def _reason(error: Exception) -> str:
    if isinstance(error, L10nError):
        return str(error)
    return f"{type(error).__name__}: {error}"
