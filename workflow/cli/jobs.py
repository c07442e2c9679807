"""Commands for machines' work: what there is to do, and somebody who does it."""

from __future__ import annotations

import argparse
import signal
from dataclasses import asdict
from threading import Event
from typing import TYPE_CHECKING

from workflow.cli import GATE_FAILED, OK, current_project
from workflow.cli.console import SEVERAL, print_json, print_progress, print_result, table, up_to_64

if TYPE_CHECKING:
    from collections.abc import Sequence

    from l10n.project import Release
    from workflow.jobs import Job, Runner
    from workflow.ledger import Ledger

_STEPS = ("pretranslate", "publish")


def configure_jobs(parser: argparse.ArgumentParser) -> None:
    """Say what `jobs` takes."""
    parser.add_argument("--json", action="store_true", help="output for programs")
    parser.set_defaults(run=show)
    commands = parser.add_subparsers(dest="what", metavar="retry|cancel|run")
    retry_parser = commands.add_parser("retry", help="start a job again that failed, died or was cancelled")
    retry_parser.add_argument("key")
    retry_parser.set_defaults(run=retry)
    cancel_parser = commands.add_parser(
        "cancel", help="stop a job: at once, or when it next reports progress if it is running"
    )
    cancel_parser.add_argument("key")
    cancel_parser.set_defaults(run=cancel)
    run_parser = commands.add_parser("run", help="update, pre-translate and publish, as jobs")
    run_parser.add_argument("release", nargs="*", help="only these releases")
    run_parser.add_argument(
        "--to", **SEVERAL, metavar="LOCALES", help="pre-translate only these target locales"
    )
    run_parser.add_argument(
        "--engine", action="append", metavar="NAME", help="use this engine instead of the route's"
    )
    run_parser.add_argument("--skip", action="append", choices=_STEPS, default=[], help="leave a step out")
    run_parser.add_argument(
        "--enqueue", action="store_true", help="only enqueue them, for `l10n worker` to run"
    )
    _add_width(run_parser)
    run_parser.set_defaults(run=run)
    parser.epilog = "Example: l10n jobs run marseille"


def configure_worker(parser: argparse.ArgumentParser) -> None:
    """Say what `worker` takes."""
    _add_width(parser)
    parser.add_argument(
        "--queue",
        action="append",
        default=[],
        metavar="QUEUE",
        help="only jobs of this queue; may be repeated",
    )
    parser.epilog = "Example: l10n worker --width 2 --queue default --queue engine-apertium"
    parser.set_defaults(run=worker)


def show(options: argparse.Namespace) -> int:
    """Print the jobs that are remembered."""
    from workflow.jobs import work

    jobs = work.open_runner(current_project.project_ledger(options)).jobs()
    if options.json:
        print_json([asdict(job) for job in jobs])
    else:
        print_result(_listed(jobs) if jobs else "no jobs; start some: l10n jobs run")
    return OK


def retry(options: argparse.Namespace) -> int:
    """Start a job afresh."""
    from workflow.jobs import work

    job = work.open_runner(current_project.project_ledger(options)).retry(options.key)
    print_progress(f"{job.key}: {job.state}", quiet=options.quiet)
    return OK


def cancel(options: argparse.Namespace) -> int:
    """Stop a job."""
    from workflow.jobs import work

    job = work.open_runner(current_project.project_ledger(options)).cancel(options.key)
    print_progress(
        f"{job.key}: {'stops at its next report' if job.cancel else job.state}", quiet=options.quiet
    )
    return OK


def run(options: argparse.Namespace) -> int:
    """Ask for the whole line as jobs, and do what can be done now."""
    from workflow.jobs import UNDONE, work

    ledger = current_project.project_ledger(options)
    runner = work.open_runner(ledger, options.runner, width=options.width)
    requests = [
        work.update_job(
            release,
            then=[step for step in _STEPS if step not in options.skip],
            only=tuple(options.to),
            engines=options.engine or (),
            alone=bool(options.release),
        )
        for release in _releases(ledger, options.release)
    ]
    started = ledger.clock()
    runner.enqueue(requests)
    if options.enqueue:
        print_progress(f"{len(requests)} jobs wait for a worker", quiet=options.quiet)
        return OK
    _work(ledger, runner, until_empty=True)
    finished = [job for job in runner.jobs() if job.changed >= started]
    if finished:
        print_progress(_listed(finished), quiet=options.quiet)
    return GATE_FAILED if any(job.state in UNDONE for job in finished) else OK


def worker(options: argparse.Namespace) -> int:
    """Do jobs until told to stop."""
    from workflow.jobs import DEFAULT_QUEUE, work
    from workflow.jobs.background import start_standing_jobs

    ledger = current_project.project_ledger(options)
    runner = work.open_runner(ledger, options.runner, width=options.width)
    does_them = not options.queue or DEFAULT_QUEUE in options.queue
    finish = start_standing_jobs(ledger, runner) if does_them else None
    print_progress("at work; Ctrl-C or SIGTERM stops", quiet=options.quiet)
    try:
        _work(ledger, runner, until_empty=False, queues=options.queue)
    finally:
        if finish is not None:
            finish()
    print_progress("what was running is finished or given back", quiet=options.quiet)
    return OK


def _work(ledger: Ledger, runner: Runner, *, until_empty: bool, queues: Sequence[str] = ()) -> None:
    """Work; the first signal stops gracefully, the second at once."""
    from workflow.jobs import work

    stop = Event()

    def on_signal(number: int, _frame: object) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        runner.work(work.job_handlers(ledger, runner), stop=stop, until_empty=until_empty, queues=queues)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        runner.close()


def _listed(jobs: Sequence[Job]) -> str:
    rows = [
        (job.key, str(job.state), f"{job.progress[0]}/{job.progress[1]}", job.queue, _remark(job))
        for job in jobs
    ]
    return table(("job", "state", "progress", "queue", ""), rows, left=5)


def _remark(job: Job) -> str:
    """The first line of why, or when it is tried again."""
    why = job.reason.partition("\n")[0]
    again = f"again at {job.ready:%H:%M:%S} UTC" if job.state == "failed" and job.ready else ""
    return "; ".join(part for part in (why, again) if part)


def _releases(ledger: Ledger, names: Sequence[str]) -> Sequence[Release]:
    from l10n import project

    return [project.release(ledger.project, name) for name in names] or project.releases(ledger.project)


def _add_width(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--width", type=up_to_64, default=1, help="how many jobs of each queue to run at once (default: 1)"
    )
    parser.add_argument(
        "--runner", choices=("local", "procrastinate"), default="", help="default: as the database allows"
    )
