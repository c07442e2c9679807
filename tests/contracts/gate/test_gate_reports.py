"""What is printed, in every form of report, and what a program sees that nobody reads from."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from l10n import project
from l10n.gate import (
    REPORTS,
    CatalogueReport,
    LocatedFinding,
    judge,
)
from l10n.model import Severity
from tests.gate_support import DEMO, GOOD, entry, environment, put
from workflow.cli import main


def test_a_dash_is_the_output(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, "a.po", GOOD)
    assert main(["check", "a.po", "--format", "json=-"]) == 0
    assert json.loads(capsys.readouterr().out)["failed"] is False
    assert main(["check", "a.po", "--format", "json=-", "--format", "text"]) == 2
    assert not (folder / "-").exists()


@pytest.mark.parametrize("language", ["C", "fr_FR.UTF-8"])
@pytest.mark.parametrize("command", ["extract", "merge", "add", "check", "publish"])
def test_a_terminal_obeys_no_name_of_a_file(
    folder: Path,
    command: str,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LC_ALL", language)
    name = "a\x1b[31m\n::error::b\u202ec\u2067\x9b2J.xyz"
    monkeypatch.chdir(project.create(folder / "p", name="p", source_locale="fr", locales=("es",)).root)
    if command == "publish":
        Path("l10n.toml").write_text('["a\\u001b[31m\\n::error::b\\u202ec\\u2067\\u009b2J.xyz"]\n', "utf-8")
    assert main([command, *{"merge": [name, name], "publish": []}.get(command, [name])]) == 2
    said = "".join(capsys.readouterr())
    assert r"a\x1b[31m\x0a::error::b\u202ec\u2067\x9b2J.xyz" in said
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]|^::", said, re.MULTILINE)


@pytest.mark.parametrize("name", REPORTS.names())
def test_a_name_of_any_bytes_is_told_in_every_form(folder: Path, name: str) -> None:
    path = put(folder, "po/de.po", entry("In 2024", "Im Jahr 2025"))
    path.rename(os.fsdecode(b"po/\x1b[31m\xff\n.po"))
    command = [sys.executable, "-m", "workflow.cli", "check", "--no-cache", "--format", name, "po"]
    ours = environment(PYTHONIOENCODING="utf-8:strict")
    run = subprocess.run(command, env=ours, capture_output=True, check=False)
    assert run.returncode == 1, run.stderr
    told = run.stdout.decode("utf-8")
    if name in {"text", "github"}:
        assert told.count("\n") == 1
        assert "\x1b" not in told
    if name == "text":
        assert told.startswith("po/\\x1b[31m\\xff\\x0a.po:7: error: ")
    if name == "sarif":
        assert '"uri": "po/%1B%5B31m%FF%0A.po"' in told


HOSTILE = LocatedFinding(
    "a b/%,:\n.po",
    3,
    Severity.ERROR,
    "numbers",
    "a\r\nb\x0b]]> <x> & ::error::%0A \ud800",
    "de",
    "r",
    "",
    "s",
    "t",
)


@pytest.mark.parametrize("name", REPORTS.names())
def test_every_report_holds_anything_and_says_the_same_twice(name: str) -> None:
    more = (
        LocatedFinding("c.po", 1, Severity.WARNING, "stale", "x"),
        LocatedFinding("c.po", 9, Severity.INFO, "spacing", "y"),
    )
    verdict = judge(
        [CatalogueReport("c.po", "de")],
        (HOSTILE, HOSTILE, *more),
        serious=frozenset({Severity.ERROR}),
        optional=frozenset(),
    )
    told = REPORTS.get(name).text(verdict)
    assert told == REPORTS.get(name).text(verdict)
    assert told.endswith("\n")
    if name in {"text", "github"}:
        assert len(told.splitlines()) >= 4
    if name == "github":
        lines = told.split("\n")[:-1]
        assert len(lines) == 4
        assert all(line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in lines)
    if name in {"json", "sarif", "gitlab"}:
        json.loads(told)
    if name == "junit":
        root = ET.fromstring(told.encode("utf-8", "replace"))  # noqa: S314 - our own
        assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "1", "0")


def test_the_page_about_the_checks_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--list-checks", "--format", "markdown"]) == 0
    assert capsys.readouterr().out == (DEMO / "docs" / "checks.md").read_text("utf-8")


def test_a_gate_whose_verdict_nobody_heard_has_not_passed(folder: Path) -> None:
    put(folder, "a.po", *(entry(f"In {year}", f"Im Jahr {year}") for year in range(1000, 1900)))
    command = [sys.executable, "-m", "workflow.cli", "check", "a.po", "--format", "json"]
    ours = environment(PYTHONUNBUFFERED="")
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, cwd=folder, env=ours, check=False, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("name", REPORTS.names())
def test_a_terminal_of_another_charset_gets_every_report(folder: Path, name: str) -> None:
    put(folder, "é.po", entry("In 2024", "Im Jahr 2025 für alle"))
    command = [sys.executable, "-m", "workflow.cli", "check", "--no-cache", "--format", name, "é.po"]
    ours = environment(PYTHONIOENCODING="ascii:strict")
    run = subprocess.run(command, env=ours, capture_output=True, check=False)
    assert run.returncode == 1, run.stderr
    told = run.stdout.decode("utf-8")
    assert ("\\xe9.po" if name == "text" else "é.po") in told or '"uri": "%C3%A9.po"' in told


@pytest.mark.parametrize("encoding", ["ascii:strict", "latin-1:strict"])
def test_json_of_a_command_is_json_in_any_charset(folder: Path, encoding: str) -> None:
    put(folder, "é.po", entry("In 2024", "Im Jahr 2025 für alle"))
    command = [sys.executable, "-m", "workflow.cli", "check", "--no-cache", "--json", "é.po"]
    run = subprocess.run(
        command, env=environment(PYTHONIOENCODING=encoding), capture_output=True, check=False
    )
    assert json.loads(run.stdout.decode("utf-8"))["findings"][0]["path"] == "é.po", run.stderr
