"""Every table of sentences under tests/cases/segment: a line is a text, " | " where it is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from l10n import conventions
from l10n.segment import split

TABLES = Path(__file__).parent / "segment"


def cases() -> Iterator[object]:
    for table in sorted(TABLES.glob("*.txt")):
        for number, line in enumerate(table.read_text("utf-8").splitlines(), start=1):
            if line and not line.startswith("#"):
                yield pytest.param(table.stem, line, id=f"{table.stem}:{number}")


@pytest.mark.parametrize(("locale", "line"), list(cases()))
def test_sentences(locale: str, line: str) -> None:
    expected = re.split(r"\| ?", line.replace("\\n", "\n"))
    assert split("".join(expected), locale) == expected


def test_every_shipped_language_has_a_table() -> None:
    assert {table.stem for table in TABLES.glob("*.txt")} >= set(conventions.languages())
