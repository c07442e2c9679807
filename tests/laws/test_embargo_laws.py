"""No text leaves the machine unless its route says so, and none under embargo by a door not meant for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from workflow.cli import main

SOURCE = "# Un titre secret\n\nUne phrase secrète.\n"


class Listener(BaseHTTPRequestHandler):
    """A LibreTranslate on loopback that remembers who called."""

    heard: list[str]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        self.heard.append(f"{self.path} {body}")
        answer = json.dumps({"translatedText": "Una traducción."}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[tuple[str, list[str]]]:
    heard: list[str] = []
    handler = type("Heard", (Listener,), {"heard": heard})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", heard
        server.shutdown()


def pretranslated(
    tmp_path: Path, *, url: str, plan: str = "", routed: bool = True, allowed: bool = False
) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "l10n.toml").write_text(
        '[project]\nsource_locales = ["fr"]\nlocales = ["fr", "es"]\n'
        f'[routes]\n"*" = [{chr(34) + "libre" + chr(34) if routed else ""}]\n'
        f'[engines.libre]\nkind = "deep"\nprovider = "libre"\nbase_url = "{url}"\nkey = "k-1234567890"\n'
        f"embargoed = {str(allowed).lower()}\n",
        "utf-8",
    )
    release = folder / "releases" / "secret"
    release.mkdir(parents=True)
    (release / "source.md").write_text(SOURCE, "utf-8")
    (release / "release.toml").write_text(f'date = 2026-09-14\nlocale = "fr"\n{plan}', "utf-8")
    assert main(["-C", str(folder), "update"]) == 0
    assert main(["-C", str(folder), "pretranslate"]) == 0


def test_a_public_release_is_sent_where_its_route_says(
    tmp_path: Path, service: tuple[str, list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    url, heard = service
    pretranslated(tmp_path, url=url)
    assert len(heard) == 2
    said = capfd.readouterr()
    assert "k-1234567890" not in said.out + said.err


def test_without_a_route_nothing_is_sent(tmp_path: Path, service: tuple[str, list[str]]) -> None:
    url, heard = service
    pretranslated(tmp_path, url=url, routed=False)
    assert heard == []


@pytest.mark.parametrize(
    "plan", ["embargo = 2999-01-01T09:00:00+01:00\n", 'status = "draft"\n', "confidential = true\n"]
)
def test_a_release_under_embargo_is_not_sent(
    tmp_path: Path, service: tuple[str, list[str]], plan: str, capfd: pytest.CaptureFixture[str]
) -> None:
    url, heard = service
    pretranslated(tmp_path, url=url, plan=plan)
    assert heard == []
    assert "not shown to libre" in capfd.readouterr().err


def test_an_engine_that_is_allowed_sees_it(tmp_path: Path, service: tuple[str, list[str]]) -> None:
    url, heard = service
    pretranslated(tmp_path, url=url, plan="embargo = 2999-01-01T09:00:00+01:00\n", allowed=True)
    assert len(heard) == 2


def test_to_be_allowed_under_embargo_is_not_to_be_allowed_what_is_confidential(
    tmp_path: Path, service: tuple[str, list[str]]
) -> None:
    url, heard = service
    pretranslated(tmp_path, url=url, plan="confidential = true\n", allowed=True)
    assert heard == []
