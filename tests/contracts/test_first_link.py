"""The links that let people in, and the desk they lead to."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from l10n import project
from workflow import ledger as ledgers
from workflow.cli import main
from workflow.cli.desk import first_link
from workflow.cli.desk_address import remember_address
from workflow.states import Role


@pytest.mark.postgresql
def test_desks_that_start_at_once_let_in_one_administrator(
    tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("L10N_DATABASE_URL", postgresql_url)
    made = project.create(tmp_path, name="Two", source_locale="fr", locales=("es",))
    desks = [ledgers.open_ledger(made, ledgers.now) for _ in range(4)]
    together = Barrier(len(desks))

    def starts(desk: ledgers.Ledger) -> str:
        together.wait()
        return first_link(desk, "http://127.0.0.1")

    with ThreadPoolExecutor(len(desks)) as pool:
        links = list(pool.map(starts, desks))
    assert len(set(links)) == len(desks)
    assert [one.roles for one in desks[0].store.people()] == [{"*": Role.ADMIN}]
    for desk in desks:
        desk.store.close()


@pytest.mark.parametrize(
    ("served", "environment", "option", "begins"),
    [
        ("", "", [], "http://127.0.0.1:8750/sign-in/"),
        ("http://127.0.0.1:8790", "", [], "http://127.0.0.1:8790/sign-in/"),
        ("http://127.0.0.1:8790", "https://desk.example.org/", [], "https://desk.example.org/sign-in/"),
        (
            "",
            "https://desk.example.org",
            ["--url", "https://example.org/desk/"],
            "https://example.org/desk/sign-in/",
        ),
    ],
)
def test_a_link_leads_to_where_the_desk_is(
    tmp_path: Path,
    served: str,
    environment: str,
    option: list[str],
    begins: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = project.create(tmp_path, name="One", source_locale="fr", locales=("es",))
    monkeypatch.setenv("L10N_DESK_URL", environment)
    if served:
        remember_address(made, served)
    people = ["-C", str(tmp_path), "people"]
    assert main([*people, "add", "ana", "--name", "Ana", "--role", "editor", *option]) == 0
    assert main([*people, "link", "ana", *option]) == 0
    assert [line.startswith(begins) for line in capsys.readouterr().out.splitlines()] == [True, True]


def test_a_desk_that_cannot_listen_says_so_and_lets_nobody_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project.create(tmp_path, name="One", source_locale="fr", locales=("es",))
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert main(["-C", str(tmp_path), "serve", "--port", port]) == 2
    said = capsys.readouterr().err
    assert f"cannot listen at http://127.0.0.1:{port}: Address already in use" in said
    assert "sign-in" not in said


@pytest.mark.parametrize("port", ["99999", "-1", "http"])
def test_a_port_is_a_number_of_one(tmp_path: Path, port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["-C", str(tmp_path), "serve", "--port", port])
    assert "a port is a number from 0 to 65535" in capsys.readouterr().err
