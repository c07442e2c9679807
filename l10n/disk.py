"""Files written whole or not at all."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from l10n.errors import InputError


def read(path: Path) -> bytes:
    """A file's bytes.  Raises InputError, saying why, when it cannot be read."""
    try:
        return path.read_bytes()
    except IsADirectoryError:
        raise InputError("this is a folder, not a file", path=path) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=path) from None


def write(path: Path, data: bytes) -> bool:
    """Put ``data`` at ``path`` in one step; False when it already said so.

    A reader sees the old bytes or the new ones, also after a power cut.  Raises InputError when
    the folder cannot be written.
    """
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        raise InputError(
            f"cannot be written: {error.strerror or error}",
            path=path,
            remedy="Check its folder's permissions.",
        ) from None
    return True


def _replace(path: Path, data: bytes) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(mode)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that other processes and threads on this machine wait for.

    ``path`` is a file that serves no other purpose.  The lock lapses when the process ends.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
