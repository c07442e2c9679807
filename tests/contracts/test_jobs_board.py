"""The board of jobs, with a clock to turn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import event

from workflow.jobs import Job, JobRequest, JobState, Policy
from workflow.jobs.board import Board, LeaseLost
from workflow.store.database import DatabaseStore
from workflow.store.opening import open_postgresql, open_sqlite

POLICY = Policy(attempts=5, delay=10, growth=4, longest=100, lease=30)


@dataclass
class Clock:
    now: dt.datetime = dt.datetime(2026, 9, 14, 12, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def later(self, seconds: float) -> None:
        self.now += dt.timedelta(seconds=seconds)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DatabaseStore]:
    if request.param == "sqlite":
        opened = open_sqlite(tmp_path / "ledger.sqlite")
    else:
        opened = open_postgresql(request.getfixturevalue("postgresql_url"))
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def board(store: DatabaseStore, clock: Clock) -> Board:
    return Board(store, clock, POLICY)


def taken(board: Board, worker: str = "ana") -> Job:
    job = board.take(worker, queue="default")
    assert job is not None
    return job


def now(board: Board, key: str = "update/x") -> Job:
    job = board.job(key)
    assert job is not None
    return job


def test_the_delay_grows_up_to_the_longest(board: Board, clock: Clock) -> None:
    board.enqueue([JobRequest("update", inputs="x")])
    for seconds in (10, 40, 100, 100):
        board.fail(taken(board), "no")
        assert now(board).state is JobState.FAILED
        clock.later(seconds - 1)
        assert board.take("ana", queue="default") is None
        clock.later(1)
    board.fail(taken(board), "never")
    assert (now(board).state, now(board).reason, now(board).ready) == (JobState.DEAD, "never", None)


def test_a_lease_that_is_renewed_does_not_lapse(board: Board, clock: Clock) -> None:
    board.enqueue([JobRequest("update", inputs="x")])
    job = taken(board)
    for done in range(5):
        clock.later(29)
        assert board.renew(job, (done, 5))
        assert board.take("ben", queue="default") is None
    assert now(board).progress == (4, 5)


def test_what_a_worker_does_after_its_lease_lapsed_changes_nothing(board: Board, clock: Clock) -> None:
    board.enqueue([JobRequest("update", inputs="x")])
    first = taken(board)
    clock.later(31)
    second = taken(board, "ben")
    board.finish(first, (1, 1), [JobRequest("publish")])
    board.fail(first, "late")
    board.give_back(first)
    board.stopped(first)
    with pytest.raises(LeaseLost):
        board.renew(first, (1, 1))
    assert now(board) == second
    board.finish(second, (1, 1), [JobRequest("publish")])
    assert [(job.key, job.state) for job in board.jobs()] == [
        ("update/x", JobState.DONE),
        ("publish", JobState.WAITING),
    ]


def test_the_same_worker_taking_a_job_again_is_another_holder(board: Board, clock: Clock) -> None:
    board.enqueue([JobRequest("update", inputs="x")])
    first = taken(board)
    clock.later(31)
    taken(board)
    with pytest.raises(LeaseLost):
        board.renew(first, (1, 1))


def test_a_lapsed_job_that_was_cancelled_is_not_run_again(board: Board, clock: Clock) -> None:
    board.enqueue([JobRequest("update", inputs="x")])
    taken(board)
    board.cancel("update/x")
    clock.later(31)
    assert board.take("ben", queue="default") is None
    assert now(board).state is JobState.CANCELLED


@pytest.mark.parametrize("end", ["fail", "give back"])
def test_a_cancelled_job_that_ends_otherwise_is_cancelled(board: Board, end: str) -> None:
    board.enqueue([JobRequest("update", inputs="x")])
    job = taken(board)
    assert board.cancel("update/x").cancel
    assert not board.renew(job, (1, 2))
    if end == "fail":
        board.fail(job, "no")
    else:
        board.give_back(job)
    assert now(board).state is JobState.CANCELLED


def test_a_lock_that_lapsed_holds_up_nobody(board: Board, clock: Clock) -> None:
    board.enqueue([JobRequest("update", inputs="x", lock="a"), JobRequest("update", inputs="y", lock="a/es")])
    taken(board)
    assert board.take("ben", queue="default") is None
    clock.later(31)
    assert taken(board, "ben").key == "update/x"
    assert board.take("cem", queue="default") is None


@pytest.mark.parametrize(
    ("held", "other", "clear"),
    [
        ("a", "a", False),
        ("a", "a/es", False),
        ("a/es", "a", False),
        ("a/es", "a/fr", True),
        ("a", "ab", True),
        ("a_", "ab/es", True),
        ("a%", "abc/es", True),
        ("", "", True),
        ("a", "", True),
    ],
)
def test_which_locks_exclude_each_other(board: Board, held: str, other: str, clear: bool) -> None:  # noqa: FBT001 - a column of the table
    board.enqueue([JobRequest("update", inputs="x", lock=held), JobRequest("update", inputs="y", lock=other)])
    taken(board)
    assert (board.take("ben", queue="default") is not None) is clear


@pytest.mark.parametrize("reason", ["nul \0 byte", "half a pair \ud800", "x" * 100_000])
def test_any_reason_can_be_kept(board: Board, reason: str) -> None:
    board.enqueue([JobRequest("update", inputs="x")])
    board.fail(taken(board), reason)
    assert now(board).reason[:4] == reason[:4]
    assert len(now(board).reason) <= 500


def test_dispatch_hears_of_every_job_that_becomes_ready(store: DatabaseStore, clock: Clock) -> None:
    heard: list[tuple[str, float]] = []
    start = clock.now
    board = Board(
        store, clock, POLICY, lambda _c, key, _q, when: heard.append((key, (when - start).total_seconds()))
    )
    board.enqueue([JobRequest("update", inputs="x")])
    board.enqueue([JobRequest("update", inputs="x")])
    board.fail(taken(board), "no")
    board.retry("update/x")
    board.give_back(taken(board))
    board.finish(taken(board), (0, 0), [JobRequest("publish", after=start + dt.timedelta(seconds=99))])
    assert heard == [("update/x", 0), ("update/x", 10), ("update/x", 0), ("update/x", 0), ("publish", 99)]


def test_taking_reads_only_the_jobs_that_are_open(tmp_path: Path) -> None:
    store = open_sqlite(tmp_path / "ledger.sqlite")
    board = Board(store, Clock(), POLICY)
    board.enqueue([JobRequest("update", inputs="x")])
    asked: list[str] = []
    with store.reading() as connection:
        engine = connection.engine
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: asked.append(statement))
    taken(board)
    with store.reading() as connection:
        plans = [
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", ("",) * one.count("?")).all()
            for one in list(asked)
            if one.startswith("SELECT")
        ]
    store.close()
    assert [plan[0][3] for plan in plans] == [
        "SCAN jobs USING INDEX jobs_running",
        "SEARCH jobs USING INDEX jobs_open (queue=?)",
    ]
