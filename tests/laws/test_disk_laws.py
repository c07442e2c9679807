"""A disk that is full, read-only or broken loses nothing that was acknowledged, and tears no file."""

from __future__ import annotations

import errno
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from l10n import disk
from l10n.errors import InputError
from tests.ledger_support import decide, entries, holds, made


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


@pytest.mark.parametrize("size", [0, 1, 9_000, 3 << 20], ids=str)
def test_a_file_is_read_as_it_was_put(tmp_path: Path, size: int) -> None:
    path, data = tmp_path / "file", os.urandom(size)
    disk.put(str(path), data, mode=0o444, new=True)
    assert disk.read(path) == data
    assert path.stat().st_mode & 0o777 == 0o444
    with pytest.raises(FileExistsError):
        disk.put(str(path), b"other", new=True)
    assert disk.read(path) == data


def test_what_says_no_size_is_read_to_its_end(tmp_path: Path) -> None:
    assert disk.read("/proc/self/status").endswith(b"\n")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["sh", "-c", 'exec head -c 200000 /dev/zero > "$0"', pipe]):
        assert disk.read(pipe) == bytes(200_000)


def test_a_folder_is_no_file_to_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this is a folder"):
        disk.read(tmp_path)


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        assert disk.write(pipe, b"written")
        assert reader.communicate()[0] == b"written"
    assert pipe.is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


@pytest.mark.parametrize(
    ("name", "remedy"), [("/dev/full", "Make room on the disk"), ("x" * 300, "Choose a shorter name")]
)
def test_what_cannot_be_written_has_the_remedy_for_its_reason(tmp_path: Path, name: str, remedy: str) -> None:
    with pytest.raises(InputError) as caught:
        disk.write(tmp_path / name, b"x")
    assert remedy in caught.value.remedy


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
                    patch.setattr(tempfile, "mkstemp", fails)
            if decide(opened, entry, f"dicho {number}"):
                acknowledged.setdefault(entry.key, []).append(f"dicho {number}")
    opened.store.close()
    assert len(acknowledged) >= 6
    holds(root, acknowledged)
