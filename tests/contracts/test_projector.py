"""Where a catalogue is written a moment after its decisions, everybody sees them all the same."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from l10n import catalogue as po
from l10n import project
from l10n.errors import InputError
from l10n.model import Entry, State
from l10n.project import Release
from tests import ledger_support
from workflow.deferred_writer import DeferredWriter
from workflow.ledger import Ledger


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def ledger(tmp_path: Path, told: list[str]) -> Iterator[Ledger]:
    """A ledger whose catalogues nobody writes before the test does."""
    made = ledger_support.made(tmp_path / "p")
    yield replace(made, schedule_write=lambda _release, locale: told.append(locale))
    made.store.close()


def release_of(ledger: Ledger) -> Release:
    return project.release(ledger.project, "bureau")


def targets(found: tuple[Entry, ...]) -> list[str]:
    return [entry.target for entry in found if entry.target]


def file_of(ledger: Ledger) -> Path:
    return project.catalogue_path(ledger.project, release_of(ledger), "es")


def test_a_decision_is_seen_before_its_catalogue_is_written(ledger: Ledger, told: list[str]) -> None:
    before = file_of(ledger).read_bytes()
    first, second, *_ = ledger_support.entries(ledger)
    assert ledger_support.decide(ledger, first, "Uno.")
    assert ledger_support.decide(ledger, second, "Dos.")
    seen = ledger_support.entries(ledger)
    assert targets(seen) == ["Uno.", "Dos."]
    assert [entry.state for entry in seen[:2]] == [State.REVIEWED, State.REVIEWED]
    assert file_of(ledger).read_bytes() == before
    assert told == ["es", "es"]


def test_what_was_seen_is_what_is_written(ledger: Ledger) -> None:
    first, second, *_ = ledger_support.entries(ledger)
    ledger_support.decide(ledger, first, "Uno.")
    ledger_support.decide(ledger, second, "Dos.")
    seen = [replace(entry, line=0) for entry in ledger_support.entries(ledger)]
    ledger.written(release_of(ledger), "es")
    assert [replace(entry, line=0) for entry in po.read(file_of(ledger)).live] == seen
    assert ledger_support.entries(ledger) == po.read(file_of(ledger)).live


def test_a_process_that_knows_nothing_of_it_writes_what_it_finds(ledger: Ledger) -> None:
    ledger_support.decide(ledger, ledger_support.entries(ledger)[0], "Uno.")
    other = Ledger(ledger.project, ledger.store, ledger.clock)
    assert targets(ledger_support.entries(other)) == ["Uno."]
    assert targets(po.read(file_of(ledger)).live) == ["Uno."]
    assert targets(ledger_support.entries(ledger)) == ["Uno."]


def test_an_edit_made_outside_meanwhile_comes_in_beside_it(ledger: Ledger) -> None:
    first, second, *_ = ledger_support.entries(ledger)
    ledger_support.decide(ledger, first, "Uno.")
    text = file_of(ledger).read_text("utf-8")
    empty = f'msgid "{second.source}"\nmsgstr ""'
    assert empty in text
    file_of(ledger).write_text(text.replace(empty, f'{empty[:-1]}Dos, de fuera."'), "utf-8")
    assert targets(ledger_support.entries(ledger)) == ["Uno.", "Dos, de fuera."]
    assert targets(po.read(file_of(ledger)).live) == ["Uno.", "Dos, de fuera."]


def test_many_decisions_are_one_write(tmp_path: Path) -> None:
    made = ledger_support.made(tmp_path / "p")
    writes: list[int] = []
    inode = file_of(made).stat().st_ino

    def write(release: Release, locale: str) -> None:
        made.written(release, locale)
        writes.append(file_of(made).stat().st_ino)

    projector = DeferredWriter(write, wait=0.3)
    behind = replace(made, schedule_write=projector.schedule)
    for number, entry in enumerate(ledger_support.entries(behind)):
        assert ledger_support.decide(behind, entry, f"{number}.")
    projector.close()
    assert len(writes) < len(ledger_support.entries(made))
    assert writes[-1] != inode
    assert len(targets(po.read(file_of(made)).live)) == len(ledger_support.entries(made))
    made.store.close()


def test_it_is_written_soon(tmp_path: Path) -> None:
    made = ledger_support.made(tmp_path / "p")
    projector = DeferredWriter(made.written, wait=0.01)
    behind = replace(made, schedule_write=projector.schedule)
    ledger_support.decide(behind, ledger_support.entries(behind)[0], "Uno.")
    until = time.monotonic() + 20
    while not targets(po.read(file_of(made)).live) and time.monotonic() < until:
        time.sleep(0.01)
    assert targets(po.read(file_of(made)).live) == ["Uno."]
    projector.close()
    made.store.close()


def test_one_that_cannot_be_written_holds_up_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    made = ledger_support.made(tmp_path / "p")
    done = threading.Event()

    def write(_release: Release, locale: str) -> None:
        if locale == "es":
            raise InputError("cannot be written", path=tmp_path, remedy="Make room.")
        done.set()

    projector = DeferredWriter(write, wait=0)
    projector.schedule(release_of(made), "es")
    projector.schedule(release_of(made), "ar")
    assert done.wait(20)
    projector.close()
    assert "decisions are kept but not yet written" in caplog.text
    made.store.close()
