"""The files of a built site: new ones in memory, unchanged ones in the version on line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from l10n.site import manifest


@dataclass(frozen=True, slots=True)
class Files(Mapping[str, bytes]):
    """Each path with its bytes.

    ``digests`` has the digest of every file, ``fresh`` the bytes of those made now; the others stand
    in ``folder``.
    """

    fresh: Mapping[str, bytes]
    digests: Mapping[str, str]
    folder: Path

    def __getitem__(self, path: str) -> bytes:
        data = self.fresh.get(path)
        if data is not None:
            return data
        if path not in self.digests:
            raise KeyError(path)
        return (self.folder / path).read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self.digests)

    def __len__(self) -> int:
        return len(self.digests)

    def __contains__(self, path: object) -> bool:
        return path in self.digests


def digests(files: Mapping[str, bytes]) -> Mapping[str, str]:
    """The digest of every file; those that stand are not read for it."""
    if isinstance(files, Files):
        return files.digests
    return {path: manifest.digest(data) for path, data in files.items()}
