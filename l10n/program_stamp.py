"""A stamp of the running program, for caches that are valid only for the same version of it."""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec

import l10n
from l10n import disk

_TOLD = (".py", ".toml")


@cache
def stamp() -> bytes:
    """A digest (16 bytes) of the Python version and the stamps of the program's files and of Babel.

    It is read once: a program that is replaced while it runs goes on as what it was.
    """
    digest = blake2b(f"{sys.byteorder} {sys.version}".encode(), digest_size=16)
    paths = [
        f"{folder}/{name}"
        for folder, _, names in os.walk(os.path.dirname(l10n.__file__))  # noqa: PTH120 - of hundreds of files
        for name in names
        if name.endswith(_TOLD)
    ]
    paths.sort()
    babel = find_spec("babel")
    paths += [babel.origin] if babel and babel.origin else []
    for path in paths:
        digest.update(f"{path}\0{disk.file_stamp(path)}\n".encode("utf-8", "surrogateescape"))
    return digest.digest()
