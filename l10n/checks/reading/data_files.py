"""Read the data files of the checks: word lists in TOML, names in TSV."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import tomli


@cache
def table(name: str) -> dict[str, Any]:
    """What the table of a name says, read from its file once: several expressions are made of one."""
    return tomli.loads(data_path(f"{name}.toml").read_text("utf-8"))


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a table whose columns are languages, the line that names them first."""
    return tuple(tuple(line.split("\t")) for line in data_path(f"{name}.tsv").read_text("utf-8").splitlines())


@cache
def column(name: str, language: str) -> dict[str, str]:
    """What such a table has in a language, by the first cell of each line; nothing where it is empty."""
    languages, *lines = rows(name)
    if language not in languages[1:]:
        return {}
    at = languages.index(language)
    return {row[0]: row[at] for row in lines if row[at]}


def data_path(*path: str) -> Path:
    """The path of a data file of the checks.

    `importlib.resources` would say the same, and cost more than all the tables of a language.
    """
    return Path(__file__).parent.parent.joinpath("data", *path)
