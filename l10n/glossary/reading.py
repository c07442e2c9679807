"""Reads a glossary from its files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from l10n.glossary import csv_table
from l10n.glossary.collection import Glossary, Inflection


def read(paths: Iterable[str | Path], *, inflection: Inflection | None = None) -> Glossary:
    """Read the glossary in CSV files.

    Raises ConfigError, with file and line, for a file that cannot be read, a wrong header and
    a row that makes no sense.
    """
    entries = (
        term for path in map(Path, paths) for term in csv_table.checked(csv_table.read(path), path=str(path))
    )
    return Glossary(tuple(entries), inflection)
