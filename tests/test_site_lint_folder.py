"""The folder of a site: its files are read when they are asked for, and links are not followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n.errors import InputError
from l10n.site import lint


def test_files_are_in_order_whatever_order_a_folder_gives_them(tmp_path: Path) -> None:
    for name in ("b/index.html", "a.txt", "b.txt", "a/z.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    files = lint.files_of(tmp_path)
    assert list(files) == ["a.txt", "a/z.txt", "b.txt", "b/index.html"]
    assert files["a/z.txt"] == b"a/z.txt"
    assert "a/y.txt" not in files


def test_a_link_is_told_and_not_followed(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "site"
    for folder in (outside, inside):
        folder.mkdir()
        (folder / "file.txt").write_text("text", "utf-8")
    (inside / "folder").symlink_to(outside)
    (inside / "copy.txt").symlink_to(outside / "file.txt")
    (inside / "gone.txt").symlink_to(outside / "gone.txt")
    files = lint.files_of(inside)
    assert (list(files), files.symlinks) == (["file.txt"], ("copy.txt", "folder", "gone.txt"))


def test_a_file_that_goes_away_meanwhile_is_an_error_with_its_name(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("<!doctype html>", "utf-8")
    files = lint.files_of(tmp_path)
    page.unlink()
    with pytest.raises(InputError) as error:
        lint.check(files, "https://a.example.org")
    assert "index.html" in str(error.value)
