"""What holds for every command: help, options, what is told of a mistake."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import tomli

from l10n import project
from tests.command_line_support import Run
from workflow import cli
from workflow.cli import main

COMMANDS = tuple(cli._COMMANDS)  # noqa: SLF001 - the table itself


def test_help_shows_every_command_and_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(["--help"])
    assert raised.value.code == 0
    said = capsys.readouterr().out
    for command in COMMANDS:
        assert re.search(rf"^ +{command}\s+[a-z]", said, re.MULTILINE)
    assert "Example: l10n init" in said


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main([command, "--help"])
    assert raised.value.code == 0
    assert f"Example: l10n {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["add"], ["status", "--nonsense"], ["check", "--fail-on", "x"]]
)
def test_wrong_usage_exits_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    assert raised.value.code == 2


def test_an_unknown_option_is_told_with_the_usage_of_its_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["people", "link", "ana", "--port", "3"])
    said = capsys.readouterr().err
    assert said.startswith("usage: l10n people ")
    assert "unrecognized arguments: --port 3" in said
    assert said.endswith("\n  l10n people -h explains it\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ad", "one.md"], "argument COMMAND: there is no 'ad'; did you mean 'add'?"),
        (["history", "nice", "retract"], "error: there is no 'retract'; did you mean 'retracted'?"),
        (["check", "--fail-on", "x"], "argument --fail-on: there is no 'x'; choose from error, warning"),
        (["people", "lnk"], "there is no 'lnk'; did you mean 'link'?"),
    ],
)
def test_a_misspelt_choice_is_told_with_the_likely_one(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    assert told in capsys.readouterr().err


def test_words_may_stand_behind_options(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n", "utf-8")
    assert started("add", tmp_path / "one.md", "--locale", "fr", tmp_path / "two.md") == 0
    assert (tmp_path / "p" / "releases" / "two" / "release.toml").exists()
    assert started("history", "nice", "withdrawn", "--locale", "es", "Une erreur.") == 0
    capsys.readouterr()
    assert started("history", "nice", "--json") == 0
    (event,) = json.loads(capsys.readouterr().out)
    assert (event["what"], event["note"]) == ("withdrawn", "Une erreur.")
    with pytest.raises(SystemExit):
        started("history", "nice", "withdrawn", "--locale", "es", "One.", "Two.")


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_without_anywhere_to_tell_it_the_work_is_done(tmp_path: Path, closed: str) -> None:
    command = f'exec {sys.executable} -m workflow.cli -C "$0" update {closed}'
    before = project.load(tmp_path / "p").settings
    done = subprocess.run(["sh", "-c", command, tmp_path / "p"], capture_output=True, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert project.load(tmp_path / "p").settings == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
def test_a_full_disk_is_told_once() -> None:
    command = f"exec {sys.executable} -m workflow.cli check --list-checks >/dev/full"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert (done.returncode, b"Exception" in done.stderr) == (2, False)
    assert b"Make room on the disk" in done.stderr


def test_an_interruption_while_the_program_is_loaded_is_quiet() -> None:
    program = (
        "import os, signal, sys; from workflow.start import main\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'workflow.cli':\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupting()); main()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (-signal.SIGINT, b"")


@pytest.mark.parametrize("columns", ["1", "20", "9" * 5000, "-3"])
def test_help_is_told_in_a_terminal_of_any_width(columns: str) -> None:
    command = [sys.executable, "-m", "workflow.cli", "update", "--help"]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "COLUMNS": columns})
    assert (done.returncode, done.stderr) == (0, b"")


def test_outside_a_project_it_says_how_to_start_one(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("status") == 2
    assert "l10n init" in capsys.readouterr().err


@pytest.mark.parametrize("asked", [["--to", "es,ar"], ["--to", "es", "--to", "ar"], ["--to", " es, ar,"]])
def test_values_stand_with_commas_between_or_are_given_again(
    run: Run, tmp_path: Path, asked: list[str]
) -> None:
    assert run("init", "--locale", "fr", *asked) == 0
    assert tomli.loads((tmp_path / "p" / "l10n.toml").read_text("utf-8"))["project"]["locales"] == [
        "fr",
        "es",
        "ar",
    ]


def test_a_mistyped_setting_is_named_with_its_line(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "p" / "releases" / "nice" / "release.toml"
    plan.write_text(plan.read_text("utf-8") + 'statsu = "draft"\n', "utf-8")
    assert started("status") == 2
    said = capsys.readouterr().err
    assert "release.toml:" in said
    assert "statsu" in said
