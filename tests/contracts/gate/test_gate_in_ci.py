"""What CI systems are given: the steps of the action run, the table and the badge say what is true."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

from workflow.cli import main
from workflow.cli.status import badge

ROOT = Path(__file__).parents[3]
BAD = (
    'msgid ""\nmsgstr "Language: de\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
    'msgid "In 2024"\nmsgstr "Im Jahr 2025"\n'
)


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_the_github_action_runs_the_gate(tmp_path: Path) -> None:
    (tmp_path / "po dir").mkdir()
    (tmp_path / "po dir" / "de.po").write_text(BAD, "utf-8")
    action = (ROOT / "ci" / "github" / "action.yml").read_text("utf-8")
    step = textwrap.dedent(action.rpartition("run: |\n")[2])
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "ARGUMENTS": "--min-translated de=100",
        "PATHS": "po dir\n",
    }
    run = subprocess.run(
        ["bash", "-c", step], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 1, run.stderr
    assert run.stdout.startswith("::error file=po dir/de.po,line=4,title=numbers::")
    assert (tmp_path / "l10n.sarif").is_file()


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("", 0),
        ("--min-translated de=100", 1),
        ("--checks none\n--min-translated de=100\n", 1),
        ("--release 'd*'  --min-translated\tde=100", 1),
        ("--release d* --min-translated de=100", 1),
        ("--release 'f*'", 2),
        ("--min-translated 'de=100", 1),
    ],
)
def test_all_lines_and_quotes_of_the_arguments_of_the_action_count(
    tmp_path: Path, arguments: str, code: int
) -> None:
    po = BAD.replace("Im Jahr 2025", "")
    for name in ("de.po", "d.txt"):
        (tmp_path / name).write_text(po, "utf-8")
    action = yaml.safe_load((ROOT / "ci" / "github" / "action.yml").read_text("utf-8"))
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "ARGUMENTS": arguments,
        "PATHS": ".",
    }
    step = action["runs"]["steps"][1]["run"]
    # As GitHub calls it, https://docs.github.com/actions/reference/workflow-syntax#exit-codes
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step]
    run = subprocess.run(shell, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == code, run.stdout + run.stderr


@pytest.mark.parametrize("name", ["github", "gitlab", "sarif"])
@pytest.mark.parametrize("place", ["po/de.po", "whole", "inside"])
def test_a_forge_is_told_paths_from_the_root_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: str, name: str
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "sub" / "po").mkdir(parents=True)
    (tmp_path / "sub" / "po" / "de.po").write_text(BAD, "utf-8")
    monkeypatch.chdir(tmp_path / "sub")
    path = {"whole": str(tmp_path / "sub"), "inside": "."}.get(place, place)
    assert main(["check", "--no-cache", "--format", name, path]) == 1
    told = capsys.readouterr().out
    assert any(sign + "sub/po/de.po" in told for sign in ('"', "file="))


def test_a_forge_is_told_of_a_project_below_the_root_of_the_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".git").mkdir()
    root = tmp_path / "press"
    root.mkdir()
    assert main(["-q", "-C", str(root), "init", "--locale", "en", "--to", "de"]) == 0
    assert main(["-C", str(root), "check", "--format", "github", "--required", "de"]) == 1
    assert "file=press/l10n.toml," in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("asked_for", "installed"), [("", str(ROOT)), ("passerelle==1.2", "passerelle==1.2")]
)
def test_the_github_action_installs_the_program_it_came_with(asked_for: str, installed: str) -> None:
    action = yaml.safe_load((ROOT / "ci" / "github" / "action.yml").read_text("utf-8"))
    assert action["inputs"]["package"]["default"] == ""
    what = action["runs"]["steps"][0]["run"].removeprefix("python3 -m pip install --quiet ")
    environment = {"PACKAGE": asked_for, "GITHUB_ACTION_PATH": str(ROOT / "ci" / "github")}
    told = subprocess.run(["bash", "-c", f"echo {what}"], env=environment, capture_output=True, check=True)
    assert told.stdout.decode().strip().replace("/ci/github/../..", "") == installed


def test_the_gitlab_template_runs_the_gate_with_the_arguments_of_whoever_includes_it(tmp_path: Path) -> None:
    (tmp_path / "de.po").write_text(BAD, "utf-8")
    (tmp_path / "da").touch()
    template = yaml.safe_load((ROOT / "ci" / "gitlab" / "l10n.yml").read_text("utf-8"))
    job = template["l10n"]
    # A pipeline's own variables go before those of what it includes, and those of a job before both.
    including = {"L10N_ARGUMENTS": "--release d* --min-translated de=100 ."}
    variables = template["variables"] | including | job.get("variables", {})
    environment = {**os.environ, **variables, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    install, *check = job["script"]
    assert "pip install" in install
    run = subprocess.run(
        ["sh", "-ec", "\n".join(check)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stderr
    assert "de.po:4: error: " in run.stdout
    reports = job["artifacts"]["reports"]
    assert all((tmp_path / name).is_file() for name in reports.values())
    assert set(reports) == {"codequality", "junit"}


def test_the_hook_calls_the_gate() -> None:
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    # Options of one's own stand in the place of the dashes, which would make paths of them.
    assert 'entry: l10n check\n  args: ["--"]\n' in hook
    assert "require_serial: true\n" in hook


@pytest.mark.parametrize(("done", "total", "said"), [(0, 0, "0 %"), (199, 200, "99 %"), (5, 5, "100 %")])
def test_the_badge_never_rounds_up(done: int, total: int, said: str) -> None:
    root = ET.fromstring(badge(done, total))  # noqa: S314 - our own
    assert root.get("aria-label") == f"approved: {said}"


def test_status_as_a_table_of_markdown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(ROOT), "status", "--format", "markdown", "--badge", str(tmp_path / "b.svg")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    assert all(line.startswith("| ") and line.endswith(" |") for line in lines)
    drawn = (tmp_path / "b.svg").read_text("utf-8")
    assert drawn.startswith("<svg ")
    assert main(["-C", str(ROOT), "status", "--badge", "-"]) == 0
    assert capsys.readouterr().out == drawn


@pytest.mark.parametrize("place", ["news room", "a/b"])
def test_a_file_named_from_above_its_project_is_checked_as_the_projects_own(
    tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / place
    monkeypatch.chdir(tmp_path)
    assert main(["init", "--locale", "en", "--to", "fr", str(root)]) == 0
    (tmp_path / "port.md").write_text("The port opens on Monday.\n", "utf-8")
    assert main(["-C", str(root), "add", "port.md"]) == 0
    (root / "releases/port/source.md").write_text("The port opens on Tuesday.\n", "utf-8")
    (tmp_path / "fr.po").write_text(BAD.replace("Language: de", "Language: fr"), "utf-8")
    capsys.readouterr()
    own = f"{place}/locales/fr/LC_MESSAGES/port.po"
    assert main(["check", "--", own, "fr.po"]) == 1
    out = capsys.readouterr().out
    assert f"{own}:1: error: out of step with its source" in out
    assert "fr.po:4: error: the source has 2024" in out
