"""How many jobs a second each runner does, with one worker process and with four."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from sqlalchemy import func, select, update

from benchmarks.databases import postgresql
from benchmarks.options import Options
from benchmarks.peers import ROOT, machine
from l10n.progress import ProgressCallback
from workflow.jobs import Job, JobRequest, Runner
from workflow.jobs.local_runner import LocalRunner
from workflow.jobs.procrastinate_runner import ProcrastinateRunner
from workflow.store.database import DatabaseStore
from workflow.store.opening import open_postgresql, open_sqlite
from workflow.store.schema import jobs

BARE = "Procrastinate alone"
KINDS = (("local", "SQLite"), ("local", "PostgreSQL"), ("procrastinate", "PostgreSQL"), (BARE, "PostgreSQL"))


def run(options: Options) -> None:
    """A row for each runner and database; a job does nothing but report."""
    print(machine())
    number = 200 if options.quick else 1000
    print(f"{number} jobs in one queue, one at a time in each process; jobs a second from asking to done")
    print("commits: durable single-row changes a second from one thread; a job needs two")
    for kind, database in KINDS:
        with _place(database) as where:
            if where is None:
                print(f"{kind} on {database}: no server answers at L10N_TEST_POSTGRESQL")
                continue
            commits = _commits(where)
        rates = []
        for workers in (1, 4):
            with _place(database) as where:
                rates.append(_rate(kind, str(where), number, workers))
        cells = ", ".join(f"{workers}: {rate:.0f}/s" for workers, rate in zip((1, 4), rates, strict=True))
        cells += f"; commits {commits:.0f}/s; jobs a commit {rates[0] / commits:.2f}"
        print(f"{kind} on {database}: workers {cells}")


@contextmanager
def _place(database: str) -> Iterator[str | None]:
    """An empty database."""
    if database == "SQLite":
        with tempfile.TemporaryDirectory() as folder:
            yield str(Path(folder) / "ledger.sqlite")
        return
    with postgresql() as address:
        yield address


def _commits(where: str) -> float:
    store = _store(where)
    LocalRunner(store, _now).enqueue([JobRequest("nothing")])
    change = update(jobs).values(done=jobs.c.done + 1)
    end, count = time.perf_counter() + 2, 0
    while time.perf_counter() < end:
        store.writing(lambda connection: connection.execute(change).rowcount)
        count += 1
    store.close()
    return count / 2


def _rate(kind: str, where: str, number: int, workers: int) -> float:
    """Jobs a second from the moment they are asked for until the last is done."""
    if kind == BARE:
        _teller(where).schema_manager.apply_schema()
    store = _store(where)
    if kind != BARE:
        _runner(kind, where, store).close()
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.jobs", kind, where], cwd=ROOT, stdout=subprocess.PIPE
        )
        for _ in range(workers)
    ]
    for process in processes:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        process.stdout.readline()
    time.sleep(1)
    started = time.perf_counter()
    if kind == BARE:
        _teller(where).configure_task("nothing", allow_unknown=True).batch_defer(
            *({"number": index} for index in range(number))
        )
    else:
        _runner(kind, where, store).enqueue(
            [JobRequest("nothing", inputs=str(index)) for index in range(number)]
        )
    while _left(kind, store):
        time.sleep(0.02)
    seconds = time.perf_counter() - started
    for process in processes:
        process.send_signal(signal.SIGTERM)
        process.wait()
    store.close()
    return number / seconds


def _left(kind: str, store: DatabaseStore) -> int:
    with store.reading() as connection:
        if kind == BARE:
            query = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
            return int(connection.exec_driver_sql(query).scalar_one())
        return int(
            connection.execute(
                select(func.count()).select_from(jobs).where(jobs.c.ready.is_not(None))
            ).scalar_one()
        )


def _runner(kind: str, where: str, store: DatabaseStore) -> Runner:
    return LocalRunner(store, _now) if kind == "local" else ProcrastinateRunner(store, where, _now)


def _store(where: str) -> DatabaseStore:
    return open_postgresql(where) if "://" in where else open_sqlite(Path(where))


def _teller(where: str) -> App:
    app = App(connector=SyncPsycopgConnector(conninfo=where, min_size=1, max_size=1))
    return app.open()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _nothing(_job: Job, progress: ProgressCallback) -> list[JobRequest]:
    progress(1, 1)
    return []


def _work(kind: str, where: str) -> None:
    """What a worker process does until SIGTERM."""
    print("up", flush=True)
    if kind == BARE:
        asyncio.run(_bare(where))
        return
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    store = _store(where)
    _runner(kind, where, store).work({"nothing": _nothing}, stop=stop)
    store.close()


async def _bare(where: str) -> None:
    logging.getLogger("procrastinate").setLevel(logging.ERROR)
    app = App(connector=PsycopgConnector(conninfo=where, min_size=1, max_size=4))

    @app.task(name="nothing")
    def nothing(number: int) -> int:
        return number

    async with app.open_async():
        await app.run_worker_async(concurrency=1)


if __name__ == "__main__":
    _work(*sys.argv[1:])
