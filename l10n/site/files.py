"""The files of a built site: new ones in memory, unchanged ones in the version on line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from l10n.site import manifest


@dataclass(frozen=True, slots=True)
class Files(Mapping[str, bytes]):
    """Each path with its bytes.

    ``known`` has the digest of every file, ``fresh`` the bytes of those made now; the others stand
    in ``folder``.
    """

    fresh: Mapping[str, bytes]
    known: Mapping[str, str]
    folder: Path

    def __getitem__(self, path: str) -> bytes:
        found = self.fresh.get(path)
        if found is not None:
            return found
        if path not in self.known:
            raise KeyError(path)
        return (self.folder / path).read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)

    def __contains__(self, path: object) -> bool:
        return path in self.known


def digests(files: Mapping[str, bytes]) -> Mapping[str, str]:
    """The digest of every file; those that stand are not read for it."""
    if isinstance(files, Files):
        return files.known
    return {path: manifest.digest(data) for path, data in files.items()}
