"""Desks that start at once on a ledger where nobody is known yet."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from l10n import project
from workflow import ledger as ledgers
from workflow.cli.desk import first_link
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
