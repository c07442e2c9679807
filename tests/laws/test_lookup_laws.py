"""What is asked with every page is looked up: no question about one catalogue reads the whole ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from workflow.store import TokenKind
from workflow.store.database import DatabaseStore
from workflow.store.opening import open_postgresql, open_sqlite
from workflow.store.statements import Statement

NOON = dt.datetime(2026, 9, 14, 12, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(minutes=10)
ASKED: Mapping[str, Callable[[DatabaseStore], object]] = {
    "standing": lambda store: store.catalogue_status("bureau", "es"),
    "newest": lambda store: store.newest("bureau", "es"),
    "projection": lambda store: store.projection("bureau", "es"),
    "heads of a catalogue": lambda store: store.current("bureau", "es"),
    "faults": lambda store: store.faults("bureau", "es"),
    "heads of segments": lambda store: store.current("bureau", "es", [("", "Bonjour.")]),
    "holder": lambda store: store.holder(TokenKind.SESSION, "digest", now=NOON),
    "history": lambda store: store.history("bureau", "es", ("", "Bonjour.")),
    "claims": lambda store: store.claims("bureau", "es", now=NOON),
    "claim": lambda store: store.claim("bureau", "es", "s", "ana", now=NOON, until=LATER),
}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> DatabaseStore:
    if request.param == "sqlite":
        return open_sqlite(tmp_path / "ledger.sqlite")
    url: str = request.getfixturevalue("postgresql_url")
    return open_postgresql(url)


@pytest.mark.parametrize("name", ASKED)
def test_a_question_is_answered_through_an_index(store: DatabaseStore, name: str) -> None:
    plans = [line for plan in plans_of(store, ASKED[name]) for line in plan]
    assert plans
    assert not [line for line in plans if line.lstrip(" ->").startswith(("SCAN", "Seq Scan"))]


def test_what_reads_everything_is_seen_to(tmp_path: Path) -> None:
    """The law can fail: a question without an index is a scan in SQLite's words."""
    store = open_sqlite(tmp_path / "ledger.sqlite")
    whole = plans_of(store, lambda one: one.breaks())
    assert any(line.startswith("SCAN") for plan in whole for line in plan)
    store.close()


def plans_of(store: DatabaseStore, ask: Callable[[DatabaseStore], object]) -> list[list[str]]:
    """How the database would answer each statement of a question."""
    said: list[tuple[str, Any]] = []
    engine = store._engine  # noqa: SLF001 - the statements are seen nowhere else

    def note(_c: object, _d: object, statement: str, parameters: object, _x: object, _m: object) -> None:
        if statement.split(" ", 1)[0] in {"SELECT", "UPDATE", "DELETE"} and "pg_" not in statement:
            said.append((statement, parameters))

    def run(statement: Statement, connection: Connection, values: dict[str, Any]) -> Any:  # noqa: ANN401 - a driver's cursor
        sql = statement.text(connection.dialect)
        note(None, None, sql, values, None, None)
        return plainly(statement, connection, values)

    plainly = Statement.run
    event.listen(engine, "before_cursor_execute", note)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Statement, "run", run)
        ask(store)
    event.remove(engine, "before_cursor_execute", note)
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            # An empty table is read whole whatever indexes there are, unless that is forbidden.
            connection.execute(text("SET enable_seqscan = off"))
        explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
        return [
            [str(row[-1]) for row in connection.exec_driver_sql(explain + statement, parameters)]
            for statement, parameters in said
        ]
