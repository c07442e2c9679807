"""A PostgreSQL server that falls over and comes back under load loses no acknowledged decision."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from l10n import project
from l10n.errors import L10nError
from tests.conftest import skip
from tests.ledger_support import decide, entries, holds, made
from workflow import ledger as ledgers

FALLS = 3
ENOUGH = 10  # decisions that are acknowledged, before a run says anything
BETWEEN = 0.6  # seconds of work


@dataclass
class Server:
    """A cluster of our own, which may be killed."""

    tools: Path
    folder: Path
    port: int
    user: list[str]

    @property
    def url(self) -> str:
        return f"postgresql://passerelle@127.0.0.1:{self.port}/postgres"

    def run(self, tool: str, *arguments: str) -> None:
        command = [*self.user, str(self.tools / tool), "-D", str(self.folder / "data"), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, timeout=60)

    def start(self) -> None:
        self.run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", self.options, "start")

    @property
    def options(self) -> str:
        return f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"

    def fall(self) -> None:
        """As after a power cut: no goodbye, and recovery when it starts again."""
        self.run("pg_ctl", "-m", "immediate", "stop")
        self.start()


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    tools = max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), default=None)
    found = shutil.which("initdb")
    if tools is None and found is None:
        skip("PostgreSQL's server programs are not installed")
    user: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        if "postgres" not in {one.pw_name for one in pwd.getpwall()}:
            skip("there is no user postgres to run a server as")
        user = ["runuser", "-u", "postgres", "--"]
        for parent in (folder, *folder.parents):
            if parent.stat().st_uid == 0 and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o011)
        shutil.chown(folder, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = Server((tools or Path(str(found))).parent, folder, port, user)
    own.run("initdb", "-A", "trust", "-U", "passerelle", "-E", "UTF8", "--no-sync")
    own.start()
    try:
        yield own
    finally:
        own.run("pg_ctl", "-m", "immediate", "stop")


@pytest.mark.slow
def test_a_server_that_falls_under_load_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "server"
    place.mkdir()
    with server(place) as own:
        monkeypatch.setenv("L10N_DATABASE_URL", own.url)
        root = tmp_path / "p"
        made(root).store.close()
        acknowledged: dict[tuple[str, str], list[str]] = {}
        refused: list[str] = []
        over = threading.Event()
        died: list[str] = []
        monkeypatch.setattr(threading, "excepthook", lambda told: died.append(repr(told.exc_value)))

        def work(name: str) -> None:
            opened = ledgers.open_ledger(project.load(root), ledgers.now)
            number = 0
            while not over.is_set():
                number += 1
                target = f"dicho {name} {number}"
                try:
                    entry = entries(opened)[number % 12]
                    if decide(opened, entry, target):
                        acknowledged.setdefault(entry.key, []).append(target)
                        continue
                except L10nError:
                    pass
                refused.append(target)
                time.sleep(0.05)
            opened.store.close()

        workers = [threading.Thread(target=work, args=(name,)) for name in "ab"]
        for worker in workers:
            worker.start()
        for _ in range(FALLS):
            time.sleep(BETWEEN)
            own.fall()
        time.sleep(BETWEEN)
        patience = time.monotonic() + 60
        while sum(map(len, list(acknowledged.values()))) <= ENOUGH and time.monotonic() < patience:
            time.sleep(0.1)
        over.set()
        for worker in workers:
            worker.join(30)
        assert not any(worker.is_alive() for worker in workers)
        assert died == []
        assert sum(map(len, acknowledged.values())) > ENOUGH
        holds(root, acknowledged)
