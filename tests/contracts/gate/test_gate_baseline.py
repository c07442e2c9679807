"""What is known already fails nothing: a baseline, and what did not change since a revision."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from l10n import checks, gate
from l10n.gate import (
    CatalogueFile,
    Goals,
    LocatedFinding,
    fingerprints,
    inspect_catalogue,
)
from l10n.model import Severity
from tests.gate_support import GOOD, entry, git, put
from workflow.cli import main

NEEDS_GIT = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def test_a_baseline_lets_the_known_stand_and_shrinks(folder: Path) -> None:
    bad, worse = entry("In 2024", "Im Jahr 2025"), entry("In 2030", "Im Jahr 2031")
    put(folder, "de.po", bad)
    ask = ["check", "--baseline", "known.txt", "de.po"]
    assert main(ask) == 0
    assert "de.po: error: the source has 2024" in (folder / "known.txt").read_text("utf-8")
    put(folder, "de.po", GOOD, bad)
    assert main(ask) == 0
    put(folder, "de.po", GOOD, bad, worse)
    assert main(ask) == 1
    put(folder, "de.po", GOOD)
    assert main(ask) == 0
    assert "2024" not in (folder / "known.txt").read_text("utf-8")
    put(folder, "de.po", bad)
    assert main(ask) == 1
    (folder / "known.txt").write_text("nonsense\n", "utf-8")
    assert main(ask) == 2


@pytest.mark.parametrize(("ci", "code"), [("true", 2), ("1", 2), ("false", 0), ("", 0)])
def test_ci_writes_no_baseline_that_would_let_each_run_pass(
    folder: Path, monkeypatch: pytest.MonkeyPatch, ci: str, code: int
) -> None:
    put(folder, "de.po", entry("In 2024", "Im Jahr 2025"))
    monkeypatch.setenv("CI", ci)
    assert main(["check", "--baseline", "known", "de.po"]) == code
    assert (folder / "known").exists() == (code == 0)
    (folder / "known").write_text("# nothing\n", "utf-8")
    assert main(["check", "--baseline", "known", "de.po"]) == 1


@pytest.mark.parametrize(
    ("options", "written"),
    [
        ([], {"numbers"}),
        (["--fail-on", "warning"], {"numbers", "negation"}),
        (["--optional", "de"], set()),
    ],
)
def test_a_baseline_holds_what_can_fail_and_nothing_else(
    folder: Path, options: list[str], written: set[str]
) -> None:
    put(
        folder,
        "de.po",
        entry("In 2024", "Im Jahr 2025"),
        entry("In 2030", "Im Jahr 2031", "# l10n-ok: numbers -- counted again"),
        entry("Prices rose by 4 percent.", "Die Preise sanken um 4 Prozent."),
    )
    assert main(["check", "--baseline", "known", *options, "de.po"]) == 0
    lines = folder.joinpath("known").read_text("utf-8").splitlines()[1:]
    assert sorted(line.rpartition("[")[2].partition("]")[0] for line in lines) == sorted(written)


def test_an_older_baseline_loses_the_lines_that_cannot_fail(folder: Path) -> None:
    put(
        folder,
        "de.po",
        entry("In 2030", "Im Jahr 2031", "# l10n-ok: numbers -- counted again"),
        entry("Prices rose by 4 percent.", "Die Preise sanken um 4 Prozent."),
    )
    known = folder / "known"
    sheet = inspect_catalogue(CatalogueFile("de.po", "de.po", "de"), Goals(), checks.names())
    gate.in_baseline(known, sheet.findings, fails=lambda _remark: True)
    assert "info: " in known.read_text("utf-8")
    assert main(["check", "--baseline", "known", "de.po"]) == 0
    said = known.read_text("utf-8")
    assert "info: " not in said
    assert "warning: " in said
    assert main(["check", "--baseline", "known", "--fail-on", "warning", "de.po"]) == 0


@pytest.mark.parametrize("part", [["po/a.po"], ["po", "--checks", "dates"], ["po", "--release", "a"]])
def test_a_look_at_a_part_takes_nothing_of_the_rest_out_of_a_baseline(folder: Path, part: list[str]) -> None:
    for name in ("po/a.po", "po/b.po"):
        put(folder, name, entry("In 2024", "Im Jahr 2025"))
    assert main(["check", "po", "--baseline", "known"]) == 0
    before = folder.joinpath("known").read_text("utf-8")
    assert main(["check", *part, "--baseline", "known"]) == 0
    assert folder.joinpath("known").read_text("utf-8") == before
    put(folder, "po/b.po", entry("In 2024", "Im Jahr 2024"))
    assert main(["check", "po", "--baseline", "known"]) == 0
    assert "po/b.po" not in folder.joinpath("known").read_text("utf-8")
    folder.joinpath("po", "a.po").unlink()
    assert main(["check", "po", "--baseline", "known"]) == 0
    assert "po/a.po" not in folder.joinpath("known").read_text("utf-8")


@NEEDS_GIT
def test_only_what_changed_since_a_revision_fails(folder: Path) -> None:
    bad, worse = entry("In 2024", "Im Jahr 2025"), entry("In 2030", "Im Jahr 2031")
    put(folder, "po/de.po", bad)
    git("init", "-q")
    git("add", "po")
    git("commit", "-qm", "x")
    ask = ["check", "--changed-since", "HEAD", "po"]
    assert main(ask) == 0
    put(folder, "po/de.po", GOOD, bad)
    assert main(ask) == 0
    put(folder, "po/de.po", worse, GOOD, bad)
    assert main(ask) == 1
    put(folder, "po/de.po", GOOD, bad)
    put(folder, "po/at.po", bad)
    assert main(ask) == 1
    assert main(["check", "--changed-since=--output=x", "po"]) == 2
    assert main(["check", "--changed-since", "none", "po"]) == 2


def test_a_baseline_outlives_a_file_that_is_broken_for_a_while(folder: Path) -> None:
    path = put(folder, "po/de.po", entry("In 2024", "Im Jahr 2025"))
    command = ["check", "--no-cache", "--baseline", "known.txt", "po"]
    assert main(command) == 0
    before, text = (folder / "known.txt").read_text("utf-8"), path.read_text("utf-8")
    path.write_text(f"{text}<<<<<<< ours\n", "utf-8")
    assert main(command) == 2
    assert (folder / "known.txt").read_text("utf-8") == before
    path.write_text(text, "utf-8")
    assert main(command) == 0


def test_a_baseline_follows_a_file_that_moved_and_holds_for_one_finding_only(folder: Path) -> None:
    path = put(folder, "po/de.po", entry("In 2024", "Im Jahr 2025"))
    command = ["check", "--no-cache", "--baseline", "known.txt", "po"]
    assert main(command) == 0
    moved = path.rename(folder / "po" / "at.po")
    assert main(command) == 0
    assert "  po/at.po: error: " in (folder / "known.txt").read_text("utf-8")
    assert "po/de.po" not in (folder / "known.txt").read_text("utf-8")
    shutil.copy(moved, path)
    assert main(command) == 1


@pytest.mark.parametrize("known", ["known", "ci/known"])
def test_a_baseline_holds_wherever_the_run_begins(
    folder: Path, monkeypatch: pytest.MonkeyPatch, known: str
) -> None:
    put(folder, "po/de/a.po", entry("In 2024", "Im Jahr 2025"))
    baseline = folder / known
    assert main(["check", "--baseline", known, "po"]) == 0
    written = baseline.read_text("utf-8")
    assert main(["check", "--baseline", str(baseline), str(folder / "po")]) == 0
    monkeypatch.chdir("po")
    assert main(["check", "--baseline", f"../{known}", "."]) == 0
    assert main(["check", "--baseline", f"../{known}", "de/a.po"]) == 0
    assert baseline.read_text("utf-8") == written
    put(folder, "other/de/a.po", entry("In 2024", "Im Jahr 2025"))
    assert main(["check", "--baseline", str(baseline), str(folder / "po"), str(folder / "other")]) == 1


def test_an_older_baseline_elsewhere_learns_its_own_names_of_the_catalogues(folder: Path) -> None:
    put(folder, "po/de.po", entry("In 2024", "Im Jahr 2025"))
    sheet = inspect_catalogue(CatalogueFile("po/de.po", "po/de.po", "de"), Goals(), checks.names())
    gate.in_baseline(folder / "ci" / "known", sheet.findings)
    assert main(["check", "--baseline", "ci/known", "po"]) == 0
    assert "  ../po/de.po: error: " in (folder / "ci" / "known").read_text("utf-8")


def test_a_baseline_is_read_as_git_and_editors_leave_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(folder, "po/de.po", entry("In 2024", "Im Jahr 2025"))
    known, command = folder / "known", ["check", "--baseline", "known", "po"]
    assert main(command) == 0
    written = known.read_bytes()
    known.write_bytes(b"\xef\xbb\xbf" + written.replace(b"\n", b"\r\n"))
    path.rename(folder / "po" / "at.po")
    assert main(command) == 0
    (folder / "po" / "at.po").rename(path)
    assert main(command) == 0
    assert known.read_bytes() == written
    os.mkfifo("pipe")
    assert main([*command[:2], "pipe", "po"]) == 2
    known.write_bytes(b"<<<<<<< ours\n" + written)
    assert main(command) == 2
    assert "Keep the lines of both sides" in capsys.readouterr().err


def test_a_baseline_lets_no_more_be_missing_than_it_says(folder: Path) -> None:
    path = put(folder, "po/de.po", GOOD, entry("One port", ""), entry("Two piers", ""))
    command = ["check", "--no-cache", "--baseline", "known.txt", "--min-translated", "*=100", "po"]
    assert main(command) == 0
    text = path.read_text("utf-8")
    path.write_text(text + "\n" + entry("A quay", ""), "utf-8")
    assert main(command) == 1
    assert "2 of 3 segments" in (folder / "known.txt").read_text("utf-8")
    path.write_text(text.replace('"Two piers"\nmsgstr ""', '"Two piers"\nmsgstr "Zwei Piere"'), "utf-8")
    assert main(command) == 0
    assert "1 of 3 segments" in (folder / "known.txt").read_text("utf-8")
    path.write_text(text, "utf-8")
    assert main(command) == 1


@NEEDS_GIT
def test_what_did_not_change_is_spared_also_in_a_file_that_was_renamed_and_where_the_revision_went_on(
    folder: Path,
) -> None:
    bad = entry("In 2024", "Im Jahr 2025")
    path = put(folder, "sub/po/de.po", GOOD, bad)
    git("init", "--quiet", "--initial-branch=main")
    git("add", "--all")
    git("commit", "--quiet", "--message=start")
    git("switch", "--quiet", "--create", "topic")
    git("mv", "sub/po", "sub/other")
    assert main(["check", "--no-cache", "--changed-since", "main", "sub"]) == 0
    git("commit", "--quiet", "--message=moved")
    git("switch", "--quiet", "main")
    path.write_text(path.read_text("utf-8").replace("2025", "2024"), "utf-8")
    git("commit", "--quiet", "--all", "--message=mended")
    git("switch", "--quiet", "topic")
    assert main(["check", "--no-cache", "--changed-since", "main", "sub"]) == 0
    moved = folder / "sub" / "other" / "de.po"
    moved.write_text(moved.read_text("utf-8").replace("2025", "2026"), "utf-8")
    assert main(["check", "--no-cache", "--changed-since", "main", "sub"]) == 1


@NEEDS_GIT
def test_a_source_that_changed_without_its_catalogue_is_not_spared(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "news.md").write_text("# The office opens\n\nIt opens in May.\n", "utf-8")
    assert main(["-q", "init", "--locale", "en", "--to", "de"]) == 0
    assert main(["-q", "add", "news.md"]) == 0
    git("init", "--quiet", "--initial-branch=main")
    git("add", "--all")
    git("commit", "--quiet", "--message=start")
    command = ["check", "--no-cache", "--changed-since", "HEAD"]
    assert main(command) == 0
    source = next((folder / "releases" / "news").glob("*.md"))
    source.write_text(source.read_text("utf-8") + "\nIt closes in June.\n", "utf-8")
    assert main(command) == 1
    assert "[stale]" in capsys.readouterr().out
    git("commit", "--quiet", "--all", "--message=later")
    assert main(command) == 0


@NEEDS_GIT
def test_what_did_not_change_is_spared_in_the_hook_of_another_worktree(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, "po/de.po", GOOD, entry("In 2024", "Im Jahr 2025"))
    git("init", "--quiet", "--initial-branch=main")
    git("add", "--all")
    git("commit", "--quiet", "--message=start")
    git("worktree", "add", "--quiet", "-b", "topic", "aside")
    monkeypatch.chdir("aside")
    monkeypatch.setenv("GIT_DIR", str(folder / ".git" / "worktrees" / "aside"))
    assert main(["check", "--no-cache", "--changed-since", "HEAD", "po"]) == 0


@NEEDS_GIT
def test_line_ends_that_a_checkout_writes_are_no_change(folder: Path) -> None:
    path = put(folder, "po/de.po", GOOD)
    path.with_name(".gitattributes").write_text("*.po text eol=crlf\n", "utf-8")
    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message=start")
    path.unlink()
    git("checkout", "po")
    assert b"\r\n" in path.read_bytes()
    command = ["check", "--no-cache", "--required", "de", "--changed-since", "HEAD", "po"]
    assert main(command) == 0
    path.write_bytes(path.read_bytes() + b"\r\n# A remark.\r\n")
    assert main(command) == 1


@NEEDS_GIT
def test_catalogues_of_any_name_and_in_any_number_are_looked_up_at_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = entry("In 2024", "Im Jahr 2025")
    names = [
        "-q.po",
        "a b.po",
        "a\nb.po",
        "\udcff.po",
        "é/ø.po",
        '"de".po',
        *map("{}/de.po".format, range(9)),
    ]
    for name in names:
        put(folder, f"po/{name}", bad)
    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message=start")
    calls: list[object] = []
    run = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *args, **more: calls.append(args) or run(*args, **more))
    assert main(["check", "--no-cache", "--changed-since", "HEAD", "po"]) == 0
    assert len(calls) < len(names)


def test_names_stay_when_lines_move_and_are_never_the_same() -> None:
    one = LocatedFinding("a.po", 3, Severity.ERROR, "numbers", "x", source="In 2024")
    moved = LocatedFinding("a.po", 99, Severity.ERROR, "numbers", "x", source="In 2024")
    assert fingerprints([one]) == fingerprints([moved])
    assert len(set(fingerprints([one, moved, one]))) == 3
