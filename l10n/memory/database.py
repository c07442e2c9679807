"""The database under the memory: what it has to do, and SQLite, which does it in a file."""

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
    """What the memory wants of a database; the questions are put with ``?``."""

    @property
    def place(self) -> str:
        """Where it is, for people to read."""

    def fetch_all(self, question: str, values: Sequence[object] = ()) -> list[Row]:
        """Everything a question is answered with."""

    def iterate(self, question: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """The same, little by little."""

    def execute_many(self, order: str, rows: Iterable[Sequence[object]]) -> None:
        """Do the same with each row."""

    def transaction(self) -> Any:  # noqa: ANN401 - a context manager
        """All that is done within is done, or none of it; one writes at a time."""

    def update_statistics(self) -> None:
        """Make ready for questions, after thousands of rows came in."""

    def version(self) -> int:
        """The format of its tables, 0 when there are none."""

    def create_tables(self, version: int) -> None:
        """Make the tables that are missing, in a format."""

    def close(self) -> None:
        """Let go of it."""


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

    def fetch_all(self, question: str, values: Sequence[object] = ()) -> list[Row]:
        """Everything a question is answered with."""
        try:
            return self._connection.execute(question, values).fetchall()
        except sqlite3.Error as error:
            raise _unusable(self.place, error) from None

    def iterate(self, question: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """The same, little by little."""
        with readable_errors(self.place):
            yield from self._connection.execute(question, values)

    def execute_many(self, order: str, rows: Iterable[Sequence[object]]) -> None:
        """Do the same with each row."""
        with readable_errors(self.place):
            self._connection.executemany(order, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done within is done, or none of it; one writes at a time."""
        with readable_errors(self.place), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            yield

    def update_statistics(self) -> None:
        """Make ready for questions, after thousands of rows came in: it is already."""

    def version(self) -> int:
        """The format of its tables, 0 when there are none."""
        ((found,),) = self.fetch_all("PRAGMA user_version")
        return int(found)

    def create_tables(self, version: int) -> None:
        """Make the tables that are missing, in a format."""
        with readable_errors(self.place):
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.executescript(schema())
            self._connection.execute(f"PRAGMA user_version = {version}")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def schema() -> str:
    """The tables, in SQLite's words."""
    return files(__package__).joinpath("schema.sql").read_text("utf-8")


@contextmanager
def readable_errors(path: str | Path) -> Iterator[None]:
    """SQLite's errors in words that say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _unusable(path, error) from None


def _unusable(path: str | Path, error: sqlite3.Error) -> InputError:
    return InputError(f"the translation memory cannot be used: {error}", path=path, remedy=REMEDY)
