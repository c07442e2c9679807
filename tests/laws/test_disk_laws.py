"""A disk that is full, read-only or broken loses nothing that was acknowledged, and tears no file."""

from __future__ import annotations

import datetime as dt
import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from l10n import catalogue as po
from l10n import disk, project
from l10n.errors import L10nError
from l10n.model import Entry
from workflow import ledger as ledgers
from workflow.ledger import Ledger
from workflow.states import Action, Role

SOURCE = "# Un titre\n\n" + "".join(f"Voici la phrase numéro {n}.\n\n" for n in range(1, 13))


def made(folder: Path) -> Ledger:
    """A project with one release in a folder, and its ledger."""
    created = project.create(folder, name="Disk", source_locale="fr", locales=("es",))
    (folder / "source.md").write_text(SOURCE, "utf-8")
    release = project.add(
        created,
        folder / "source.md",
        release_id="bureau",
        locale="fr",
        locales=("es",),
        date=dt.date(2026, 9, 14),
    )
    opened = ledgers.open_ledger(created, ledgers.now)
    fresh = po.template(project.document(created, release), locale="es", name="Disk")
    opened.record(release, "es", fresh, Action.UPDATE)
    return opened


def decide(opened: Ledger, entry: Entry, target: str) -> bool:
    """Whether the decision was acknowledged; a refusal has to be one that a person can read."""
    head = opened.store.current("bureau", "es").get(entry.key)
    try:
        opened.decide(
            project.release(opened.project, "bureau"),
            "es",
            entry.key,
            Action.APPROVE,
            target=target,
            base=head.digest if head else "",
            actor="ana",
            role=Role.REVIEWER,
        )
    except L10nError as error:
        return not error.message
    return True


def entries(opened: Ledger) -> tuple[Entry, ...]:
    found = opened.catalogue(project.release(opened.project, "bureau"), "es")
    assert found is not None
    return found.live


def holds(root: Path, acknowledged: dict[tuple[str, str], list[str]]) -> None:
    """With the disk well again: everything acknowledged is there, and both sides say the same."""
    opened = ledgers.open_ledger(project.load(root), ledgers.now)
    opened.settle()
    assert opened.store.breaks() == ()
    for key, targets in acknowledged.items():
        known = [one.target for one in opened.store.history("bureau", "es", key)]
        assert [target for target in targets if known.count(target) != 1] == []
    heads = opened.store.current("bureau", "es")
    read = po.read(root / "locales" / "es" / "LC_MESSAGES" / "bureau.po")
    assert {entry.key: entry.target for entry in read.entries if entry.target} == {
        key: one.target for key, one in heads.items() if one.target
    }
    opened.store.close()


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[None]:
    """A file system in memory, of a size, at a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        pytest.skip("there is no mount on this machine")
    if done.returncode:
        pytest.skip("this process may not mount a file system")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=True)


def test_a_full_disk_refuses_and_loses_nothing(tmp_path: Path) -> None:
    root = tmp_path / "small"
    with mounted(root, "2m"):
        opened = made(root)
        acknowledged: dict[tuple[str, str], list[str]] = {}
        refused = 0
        ballast = root / "ballast"
        for number in range(60):
            ballast.unlink(missing_ok=True)
            space = os.statvfs(root)
            # From plenty of room down to none, again and again.
            room = (400_000, 100_000, 50_000, 20_000, 8_192, 0)[number % 6]
            ballast.write_bytes(b"x" * max(space.f_bavail * space.f_frsize - room, 0))
            entry = entries(opened)[number % 12]
            if decide(opened, entry, f"dicho {number}"):
                acknowledged.setdefault(entry.key, []).append(f"dicho {number}")
            else:
                refused += 1
        ballast.unlink()
        opened.store.close()
        assert refused > 5
        assert sum(map(len, acknowledged.values())) > 5
        holds(root, acknowledged)


def test_catalogues_that_cannot_be_written_are_written_later(tmp_path: Path) -> None:
    root = tmp_path / "p"
    with mounted(root / "locales", "2m"):
        opened = made(root)
        remount = ["mount", "-o", "remount,{}", str(root / "locales")]
        subprocess.run([part.format("ro") for part in remount], check=True)
        entry = entries(opened)[0]
        assert decide(opened, entry, "dicho")
        subprocess.run([part.format("rw") for part in remount], check=True)
        opened.store.close()
        holds(root, {entry.key: ["dicho"]})


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("name", ["fsync", "replace", "write"])
def test_an_error_of_the_disk_at_any_step_tears_no_catalogue(
    tmp_path: Path, code: int, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "p"
    opened = made(root)
    acknowledged: dict[tuple[str, str], list[str]] = {}

    def fails(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    for number, entry in enumerate(entries(opened)):
        with monkeypatch.context() as patch:
            if number % 2:
                if name == "fsync":
                    patch.setattr(disk.os, "fsync", fails)
                elif name == "replace":
                    patch.setattr(disk, "_exchange_names", fails)
                    patch.setattr(Path, "replace", fails)
                else:
                    patch.setattr(disk.tempfile, "mkstemp", fails)
            if decide(opened, entry, f"dicho {number}"):
                acknowledged.setdefault(entry.key, []).append(f"dicho {number}")
    opened.store.close()
    assert len(acknowledged) >= 6
    holds(root, acknowledged)
