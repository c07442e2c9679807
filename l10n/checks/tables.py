"""The tables of words that lie beside the checks."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def table(name: str) -> dict[str, Any]:
    """What the table of a name says, read from its file."""
    return tomllib.loads(files(__name__.rpartition(".")[0]).joinpath(f"{name}.toml").read_text("utf-8"))
