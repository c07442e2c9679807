"""The tables of words that lie beside the checks."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any


def table(name: str) -> dict[str, Any]:
    """What the table of a name says, read from its file."""
    return tomllib.loads(lying(f"{name}.toml").read_text("utf-8"))


def lying(*path: str) -> Path:
    """Where a file beside the checks is.

    `importlib.resources` would say the same, and cost more than all the tables of a language.
    """
    return Path(__file__).parent.joinpath(*path)
