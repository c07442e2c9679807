"""Laws of an update of many releases: several processes do what one does, up to the first error."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from l10n import catalogue as po
from l10n import project
from l10n.model import Entry, State
from workflow import ledger as ledgers
from workflow.store import schema
from workflow.store.database import DatabaseStore

ROOT = Path(__file__).parents[2]
LOCALES = ("es", "ar")
RELEASES = 32
DATED = re.compile(rb'"PO-Revision-Date:[^"]*"\n')


def source(number: int) -> str:
    return (
        f"# Bilan numéro {number}\n\nLe port a reçu {number} navires en mai.\n\n"
        "La mairie remercie les bénévoles. Elle publiera la liste en juin.\n"
    )


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "workflow.cli", "-C", str(folder), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr.replace(str(folder), "PROJECT")


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which every release meets its update in another way."""
    folder = tmp_path_factory.mktemp("press")
    made = project.create(folder, name="Port", source_locale="fr", locales=LOCALES)
    for number in range(RELEASES):
        file = folder / f"{number}.md"
        file.write_text(source(number), "utf-8")
        name, day = f"bilan-{number:02}", dt.date(2026, 9, 14)
        project.add(made, file, release_id=name, locale="fr", locales=LOCALES, date=day)
    assert run(folder, "update", "--processes", "1")[0] == 0
    for number in range(0, RELEASES, 2):
        edit(folder, number, "es")
    assert run(folder, "update", "--processes", "1")[0] == 0
    for number in range(RELEASES):
        changed(folder, number)
    return folder


def path_of(folder: Path, number: int, locale: str) -> Path:
    return folder / "locales" / locale / "LC_MESSAGES" / f"bilan-{number:02}.po"


def edit(folder: Path, number: int, locale: str) -> None:
    """Approve every sentence of a catalogue outside of the desk."""
    path = path_of(folder, number, locale)
    stored = po.read(path)
    po.write(replace(stored, entries=tuple(map(approved, stored.entries))), path)


def approved(entry: Entry) -> Entry:
    return replace(
        entry, target=f"En español: {entry.source}", state=State.REVIEWED, origin="human", actor="a"
    )


def changed(folder: Path, number: int) -> None:
    """What happened to a release since its catalogues were in step."""
    path = folder / "releases" / f"bilan-{number:02}" / "source.md"
    text = path.read_text("utf-8")
    match number % 8:
        case 0:  # a meaning, of approved sentences
            path.write_text(text.replace("remercie", "accuse").replace("mai", "août"), "utf-8")
        case 1:  # new, of empty ones
            path.write_text(f"{text}\nLe maire était présent.\n", "utf-8")
        case 2:  # gone, and an edit outside at the same time
            path.write_text(text.partition("La mairie")[0], "utf-8")
            edit(folder, number, "ar")
        case 3:
            path_of(folder, number, "ar").unlink()
        case 4:  # moved
            title, first, second = text.strip().split("\n\n")
            path.write_text(f"{title}\n\n{second}\n\n{first}\n", "utf-8")
        case 5:
            edit(folder, number, "es")


def outcome(folder: Path) -> tuple[object, ...]:
    """Every file, without dates, and every decision in its order."""
    files = {
        path.relative_to(folder).as_posix(): DATED.sub(b"", path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".l10n" not in path.parts
    }
    opened = ledgers.open_ledger(project.load(folder), ledgers.now)
    table = schema.decisions
    columns = (table.c.release, table.c.locale, table.c.source, table.c.target, table.c.action, table.c.state)
    assert isinstance(opened.store, DatabaseStore)
    with opened.store.reading() as connection:
        decisions = connection.execute(table.select().with_only_columns(*columns).order_by(table.c.id)).all()
    assert opened.store.breaks() == ()
    opened.store.close()
    return files, [tuple(row) for row in decisions]


@pytest.mark.slow
@pytest.mark.parametrize("broken", ["nothing", "a source", "a catalogue"])
def test_several_processes_update_as_one_does(press: Path, tmp_path: Path, broken: str) -> None:
    seen = []
    for processes in (1, 2, 3):
        folder = tmp_path / str(processes)
        shutil.copytree(press, folder)
        damaged = {
            "a source": folder / "releases" / "bilan-21" / "source.md",
            "a catalogue": path_of(folder, 21, "ar"),
        }.get(broken)
        sound = damaged.read_bytes() if damaged else b""
        if damaged:
            damaged.write_bytes(sound + b"\xff")
        check = run(folder, "update", "--check", "--processes", str(processes))
        updated = run(folder, "update", "--processes", str(processes))
        left = outcome(folder)
        if damaged:
            damaged.write_bytes(sound)
        after = run(folder, "update", "--processes", str(processes)), outcome(folder)
        in_step = run(folder, "update", "--check", "--processes", str(processes))
        seen.append((check, updated, left, after, in_step))
    alone, *others = seen
    check, updated, _, after, in_step = alone
    assert others == [alone, alone]
    assert check[0] == (2 if damaged else 1)
    assert updated[0] == (2 if damaged else 0)
    assert updated[2].count("\n") > RELEASES // 4
    assert after[0][0] == in_step[0] == 0
