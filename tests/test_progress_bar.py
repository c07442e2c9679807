"""A bar on a terminal while long work runs: it counts, and leaves nothing behind."""

from __future__ import annotations

import io
import os
import pty
from collections.abc import Iterator
from contextlib import suppress

import pytest

from workflow.cli.console import progress


def test_a_terminal_sees_a_bar_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = pty.openpty()
    with os.fdopen(writer, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr("sys.stderr", terminal)
        with progress("littoral es") as show:
            show(20, 41)
            show(41, 41)
    shown = "".join(_read_to_the_end(reader))
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


def _read_to_the_end(reader: int) -> Iterator[str]:
    """What a terminal was sent; once its other side is closed, Linux says so with an error."""
    with os.fdopen(reader, "rb", buffering=0) as screen, suppress(OSError):
        while data := screen.read(4096):
            yield data.decode()
