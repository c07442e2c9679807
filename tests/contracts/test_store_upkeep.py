"""A store from an earlier version is brought up to date; a whole store fits in one file."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import psycopg
import pytest

from l10n.errors import InputError
from l10n.model import State
from tests.ledger_example import brought_up_to_date
from workflow import people
from workflow.desk_records import desk_records_of
from workflow.states import Action, Refused, Role
from workflow.store import Decision, TokenKind, backup, schema
from workflow.store.database import DatabaseStore
from workflow.store.opening import open_postgresql, open_sqlite

NOON = dt.datetime(2026, 9, 14, 12, tzinfo=dt.UTC)
EARLIER = sorted(
    (Path(__file__).parent.parent / "cases" / "ledger").glob("v*.sql"), key=lambda path: int(path.stem[1:])
)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], DatabaseStore]:
    if request.param == "sqlite":
        return lambda: open_sqlite(tmp_path / "other.sqlite")
    url: str = request.getfixturevalue("postgresql_url")
    return lambda: open_postgresql(url)


def test_there_is_an_example_of_every_earlier_version() -> None:
    assert [path.stem for path in EARLIER] == [f"v{number}" for number in range(1, schema.VERSION)]


def test_the_example_of_this_version_is_made_from_the_one_before(tmp_path: Path) -> None:
    made = brought_up_to_date(EARLIER[-1].read_text("utf-8"), tmp_path / "earlier.sqlite")
    connection = sqlite3.connect(tmp_path / "ledger.sqlite")
    connection.executescript(made)
    assert connection.execute("SELECT version FROM schema_version").fetchall() == [(schema.VERSION,)]
    connection.close()
    store = open_sqlite(tmp_path / "ledger.sqlite")
    assert [each.target for each in store.history("bureau", "es", ("", "Bonjour."))] == ["Hola.", "Buenas."]
    store.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def laid(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Path], Callable[[], DatabaseStore]]:
    """Puts the example of a version into an empty database; what it gives opens the store on it."""

    def in_a_file(example: Path) -> Callable[[], DatabaseStore]:
        file = tmp_path / "ledger.sqlite"
        with sqlite3.connect(file) as connection:
            connection.executescript(example.read_text("utf-8"))
        return lambda: open_sqlite(file)

    def on_a_server(example: Path) -> Callable[[], DatabaseStore]:
        url: str = request.getfixturevalue("postgresql_url")
        with psycopg.connect(url) as connection:
            for statement in as_postgresql(example.read_text("utf-8")):
                connection.execute(statement)
        return lambda: open_postgresql(url)

    return in_a_file if request.param == "sqlite" else on_a_server


def as_postgresql(script: str) -> Iterator[bytes]:
    """The statements of an example as PostgreSQL's tables of that version had them."""
    flags: dict[str, list[int]] = {}
    numbered = script.replace("INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT", "SERIAL PRIMARY KEY")
    for statement in numbered.split(";\n"):
        if made := re.match(r"\s*CREATE TABLE (\w+) \(\n(.*)\Z", statement, re.DOTALL):
            columns = made[2].split(", \n")
            flags[made[1]] = [at for at, column in enumerate(columns) if " BOOLEAN" in column]
        if "sqlite_sequence" in statement:
            continue
        if row := re.match(r'\s*INSERT INTO "(\w+)" VALUES\((.*)\)\Z', statement, re.DOTALL):
            yield inserted(row[1], row[2], flags.get(row[1], [])).encode()
        elif re.match(r"\s*CREATE", statement):
            yield statement.encode()
    yield b"SELECT setval(pg_get_serial_sequence('decisions', 'id'), max(id)) FROM decisions"


def inserted(table: str, told: str, flags: Sequence[int]) -> str:
    """A row with the words PostgreSQL has for true and false."""
    values = next(csv.reader([told], quotechar="'", doublequote=True))
    for at in flags:
        values[at] = "true" if values[at] == "1" else "false"
    quoted = ("'" + value.replace("'", "''") + "'" for value in values)
    return f'INSERT INTO "{table}" VALUES({", ".join(quoted)})'


@pytest.mark.parametrize("path", EARLIER, ids=lambda path: path.stem)
def test_an_earlier_version_is_brought_up_to_date(
    path: Path, laid: Callable[[Path], Callable[[], DatabaseStore]]
) -> None:
    opened = laid(path)
    for _ in range(2):
        store = opened()
        assert [d.target for d in store.history("bureau", "es", ("", "Bonjour."))] == ["Hola.", "Buenas."]
        assert store.current("other", "es")["", "Merci."].target == "Gracias."
        assert store.newest("bureau", "es") == store.history("bureau", "es", ("", "Bonjour."))[-1].id
        assert store.breaks() == ()
        store.close()
    store = opened()
    store.append([decision("Bonjour.", "Adiós.", base="d2")])
    assert store.breaks() == ()
    person = store.person_by_login("ana")
    assert person is not None
    assert person.roles == {"es": Role.REVIEWER}
    assert desk_records_of(store).account(person.id).letters == "daily"
    store.close()


def test_a_newer_version_is_refused(tmp_path: Path) -> None:
    open_sqlite(tmp_path / "ledger.sqlite").close()
    with sqlite3.connect(tmp_path / "ledger.sqlite") as connection:
        connection.execute("UPDATE schema_version SET version = 99")
    with pytest.raises(InputError, match="version 99"):
        open_sqlite(tmp_path / "ledger.sqlite")


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_text("nonsense " * 1000, "utf-8")
    with pytest.raises(InputError, match="ledger"):
        open_sqlite(tmp_path / "ledger.sqlite")


def filled(tmp_path: Path) -> DatabaseStore:
    store = open_sqlite(tmp_path / "one.sqlite")
    person = people.create(
        store, login="ana", name="Ana", roles={"es": Role.REVIEWER}, password="a long one indeed"
    )
    people.start_session(store, person, now=NOON)
    store.append([decision("Bonjour.", "Hola.")])
    store.append([decision("Bonjour.", "Buenas 😀.", base="Hola."), decision("Merci.", "Gracias.")])
    store.projected("bureau", "es", "abc", 3)
    return store


def test_what_was_saved_is_restored(tmp_path: Path, other: Callable[[], DatabaseStore]) -> None:
    store = filled(tmp_path)
    assert backup.save(store, tmp_path / "all.gz") == 3
    assert (tmp_path / "all.gz").stat().st_mode & 0o077 == 0
    new = other()
    assert backup.restore(new, tmp_path / "all.gz") == 3
    assert new.current("bureau", "es") == store.current("bureau", "es")
    assert new.history("bureau", "es", ("", "Bonjour.")) == store.history("bureau", "es", ("", "Bonjour."))
    assert new.people() == store.people()
    assert new.projection("bureau", "es") == ("abc", 3)
    assert new.breaks() == ()
    new.append([decision("Merci.", "Muchas gracias.", base="Gracias.")])
    assert new.breaks() == ()
    new.close()


def test_sessions_are_not_saved(tmp_path: Path) -> None:
    store = filled(tmp_path)
    backup.save(store, tmp_path / "all.gz")
    assert "token" not in gzip.decompress((tmp_path / "all.gz").read_bytes()).decode("utf-8", "surrogatepass")
    assert store.token(TokenKind.SESSION, "none", now=NOON) is None


def test_a_ledger_with_decisions_is_not_overwritten(tmp_path: Path) -> None:
    store = filled(tmp_path)
    backup.save(store, tmp_path / "all.gz")
    with pytest.raises(Refused, match="holds decisions"):
        backup.restore(store, tmp_path / "all.gz")
    assert len(store.current("bureau", "es")) == 2


@pytest.mark.parametrize(
    "data", [b"", b"nonsense", gzip.compress(b"{}", mtime=0), gzip.compress(b"[1]\n2", mtime=0)]
)
def test_what_is_no_backup_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "all.gz").write_bytes(data)
    with pytest.raises(InputError, match="no backup"):
        backup.restore(open_sqlite(tmp_path / "new.sqlite"), tmp_path / "all.gz")


def decision(source: str, target: str, *, base: str = "") -> Decision:
    return Decision(
        release="bureau",
        locale="es",
        context="",
        source=source,
        target=target,
        state=State.TRANSLATED,
        fuzzy=False,
        action=Action.SAVE,
        actor="abc",
        at=NOON,
        digest=target,
        base=base,
    )


def test_a_store_has_a_thread_that_writes_only_between_its_first_work_and_its_rest(
    other: Callable[[], DatabaseStore],
) -> None:
    def threads() -> int:
        return sum(thread.name == "ledger-writer" for thread in threading.enumerate())

    before = threads()
    store = other()
    assert store.people() == ()
    store.rest()
    assert threads() == before
    for name in ("Ada", "Bea"):
        people.create(store, login=name, name=name, roles={"es": Role.REVIEWER})
        assert threads() == before + 1
        store.rest()
        assert threads() == before
    assert {person.name for person in store.people()} == {"Ada", "Bea"}
    store.close()
    store.rest()
    assert threads() == before
