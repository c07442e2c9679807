"""Background jobs: requests, their state, and the Runner protocol.

A job runs at least once, so its handler is idempotent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Event
from typing import Protocol

from sqlalchemy import Connection

from l10n.progress import ProgressCallback

DEFAULT_QUEUE = "default"


class JobState(StrEnum):
    """How far a job is; ``failed`` will be tried again, ``dead`` only when a person says so."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    DEAD = "dead"
    CANCELLED = "cancelled"


UNDONE = frozenset({JobState.FAILED, JobState.DEAD, JobState.CANCELLED})
"""What came to no good end, and can be started afresh."""


@dataclass(frozen=True, slots=True)
class JobRequest:
    """A job to be done.

    What ``inputs`` is the digest of decides whether two are the same job.  ``payload`` is JSON.
    Of the jobs of a queue those asked for first come first.  Two jobs whose ``lock`` is the
    same, or begins with the other's and a slash ("bureau" and "bureau/es"), never run at once;
    "" holds up nothing.  ``after`` is the moment before which it does not start.
    """

    kind: str
    release: str = ""
    locale: str = ""
    inputs: str = ""
    payload: Mapping[str, object] = field(default_factory=dict)
    queue: str = DEFAULT_QUEUE
    lock: str = ""
    after: dt.datetime | None = None

    @property
    def key(self) -> str:
        """What identifies the job: ``pretranslate/bureau/es/0a1b2c3d4e5f6a7b``."""
        return "/".join(part for part in (self.kind, self.release, self.locale, self.inputs) if part)


@dataclass(frozen=True, slots=True)
class Job:
    """A job and how far it is.

    ``attempts`` counts the times it was started.  ``progress`` is (done, all), in whatever the
    step counts.  ``ready`` is when somebody may take it: while it waits the moment of the next
    attempt, while it runs the moment its lease lapses, None once it is over.  ``worker`` is who
    runs it, or ran it last.  ``reason`` says why it failed, died or was cancelled.
    """

    key: str
    kind: str
    payload: Mapping[str, object]
    queue: str
    lock: str
    state: JobState
    attempts: int
    progress: tuple[int, int]
    reason: str
    ready: dt.datetime | None
    worker: str
    changed: dt.datetime
    cancel: bool = False

    @property
    def lease(self) -> dt.datetime | None:
        """Until when it is somebody's; None when it does not run."""
        return self.ready if self.state is JobState.RUNNING else None


@dataclass(frozen=True, slots=True)
class Policy:
    """How patient a runner is; all in seconds, ``attempts`` in times.

    The delay before another attempt is ``delay``, then ``growth`` times as long after each
    failure, up to ``longest``.  A running job's lease is renewed three times in ``lease``; the
    clocks of several machines have to agree much better than that.  ``report`` is how long
    apart two looks at whether a job was cancelled are at least.
    """

    attempts: int = 5
    delay: float = 10
    growth: float = 4
    longest: float = 3600
    lease: float = 30
    report: float = 0.1

    def pause(self, attempts: int) -> dt.timedelta:
        """How long to wait after so many attempts."""
        return dt.timedelta(seconds=min(self.delay * self.growth ** min(attempts - 1, 64), self.longest))


JobHandler = Callable[[Job, ProgressCallback], Iterable[JobRequest]]
"""Does a job, and says which jobs that makes necessary.

It is idempotent, since a worker may die between its end and the note of it.  It reports its
progress now and then, outside any ``except Exception``: that is where it learns that the job
was cancelled, that the worker stops, or that the job has become somebody else's.
"""


class Runner(Protocol):
    """Who does jobs.

    Contract, held by ``tests/contracts/test_runner_contract.py``:

    * a job asked for while one with its key waits or runs is that job; once it is over, asking
      again starts it afresh;
    * a job runs on one worker at a time, those of a queue in the order they were asked for, and
      a queue whose jobs take long holds up no other queue;
    * a job whose worker dies is taken over when its lease has lapsed; one whose step raises is
      tried again after growing delays, and is dead with its reason after the policy's attempts;
    * the jobs that a step says are necessary are there if and only if its job is done.
    """

    def enqueue(self, requests: Sequence[JobRequest], *, within: Connection | None = None) -> tuple[Job, ...]:
        """Ask for jobs.

        With ``within``, a connection that ``DatabaseStore.writing`` gave, they are there if and
        only if its transaction is committed.  Raises UsageError for a payload that is not JSON.
        """

    def job(self, key: str) -> Job | None:
        """The job with a key."""

    def jobs(self) -> tuple[Job, ...]:
        """All that are remembered, in the order they were asked for."""

    def newest(
        self, most: int, *, kinds: Collection[str] = (), states: Collection[JobState] = ()
    ) -> tuple[Job, ...]:
        """Those asked for last of the jobs that are of these kinds or in these states, the newest first."""

    def cancel(self, key: str) -> Job:
        """Stop a job: at once while it waits, at its next report while it runs.

        One that is over stays as it is.  Raises UsageError when there is no such job.
        """

    def retry(self, key: str) -> Job:
        """Start a job that failed, died or was cancelled afresh, and at once.

        One that waits, runs or is done stays as it is.  Raises UsageError when there is no such job.
        """

    def forget(self, before: dt.datetime) -> int:
        """Drop the jobs that were over before a moment; how many."""

    def work(
        self,
        handlers: Mapping[str, JobHandler],
        *,
        stop: Event,
        until_empty: bool = False,
        queues: Collection[str] = (),
    ) -> None:
        """Do jobs by their kinds' steps until ``stop`` is set, then give back what still runs.

        With ``until_empty``, until nothing can be taken any more; what failed is not waited for.
        With ``queues``, only the jobs of these.
        """

    def close(self) -> None:
        """Let go of everything but the store."""
