"""A run that is killed at any moment goes on where it was: nothing answered is asked again, nothing lost."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from l10n import project
from l10n.model import Catalogue
from tests.engines_support import SERVICES, Loopback, running, send
from workflow.cli import main

SEGMENTS = 1000
BATCH = 25
PATIENCE = 180.0  # seconds; a killed worker's job is free again after half a minute
COMMAND = "import sys; from workflow.cli import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def service() -> Iterator[Loopback]:
    def slowly(handler: BaseHTTPRequestHandler, data: bytes) -> None:
        time.sleep(0.03)
        send(handler, data)

    with running(SERVICES["libretranslate"]) as server:
        server.translate = lambda text: text.replace("Le bureau", "La oficina")
        server.send = slowly
        yield server


def long_release(folder: Path, service: Loopback, database: str = "") -> None:
    (folder / "l10n.toml").write_text(
        '[project]\nsource_locales = ["fr"]\nlocales = ["fr", "es"]\n[routes]\n"*" = ["libre"]\n'
        '[engines.libre]\nkind = "libretranslate"\n'
        f'base_url = "http://127.0.0.1:{service.server_port}"\n'
        + (f'[ledger]\ndatabase = "{database}"\n' if database else ""),
        "utf-8",
    )
    release = folder / "releases" / "long"
    release.mkdir(parents=True)
    text = "\n\n".join(f"Le bureau numéro {number} ouvre." for number in range(SEGMENTS))
    (release / "source.md").write_text(text + "\n", "utf-8")
    (release / "release.toml").write_text('date = 2026-09-14\nlocale = "fr"\n', "utf-8")
    assert main(["-q", "-C", str(folder), "update"]) == 0


def catalogue(folder: Path) -> Catalogue:
    opened = project.load(folder)
    found = project.read_catalogue(opened, project.release(opened, "long"), "es")
    assert found is not None
    return found


@contextmanager
def started(folder: Path, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", COMMAND, "-q", "-C", str(folder), *command])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(condition: Callable[[], bool], process: subprocess.Popen[bytes], *, every: float = 0.005) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(every)


def kill_at(folder: Path, service: Loopback, texts: int, *command: str) -> None:
    """Kill a command once the service was asked for so many texts."""
    with started(folder, *command) as process:
        until(lambda: len(service.heard()) >= texts, process)
        process.kill()
        assert process.wait() == -signal.SIGKILL


def nothing_lost_and_nothing_asked_twice(folder: Path, service: Loopback, *, kills: int) -> None:
    assert all(entry.target.startswith("La oficina") for entry in catalogue(folder).live)
    heard = Counter(service.heard())
    assert len(heard) == SEGMENTS
    # Only what was under way at a kill, and had no answer yet, is asked for again.
    assert heard.total() <= SEGMENTS + kills * BATCH
    assert max(heard.values()) <= 1 + kills


@pytest.mark.slow
def test_a_killed_run_is_resumed_without_paying_twice(tmp_path: Path, service: Loopback) -> None:
    long_release(tmp_path, service)
    kill_at(tmp_path, service, 200, "pretranslate")
    kill_at(tmp_path, service, 600, "pretranslate")
    assert main(["-q", "-C", str(tmp_path), "pretranslate"]) == 0
    nothing_lost_and_nothing_asked_twice(tmp_path, service, kills=2)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_a_killed_worker_is_followed_by_another_without_paying_twice(
    kind: str, tmp_path: Path, service: Loopback, request: pytest.FixtureRequest
) -> None:
    database = request.getfixturevalue("postgresql_url") if kind == "postgresql" else ""
    long_release(tmp_path, service, database)
    assert main(["-q", "-C", str(tmp_path), "jobs", "run", "--enqueue"]) == 0
    kill_at(tmp_path, service, 500, "worker")
    with started(tmp_path, "worker") as process:
        until(lambda: all(entry.target for entry in catalogue(tmp_path).live), process, every=0.5)
        process.terminate()
        assert process.wait(PATIENCE) == 0
    nothing_lost_and_nothing_asked_twice(tmp_path, service, kills=1)
