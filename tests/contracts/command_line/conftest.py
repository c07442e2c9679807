"""A folder with a release, and the command in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line_support import SOURCE, Run
from workflow.cli import main


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def command(*arguments: str | Path, folder: Path = tmp_path / "p") -> int:
        folder.mkdir(exist_ok=True)
        return main(["-C", str(folder), *map(str, arguments)])

    return command


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "Ouverture à Nice.md"
    path.write_text(SOURCE, "utf-8")
    return path


@pytest.fixture
def started(run: Run, source: Path) -> Run:
    assert run("init", "--locale", "fr", "--to", "es,ar", "--name", "Ports") == 0
    assert run("add", source, "--locale", "fr", "--id", "nice", "--date", "2026-09-14") == 0
    return run
