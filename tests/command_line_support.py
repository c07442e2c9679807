"""The release that tests of the command line begin with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from l10n import catalogue as po
from l10n.model import State

SOURCE = "# Un titre\n\nUne phrase ici. Il y a 12 ports.\n\n- Voir [le site](https://www.example.org/fr)\n"
Run = Callable[..., int]


def catalogue(tmp_path: Path, locale: str = "es") -> Path:
    """The catalogue of the release."""
    return tmp_path / "p" / "locales" / locale / "LC_MESSAGES" / "nice.po"


def approve_all(path: Path, translate: Callable[[str], str] = lambda source: f"[{source}]") -> None:
    """Every entry of a catalogue with a target, reviewed."""
    read = po.read(path)
    entries = tuple(
        replace(e, target=translate(e.source), state=State.REVIEWED, actor="k2zs6gfa") for e in read.entries
    )
    po.write(replace(read, entries=entries), path)
