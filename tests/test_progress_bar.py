"""A bar on a terminal while long work runs: it counts, and leaves nothing behind."""

from __future__ import annotations

import io
import os
import pty

import pytest

from workflow.cli.console import progress


def test_a_terminal_sees_a_bar_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = pty.openpty()
    with os.fdopen(writer, "w", encoding="utf-8") as terminal, os.fdopen(reader, "rb", buffering=0) as screen:
        monkeypatch.setattr("sys.stderr", terminal)
        with progress("littoral es") as show:
            show(20, 41)
            show(41, 41)
        terminal.flush()
        shown = os.read(screen.fileno(), 65536).decode()
    assert "littoral es" in shown
    assert "20/41" in shown
    assert "41/41" in shown
    assert shown.endswith("\x1b[A\x1b[2K"), "the line of the bar is erased"


@pytest.mark.parametrize("quiet", [False, True])
def test_a_file_sees_nothing(monkeypatch: pytest.MonkeyPatch, *, quiet: bool) -> None:
    log = io.StringIO()
    monkeypatch.setattr("sys.stderr", log)
    with progress("littoral es", quiet=quiet) as show:
        show(1, 2)
    assert log.getvalue() == ""
