"""The manifest of a version of the site: the SHA-256 of each file, in the format of `sha256sum -c`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from l10n import disk

SUFFIX = ".sha256"
_LINES = re.compile(r"(?:[0-9a-f]{64}  .++\n)*+")


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of a version that is not as it was published; ``what`` is missing, changed or foreign."""

    path: str
    what: str


def digest(data: bytes) -> str:
    """The SHA-256 of a file's bytes, as it stands in a manifest."""
    return hashlib.sha256(data).hexdigest()


def path_of(store: Path, version: int) -> Path:
    """Where the manifest of a version lies, beside its folder, so that it is not itself on line."""
    return store / f"{version}{SUFFIX}"


def write(store: Path, version: int, digests: Mapping[str, str]) -> None:
    """Keep the manifest of a version."""
    lines = "".join(f"{digests[path]}  {path}\n" for path in sorted(digests))
    disk.write(path_of(store, version), lines.encode())


def read(store: Path, version: int) -> dict[str, str]:
    """The digest of each file of a version; nothing where there is no whole manifest."""
    try:
        text = path_of(store, version).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    if not _LINES.fullmatch(text):
        return {}
    return {line[66:]: line[:64] for line in text.split("\n")[:-1]}


def damages(folder: Path, digests: Mapping[str, str]) -> tuple[Damage, ...]:
    """Where a version differs from its manifest, in the order of the paths."""
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    differing = [Damage(path, "missing") for path in digests.keys() - present]
    differing.extend(Damage(path, "foreign") for path in present - digests.keys())
    differing.extend(
        Damage(path, "changed")
        for path in present & digests.keys()
        if digest((folder / path).read_bytes()) != digests[path]
    )
    return tuple(sorted(differing, key=lambda item: item.path))
