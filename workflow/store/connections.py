"""Connections to the database that stay at hand, so that a look-up does not cost ten times its own work."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

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
            self._drop(connection)
            while idle := self._at_hand():
                self._drop(idle[1])
            raise
        if len(self._idle) < AT_HAND:
            self._idle.append((time.monotonic(), connection))
        else:
            connection.close()

    def close(self) -> None:
        """Let go of those that nobody has."""
        while idle := self._at_hand():
            idle[1].close()

    def _taken(self) -> Connection:
        if idle := self._at_hand():
            since, connection = idle
            if time.monotonic() - since < _RESTED:
                return connection
            connection.close()
        return self._new()

    def _at_hand(self) -> tuple[float, Connection] | None:
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def _drop(self, connection: Connection) -> None:
        """Let one go without a word to the server, which may be gone."""
        with suppress(SQLAlchemyError):
            connection.invalidate()
            connection.close()

    def _new(self) -> Connection:
        return self._engine.connect().execution_options(**self._options)
