"""A writer thread: changes requested at the same moment are committed together."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

from sqlalchemy import Connection

from workflow.store import statements
from workflow.store.connections import Connections

T = TypeVar("T")
TOGETHER = 128


@dataclass(frozen=True, slots=True)
class _Request:
    work: Callable[[Connection], Any]
    answer: Future[Any]


class Writer:
    """Runs pieces of work in transactions of its own, and answers when they are durable.

    Each piece has a savepoint: one that fails takes back what it did and nobody else's work.  There is a
    thread from the first piece on.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._requests: SimpleQueue[_Request | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._starting = Lock()

    def run(self, work: Callable[[Connection], T]) -> T:
        """What ``work`` returns, once it is committed; what it raises, once it is taken back."""
        return self.asked(work).result()

    def asked(self, work: Callable[[Connection], T]) -> Future[T]:
        """The future answer of ``run``, for who asks for more before waiting."""
        answer: Future[T] = Future()
        with self._starting:
            if self._thread is None:
                self._thread = Thread(target=self._serve, name="ledger-writer", daemon=True)
                self._thread.start()
            self._requests.put(_Request(work, answer))
        return answer

    def rest(self) -> None:
        """Finish what was asked for and let the thread end, until somebody asks for more."""
        with self._starting:
            if self._thread is not None:
                self._requests.put(None)
                self._thread.join()
                self._thread = None

    def close(self) -> None:
        """Finish what was asked for and stop."""
        self.rest()
        self._connections.close()

    def _serve(self) -> None:
        while (first := self._requests.get()) is not None:
            batch, last = self._more(first)
            self._commit(batch)
            if last:
                return

    def _more(self, first: _Request) -> tuple[list[_Request], bool]:
        batch = [first]
        while len(batch) < TOGETHER:
            try:
                request = self._requests.get_nowait()
            except Empty:
                break
            if request is None:
                return batch, True
            batch.append(request)
        return batch, False

    def _commit(self, batch: list[_Request]) -> None:
        outcomes: list[Callable[[], None]] = []
        try:
            with self._connections.one() as writing, writing.begin():
                outcomes.extend(_attempt(writing, request) for request in batch)
        except BaseException as error:  # noqa: BLE001 - whoever waits has to hear of it
            for request in batch:
                request.answer.set_exception(error)
            return
        for tell in outcomes:
            tell()


def _attempt(connection: Connection, request: _Request) -> Callable[[], None]:
    """Do a piece of work in its savepoint; what to tell its asker after the commit."""
    statements.BEGUN.run(connection, {})
    try:
        result = request.work(connection)
    except Exception as error:  # noqa: BLE001 - it is the asker's to handle
        raised = error
        statements.TAKEN_BACK.run(connection, {})
        statements.KEPT.run(connection, {})
        return lambda: request.answer.set_exception(raised)
    statements.KEPT.run(connection, {})
    return lambda: request.answer.set_result(result)
