"""The Database protocol of the memory, and its implementation with SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol, Self

from l10n.errors import InputError

REMEDY = "Delete the file; it is made again from the approved catalogues."
_PATIENCE = 30.0  # seconds to wait for another writer
_CACHE = 65_536  # kB of pages kept

Row = tuple[Any, ...]


class Database(Protocol):
    """A database as the memory uses it; statements have ``?`` as placeholder."""

    @property
    def place(self) -> str:
        """Its path or address, for messages."""

    def fetch_all(self, query: str, values: Sequence[object] = ()) -> list[Row]:
        """Execute a statement; all rows of its result."""

    def iterate(self, query: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """Execute a statement; its rows one by one."""

    def execute_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Execute a statement once for each row of values."""

    def transaction(self) -> Any:  # noqa: ANN401 - a context manager
        """A write transaction; one writer at a time."""

    def update_statistics(self) -> None:
        """Update the query planner's statistics after a bulk load."""

    def version(self) -> int:
        """The version of its tables, 0 when there are none."""

    def create_tables(self, version: int) -> None:
        """Create the missing tables, and record their version."""

    def close(self) -> None:
        """Close the connection."""


class Sqlite:
    """A memory in a SQLite file, or with ``":memory:"`` in none."""

    def __init__(self, connection: sqlite3.Connection, path: str | Path) -> None:
        self._connection = connection
        self.place = str(path)

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """The database in a file, made when there is none."""
        with readable_errors(path):
            connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE)
        try:
            with readable_errors(path):
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        except InputError:
            connection.close()
            raise
        return cls(connection, path)

    def fetch_all(self, query: str, values: Sequence[object] = ()) -> list[Row]:
        """Execute a statement; all rows of its result."""
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise _unusable(self.place, error) from None

    def iterate(self, query: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """Execute a statement; its rows one by one."""
        with readable_errors(self.place):
            yield from self._connection.execute(query, values)

    def execute_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Execute a statement once for each row of values."""
        with readable_errors(self.place):
            self._connection.executemany(statement, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A write transaction; one writer at a time."""
        with readable_errors(self.place), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            yield

    def update_statistics(self) -> None:
        """Nothing to do: SQLite needs no statistics for these queries."""

    def version(self) -> int:
        """The version of its tables, 0 when there are none."""
        ((version,),) = self.fetch_all("PRAGMA user_version")
        return int(version)

    def create_tables(self, version: int) -> None:
        """Create the missing tables, and record their version."""
        with readable_errors(self.place):
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.executescript(schema())
            self._connection.execute(f"PRAGMA user_version = {version}")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def schema() -> str:
    """The SQL that creates the tables in SQLite."""
    return files(__package__).joinpath("schema.sql").read_text("utf-8")


@contextmanager
def readable_errors(path: str | Path) -> Iterator[None]:
    """Turn SQLite's errors into InputError with a remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise _unusable(path, error) from None


def _unusable(path: str | Path, error: sqlite3.Error) -> InputError:
    return InputError(f"the translation memory cannot be used: {error}", path=path, remedy=REMEDY)
