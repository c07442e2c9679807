"""Finds the line of a setting in a TOML file, for messages."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path


def line_of(path: Path, name: str, key: str) -> int:
    """The line on which a key of a table seems to be set, or the table begins; 0 when it cannot be told.

    ``name`` is that of the table, as in "history[2].text", "" for the file itself.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return 0
    start, end = 0, len(text)
    for step in _steps(name):
        start, end = _part(text, step, start, end)
    said = rf"{_named(key)}\s*[\]=.]"
    on_a_line = re.compile(rf"^[ \t]*\[*\s*{said}", re.MULTILINE).search(text, start, end)
    found = on_a_line or re.compile(rf"[{{,.\[]\s*{said}").search(text, start, end)
    at = found.start() if found else start
    return text.count("\n", 0, at) + 1 if found or name else 0


def _steps(name: str) -> list[tuple[str, int]]:
    """The tables that lead to one: its name with those around it, and which of a list it is."""
    out: list[tuple[str, int]] = []
    whole: list[str] = []
    for part in filter(None, name.split(".")):
        plain, _, number = part.partition("[")
        whole.append(plain)
        out.append((".".join(whole), int(number.rstrip("]") or 1)))
    return out


def _part(text: str, step: tuple[str, int], start: int, end: int) -> tuple[int, int]:
    """Where a table stands between two places: from its header or its line to the next; all where not."""
    name, number = step
    dotted = r"\s*\.\s*".join(map(_named, name.split(".")))
    header = re.compile(rf"^[ \t]*\[+\s*{dotted}\s*[\].]", re.MULTILINE)
    found = next(islice(header.finditer(text, start, end), number - 1, None), None)
    if found is None:
        last = _named(name.rpartition(".")[2])
        line = re.compile(rf"^[ \t]*{last}\s*=.*", re.MULTILINE).search(text, start, end)
        return line.span() if line else (start, end)
    # What is below it goes with it.
    other = re.compile(rf"^[ \t]*\[(?!\[*\s*{dotted}\s*\.)", re.MULTILINE).search(text, found.end(), end)
    return found.start(), other.start() if other else end


def _named(key: str) -> str:
    """A pattern for a key, which may have quotes."""
    return rf"[\"']?{re.escape(key)}[\"']?"
