"""What stands where a file or a folder should be is told in words, and stays where it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from workflow.cli import main

CATALOGUE = "locales/es/LC_MESSAGES/tanger.po"


def folder_for_file(path: Path) -> None:
    path.unlink()
    path.mkdir()


def file_for_folder(path: Path) -> None:
    shutil.rmtree(path)
    path.write_text("x", "utf-8")


def loop(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    path.symlink_to(path.name)


OBSTACLES: Mapping[str, tuple[str, Callable[[Path], None]]] = {
    "a folder for a catalogue": (CATALOGUE, folder_for_file),
    "a link of a catalogue to itself": (CATALOGUE, loop),
    "a link of a release to itself": ("releases/tanger", loop),
    "a file for the catalogues": ("locales", file_for_folder),
    "a link of the catalogues to itself": ("locales", loop),
}
COMMANDS = (
    "update",
    "status",
    "check",
    "publish",
    "pretranslate --engine copy",
    "memory search Merci --to es",
)


@pytest.mark.parametrize("obstacle", OBSTACLES)
@pytest.mark.parametrize("command", COMMANDS)
def test_an_obstacle_is_told_and_left_alone(
    tmp_path: Path, desk_project: Path, command: str, obstacle: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(desk_project, tmp_path / "desk")
    root = tmp_path / "desk" / "p"
    name, put = OBSTACLES[obstacle]
    put(root / name)
    before = (root / name).lstat().st_ino
    code = main(["-C", str(root), *command.split()])
    said = "".join(capsys.readouterr())
    assert code in {0, 1, 2}
    assert "Traceback" not in said
    assert code == 0 or said
    assert (root / name).lstat().st_ino == before


@pytest.mark.parametrize("command", ["extract {} --locale en", "add {} --locale en"])
@pytest.mark.parametrize(
    ("leads", "said"),
    [
        ("gone/away.md", "No such file or directory\n  It is a link to gone/away.md: mend the link"),
        ("page.md", "Too many levels of symbolic links\n  It is a link to page.md: mend the link"),
        ("", "No such file or directory\n  Check the spelling of its name"),
    ],
)
def test_a_link_that_leads_nowhere_is_told_with_where_it_should_lead(
    tmp_path: Path,
    desk_project: Path,
    command: str,
    leads: str,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copytree(desk_project, tmp_path / "desk")
    page = tmp_path / "page.md"
    if leads:
        page.symlink_to(leads)
    assert main(["-C", str(tmp_path / "desk" / "p"), *command.format(page).split()]) == 2
    assert f"{page}: cannot be read: {said}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("put", "remedy"),
    [
        (lambda ledger: ledger.write_text("x" * 5000, "utf-8"), "Move it away; it is made again"),
        (lambda ledger: ledger.mkdir(), "Check who may write to it and to its folder"),
    ],
)
def test_only_a_ledger_that_is_none_is_to_be_moved_away(
    tmp_path: Path,
    desk_project: Path,
    put: Callable[[Path], object],
    remedy: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copytree(desk_project, tmp_path / "desk")
    root = tmp_path / "desk" / "p"
    for part in (root / ".l10n").glob("ledger.sqlite*"):
        part.unlink()
    put(root / ".l10n" / "ledger.sqlite")
    assert main(["-C", str(root), "update"]) == 2
    said = capsys.readouterr().err
    assert "cannot be used as a ledger" in said
    assert remedy in said


@pytest.mark.parametrize(
    "name", ["locales", "locales/es", "locales/es/LC_MESSAGES", "releases", "releases/tanger"]
)
@pytest.mark.parametrize("command", ["update", "publish", "pretranslate --engine copy"])
def test_nothing_is_written_where_a_link_leads_out_of_the_project(
    tmp_path: Path, desk_project: Path, command: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(desk_project, tmp_path / "desk")
    root, outside = tmp_path / "desk" / "p", tmp_path / "outside"
    shutil.move(root / name, outside)
    (root / name).symlink_to(outside)
    before = {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}
    assert main(["-C", str(root), *command.split()]) == 2
    said = capsys.readouterr().err
    assert f"{root / name}: this link leads out of the project" in said
    assert "Put the folder itself there." in said
    assert {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()} == before


def test_a_link_within_the_project_is_followed(tmp_path: Path, desk_project: Path) -> None:
    shutil.copytree(desk_project, tmp_path / "desk")
    root = tmp_path / "desk" / "p"
    (root / "locales").rename(root / "languages")
    (root / "locales").symlink_to("languages")
    assert main(["-C", str(root), "update", "--check"]) == 0
