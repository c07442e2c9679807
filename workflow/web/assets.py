"""The desk's stylesheet, icon and scripts, under addresses that change with their content."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from l10n import resources
from workflow.web.base_path import desk_path

_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".js": "text/javascript"}


@dataclass(frozen=True, slots=True)
class Assets:
    """Every file by name, and as gzip; ``version`` is a digest of them all.

    The scripts import each other by name, so all files share a version: an address that was
    given once always leads to the same bytes.
    """

    version: str
    files: Mapping[str, tuple[bytes, str]]
    packed: Mapping[str, bytes]


@cache
def assets() -> Assets:
    """What lies beside the desk's templates."""
    folder = resources.folder("templates") / "desk"
    paths = sorted(path for path in folder.rglob("*") if path.suffix in _TYPES)
    files = {path.name: (path.read_bytes(), _TYPES[path.suffix]) for path in paths}
    digest = hashlib.sha256()
    for name, (data, _) in files.items():
        digest.update(f"{name} {len(data)} ".encode() + data)
    packed = {name: gzip.compress(data, mtime=0) for name, (data, _) in files.items()}
    return Assets(digest.hexdigest()[:10], files, packed)


def address(name: str) -> str:
    """Where a file is served.  Raises KeyError for one that is not there."""
    bundle = assets()
    if name not in bundle.files:
        raise KeyError(name)
    return desk_path(f"/assets/{bundle.version}/{name}")
