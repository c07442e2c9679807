"""What each engine and route would do, told without sending any text."""

from __future__ import annotations

import datetime as dt
import json
import socket
import threading
from contextlib import closing
from pathlib import Path

import pytest

from l10n import project
from l10n.engines.limits import Limits
from workflow import ledger
from workflow.cli import main
from workflow.engine_records import StoredRecords
from workflow.store.database import DatabaseStore

NOW = dt.datetime(2026, 9, 14, 9, tzinfo=dt.UTC)

PROJECT = """[project]
source_locales = ["fr"]
locales = ["es", "vo"]

[routes]
"*" = ["near", "far", "broken", "copy"]
domain.legal."*" = ["far via en"]

[engines.near]
kind = "libretranslate"
base_url = "http://127.0.0.1:{port}"

[engines.far]
kind = "deepl"
key = "verysecret:fx"
base_url = "http://127.0.0.1:{closed}"

[engines.broken]
kind = "libretranslate"
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def heard() -> list[bytes]:
    return []


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heard: list[bytes]) -> Path:
    """A project beside a service that writes down all it is told."""
    monkeypatch.delenv("DEEPL_API_KEY", raising=False)
    listener = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        with closing(listener):
            while True:
                talk, _ = listener.accept()
                with closing(talk):
                    heard.append(talk.recv(1000))

    threading.Thread(target=listen, daemon=True).start()
    (tmp_path / "l10n.toml").write_text(
        PROJECT.format(port=listener.getsockname()[1], closed=free_port()), "utf-8"
    )
    (tmp_path / "source.md").write_text("# Un secret\n\nNe le dites à personne.\n", "utf-8")
    found = project.load(tmp_path)
    release = project.add(
        found,
        tmp_path / "source.md",
        release_id="secret",
        locale="fr",
        locales=("es", "vo"),
        date=dt.date(2026, 9, 14),
    )
    plan = release.folder / "release.toml"
    plan.write_text(plan.read_text("utf-8") + "confidential = true\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_it_tells_what_runs_what_answers_and_what_is_held_back(
    capsys: pytest.CaptureFixture[str], heard: list[bytes]
) -> None:
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "near (libretranslate): ready, texts go to 127.0.0.1:" in out
    far = next(line for line in out.splitlines() if line.startswith("  far"))
    assert "cannot be reached (Connection refused)" in far
    assert "verysecret" not in out
    assert "  secret is not shown to far" in out
    assert "  fr to es: near, then far" in out
    assert "  fr to es, confidential: near, then broken, then copy; far: far may not see it" in out
    assert "  fr to es, legal: far via en" in out
    assert b"".join(heard) == b""
    assert main(["doctor", "--json", "--offline"]) == 0
    told = json.loads(capsys.readouterr().out)
    pairs = {(one["source"], one["target"]): one["ready"] for one in told["routes"] if not one["when"]}
    assert "far" in pairs["fr", "es"]
    assert "far" not in pairs["fr", "vo"]
    assert all(one["unreached"] == "" for one in told["engines"])


@pytest.fixture
def budgeted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose engine was paid for 1,200 characters yesterday and 800 today."""
    (tmp_path / "l10n.toml").write_text(
        '[project]\nsource_locales = ["fr"]\nlocales = ["es"]\n\n[routes]\n"*" = ["paid"]\n\n[engines.paid]\n'
        'kind = "libretranslate"\nbase_url = "http://127.0.0.1:9"\n'
        "characters_per_day = 1000\ncharacters_per_month = 40_000\n",
        "utf-8",
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ledger, "now", lambda: NOW)
    opened = ledger.open_ledger(project.load(tmp_path), ledger.now)
    assert isinstance(opened.store, DatabaseStore)
    records = StoredRecords(opened.store)
    records.reserve("paid", 1200, Limits(), NOW.date() - dt.timedelta(days=1))
    records.reserve("paid", 800, Limits(), NOW.date())
    return tmp_path


@pytest.mark.usefixtures("budgeted")
def test_it_tells_what_was_spent_of_each_budget(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--offline"]) == 0
    (paid,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  paid")]
    assert paid.endswith("; 800 of 1,000 characters today; 2,000 of 40,000 characters this month")
