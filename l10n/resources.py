"""Files that ship with the program: templates, the interface's catalogues, the demo."""

from __future__ import annotations

from pathlib import Path


def folder(name: str) -> Path:
    """The folder ``name``, as it lies in a checkout or inside an installed wheel."""
    packaged = Path(__file__).parent / "_data" / name
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / name
