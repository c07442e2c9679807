"""Which program this is, for what is kept between runs and holds only for the same one."""

from __future__ import annotations

import sys
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path

import l10n
from l10n import disk

_TOLD = frozenset({".py", ".toml"})


def stamp() -> bytes:
    """A digest of the program (16 bytes): its Python, and what is known of its files and Babel's."""
    digest = blake2b(f"{sys.byteorder} {sys.version}".encode(), digest_size=16)
    paths = [path for path in sorted(Path(l10n.__file__).parent.rglob("*")) if path.suffix in _TOLD]
    names = find_spec("babel")
    paths += [Path(names.origin)] if names and names.origin else []
    for path in paths:
        digest.update(f"{path}\0{disk.mark(path)}\n".encode("utf-8", "surrogateescape"))
    return digest.digest()
