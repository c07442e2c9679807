"""Tasks done in several processes give what one process gives: the same results, the same errors."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from l10n.errors import InputError
from l10n.processes import spread, usable

# The test runner has a thread that reads its pipe and holds no lock that a child needs.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")

ORPHANS = """
import sys, time
from l10n.processes import spread
def work(seconds):
    time.sleep(seconds)
    return seconds
print("ready", flush=True)
spread(work, [60, 60, 60], 3)
"""


def square(number: int) -> int:
    time.sleep(0.02 * (number % 3))  # so that they do not end in their order
    return number * number


def test_results_come_in_the_order_of_the_tasks_from_several_processes() -> None:
    assert spread(square, range(20), 3) == [number * number for number in range(20)]
    workers = spread(lambda _: (time.sleep(0.05), os.getpid())[1], range(6), 3)
    assert len(set(workers)) > 1
    assert os.getpid() not in workers


@pytest.mark.parametrize("tasks", [[], [7]])
def test_less_than_two_tasks_stay_in_this_process(tasks: list[int]) -> None:
    assert spread(lambda _: os.getpid(), tasks, 3) == [os.getpid()] * len(tasks)


def test_a_task_that_fails_raises_here_what_it_raises_alone() -> None:
    def work(number: int) -> int:
        if number == 4:
            raise InputError("no such day", path=Path("release.toml"), line=3, remedy="Write a date.")
        return number

    with pytest.raises(InputError) as raised:
        spread(work, range(8), 2)
    assert (raised.value.message, raised.value.line) == ("no such day", 3)


def test_a_result_that_cannot_be_copied_is_made_here() -> None:
    results = spread(lambda number: lambda: number, range(4), 2)
    assert [result() for result in results] == [0, 1, 2, 3]


def test_the_task_of_a_process_that_is_killed_is_done_here() -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if number == 3 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert spread(work, range(8), 2) == list(range(8))


def test_all_processes_die_one_by_one_and_everything_is_done() -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here:
            os._exit(1)
        return number

    assert spread(work, range(6), 3) == list(range(6))


def test_no_process_outlives_the_one_that_started_it() -> None:
    with subprocess.Popen([sys.executable, "-c", ORPHANS], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        children = _children(parent.pid, 3)
        parent.send_signal(signal.SIGINT)
        parent.wait(10)
    assert len(children) == 3
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{child}").exists() for child in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _children(parent: int, count: int) -> list[int]:
    """The children of a process, as soon as it has so many."""
    path = Path(f"/proc/{parent}/task/{parent}/children")
    deadline = time.monotonic() + 10
    while len(path.read_text().split()) < count and time.monotonic() < deadline:
        time.sleep(0.02)
    return [int(child) for child in path.read_text().split()]


def test_beside_other_threads_nothing_is_forked() -> None:
    ask = (
        "import threading, time\nfrom l10n.processes import usable\n"
        "alone = usable(2)\nthreading.Thread(target=time.sleep, args=(1,), daemon=True).start()\n"
        "print(alone, usable(2), usable(1))"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    cores = min(2, len(os.sched_getaffinity(0)))
    assert done.stdout.split() == [str(cores), "1", "1"]
    assert usable(1) == 1
