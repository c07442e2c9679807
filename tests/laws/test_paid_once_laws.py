"""A run that is killed at any moment goes on where it was: nothing answered is asked again, nothing lost."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from l10n import project
from workflow.cli import main

SEGMENTS = 1000
BATCH = 25


class Counting(BaseHTTPRequestHandler):
    """A LibreTranslate that counts the texts it is asked for."""

    heard: Counter[str]

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["q"]
        self.heard.update(asked)
        data = json.dumps(
            {"translatedText": [text.replace("Le bureau", "La oficina") for text in asked]}
        ).encode()
        time.sleep(0.03)
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[tuple[str, Counter[str]]]:
    heard: Counter[str] = Counter()
    handler = type("Heard", (Counting,), {"heard": heard})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", heard
        server.shutdown()


@pytest.mark.slow
def test_a_killed_run_is_resumed_without_paying_twice(
    tmp_path: Path, service: tuple[str, Counter[str]]
) -> None:
    url, heard = service
    (tmp_path / "l10n.toml").write_text(
        '[project]\nsource_locales = ["fr"]\nlocales = ["fr", "es"]\n[routes]\n"*" = ["libre"]\n'
        f'[engines.libre]\nkind = "libretranslate"\nbase_url = "{url}"\n',
        "utf-8",
    )
    release = tmp_path / "releases" / "long"
    release.mkdir(parents=True)
    text = "\n\n".join(f"Le bureau numéro {number} ouvre." for number in range(SEGMENTS))
    (release / "source.md").write_text(text + "\n", "utf-8")
    (release / "release.toml").write_text('date = 2026-09-14\nlocale = "fr"\n', "utf-8")
    assert main(["-q", "-C", str(tmp_path), "update"]) == 0
    command = "import sys; from workflow.cli import main; sys.exit(main(sys.argv[1:]))"
    kills = 0
    for goal in (200, 600):
        running = subprocess.Popen([sys.executable, "-c", command, "-q", "-C", str(tmp_path), "pretranslate"])
        deadline = time.monotonic() + 60
        while heard.total() < goal and running.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        running.kill()
        kills += running.wait() == -9
    assert kills == 2
    assert main(["-q", "-C", str(tmp_path), "pretranslate"]) == 0
    opened = project.load(tmp_path)
    catalogue = project.read_catalogue(opened, project.release(opened, "long"), "es")
    assert catalogue is not None
    assert all(entry.target.startswith("La oficina") for entry in catalogue.live)
    assert len(heard) == SEGMENTS
    # Only what was under way at a kill, and had no answer yet, is asked for again.
    assert heard.total() <= SEGMENTS + kills * BATCH
    assert max(heard.values()) <= 1 + kills
