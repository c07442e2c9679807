"""Atomic and durable file operations, and locks."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from l10n.errors import InputError

_MANY = 64
_PIECE = 1 << 20
_REMEDIES = {
    errno.ENOSPC: "Make room on the disk, and run it again.",
    errno.EDQUOT: "Make room on the disk, and run it again.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
    errno.EISDIR: "It is a folder: name a file in it.",
    errno.EROFS: "Work in a folder that is not read-only.",
}
_UNREAD = {
    errno.ENOENT: "Check the spelling of its name, and the folder.",
    errno.EACCES: "Ask for the right to read it, or change its permissions.",
    errno.EIO: "Look whether its disk or network drive is in order.",
}


def read(path: Path | str) -> bytes:
    """A file's bytes.  Raises InputError, with the reason, when it cannot be read."""
    try:
        return _content(path)
    except IsADirectoryError:
        raise InputError("this is a folder, not a file", path=path) from None
    except OSError as error:
        raise unreadable(path, error) from None


def unreadable(path: Path | str, error: OSError) -> InputError:
    """The error of a file that the system would not read."""
    remedy = _UNREAD.get(error.errno or 0, "")
    if error.errno in {errno.ENOENT, errno.ELOOP} and Path(path).is_symlink():
        remedy = f"It is a link to {Path(path).readlink()}: mend the link, or name the file itself."
    return InputError(f"cannot be read: {error.strerror or error}", path=path, remedy=remedy)


def _content(path: Path | str) -> bytes:
    """A file's bytes; Python's file objects take three times as long, and a site is made of thousands."""
    handle = os.open(path, os.O_RDONLY)
    try:
        size = os.fstat(handle).st_size
        data = os.read(handle, size + 1)
        if 0 < size == len(data):
            return data
        # It is empty, no plain file, growing, or larger than one call gives.
        pieces = [data]
        while pieces[-1]:
            pieces.append(os.read(handle, _PIECE))
        return b"".join(pieces)
    finally:
        os.close(handle)


def file_stamp(path: Path | str) -> tuple[int, ...]:
    """The inode, size, mtime and ctime of a file, which change when it does; () when there is no file.

    The times are in nanoseconds: changes within one tick of the file system's clock may share them.
    Raises InputError, with the reason, when the file system refuses.
    """
    try:
        stat = os.stat(path)  # noqa: PTH116 - also of a name that is no Path yet
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise unreadable(path, error) from None
    return stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def write(path: Path, data: bytes) -> bool:
    """Replace the file at ``path`` atomically; False when it already held ``data``.

    A reader sees the old bytes or the new ones, also after a power cut.  A device or a pipe, such as
    /dev/null and /dev/stdout, is written to and not replaced.  Raises InputError when the folder cannot
    be written.
    """
    try:
        if _is_device(path):
            path.write_bytes(data)
            return True
        if path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        raise _unwritable(path, error) from None
    return True


def put(path: str, data: bytes, *, mode: int | None = None, new: bool = False) -> None:
    """Write a file that nobody reads yet; the caller makes it durable (``sync``).

    ``mode`` are its permissions where they are not the process's own.  Raises OSError, FileExistsError among
    them for one that is to be ``new``.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | (os.O_EXCL if new else os.O_TRUNC), 0o666)
    try:
        if mode is not None:
            os.fchmod(handle, mode)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
    finally:
        os.close(handle)


def exchange(path: Path, data: bytes) -> Path | None:
    """Replace the file at ``path`` atomically and keep the old one; returns where the old one is now.

    None when there was none.  The caller reads the old file (somebody may have saved it in the last
    moment) and deletes it; until then it survives a crash, under the name ``swapped`` gives.  A file
    that is there already is overwritten: read it first.  A crash before the exchange leaves ``data``
    there.  Where the system cannot exchange two names the file is hard-linked first, and a change
    saved between that and the replacement, a few microseconds, is lost.
    """
    aside = swapped(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise InputError("this is a folder, not a file", path=path)
        temporary = _beside(path, data)
        if not path.exists():
            temporary.replace(path)
            sync_folder(path.parent)
            return None
        # From here on the name that is checked after a crash holds the new bytes or the old file.
        temporary.replace(aside)
        if not _exchange_names(aside, path):
            aside.replace(temporary)
            aside.hardlink_to(path)
            temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise _unwritable(path, error) from None
    return aside


def swapped(path: Path) -> Path:
    """Where ``exchange`` keeps the old file of a path."""
    return path.with_name(_aside(path.name))


def is_swapped(path: str) -> bool:
    """Whether there is a file at the ``swapped`` name of a path."""
    folder, name = os.path.split(path)
    return bool(file_stamp(os.path.join(folder, _aside(name))))  # noqa: PTH118 - a Path costs more than the question


def _aside(name: str) -> str:
    return f".{name}.swapped"


def _is_device(path: Path) -> bool:
    """Whether a name stands for a device, a pipe or an open file and must keep standing for it."""
    standing = path.exists() and not path.is_file() and not path.is_dir()
    return standing or str(path.parent) in {"/dev", "/dev/fd"}


def refused(error: OSError) -> InputError:
    """The error of a file that could not be read or written, wherever that was noticed."""
    number = error.errno or 0
    remedy = _REMEDIES.get(number) or _UNREAD.get(number, "")
    return InputError(error.strerror or str(error), path=error.filename, remedy=remedy)


def _unwritable(path: Path, error: OSError) -> InputError:
    return InputError(
        f"cannot be written: {error.strerror or error}",
        path=path,
        remedy=_REMEDIES.get(error.errno or 0, "Check its folder's permissions."),
    )


def _replace(path: Path, data: bytes) -> None:
    temporary = _beside(path, data)
    try:
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _beside(path: Path, data: bytes) -> Path:
    """A durable file with ``data`` in the folder of ``path``, with its permissions."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    from tempfile import mkstemp  # noqa: PLC0415  not where nothing is written

    handle, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _exchange_names(first: Path, second: Path) -> bool:
    """Swap two names in one step; False where the system or the file system cannot."""
    import ctypes  # noqa: PLC0415  slow, rarely needed

    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    current_folder, exchanging = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
    if rename(current_folder, os.fsencode(first), current_folder, os.fsencode(second), exchanging) == 0:
        return True
    code = ctypes.get_errno()
    if code in {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP}:
        return False
    raise OSError(code, os.strerror(code))


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync(folder: Path, paths: Collection[str | Path]) -> None:
    """Make files and folders durable that were written inside a folder.

    Many are flushed by one call for their whole file system, which costs a fraction of one call for each.
    """
    if len(paths) > _MANY and _sync_file_system(folder):
        return
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sync_file_system(folder: Path) -> bool:
    """Flush the file system a folder is on; False where the system has no call for it."""
    import ctypes  # noqa: PLC0415  slow, rarely needed

    try:
        flush = ctypes.CDLL(None, use_errno=True).syncfs
    except (AttributeError, OSError):
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        if flush(handle) == 0:
            return True
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def locked(path: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold a lock against other processes and threads on this machine.

    ``path`` is a file that serves no other purpose.  The lock ends with the process at the latest.
    ``shared`` locks exclude only those that are not.
    """
    handle = _opened(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _opened(path: Path) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC
    try:
        return os.open(path, flags, 0o666)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, flags, 0o666)
