"""Connections to the database that stay at hand, so that a look-up does not cost ten times its own work."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

AT_HAND = 12
"""How many stay open: for as many threads as the desk has, the writer and the others."""

_RESTED = 1.0  # seconds after which one goes back to the pool, which sees whether it still works


class Connections:
    """Connections with some execution options; each is one thread's at a time.

    One in which something failed is not used again, nor are those beside it: they may lead to a server
    that is gone.
    """

    def __init__(self, engine: Engine, **options: object) -> None:
        self._engine = engine
        self._options = options
        self._idle: deque[tuple[float, Connection]] = deque()

    @contextmanager
    def one(self) -> Iterator[Connection]:
        """A connection outside of any transaction; one begun there and not committed is rolled back."""
        connection = self._taken()
        try:
            yield connection
            if connection.in_transaction():
                connection.rollback()
        except BaseException:
            connection.close()
            self.close()
            raise
        if len(self._idle) < AT_HAND:
            self._idle.append((time.monotonic(), connection))
        else:
            connection.close()

    def close(self) -> None:
        """Let go of those that nobody has."""
        while self._idle:
            try:
                _, connection = self._idle.pop()
            except IndexError:  # another thread was quicker
                return
            connection.close()

    def _taken(self) -> Connection:
        try:
            since, connection = self._idle.pop()
        except IndexError:
            return self._new()
        if time.monotonic() - since < _RESTED:
            return connection
        connection.close()
        return self._new()

    def _new(self) -> Connection:
        return self._engine.connect().execution_options(**self._options)
