"""The files of a site in a folder, read when they are asked for and not kept."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from l10n.errors import InputError, UsageError


@dataclass(frozen=True, slots=True)
class SiteFolder(Mapping[str, bytes]):
    """The files of a folder by their paths in it; ``symlinks`` are links, which are not followed.

    Asking for a file raises InputError where it cannot be read.
    """

    root: Path
    paths: Mapping[str, None]
    symlinks: tuple[str, ...] = ()

    def __getitem__(self, path: str) -> bytes:
        if path not in self.paths:
            raise KeyError(path)
        try:
            return (self.root / path).read_bytes()
        except OSError as error:
            raise _unreadable(error, self.root / path) from None

    def __contains__(self, path: object) -> bool:
        return path in self.paths

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)


def files_of(folder: Path) -> SiteFolder:
    """The files of a site in a folder.  UsageError when it is none, InputError when it cannot be read."""
    if not folder.is_dir():
        raise UsageError("there is no site here", path=folder, remedy="Publish the project first.")
    root = folder.resolve()
    paths: list[str] = []
    symlinks: list[str] = []

    def refuse(error: OSError) -> None:
        raise _unreadable(error, root)

    for place, folders, names in os.walk(root, onerror=refuse):
        for name in (*folders, *names):
            path = Path(place, name)
            relative = path.relative_to(root).as_posix()
            if path.is_symlink():
                symlinks.append(relative)
            elif path.is_file():
                paths.append(relative)
    return SiteFolder(root, dict.fromkeys(sorted(paths)), tuple(sorted(symlinks)))


def _unreadable(error: OSError, path: Path) -> InputError:
    return InputError(f"cannot be read: {error.strerror or error}", path=error.filename or path)
