"""A store from an earlier version is brought up to date; a whole store fits in one file."""

from __future__ import annotations

import datetime as dt
import gzip
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from l10n.errors import InputError
from l10n.model import State
from workflow import people
from workflow.notes import notes_of
from workflow.states import Action, Refused, Role
from workflow.store import Decision, TokenKind, backup, schema
from workflow.store.database import DatabaseStore, open_postgresql, open_sqlite

NOON = dt.datetime(2026, 9, 14, 12, tzinfo=dt.UTC)
EARLIER = sorted((Path(__file__).parent.parent / "cases" / "ledger").glob("v*.sql"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], DatabaseStore]:
    if request.param == "sqlite":
        return lambda: open_sqlite(tmp_path / "other.sqlite")
    url: str = request.getfixturevalue("postgresql_url")
    return lambda: open_postgresql(url)


def test_there_is_an_example_of_every_earlier_version() -> None:
    assert [path.stem for path in EARLIER] == [f"v{number}" for number in range(1, schema.VERSION)]


@pytest.mark.parametrize("path", EARLIER, ids=lambda path: path.stem)
def test_an_earlier_version_is_brought_up_to_date(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite"
    with sqlite3.connect(file) as connection:
        connection.executescript(path.read_text("utf-8"))
    for _ in range(2):
        store = open_sqlite(file)
        assert [d.target for d in store.history("bureau", "es", ("", "Bonjour."))] == ["Hola.", "Buenas."]
        assert store.current("other", "es")["", "Merci."].target == "Gracias."
        assert store.breaks() == ()
        store.close()
    store = open_sqlite(file)
    store.append([decision("Bonjour.", "Adiós.", base="d2")])
    assert store.breaks() == ()
    person = store.person_by_login("ana")
    assert person is not None
    assert person.roles == {"es": Role.REVIEWER}
    assert notes_of(store).account(person.id).letters == "daily"


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
