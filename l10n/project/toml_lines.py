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
    key_pattern = rf"{_named(key)}\s*[\]=.]"
    on_a_line = re.compile(rf"^[ \t]*\[*\s*{key_pattern}", re.MULTILINE).search(text, start, end)
    match = on_a_line or re.compile(rf"[{{,.\[]\s*{key_pattern}").search(text, start, end)
    at = match.start() if match else start
    return text.count("\n", 0, at) + 1 if match or name else 0


def _steps(name: str) -> list[tuple[str, int]]:
    """The tables that lead to one: its name with those around it, and which of a list it is."""
    steps: list[tuple[str, int]] = []
    names: list[str] = []
    for part in filter(None, name.split(".")):
        plain, _, number = part.partition("[")
        names.append(plain)
        steps.append((".".join(names), int(number.rstrip("]") or 1)))
    return steps


def _part(text: str, step: tuple[str, int], start: int, end: int) -> tuple[int, int]:
    """Where a table stands between two places: from its header or its line to the next; all where not."""
    name, number = step
    dotted = r"\s*\.\s*".join(map(_named, name.split(".")))
    header = re.compile(rf"^[ \t]*\[+\s*{dotted}\s*[\].]", re.MULTILINE)
    header_match = next(islice(header.finditer(text, start, end), number - 1, None), None)
    if header_match is None:
        last = _named(name.rpartition(".")[2])
        line = re.compile(rf"^[ \t]*{last}\s*=.*", re.MULTILINE).search(text, start, end)
        return line.span() if line else (start, end)
    # What is below it goes with it.
    next_header = re.compile(rf"^[ \t]*\[(?!\[*\s*{dotted}\s*\.)", re.MULTILINE).search(
        text, header_match.end(), end
    )
    return header_match.start(), next_header.start() if next_header else end


def _named(key: str) -> str:
    """A pattern for a key, which may have quotes."""
    return rf"[\"']?{re.escape(key)}[\"']?"
