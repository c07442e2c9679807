"""Killed at any moment, no acknowledged decision and no outside edit is lost, and no file is torn.

`make chaos` runs many more rounds.
"""

from __future__ import annotations

import os
import random
import re
import signal
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess as Worker
from pathlib import Path

import pytest

from l10n import catalogue as po
from l10n import project
from tests import chaos_worker, ledger_support
from tests.chaos_worker import Orders
from workflow import ledger as ledgers
from workflow.ledger import Ledger

ROUNDS = int(os.environ.get("L10N_CHAOS_ROUNDS", "1"))
POINTS = ("before the append", "appended", "before the swap", "swapped", "looked at", "projected", "took in")
TARGET = re.compile(r'^msgstr "(?!.*outside)(?P<said>decided [^"]*)"$', re.MULTILINE)


@dataclass
class Round:
    """A project that processes work on and die in, with all they acknowledged."""

    folder: Path
    ways: tuple[str, ...] = ()
    acknowledged: list[tuple[str, str]] = field(default_factory=list)
    edits: list[str] = field(default_factory=list)

    def work(self, seed: str, point: str, count: int, *rest: str) -> None:
        """Run a worker until it dies at a point."""
        self.follow(*self.begin(seed, point, count, *rest))

    def begin(self, seed: str, point: str, count: int, *rest: str) -> tuple[Orders, Worker, Connection]:
        orders = Orders(self.folder, seed, point, count, (*self.ways, *rest), dict(os.environ))
        return orders, *chaos_worker.start(orders)

    def follow(self, orders: Orders, worker: Worker, heard: Connection) -> None:
        """Take down what a worker acknowledges until it is dead; at no point it dies by another's hand."""
        late = threading.Timer(20, worker.kill)
        if orders.point == "never":
            late.start()
        with heard, suppress(EOFError):
            while True:
                self.acknowledged.append(heard.recv())
                if orders.point == "never" and len(self.acknowledged) % orders.count == 0:
                    worker.kill()
        late.cancel()
        worker.join()
        assert worker.exitcode == -signal.SIGKILL, (self.folder / f"{orders.seed}.log").read_text("utf-8")

    @property
    def path(self) -> Path:
        return self.folder / "locales" / "es" / "LC_MESSAGES" / "bureau.po"

    def edit_outside(self, text: str) -> None:
        """Save one entry as an editor does: read the file, change a text, put a new file in place."""
        read = self.path.read_text("utf-8")
        found = TARGET.search(read)
        if found is None:
            return
        beside = self.path.with_suffix(".editor")
        beside.write_text(read[: found.start("said")] + text + read[found.end("said") :], "utf-8")
        beside.replace(self.path)
        self.edits.append(text)

    def settled(self) -> Ledger:
        """The ledger after everything is over."""
        opened = ledgers.open_ledger(project.load(self.folder), ledgers.now)
        opened.settle()
        return opened

    def lost(self, opened: Ledger) -> list[str]:
        """Acknowledged targets and outside edits that are nowhere to be found."""
        release = project.release(opened.project, "bureau")
        found = opened.catalogue(release, "es")
        assert found is not None
        known = {
            decision.target
            for entry in found.entries
            for decision in opened.store.history("bureau", "es", entry.key)
        }
        wanted = [target for _, target in self.acknowledged] + self.edits
        return [target for target in wanted if target not in known]


@pytest.fixture(params=["sqlite", "postgresql", "sqlite behind together", "postgresql behind together"])
def made(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Round:
    database, *ways = request.param.split()
    if database == "postgresql":
        monkeypatch.setenv("L10N_DATABASE_URL", request.getfixturevalue("postgresql_url"))
    folder = tmp_path / "p"
    ledger_support.made(folder).store.close()
    return Round(folder, tuple(ways))


def holds(made: Round) -> None:
    """Nothing is lost, nothing is torn, and ledger and catalogue say the same."""
    po.read(made.path)
    opened = made.settled()
    assert made.lost(opened) == []
    assert opened.store.breaks() == ()
    heads = opened.store.current("bureau", "es")
    on_disk = {entry.key: (entry.target, entry.fuzzy) for entry in po.read(made.path).entries if entry.target}
    assert on_disk == {key: (one.target, one.fuzzy) for key, one in heads.items() if one.target}
    doubled = [one.target for key in heads for one in opened.store.history("bureau", "es", key)]
    assert len(doubled) == len(set(doubled)) or "outside" in " ".join(doubled)
    assert list(made.path.parent.glob(".*.swapped")) == []
    opened.store.close()


@pytest.mark.parametrize("point", POINTS)
def test_a_crash_at_a_named_point_loses_nothing(made: Round, point: str) -> None:
    for number in range(ROUNDS):
        made.work(f"a{number}", "projected" if point == "took in" else point, 4)
        if point in {"took in", "looked at"}:
            made.edit_outside(f"outside a{number}")
        made.work(f"b{number}", point, 1 if point == "took in" else 3)
        holds(made)


def test_random_kills_lose_nothing(made: Round) -> None:
    chance = random.Random(7)  # noqa: S311 - nothing secret
    for number in range(2 * ROUNDS):
        made.work(f"r{number}", "never", chance.randint(3, 25))
    holds(made)


@pytest.mark.slow
def test_edits_outside_under_load_lose_nothing(made: Round) -> None:
    made.work("first", "projected", 6)
    stop = threading.Event()

    watching = ledgers.open_ledger(project.load(made.folder), ledgers.now)
    keys = [entry.key for entry in po.read(made.path).entries]

    def taken_in(text: str) -> bool:
        return any(text == one.target for key in keys for one in watching.store.history("bureau", "es", key))

    def meddle() -> None:
        number = 0
        while not stop.is_set():
            made.edit_outside(f"outside {number}")
            number += 1
            # The next edit would overwrite this one, as in any editor: wait until it was seen.
            while made.edits and not taken_in(made.edits[-1]) and not stop.is_set():
                time.sleep(0.002)

    meddler = threading.Thread(target=meddle)
    meddler.start()
    try:
        for number in range(ROUNDS):
            made.work(f"w{number}", "projected", 40)
    finally:
        stop.set()
        meddler.join()
        watching.store.close()
    assert len(made.edits) > 3
    assert made.lost(made.settled()) == []


def test_two_processes_on_one_project_lose_nothing(made: Round) -> None:
    other = Round(made.folder, ("behind",) if not made.ways else ("together",))
    begun = [(made, made.begin("one", "projected", 15)), (other, other.begin("two", "projected", 15))]
    threads = [threading.Thread(target=each.follow, args=started) for each, started in begun]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made.acknowledged += other.acknowledged
    assert len(made.acknowledged) >= 20
    holds(made)


def test_a_mutant_that_acknowledges_too_early_is_caught(made: Round) -> None:
    made.work("m", "before the append", 5, "mutant")
    assert made.lost(made.settled()) == [made.acknowledged[-1][1]]
