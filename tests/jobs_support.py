"""Jobs to test: steps whose effects can be counted, and a worker that is a process of its own."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Self

from l10n.model import State
from l10n.progress import ProgressCallback
from workflow.jobs import Job, JobHandler, JobRequest, Policy, Runner
from workflow.jobs.local_runner import LocalRunner
from workflow.states import Action
from workflow.store import Decision, StaleDecision
from workflow.store.database import DatabaseStore
from workflow.store.opening import open_postgresql, open_sqlite

QUICK = Policy(attempts=3, delay=0.05, growth=2, lease=3, report=0)
ROOT = Path(__file__).parent.parent


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class House:
    """A database and a kind of runner over it, opened as often as there are processes."""

    kind: str
    where: str
    folder: Path

    def store(self) -> DatabaseStore:
        return open_postgresql(self.where) if "://" in self.where else open_sqlite(Path(self.where))

    def runner(self, policy: Policy = QUICK, *, width: int = 1, store: DatabaseStore | None = None) -> Runner:
        opened = store or self.store()
        if self.kind == "local":
            return LocalRunner(opened, now, policy=policy, width=width, poll=0.05)
        from workflow.jobs.procrastinate_runner import ProcrastinateRunner  # noqa: PLC0415 - needs its extra

        return ProcrastinateRunner(opened, self.where, now, policy=policy, width=width, poll=0.2)

    def worker(self, width: int = 1) -> subprocess.Popen[bytes]:
        """A process that works until it is told to stop, or is killed."""
        made = subprocess.Popen(
            [sys.executable, "-m", "tests.jobs_support", self.kind, self.where, str(self.folder), str(width)],
            cwd=ROOT,
        )
        until((self.folder / f"{made.pid}.up").exists)
        return made

    def steps(self, store: DatabaseStore) -> Mapping[str, JobHandler]:
        """Steps by kind; each writes into ``log`` when it begins and when it ends."""

        def append(job: Job, progress: ProgressCallback) -> Iterable[JobRequest]:
            self.log("begin", job)
            number = str(job.payload["number"])
            with suppress(StaleDecision):
                store.append([decision(number)])
            time.sleep(float(str(job.payload.get("seconds", 0))))
            progress(1, 1)
            self.log("end", job)
            return ()

        def wait(job: Job, progress: ProgressCallback) -> Iterable[JobRequest]:
            """Until a file is there."""
            self.log("begin", job)
            for number in range(3000):
                if (self.folder / str(job.payload["file"])).exists():
                    break
                progress(number, 3000)
                time.sleep(0.01)
            self.log("end", job)
            return ()

        def crash(job: Job, _progress: ProgressCallback) -> Iterable[JobRequest]:
            self.log("begin", job)
            raise RuntimeError("the engine is not at home")

        def chain(job: Job, _progress: ProgressCallback) -> Iterable[JobRequest]:
            self.log("begin", job)
            return [JobRequest("append", inputs=f"after-{job.payload['number']}", payload=job.payload)]

        return {"append": append, "wait": wait, "crash": crash, "chain": chain}

    def log(self, what: str, job: Job) -> None:
        with (self.folder / "log").open("a") as file:
            file.write(f"{what} {job.key} {job.worker}\n")

    def lines(self) -> list[list[str]]:
        path = self.folder / "log"
        return [line.split() for line in path.read_text().splitlines()] if path.exists() else []

    def begun(self, key: str = "") -> int:
        return sum(what == "begin" and name.startswith(key) for what, name, _ in self.lines())


class Shift:
    """A runner at work in a thread."""

    def __init__(self, house: House, runner: Runner, store: DatabaseStore) -> None:
        self.stop = Event()
        self.thread = Thread(target=lambda: runner.work(house.steps(store), stop=self.stop), daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop.set()
        self.thread.join(20)
        assert not self.thread.is_alive()


def until(what: Callable[[], bool], seconds: float = 180) -> None:
    """Wait for something to become true; a busy machine takes long."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.03)


def decision(source: str) -> Decision:
    return Decision(
        release="bureau",
        locale="es",
        context="",
        source=source,
        target=f"[{source}]",
        state=State.TRANSLATED,
        fuzzy=True,
        action=Action.PRETRANSLATE,
        actor="",
        at=now(),
        digest=source,
    )


def main(kind: str, where: str, folder: str, width: str) -> None:
    house = House(kind, where, Path(folder))
    store = house.store()
    runner = house.runner(width=int(width), store=store)
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    (house.folder / f"{os.getpid()}.up").touch()
    runner.work(house.steps(store), stop=stop)
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
