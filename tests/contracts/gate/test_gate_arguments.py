"""Which catalogues are looked at, and which options are refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gate_support import GOOD, copy_demo, entry, put
from workflow.cli import main


def test_every_file_of_a_folder_is_looked_at_and_none_of_git(folder: Path) -> None:
    put(folder, "po/de.po", GOOD)
    (folder / ".git" / "refs" / "heads").mkdir(parents=True)
    (folder / ".git" / "refs" / "heads" / "update.po").write_text("0" * 40, "ascii")
    assert main(["check", "--no-cache", "."]) == 0
    put(folder, "po/FR.PO", entry("In 2024", "En 2025"), locale="fr")
    assert main(["check", "--no-cache", "."]) == 1


def test_a_file_is_looked_at_once_however_many_paths_lead_to_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, "po/a.po", entry("In 2024", "Im Jahr 2025"))
    assert main(["check", "po", "po/a.po", "./po", str(folder / "po" / "a.po")]) == 1
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 1
    assert said.err.startswith("1 catalogue,")


def test_what_its_reader_would_wait_for_is_no_catalogue(folder: Path) -> None:
    put(folder, "po/a.po", GOOD)
    os.mkfifo(folder / "po" / "pipe.po")
    (folder / "po" / "link.po").symlink_to("pipe.po")
    command = [sys.executable, "-m", "workflow.cli", "check", "po"]
    assert subprocess.run(command, timeout=30, check=False).returncode == 0


def test_without_a_project_it_asks_for_paths(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, "po/a.po", GOOD)
    assert main(["check"]) == 2
    assert "Name PO files or folders" in capsys.readouterr().err


@pytest.mark.parametrize(
    "options",
    [
        ["--format", "text=a", "--format", "json=a"],
        ["--format", "text=a", "--format", "json=./sub/../a"],
        ["--format", "sarif=po/de.po"],
        ["--format", "sarif=known.txt", "--baseline", "known.txt"],
        ["--format", "sarif=po"],
        ["--required", ""],
        ["--checks", ","],
        ["--explain", ""],
        ["--list-checks", "--format", "sarif"],
    ],
)
def test_what_makes_no_sense_or_takes_the_place_of_a_file_is_refused(
    folder: Path, options: list[str]
) -> None:
    put(folder, "po/de.po", GOOD)
    (folder / "sub").mkdir()
    (folder / "known.txt").touch()
    before = sorted((path, path.is_file() and path.read_bytes()) for path in folder.rglob("*"))
    command = [sys.executable, "-m", "workflow.cli", "check", "--no-cache", *options, "po"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr
    assert "Traceback" not in run.stderr
    assert sorted((path, path.is_file() and path.read_bytes()) for path in folder.rglob("*")) == before


def test_a_release_that_is_named_as_a_file_is_shown_how(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "digues.md").write_text("# Un titre\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["init", "--locale", "fr", "--to", "es"]) == 0
    assert main(["add", "digues.md"]) == 0
    assert main(["check", "digues"]) == 2
    assert "l10n check --release digues" in capsys.readouterr().err
    assert main(["check", "digues.po"]) == 2
    assert "digues.po" in capsys.readouterr().out


@pytest.mark.parametrize(("pattern", "code"), [("b*", 0), ("b.po", 0), ("a", 1), ("*", 1), ("c", 2)])
@pytest.mark.parametrize("project", [False, True])
def test_a_pattern_chooses_among_the_files_of_a_folder(
    folder: Path, pattern: str, code: int, *, project: bool
) -> None:
    put(folder, "po/a.po", entry("In 2024", "Im Jahr 2025"))
    put(folder, "po/b.po", entry("In 2024", "Im Jahr 2024"))
    if project:
        assert main(["init", "--locale", "en", "--to", "de"]) == 0
    assert main(["check", "po", "--release", pattern]) == code


@pytest.mark.parametrize("command", [["check"], ["check", "--no-cache"], ["check", "locales"], ["status"]])
def test_a_link_that_leads_nowhere_but_to_itself_is_told(
    folder: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    copy_demo(folder)
    path = folder / "locales" / "fr" / "LC_MESSAGES" / "heat-alerts.po"
    path.unlink()
    path.symlink_to(path)
    assert main(command) == 2
    told = capsys.readouterr()
    assert "heat-alerts.po" in told.out + told.err
    assert "cannot be read: Too many levels of symbolic links" in told.out + told.err


def test_a_folder_that_may_not_be_read_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.po", "closed/b.po"):
        put(folder, name, GOOD)
    main(["check", "."])  # which reads all that it needs of itself
    capsys.readouterr()
    folder.chmod(0o755)
    folder.joinpath("closed").chmod(0)
    user = os.geteuid()
    try:
        os.seteuid(user or 65534)
        codes = [main(["check", *paths]) for paths in (["."], ["closed"], ["closed/b.po"])]
    finally:
        os.seteuid(user)
        folder.joinpath("closed").chmod(0o755)
    assert codes == [2, 2, 2]
    told = capsys.readouterr().out
    assert told.count("closed:1: error: cannot be read: Permission denied") == 2
    assert "closed/b.po:1: error: cannot be read: Permission denied" in told
