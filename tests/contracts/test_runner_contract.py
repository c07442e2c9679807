"""What every runner promises."""

from __future__ import annotations

import datetime as dt
import os
import signal
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import update

from l10n.errors import UsageError
from tests.jobs_support import QUICK, House, Shift, now, until
from workflow.jobs import JobRequest, JobState, Policy, Runner
from workflow.store import schema
from workflow.store.database import DatabaseStore

POSTGRESQL = pytest.mark.postgresql
KINDS = [
    pytest.param(("local", "sqlite"), id="local-sqlite"),
    pytest.param(("local", "postgresql"), id="local-postgresql", marks=POSTGRESQL),
    pytest.param(("procrastinate", "postgresql"), id="procrastinate", marks=POSTGRESQL),
]


@pytest.fixture(params=KINDS)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> House:
    kind, database = request.param
    where = str(tmp_path / "l.sqlite") if database == "sqlite" else request.getfixturevalue("postgresql_url")
    return House(kind, where, tmp_path)


@pytest.fixture
def store(house: House) -> Iterator[DatabaseStore]:
    opened = house.store()
    yield opened
    opened.close()


@pytest.fixture
def runner(house: House, store: DatabaseStore) -> Iterator[Runner]:
    made = house.runner(store=store)
    yield made
    made.close()


def append(number: int, **more: object) -> JobRequest:
    return JobRequest("append", inputs=str(number), payload={"number": number, **more})


def work(house: House, runner: Runner, store: DatabaseStore) -> None:
    runner.work(house.steps(store), stop=Event(), until_empty=True)


def state(runner: Runner, key: str) -> JobState | None:
    found = runner.job(key)
    return found.state if found else None


def effects(store: DatabaseStore) -> Counter[str]:
    """How often each number was decided."""
    return Counter(
        one.source for key in store.current("bureau", "es") for one in store.history("bureau", "es", key)
    )


def test_what_was_asked_for_is_done(house: House, runner: Runner, store: DatabaseStore) -> None:
    (job,) = runner.enqueue([JobRequest("append", "bureau", "es", "12ab", {"number": 1})])
    assert (job.key, job.state, job.attempts) == ("append/bureau/es/12ab", JobState.WAITING, 0)
    work(house, runner, store)
    done = runner.job(job.key)
    assert done is not None
    assert (done.state, done.attempts, done.progress, done.ready) == (JobState.DONE, 1, (1, 1), None)
    assert effects(store) == {"1": 1}


def test_the_same_key_waiting_or_running_is_one_job(
    house: House, runner: Runner, store: DatabaseStore
) -> None:
    wanted = JobRequest("wait", inputs="x", payload={"file": "go"})
    first = runner.enqueue([wanted, wanted])
    assert first[0] == first[1]
    with Shift(house, runner, store):
        until(lambda: state(runner, wanted.key) is JobState.RUNNING)
        assert runner.enqueue([wanted])[0].state is JobState.RUNNING
        (house.folder / "go").touch()
        until(lambda: state(runner, wanted.key) is JobState.DONE)
    assert house.begun() == 1
    assert len(runner.jobs()) == 1
    assert runner.enqueue([wanted])[0].state is JobState.WAITING
    work(house, runner, store)
    assert house.begun() == 2


def test_a_job_is_there_if_its_transaction_is(house: House, runner: Runner, store: DatabaseStore) -> None:
    def decide(connection: object, *, fail: bool) -> None:
        runner.enqueue([append(int(fail))], within=connection)  # type: ignore[arg-type]
        if fail:
            raise KeyError

    with pytest.raises(KeyError):
        store.writing(lambda connection: decide(connection, fail=True))
    store.writing(lambda connection: decide(connection, fail=False))
    assert [job.key for job in runner.jobs()] == ["append/0"]
    work(house, runner, store)
    assert effects(store) == {"0": 1}


def test_the_newest_of_some_kinds_or_states_are_told_and_no_more(
    house: House, runner: Runner, store: DatabaseStore
) -> None:
    waiting = JobRequest("wait", inputs="w", payload={"file": "go"}, queue="slow")
    runner.enqueue([*map(append, range(3)), waiting, append(3)])
    runner.work(house.steps(store), stop=Event(), until_empty=True, queues=["default"])

    def told(most: int, **asked: Collection[str]) -> list[str]:
        return [job.key for job in runner.newest(most, **asked)]  # type: ignore[arg-type]

    assert told(2, kinds=["append"]) == ["append/3", "append/2"]
    assert told(9, states=[JobState.WAITING]) == [waiting.key]
    assert told(2, kinds=["append"], states=[JobState.WAITING]) == ["append/3", waiting.key]
    assert told(9) == told(9, kinds=["nothing"]) == []


def test_a_queue_is_done_in_order(house: House, runner: Runner, store: DatabaseStore) -> None:
    runner.enqueue([append(number) for number in range(12)])
    work(house, runner, store)
    assert [line[1] for line in house.lines() if line[0] == "begin"] == [f"append/{n}" for n in range(12)]


def test_a_slow_queue_holds_up_no_other(house: House, runner: Runner, store: DatabaseStore) -> None:
    slow = [JobRequest("wait", inputs=str(n), payload={"file": "go"}, queue="slow") for n in range(4)]
    runner.enqueue([*slow, append(1)])
    with Shift(house, runner, store):
        until(lambda: state(runner, "append/1") is JobState.DONE)
        assert [state(runner, one.key) for one in slow].count(JobState.RUNNING) == 1
        (house.folder / "go").touch()
        until(lambda: all(state(runner, one.key) is JobState.DONE for one in slow))


def test_a_worker_may_serve_some_queues_only(house: House, runner: Runner, store: DatabaseStore) -> None:
    wanted = [
        JobRequest("append", inputs=name, payload={"number": name}, queue=name) for name in ("a", "b", "c")
    ]
    runner.enqueue(wanted)
    runner.work(house.steps(store), stop=Event(), until_empty=True, queues=["a", "c"])
    assert [job.state for job in runner.jobs()] == [JobState.DONE, JobState.WAITING, JobState.DONE]


def test_jobs_on_one_catalogue_take_turns(house: House, store: DatabaseStore) -> None:
    runner = house.runner(width=4, store=store)
    locks = ["a", "a/es", "a/fr", "ab", "a/es"]
    wanted = [
        JobRequest("append", inputs=str(number), payload={"number": number, "seconds": 0.1}, lock=lock)
        for number, lock in enumerate(locks)
    ]
    runner.enqueue(wanted)
    work(house, runner, store)
    running: set[str] = set()
    for what, key, _ in house.lines():
        lock = locks[int(key.rpartition("/")[2])]
        if what == "begin":
            assert not any(
                other == lock or "a" in {other, lock} for other in running - {"ab"} if lock != "ab"
            )
            running.add(lock)
        else:
            running.discard(lock)
    assert set(effects(store).values()) == {1}
    assert len(effects(store)) == 5


def test_a_step_that_raises_is_tried_again_and_then_dead(
    house: House, runner: Runner, store: DatabaseStore
) -> None:
    (job,) = runner.enqueue([JobRequest("crash", inputs="x")])
    with Shift(house, runner, store):
        until(lambda: state(runner, job.key) is JobState.DEAD)
    found = runner.job(job.key)
    assert found is not None
    assert (found.attempts, found.reason) == (3, "RuntimeError: the engine is not at home")
    assert house.begun() == 3
    assert runner.retry(job.key).state is JobState.WAITING
    with Shift(house, runner, store):
        until(lambda: state(runner, job.key) is JobState.DEAD)
    assert house.begun() == 6


def test_a_kind_nobody_knows_fails_with_its_reason(
    house: House, runner: Runner, store: DatabaseStore
) -> None:
    runner.enqueue([JobRequest("nonsense", inputs="x")])
    work(house, runner, store)
    found = runner.job("nonsense/x")
    assert found is not None
    assert "nonsense" in found.reason


@pytest.mark.parametrize("payload", [{"a": object()}, {"a": float("nan")}, {"a": {1, 2}}, {"a": b"x"}])
def test_a_payload_that_is_not_json_is_refused(runner: Runner, payload: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="not JSON"):
        runner.enqueue([append(1), JobRequest("append", inputs="x", payload=payload)])
    assert runner.jobs() == ()


def test_a_payload_that_was_damaged_is_dead(house: House, runner: Runner, store: DatabaseStore) -> None:
    runner.enqueue([append(1), append(2)])
    damaged = update(schema.jobs).where(schema.jobs.c.key == "append/1").values(payload='{"number": 1')
    store.writing(lambda connection: connection.execute(damaged).rowcount)
    work(house, runner, store)
    found = runner.job("append/1")
    assert found is not None
    assert (found.state, found.reason) == (JobState.DEAD, "its payload is not JSON")
    assert effects(store) == {"2": 1}


def test_a_waiting_job_is_cancelled_at_once(house: House, runner: Runner, store: DatabaseStore) -> None:
    runner.enqueue([append(1), append(2)])
    assert runner.cancel("append/1").state is JobState.CANCELLED
    work(house, runner, store)
    assert effects(store) == {"2": 1}
    assert runner.retry("append/1").state is JobState.WAITING
    work(house, runner, store)
    assert effects(store) == {"1": 1, "2": 1}
    assert runner.cancel("append/1").state is JobState.DONE
    with pytest.raises(UsageError, match="no job"):
        runner.cancel("append/3")


def test_a_running_job_is_cancelled_at_its_next_report(
    house: House, runner: Runner, store: DatabaseStore
) -> None:
    (job,) = runner.enqueue([JobRequest("wait", inputs="x", payload={"file": "never"})])
    with Shift(house, runner, store):
        until(lambda: (found := runner.job(job.key)) is not None and found.progress[0] > 2)
        running = runner.cancel(job.key)
        assert running.lease is not None
        until(lambda: state(runner, job.key) is JobState.CANCELLED)
    assert ["end", job.key] not in [line[:2] for line in house.lines()]
    assert house.begun() == 1


def test_a_worker_that_stops_gives_its_job_back(house: House, runner: Runner, store: DatabaseStore) -> None:
    (job,) = runner.enqueue([JobRequest("wait", inputs="x", payload={"file": "go"})])
    worker = house.worker()
    until(lambda: house.begun() == 1)
    worker.terminate()
    assert worker.wait(20) == 0
    found = runner.job(job.key)
    assert found is not None
    assert (found.state, found.attempts) == (JobState.WAITING, 0)
    (house.folder / "go").touch()
    work(house, runner, store)
    assert state(runner, job.key) is JobState.DONE


@pytest.mark.slow
def test_a_lease_is_renewed_while_the_step_runs(house: House, store: DatabaseStore) -> None:
    short = Policy(lease=3)  # of which a busy machine may miss two seconds
    runner = house.runner(short, store=store)
    runner.enqueue([append(1, seconds=7)])
    with Shift(house, runner, store), Shift(house, house.runner(short, store=store), store):
        until(lambda: state(runner, "append/1") is JobState.DONE)
    assert house.begun() == 1


@pytest.mark.slow
def test_a_job_whose_worker_is_killed_is_taken_over(
    house: House, runner: Runner, store: DatabaseStore
) -> None:
    (job,) = runner.enqueue([JobRequest("wait", inputs="x", payload={"file": "go"})])
    worker = house.worker()
    until(lambda: house.begun() == 1)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    killed = now()
    (house.folder / "go").touch()
    with Shift(house, runner, store):
        until(lambda: state(runner, job.key) is JobState.DONE)
    assert house.begun() == 2
    assert now() - killed < dt.timedelta(seconds=QUICK.lease * 2 + 3)
    found = runner.job(job.key)
    assert found is not None
    assert found.attempts == 2


def test_a_job_that_kills_its_workers_is_dead(house: House, runner: Runner, store: DatabaseStore) -> None:
    (job,) = runner.enqueue([JobRequest("wait", inputs="x", payload={"file": "go"})])
    lapsed = update(schema.jobs).values(state="running", attempts=3, ready="2000-01-01T00:00:00+00:00")
    store.writing(lambda connection: connection.execute(lapsed).rowcount)
    with Shift(house, runner, store):
        until(lambda: state(runner, job.key) is JobState.DEAD)
    found = runner.job(job.key)
    assert found is not None
    assert "vanished" in found.reason
    assert house.begun() == 0


def test_what_a_step_makes_necessary_is_asked_for(house: House, runner: Runner, store: DatabaseStore) -> None:
    runner.enqueue([JobRequest("chain", inputs="x", payload={"number": 7})])
    work(house, runner, store)
    assert [(job.key, job.state) for job in runner.jobs()] == [
        ("chain/x", JobState.DONE),
        ("append/after-7", JobState.DONE),
    ]
    assert effects(store) == {"7": 1}


def test_a_job_for_later_waits(house: House, runner: Runner, store: DatabaseStore) -> None:
    later = now() + dt.timedelta(hours=1)
    (job,) = runner.enqueue([JobRequest("append", inputs="1", payload={"number": 1}, after=later)])
    assert job.ready == later
    work(house, runner, store)
    assert state(runner, job.key) is JobState.WAITING


def test_old_jobs_are_forgotten_and_open_ones_are_not(
    house: House, runner: Runner, store: DatabaseStore
) -> None:
    runner.enqueue([append(1)])
    work(house, runner, store)
    runner.enqueue([append(2)])
    assert runner.forget(now() - dt.timedelta(days=1)) == 0
    assert runner.forget(now() + dt.timedelta(days=1)) == 1
    assert [job.key for job in runner.jobs()] == ["append/2"]


@pytest.mark.slow
def test_several_workers_never_run_one_job_at_once(
    house: House, runner: Runner, store: DatabaseStore
) -> None:
    workers = [house.worker(width=2) for _ in range(2)]
    runner.enqueue([append(number, seconds=0.01) for number in range(60)])
    until(lambda: all(job.state is JobState.DONE for job in runner.jobs()))
    for worker in workers:
        worker.terminate()
    assert [worker.wait(20) for worker in workers] == [0, 0]
    assert Counter(line[1] for line in house.lines() if line[0] == "begin") == {
        f"append/{number}": 1 for number in range(60)
    }
    assert effects(store) == {str(number): 1 for number in range(60)}


@pytest.mark.slow
def test_two_hundred_jobs_and_a_killed_worker(house: House, runner: Runner, store: DatabaseStore) -> None:
    workers = [house.worker(width=2) for _ in range(2)]
    runner.enqueue([append(number, seconds=0.01) for number in range(200)])
    until(lambda: house.begun() > 40)
    os.kill(workers[0].pid, signal.SIGKILL)
    workers[0].wait()
    until(lambda: all(job.state is JobState.DONE for job in runner.jobs()), 90)
    workers[1].terminate()
    assert workers[1].wait(20) == 0
    assert effects(store) == {str(number): 1 for number in range(200)}
    assert store.breaks() == ()
