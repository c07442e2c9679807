"""The jobs that are always to be done, and a thread that does jobs beside something else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from threading import Event, Thread

from workflow import digest
from workflow.jobs import Runner
from workflow.jobs.plan_watch import POLL, watch_plans
from workflow.jobs.work import cleanup_job, digest_job, due_check_job, job_handlers, open_runner
from workflow.ledger import Ledger

PUBLISHES_ITSELF = dt.timedelta(seconds=5)
"""How long after a plan was changed one looks at it: what changed it mostly publishes it next."""


def run_in_background(ledger: Ledger, *, desk: str = "", poll: float = POLL) -> Callable[[], None]:
    """Do the project's jobs in a thread beside something else; call what is returned to stop.

    One thread a queue, and not through Procrastinate: workers of their own do that.  Plans are looked at
    every ``poll`` seconds.
    """
    runner, stop = open_runner(ledger, "local"), Event()
    finish_standing = start_standing_jobs(ledger, runner, poll=poll)
    thread = Thread(
        target=lambda: runner.work(job_handlers(ledger, runner, desk=desk), stop=stop),
        name="jobs",
        daemon=True,
    )
    thread.start()

    def finish() -> None:
        finish_standing()
        stop.set()
        thread.join()
        runner.close()

    return finish


def start_standing_jobs(ledger: Ledger, runner: Runner, *, poll: float = POLL) -> Callable[[], None]:
    """Ask for what is always to be done: cleaning up, letters, and publishing what is due.

    Plans are looked at every ``poll`` seconds until what is returned is called.
    """
    now = ledger.clock()
    runner.enqueue([cleanup_job(now.date()), due_check_job(now), digest_job(digest.next_hour(now))])
    return watch_plans(
        ledger.project, lambda: runner.enqueue([due_check_job(ledger.clock() + PUBLISHES_ITSELF)]), poll=poll
    )
