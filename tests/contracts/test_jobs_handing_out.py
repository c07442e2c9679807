"""What Procrastinate is told can be lost, and so can every connection; the jobs are done all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import psycopg
import pytest

from tests.jobs_support import QUICK, House, Shift, now, until
from workflow.jobs import JobRequest, JobState, Policy, Runner
from workflow.jobs.local_runner import LocalRunner
from workflow.store.database import DatabaseStore
from workflow.store.opening import open_postgresql

pytestmark = pytest.mark.postgresql
JOBS = [JobRequest("append", inputs=str(number), payload={"number": number}) for number in range(3)]
HASTY = Policy(lease=1, report=0)


@pytest.fixture
def house(postgresql_url: str, tmp_path: Path) -> House:
    return House("procrastinate", postgresql_url, tmp_path)


@pytest.fixture
def store(house: House) -> Iterator[DatabaseStore]:
    opened = house.store()
    yield opened
    opened.close()


def done(house: House, runner: Runner, store: DatabaseStore) -> bool:
    runner.work(house.steps(store), stop=Event(), until_empty=True)
    return [job.state for job in runner.jobs()] == [JobState.DONE] * 3 and house.begun() == 3


def told(store: DatabaseStore) -> int:
    """How many jobs Procrastinate remembers, its own upkeep aside."""
    with store.reading() as connection:
        return connection.exec_driver_sql(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'passerelle'"
        ).scalar_one()


def test_nothing_is_left_of_what_was_told(house: House, store: DatabaseStore) -> None:
    runner = house.runner(HASTY, store=store)
    runner.enqueue(JOBS)
    assert told(store) == 3
    assert done(house, runner, store)
    assert told(store) == 0


def test_a_job_that_another_runner_was_asked_for_is_done(house: House, store: DatabaseStore) -> None:
    runner = house.runner(HASTY, store=store)
    LocalRunner(store, now, policy=QUICK).enqueue(JOBS)
    assert told(store) == 0
    assert done(house, runner, store)


def test_a_job_that_nobody_was_told_of_is_done(house: House, store: DatabaseStore) -> None:
    runner = house.runner(HASTY, store=store)
    runner.enqueue(JOBS)
    gone = "DELETE FROM procrastinate_jobs"
    store.writing(lambda connection: connection.exec_driver_sql(gone).rowcount)
    assert done(house, runner, store)


def test_the_other_runner_takes_over(house: House, store: DatabaseStore) -> None:
    house.runner(HASTY, store=store).enqueue(JOBS)
    assert done(house, LocalRunner(store, now, policy=QUICK, poll=0.05), store)
    assert done(house, house.runner(HASTY, store=store), store)


@pytest.mark.parametrize("kind", ["local", "procrastinate"])
def test_a_server_that_hangs_up_is_waited_for(kind: str, postgresql_url: str, tmp_path: Path) -> None:
    name = f"hangs-up-{kind}"
    house = House(kind, f"{postgresql_url}&application_name={name}", tmp_path)
    store, asking = house.store(), open_postgresql(postgresql_url)
    runner = house.runner(HASTY, store=store)
    board = LocalRunner(asking, now)
    board.enqueue([JOBS[0], JobRequest("wait", inputs="x", payload={"file": "go"})])
    with Shift(house, runner, store):
        until(lambda: house.begun() == 2)
        with psycopg.connect(postgresql_url, autocommit=True) as connection:
            ended = connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s", [name]
            )
            assert len(ended.fetchall()) > 0
        (tmp_path / "go").touch()
        board.enqueue(JOBS)
        until(lambda: all(job.state is JobState.DONE for job in board.jobs()))
    store.close()
    asking.close()
