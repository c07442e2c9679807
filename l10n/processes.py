"""Spread independent tasks over processes, so that a machine with several cores is done sooner."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

Task = TypeVar("Task")
Result = TypeVar("Result")


def usable(most: int) -> int:
    """How many processes to spread work over: one for each core that this one may run on, at most ``most``.

    One where it cannot be forked safely: beside other threads, which may hold locks that a child would wait
    for, and outside Linux.
    """
    if not sys.platform.startswith("linux") or threading.active_count() > 1:
        return 1
    return min(most, len(os.sched_getaffinity(0)))


def spread(work: Callable[[Task], Result], tasks: Sequence[Task], processes: int) -> list[Result]:
    """The results of tasks, in their order, each done in one of several processes; see ``stream``."""
    return list(stream(work, tasks, processes))


def stream(work: Callable[[Task], Result], tasks: Sequence[Task], processes: int) -> Iterator[Result]:
    """The results of tasks, in their order, each as soon as it and those before it are done.

    The processes are forked when the first is asked for: they know all that this one knows, and only results
    are copied, which must be what `pickle` takes.  A task that fails, or whose process dies, is done again in
    this process at its turn, so that it raises here what it raises.  Nobody else's open files or connections
    may be used by ``work``.
    """
    several = min(processes, len(tasks)) > 1
    arriving = _from_children(work, tasks, processes) if several else iter(())
    arrived: dict[int, list[Result]] = {}
    for at, task in enumerate(tasks):
        while at not in arrived and (answer := next(arriving, None)) is not None:
            arrived.update(answer)
        done = arrived.pop(at, [])
        yield done[0] if done else work(task)


def _from_children(
    work: Callable[[Task], Result], tasks: Sequence[Task], processes: int
) -> Iterator[dict[int, list[Result]]]:
    """What the children return, by the number of the task; each gets a next one when it is ready.

    A task that failed has no result.
    """
    import multiprocessing  # noqa: PLC0415  15 ms, where there is much to do
    from multiprocessing.connection import wait  # noqa: PLC0415  the same

    forking = multiprocessing.get_context("fork")
    waiting = iter(range(len(tasks)))
    children: dict[Connection, ForkProcess] = {}
    try:
        for first in islice(waiting, processes):
            ours, theirs = forking.Pipe()
            foreign = (*children, ours)
            child = forking.Process(target=_serve, args=(work, tasks, theirs, foreign), daemon=True)
            child.start()
            theirs.close()
            children[ours] = child
            ours.send(first)
        while children:
            ready = wait(list(children))
            for connection in [connection for connection in children if connection in ready]:
                try:
                    done = connection.recv()
                    connection.send(next(waiting, None))
                except (EOFError, OSError):
                    connection.close()
                    children.pop(connection).join()
                else:
                    yield done
    finally:
        for child in children.values():
            child.terminate()


def _serve(
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    connection: Connection,
    foreign: Sequence[Connection],
) -> None:
    """Do tasks as they are asked for, until there are no more or nobody asks."""
    for inherited in foreign:
        inherited.close()  # else the others would not see that their parent is gone
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while (at := connection.recv()) is not None:
            done: dict[int, list[Result]] = {at: []}
            with suppress(Exception):  # the parent does it again, and raises
                done[at] = [work(tasks[at])]
            connection.send(done)
