"""Opens the store: SQLite in a file, or PostgreSQL by its address."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError

from l10n.errors import ConfigError, InputError
from workflow.store.connections import AT_HAND
from workflow.store.database import DatabaseStore

_BUSY_SECONDS = 30
# Any number that no other program on the same database uses for its advisory locks.
_LOCK = 7_305_106
_MOVE_IT = "Move it away; it is made again from the catalogues."
_MAY_NOT = "Check who may write to it and to its folder, and that the disk has room."


def open_sqlite(path: Path) -> DatabaseStore:
    """The store in a SQLite file, made when it is not there.

    Raises InputError when the file is no ledger, or one of a newer program.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": _BUSY_SECONDS}, pool_size=AT_HAND)
    _speak_plain_sqlite(engine)
    try:
        return DatabaseStore(engine)
    except DatabaseError as error:
        raise InputError(
            f"cannot be used as a ledger: {error.orig}",
            path=path,
            remedy=_MOVE_IT if _is_damaged(error.orig) else _MAY_NOT,
        ) from None


def _is_damaged(error: BaseException | None) -> bool:
    """Whether a file is no database, or a broken one: any other error leaves what it holds whole."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
    return code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}


def open_postgresql(url: str) -> DatabaseStore:
    """The store in a PostgreSQL database, ``postgresql://…``; its tables are made when missing.

    Raises ConfigError when the driver is not installed, InputError when the server refuses; the
    address may hold a password, so neither repeats it.
    """
    try:
        engine = create_engine(
            url.replace("postgresql://", "postgresql+psycopg://", 1),
            pool_pre_ping=True,
            pool_size=AT_HAND,
        )
    except ModuleNotFoundError:
        raise ConfigError(
            "the PostgreSQL driver is not installed", remedy="pip install 'passerelle[postgresql]'"
        ) from None

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writing"):
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})

    try:
        return DatabaseStore(engine)
    except OperationalError:
        raise InputError(
            "the database server cannot be reached or refuses",
            remedy="Check L10N_DATABASE_URL, and that the server runs.",
        ) from None


def _speak_plain_sqlite(engine: Engine) -> None:
    """Transactions begin where we say, writers wait for each other, commits reach the disk."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-512"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
