"""Which program this is, for what is kept between runs and holds only for the same one."""

from __future__ import annotations

import sys
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import l10n


def stamp() -> bytes:
    """A digest of the program: its version, and the sizes and times of its files (16 bytes)."""
    digest = blake2b(sys.byteorder.encode(), digest_size=16)
    try:
        digest.update(version("passerelle").encode())
    except PackageNotFoundError:
        digest.update(b"?")
    root = Path(l10n.__file__).parent
    for path in sorted(root.rglob("*")):
        if path.suffix in {".py", ".toml"}:
            seen = path.stat()
            digest.update(f"{path}\0{seen.st_size}\0{seen.st_mtime_ns}".encode("utf-8", "surrogateescape"))
    return digest.digest()
